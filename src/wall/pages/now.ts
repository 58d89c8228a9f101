import {type Area, type Grid, within, write} from '../../../widgets/wall/grid.ts';
import {largeSize, largestDot, writeLarge} from '../../../widgets/wall/large.ts';
import type {WallTone} from '../../../widgets/wall/look.ts';
import type {AlertEntry} from '../../view/alert-entry.ts';
import {remainingText} from '../../view/durations.ts';
import {selectSources} from '../../view/sources.ts';
import {severityShape} from '../../view/state-mark.ts';
import type {DeadlineLevel, NextDeadline} from '../figures.ts';
import type {PageContext} from '../page-context.ts';
import type {Counts, Picture} from '../picture.ts';
import {drawUrgent, URGENT_ROWS} from './urgent-band.ts';
import {drawWorst, WORST} from './worst.ts';

/** Between the band and the list. */
const GAP_ROWS = 1;
const BAND_SHARE = 0.36;
const LEAST_BAND_ROWS = 5;
/** A label above, a blank and a line below the digits. */
const BAND_TEXT_ROWS = 3;
const DOTS_PER_SCALE = 3;

/**
 * The situation: the deadline that comes first, how many alerts there are, and the ten worst.
 *
 * @param urgent - New alerts that interrupt, the newest first; they take the place of the band.
 */
export function drawNow(
  grid: Grid,
  body: Area,
  picture: Picture,
  urgent: readonly AlertEntry[],
  context: PageContext,
): void {
  const [newest] = urgent;
  const bandRows = Math.max(newest === undefined ? 0 : URGENT_ROWS, bandHeight(body, context.scale));
  const band = within(body, 0, 0, body.width, bandRows);
  const list = within(body, 0, bandRows + GAP_ROWS);
  if (newest !== undefined) drawUrgent(grid, band, newest, urgent.length - 1, context);
  else if (picture.figures.sla === null) drawCounts(grid, band, picture, context);
  else {
    const half = Math.floor(band.width / 2);
    drawDeadline(grid, within(band, 0, 0, half - 2), picture.figures.sla.next, context);
    drawCounts(grid, within(band, half, 0), picture, context);
  }
  drawWorst(grid, list, picture, context);
}

/** A third of the page, with a label above the digits and a line below them; the list keeps its rows. */
function bandHeight(body: Area, scale: number): number {
  const largest = largeSize('0', DOTS_PER_SCALE * scale).height + BAND_TEXT_ROWS;
  const share = Math.round(body.height * BAND_SHARE);
  return Math.max(LEAST_BAND_ROWS, Math.min(largest, share, body.height - WORST - 1 - GAP_ROWS));
}

function drawDeadline(grid: Grid, area: Area, next: NextDeadline | null, context: PageContext): void {
  const {t, now} = context;
  write(grid, area, 0, 0, t('wall.now.deadline'), 'dim');
  if (next === null) {
    write(grid, area, 0, 1, t('wall.now.noClock'), 'plain');
    return;
  }
  const left = remainingText(next.dueAt - now, t);
  const dot = largestDot(left, area.width, area.height - 2, DOTS_PER_SCALE * context.scale);
  const tone = LEVEL_TONE[next.level];
  if (dot === 0) write(grid, area, 0, 1, left, tone);
  else writeLarge(grid, area, 0, 1, left, dot, tone);
  const below = 1 + Math.max(1, largeSize(left, dot).height) + (area.height > largeSize(left, dot).height + 2 ? 1 : 0);
  const end = write(grid, area, 0, Math.min(below, area.height - 1), next.customer, 'strong');
  write(grid, area, end + 2, Math.min(below, area.height - 1), `${next.host}  ${next.what}`, 'plain');
}

const LEVEL_TONE: Readonly<Record<DeadlineLevel, WallTone>> = {
  ok: 'plain',
  notice: 'plain',
  warning: 'warning',
  critical: 'critical',
  breached: 'critical',
};

const SEVERITIES = ['critical', 'warning', 'unknown'] as const;

function drawCounts(grid: Grid, area: Area, picture: Picture, context: PageContext): void {
  const {t, scale} = context;
  const {counts, figures} = picture;
  const width = Math.floor(area.width / SEVERITIES.length);
  const figuresRows = area.height - 2;
  const widest = String(Math.max(...SEVERITIES.map(severity => counts[severity])));
  const dot = largestDot(widest.replace(/\d/g, '0'), width - 2, figuresRows, DOTS_PER_SCALE * scale);
  for (const [index, severity] of SEVERITIES.entries()) {
    const column = within(area, index * width, 0, width - 1);
    const count = counts[severity];
    const tone: WallTone = count === 0 ? 'dim' : severity;
    write(grid, column, 0, 0, `${severityShape(severity)} ${t(`wall.now.${severity}`)}`, tone);
    if (dot === 0) write(grid, column, 0, 1, String(count), tone);
    else writeLarge(grid, column, 0, 1, String(count), dot, tone);
  }
  const parts = restTexts(counts, silentSources(picture), t);
  if (figures.sla === null) parts.push(t('wall.now.noSla'));
  write(grid, area, 0, area.height - 1, parts.join('   '), 'dim');
}

/** Inputs that should have spoken and did not: what they would say is not known. */
function silentSources({view}: Picture): number {
  return selectSources(view).filter(({freshness}) => freshness === 'stale').length;
}

function restTexts(counts: Counts, sources: number, t: PageContext['t']): string[] {
  const parts: string[] = [];
  if (counts.acked > 0) parts.push(t('wall.now.acked', {count: counts.acked}));
  if (counts.suppressed > 0) parts.push(t('wall.now.suppressed', {count: counts.suppressed}));
  if (counts.stale > 0) parts.push(t('wall.now.stale', {count: counts.stale}));
  if (sources > 0) parts.push(t('wall.now.sources', {count: sources}));
  return parts;
}
