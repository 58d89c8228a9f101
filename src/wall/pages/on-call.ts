import {BIG_COLUMNS, BIG_ROWS, hasBigForm, writeBig} from '../../../widgets/wall/big-text.ts';
import {type Area, type Grid, within, write, writeCentred} from '../../../widgets/wall/grid.ts';
import type {WallTone} from '../../../widgets/wall/look.ts';
import {cellWidth} from '../../view/cells.ts';
import {momentText} from '../../view/draw-context.ts';
import {linkAgeText} from '../../view/durations.ts';
import type {OnCallEntry} from '../../view/on-call.ts';
import {STALE_SHAPE, severityShape} from '../../view/state-mark.ts';
import type {OnCallFigures} from '../figures.ts';
import type {PageContext} from '../page-context.ts';

const HEAD_ROWS = 2;
/** For those without a schedule, below everything. */
const FOOT_ROWS = 2;
const INDENT = 2;
const GAP = 3;

/** How the schedules stand: each takes `rows`, its name of `nameRows`, a line above and the lines below, a blank. */
interface Stack {
  readonly rows: number;
  readonly nameRows: number;
  readonly perLeaf: number;
}

/** Names in big letters as long as all fit on one screen, else in lines. */
function stackOf(body: Area, {rows, without}: OnCallFigures): Stack {
  const room = body.height - HEAD_ROWS - (without.length > 0 ? FOOT_ROWS : 0);
  const lines = rows.some(({gap}) => gap !== null) ? 4 : 3;
  const big = lines + BIG_ROWS;
  // The last one needs no blank below it.
  if (rows.length * big <= room + 1) return {rows: big, nameRows: BIG_ROWS, perLeaf: rows.length};
  return {rows: lines + 1, nameRows: 1, perLeaf: Math.max(1, Math.floor((room + 1) / (lines + 1)))};
}

/** Screens that the schedules take; at least one. */
export function onCallLeaves(body: Area, figures: OnCallFigures | null): number {
  return figures === null ? 1 : Math.ceil(figures.rows.length / stackOf(body, figures).perLeaf);
}

/** For each schedule whom it serves, who answers, until when, and who then; gaps by word and shape. */
export function drawOnCall(
  grid: Grid,
  body: Area,
  figures: OnCallFigures | null,
  leaf: number,
  context: PageContext,
): void {
  const {t} = context;
  write(grid, body, 0, 0, t('wall.onCall.title'), 'dim');
  if (figures === null) {
    const middle = Math.floor(body.height / 2);
    writeCentred(grid, body, middle - 1, t('wall.onCall.none'), 'unknown');
    writeCentred(grid, body, middle + 1, t('wall.onCall.noneHint'), 'dim');
    return;
  }
  const stack = stackOf(body, figures);
  const shown = figures.rows.slice(leaf * stack.perLeaf, (leaf + 1) * stack.perLeaf);
  for (const [index, entry] of shown.entries()) {
    const area = within(body, 0, HEAD_ROWS + index * stack.rows, body.width, stack.rows);
    drawSchedule(grid, area, entry, stack.nameRows, context);
  }
  if (figures.without.length === 0) return;
  const names = t('wall.onCall.without', {names: figures.without.join(', ')});
  write(grid, body, 0, body.height - 1, `${severityShape('unknown')} ${names}`, 'unknown');
}

function drawSchedule(grid: Grid, area: Area, entry: OnCallEntry, nameRows: number, context: PageContext): void {
  const nameEnd = write(grid, within(area, 0, 0, Math.ceil(area.width / 2)), 0, 0, entry.schedule, 'key');
  const age = staleText(entry, context);
  const served = age === '' ? nameEnd : write(grid, area, nameEnd + GAP, 0, age, 'stale');
  write(grid, area, served + GAP, 0, servesText(entry, context), 'dim');
  const inner = within(area, INDENT, 1);
  drawPerson(grid, inner, entry, nameRows, context);
  drawChange(grid, within(inner, 0, nameRows), entry, context);
  const gap = gapText(entry, context);
  if (gap !== '') write(grid, inner, 0, nameRows + 1, `${severityShape('warning')} ${gap}`, toneOf(entry, 'warning'));
}

/** In big letters where the whole name fits; how to reach them stands beside it, or before the line below. */
function drawPerson(grid: Grid, area: Area, {who, origin}: OnCallEntry, nameRows: number, context: PageContext): void {
  const {t, hasDots} = context;
  const name = who === null ? t('wall.onCall.nobody') : who.name;
  const tone: WallTone = origin.isStale ? 'stale' : who === null ? 'critical' : 'strong';
  const mark = who === null ? `${severityShape('critical')} ` : '';
  const isBig = nameRows >= BIG_ROWS && hasDots && hasBigForm(name);
  if (isBig && [...name].length * BIG_COLUMNS + cellWidth(mark) <= area.width) {
    const at = write(grid, area, 0, Math.floor(BIG_ROWS / 2), mark, tone);
    writeBig(grid, area, at, 0, name, tone);
    return;
  }
  write(grid, area, 0, Math.floor(nameRows / 2), `${mark}${name}`, tone);
}

/** How to reach who answers, until when that is, and who from then on. */
function drawChange(grid: Grid, area: Area, entry: OnCallEntry, context: PageContext): void {
  const {t} = context;
  const {who, until, next} = entry;
  let x = 0;
  if (who !== null && who.contact !== null) x = write(grid, area, x, 0, who.contact, toneOf(entry, 'plain')) + GAP;
  if (until === null) {
    write(grid, area, x, 0, t('wall.onCall.noChange'), toneOf(entry, 'dim'));
    return;
  }
  x = write(grid, area, x, 0, t('wall.onCall.until', {at: momentText(until, context)}), toneOf(entry, 'dim')) + GAP;
  const then = next === null ? `${severityShape('critical')} ${t('wall.onCall.nobody')}` : next.name;
  x = write(grid, area, x, 0, t('wall.onCall.next'), toneOf(entry, 'dim')) + 1;
  write(grid, area, x, 0, then, toneOf(entry, next === null ? 'critical' : 'plain'));
}

/** What a silent collector said last may have been changed since. */
function toneOf({origin}: OnCallEntry, tone: WallTone): WallTone {
  return origin.isStale ? 'stale' : tone;
}

function staleText({origin}: OnCallEntry, {t, now}: PageContext): string {
  if (!origin.isStale) return '';
  const age = origin.heardAt === null ? t('wall.vital.never') : linkAgeText(now - origin.heardAt, t);
  return `${STALE_SHAPE} ${age}`;
}

function servesText({customers, origin}: OnCallEntry, {t}: PageContext): string {
  if (customers !== null) return customers.join(', ');
  return origin.prefix === '' ? t('wall.onCall.all') : t('wall.onCall.allOf', {collector: origin.name});
}

/** The next time without anybody, where the line above does not say it already. */
function gapText({gap, until}: OnCallEntry, context: PageContext): string {
  if (gap === null) return '';
  const from = momentText(gap.from, context);
  if (gap.to !== null) return context.t('wall.onCall.gap', {from, to: momentText(gap.to, context)});
  return gap.from === until ? '' : context.t('wall.onCall.gapFrom', {from});
}
