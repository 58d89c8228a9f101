import {type Area, type Grid, within, write} from '../../../widgets/wall/grid.ts';
import {largeSize, largestDot, writeLarge} from '../../../widgets/wall/large.ts';
import type {WallTone} from '../../../widgets/wall/look.ts';
import type {AlertEntry} from '../../view/alert-entry.ts';
import {cellWidth} from '../../view/cells.ts';
import {remainingText} from '../../view/durations.ts';
import {hostName, summaryInWords} from '../../view/own-words.ts';
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
/** A label above, a blank and two lines below the digits. */
const BAND_TEXT_ROWS = 4;
const DOTS_PER_SCALE = 3;
/** Of the band: below that there is one line under the digits. */
const LEAST_ROWS_FOR_TWO_LINES = 7;
/** Dots between the digits of two counts: with less, 14 and 0 read as 140. */
const DOTS_BETWEEN = 3;

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
    drawDeadline(grid, within(band, 0, 0, half - 2), picture, picture.figures.sla.next, context);
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

/** What is left of it, of what it is, and below whose it is: the customer and the host, and in a row of its own what is wrong. */
function drawDeadline(
  grid: Grid,
  area: Area,
  {vitals}: Picture,
  next: NextDeadline | null,
  context: PageContext,
): void {
  const {t, now} = context;
  const labelEnd = write(grid, area, 0, 0, t('wall.now.deadline'), 'dim');
  if (next === null) {
    // A silent collector may have one that runs.
    const isKnown = vitals.every(({pulse}) => pulse === 'live');
    write(grid, area, 0, 1, t(isKnown ? 'wall.now.noClock' : 'wall.now.noClockKnown'), isKnown ? 'plain' : 'unknown');
    return;
  }
  write(grid, area, labelEnd + 2, 0, t(`view.clock.${next.clock}`), 'strong');
  const left = remainingText(next.dueAt - now, t);
  const dot = largestDot(left, area.width, digitRows(area), DOTS_PER_SCALE * context.scale);
  const tone = LEVEL_TONE[next.level];
  if (dot === 0) write(grid, area, 0, 1, left, tone);
  else writeLarge(grid, area, 0, 1, left, dot, tone);
  const what = summaryInWords(next.what, t);
  const hasTwoRows = area.height >= LEAST_ROWS_FOR_TWO_LINES;
  const below = area.height - (hasTwoRows ? 2 : 1);
  const end = write(grid, area, 0, below, next.customer, 'strong') + 2;
  const host = hostName(next.host, t);
  write(grid, area, end, below, hasTwoRows ? host : `${host}  ${what}`, 'plain');
  if (hasTwoRows) write(grid, area, 0, below + 1, what, 'plain');
}

/** Between the label and the lines below. */
function digitRows({height}: Area): number {
  return height >= LEAST_ROWS_FOR_TWO_LINES ? height - BAND_TEXT_ROWS : height - 2;
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
  const columns = SEVERITIES.map(severity => {
    const count = counts[severity];
    const tone: WallTone = count === 0 ? 'dim' : severity;
    return {label: `${severityShape(severity)} ${t(`wall.now.${severity}`)}`, digits: String(count), tone};
  });
  const dot = countDot(area, columns, DOTS_PER_SCALE * scale);
  const {widths, gap} = countWidths(area.width, columns, dot);
  let x = 0;
  for (const [index, {label, digits, tone}] of columns.entries()) {
    write(grid, area, x, 0, label, tone);
    if (dot === 0) write(grid, area, x, 1, digits, tone);
    else writeLarge(grid, area, x, 1, digits, dot, tone);
    x += (widths[index] ?? 0) + gap;
  }
  const parts = restTexts(counts, silentSources(picture), t);
  if (figures.sla === null) parts.push(t('wall.now.noSla'));
  write(grid, area, 0, area.height - 1, parts.join('   '), 'dim');
}

/** One count, with its label above it. */
interface CountColumn {
  readonly label: string;
  readonly digits: string;
  readonly tone: WallTone;
}

/** The largest dot at which the counts fit beside each other and stay apart; 0 when there is none. */
function countDot(area: Area, columns: readonly CountColumn[], most: number): number {
  for (let dot = most; dot >= 1; dot--) {
    const isLow = largeSize('0', dot).height <= digitRows(area);
    if (isLow && countWidths(area.width, columns, dot).gap >= DOTS_BETWEEN * dot) return dot;
  }
  return 0;
}

/** Each as wide as its label or its digits, and what is left between them. */
function countWidths(width: number, columns: readonly CountColumn[], dot: number) {
  const widths = columns.map(({label, digits}) => Math.max(cellWidth(label), largeSize(digits, dot).width));
  const sum = widths.reduce((total, one) => total + one, 0);
  return {widths, gap: Math.max(1, Math.floor((width - sum) / Math.max(1, columns.length - 1)))};
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
