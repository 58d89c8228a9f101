import {BIG_COLUMNS, BIG_ROWS, hasBigForm, writeBig, writeBigLine} from '../../../widgets/wall/big-text.ts';
import {type Area, fill, type Grid, within, write, writeCentred, writeLine} from '../../../widgets/wall/grid.ts';
import {largeSize, largestDot, writeLarge} from '../../../widgets/wall/large.ts';
import type {WallTone} from '../../../widgets/wall/look.ts';
import type {AlertEntry} from '../../view/alert-entry.ts';
import {affectedLine, alertColumns, alertHeadLine, alertLine, customerName} from '../../view/alert-lines.ts';
import {emptyLines} from '../../view/calm.ts';
import {lineWidth} from '../../view/cells.ts';
import {ageText, remainingText} from '../../view/durations.ts';
import {selectSources} from '../../view/sources.ts';
import {severityShape} from '../../view/state-mark.ts';
import type {DeadlineLevel, NextDeadline} from '../figures.ts';
import type {PageContext} from '../page-context.ts';
import type {Counts, Picture} from '../picture.ts';

/** So many of the worst are listed. */
const WORST = 10;
const MOST_SPACING = 3;
/** Wider rows nobody follows to their end. */
const MOST_LIST_COLUMNS = 180;
/** Letters of a row below which big ones would cut too much. */
const LEAST_BIG_LIST_LETTERS = 80;

/** Between the band and the list. */
const GAP_ROWS = 1;
const BAND_SHARE = 0.36;
const LEAST_BAND_ROWS = 5;
/** A label above, a blank and a line below the digits. */
const BAND_TEXT_ROWS = 3;
const DOTS_PER_SCALE = 3;
/** What interrupts may take rows from the list. */
const URGENT_ROWS = BIG_ROWS + 2;

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

/** A band over the whole width that nobody overlooks: the customer in letters that are read from across the room. */
function drawUrgent(grid: Grid, area: Area, entry: AlertEntry, more: number, context: PageContext): void {
  const {t, now, hasDots} = context;
  const {alert, origin, sla} = entry;
  fill(grid, area, ' ', 'alarm');
  const age = ageText(Math.max(0, now + origin.skewMs - alert.openedAt), t);
  const others = more > 0 ? `   ${t('wall.now.more', {count: more})}` : '';
  const priority = sla === null ? '' : `   ${sla.incident.priority}`;
  const customer = customerName(entry, context);
  const isBig = hasDots && hasBigForm(customer) && area.height >= BIG_ROWS + 2;
  const rows = isBig ? BIG_ROWS + 2 : 4;
  const inner = within(area, 2, Math.max(0, Math.floor((area.height - rows) / 2)), area.width - 4);
  write(
    grid,
    inner,
    0,
    0,
    `${severityShape(alert.severity)} ${t('wall.now.urgent')}${priority}   ${age}${others}`,
    'alarm',
  );
  if (isBig) writeBig(grid, inner, 0, 1, customer, 'alarm');
  else write(grid, inner, 0, 2, customer, 'alarm');
  const where = alert.service === '' ? alert.host : `${alert.host} / ${alert.service}`;
  write(grid, inner, 0, rows - 1, `${where}   ${alert.summary}`, 'alarm');
}

function drawWorst(grid: Grid, area: Area, picture: Picture, context: PageContext): void {
  if (picture.alerts.length === 0) {
    drawCalm(grid, area, picture, context);
    return;
  }
  const worst = picture.alerts.slice(0, WORST);
  if (hasRoomForBigList(area, context)) drawBigList(grid, area, worst, context);
  else drawList(grid, within(area, 0, 0, Math.min(area.width, MOST_LIST_COLUMNS)), worst, context);
}

function drawList(grid: Grid, area: Area, worst: readonly AlertEntry[], context: PageContext): void {
  const columns = alertColumns(area.width, true);
  writeLine(grid, area, 0, 0, alertHeadLine(columns, context));
  const rows = area.height - 1;
  const spacing = Math.min(MOST_SPACING, Math.max(1, Math.floor(rows / WORST)));
  for (const [index, entry] of worst.slice(0, Math.floor(rows / spacing)).entries()) {
    const y = 1 + index * spacing;
    writeLine(grid, area, 0, y, alertLine(columns, entry, context));
    const affected = spacing > 1 ? affectedLine(columns, entry, context) : null;
    if (affected !== null) writeLine(grid, area, 0, y + 1, affected);
  }
}

function hasRoomForBigList(area: Area, {hasDots}: PageContext): boolean {
  return hasDots && area.width >= LEAST_BIG_LIST_LETTERS * BIG_COLUMNS && area.height >= WORST * BIG_ROWS;
}

/** The same list in big letters, which a very large screen is for. */
function drawBigList(grid: Grid, area: Area, worst: readonly AlertEntry[], context: PageContext): void {
  const columns = alertColumns(Math.floor(area.width / BIG_COLUMNS), true);
  for (const [index, entry] of worst.entries()) {
    writeBigLine(grid, area, 0, index * BIG_ROWS, alertLine(columns, entry, context));
  }
}

/** Nothing open is only good news when everybody was heard. */
function drawCalm(grid: Grid, area: Area, {vitals, view}: Picture, context: PageContext): void {
  const {t} = context;
  const silent = vitals.filter(({pulse}) => pulse !== 'live').map(({name}) => name);
  const middle = Math.floor(area.height / 2);
  if (silent.length > 0) {
    writeCentred(grid, area, middle - 1, t('wall.now.noneKnown'), 'unknown');
    writeCentred(
      grid,
      area,
      middle + 1,
      t('wall.now.silent', {count: silent.length, names: silent.join(', ')}),
      'plain',
    );
    return;
  }
  for (const [index, line] of emptyLines(view, '', 0, context).entries()) {
    writeLine(grid, area, Math.max(0, Math.floor((area.width - lineWidth(line)) / 2)), middle - 1 + 2 * index, line);
  }
}
