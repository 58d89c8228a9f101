import {BIG_COLUMNS, BIG_ROWS, writeBig} from '../../../widgets/wall/big-text.ts';
import {type Area, type Grid, within, write, writeCentred} from '../../../widgets/wall/grid.ts';
import type {WallTone} from '../../../widgets/wall/look.ts';
import type {Instant} from '../../domain/time.ts';
import {cellWidth} from '../../view/cells.ts';
import type {CustomerEntry} from '../../view/customers.ts';
import {linkAgeText, remainingText} from '../../view/durations.ts';
import {nameOfCustomer} from '../../view/own-words.ts';
import {STALE_SHAPE, severityShape} from '../../view/state-mark.ts';
import type {BackupRow, Figures} from '../figures.ts';
import type {PageContext} from '../page-context.ts';

const TILE_ROWS = 3;
const HEAD_ROWS = 2;
/** Cells of a tile: below the first a name is not readable, above the second it is long enough. */
const LEAST_WIDTH = 25;
const BEST_WIDTH = 40;
const WIDER_PER_SCALE = 6;
/** Between rows of wide tiles, the more the better. */
const WIDE_GAPS = [3, 2, 1];
/** The bar at the left edge of a tile, and a blank. */
const INDENT = 2;
const PARTS_GAP = 2;
/** A tile with its name in big letters: its state above them, what is due below. */
const BIG_TILE_ROWS = BIG_ROWS + 2;
/** With fewer of a name nobody knows whose it is. */
const LEAST_BIG_LETTERS = 12;

/** How the tiles stand. */
interface Tiling {
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  readonly height: number;
  readonly gap: number;
}

/** Names in big letters, then wide tiles with room between them, as long as all fit on one screen, else as many as fit. */
function tilingOf(body: Area, count: number, {scale, hasDots}: TilingContext): Tiling {
  const wider = (scale - 1) * WIDER_PER_SCALE;
  const [best, least] = [BEST_WIDTH + wider, LEAST_WIDTH + wider];
  const candidates = [
    ...(hasDots ? bigTilings(body) : []),
    ...WIDE_GAPS.map(gap => tilingWith(body, best, TILE_ROWS, gap)),
    tilingWith(body, least, TILE_ROWS, 1),
    tilingWith(body, best, TILE_ROWS, 0),
    tilingWith(body, least, TILE_ROWS, 0),
  ];
  const fitting = candidates.find(({columns, rows}) => columns * rows >= count);
  return fitting ?? tilingWith(body, least, TILE_ROWS, scale > 1 ? 1 : 0);
}

type TilingContext = Pick<PageContext, 'scale' | 'hasDots'>;

/** In one column, two, and so on, as long as enough of a name fits into one. */
function bigTilings(body: Area): readonly Tiling[] {
  const most = Math.floor((body.width + 1) / (INDENT + LEAST_BIG_LETTERS * BIG_COLUMNS + 1));
  return Array.from({length: most}, (_, index) =>
    tilingWith(body, Math.floor((body.width + 1) / (index + 1)) - 1, BIG_TILE_ROWS, 1),
  );
}

function tilingWith(body: Area, least: number, height: number, gap: number): Tiling {
  const columns = Math.max(1, Math.floor((body.width + 1) / (least + 1)));
  const rows = Math.max(1, Math.floor((body.height - HEAD_ROWS + gap) / (height + gap)));
  return {columns, rows, width: Math.floor((body.width + 1) / columns) - 1, height, gap};
}

/** Screens that the tiles of `count` customers take; at least one. */
export function customerLeaves(body: Area, count: number, context: TilingContext): number {
  const {columns, rows} = tilingOf(body, count, context);
  return Math.max(1, Math.ceil(count / (columns * rows)));
}

/** A tile for each customer, worst first: its worst state, what is open, the next deadline, 3-2-1. */
export function drawCustomers(
  grid: Grid,
  body: Area,
  customers: readonly CustomerEntry[],
  leaf: number,
  figures: Figures,
  context: PageContext,
): void {
  const {t} = context;
  const tiling = tilingOf(body, customers.length, context);
  const perLeaf = tiling.columns * tiling.rows;
  write(grid, body, 0, 0, headText(customers, t), 'dim');
  if (customers.length === 0) {
    writeCentred(grid, body, Math.floor(body.height / 2), t('wall.customers.none'), 'dim');
    return;
  }
  const known = figures.backups();
  const backups = known === null ? null : new Map(known.rows.map(row => [row.customer, row]));
  for (const [index, entry] of customers.slice(leaf * perLeaf, (leaf + 1) * perLeaf).entries()) {
    const x = (index % tiling.columns) * (tiling.width + 1);
    const y = HEAD_ROWS + Math.floor(index / tiling.columns) * (tiling.height + tiling.gap);
    const area = within(body, x, y, tiling.width, tiling.height);
    drawTile(grid, area, entry, figures, ruleText(entry, backups, t), context);
  }
}

function headText(customers: readonly CustomerEntry[], t: PageContext['t']): string {
  const withAlerts = customers.filter(({unhandled}) => unhandled > 0).length;
  const stale = customers.filter(entry => entry.stale).length;
  const parts = [t('wall.customers.count', {count: customers.length})];
  if (withAlerts > 0) parts.push(t('wall.customers.withAlerts', {count: withAlerts}));
  if (stale > 0) parts.push(t('wall.customers.stale', {count: stale}));
  return parts.join('   ');
}

function drawTile(
  grid: Grid,
  area: Area,
  entry: CustomerEntry,
  figures: Figures,
  rule: string,
  context: PageContext,
): void {
  const {t} = context;
  const mark = markOf(entry, context);
  const quiet: WallTone = entry.stale ? 'stale' : 'dim';
  for (let y = 0; y < area.height; y++)
    write(grid, area, 0, y, '▌', entry.worst === 'ok' && !entry.stale ? 'track' : mark.tone);
  const inner = within(area, INDENT, 0);
  const name = nameOfCustomer(entry.customer, entry.id, t);
  const nameTone: WallTone = entry.stale ? 'stale' : entry.unhandled > 0 ? 'strong' : 'plain';
  const openTone: WallTone = entry.stale ? 'stale' : entry.open > 0 ? 'plain' : 'dim';
  const markEnd = write(grid, inner, 0, 0, mark.text, mark.tone) + 1;
  const last = area.height - 1;
  const dueAt = figures.sla?.nextByCustomer.get(entry.id) ?? null;
  const due = dueText(dueAt, context);
  const isOverdue = dueAt !== null && dueAt < context.now && !entry.stale;
  const nameEnd = write(grid, inner, markEnd, 0, name, nameTone);
  if (area.height < BIG_TILE_ROWS) {
    write(grid, inner, 0, 1, fitting([openText(entry, t), hostsText(entry, t)], inner.width), openTone);
    write(grid, inner, 0, last, fitting([due, rule], inner.width), quiet);
    if (isOverdue) write(grid, inner, 0, last, due, 'critical');
    return;
  }
  const open = openText(entry, t);
  const hasRoom = nameEnd + PARTS_GAP + cellWidth(open) <= inner.width;
  if (hasRoom) write(grid, inner, nameEnd + PARTS_GAP, 0, open, openTone);
  // Large and bright is what needs somebody.
  writeBig(grid, inner, 0, 1, name, entry.worst === 'ok' && !entry.stale ? 'dim' : nameTone);
  write(grid, inner, 0, last, fitting([due, rule, hasRoom ? '' : open, hostsText(entry, t)], inner.width), quiet);
  if (isOverdue) write(grid, inner, 0, last, due, 'critical');
}

/** What fits beside each other, the first things first: half of a figure is none. */
function fitting(parts: readonly string[], width: number): string {
  return parts
    .filter(text => text !== '')
    .reduce((line, text) => {
      const longer = line === '' ? text : `${line}${' '.repeat(PARTS_GAP)}${text}`;
      return line === '' || cellWidth(longer) <= width ? longer : line;
    }, '');
}

function markOf(entry: CustomerEntry, {t, now}: PageContext): {text: string; tone: WallTone} {
  if (entry.stale) {
    const age = entry.heardAt === null ? t('wall.vital.never') : linkAgeText(now - entry.heardAt, t);
    return {text: `${STALE_SHAPE} ${age}`, tone: 'stale'};
  }
  const word = `${severityShape(entry.worst)} ${t(`view.severity.${entry.worst}`)}`;
  if (entry.worst === 'ok' || entry.worst === 'pending') return {text: word, tone: entry.worst === 'ok' ? 'ok' : 'dim'};
  return {text: word, tone: entry.unhandled > 0 ? entry.worst : 'plain'};
}

/** Of a silent one nobody knows whether it is quiet. */
function openText({open, acked, stale}: CustomerEntry, t: PageContext['t']): string {
  if (open + acked === 0) return stale ? t('wall.customers.notKnown') : t('wall.customers.quiet');
  const parts = [t('wall.customers.open', {count: open})];
  if (acked > 0) parts.push(t('wall.now.acked', {count: acked}));
  return parts.join('  ');
}

function dueText(dueAt: Instant | null, {t, now}: PageContext): string {
  return dueAt === null ? '' : t('wall.customers.due', {left: remainingText(dueAt - now, t)});
}

/** 3-2-1 is only said where backups are known; nothing is green by silence. */
function ruleText({id}: CustomerEntry, backups: ReadonlyMap<string, BackupRow> | null, t: PageContext['t']): string {
  if (backups === null) return '';
  const isMet = backups.get(id)?.isRuleMet ?? null;
  if (isMet === null) return t('wall.customers.ruleUnknown');
  return isMet ? t('wall.customers.ruleMet') : t('wall.customers.ruleBroken');
}

function hostsText({hosts}: CustomerEntry, t: PageContext['t']): string {
  return hosts === 0 ? '' : t('wall.customers.hosts', {count: hosts});
}
