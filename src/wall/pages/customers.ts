import {type Area, type Grid, within, write, writeCentred} from '../../../widgets/wall/grid.ts';
import type {WallTone} from '../../../widgets/wall/look.ts';
import type {CustomerEntry} from '../../view/customers.ts';
import {linkAgeText, remainingText} from '../../view/durations.ts';
import {STALE_SHAPE, severityShape} from '../../view/state-mark.ts';
import type {BackupRow, Figures} from '../figures.ts';
import type {PageContext} from '../page-context.ts';

const TILE_ROWS = 3;
const HEAD_ROWS = 2;
/** Cells of a tile: below the first a name is not readable, above the second it is long enough. */
const LEAST_WIDTH = 25;
const BEST_WIDTH = 40;
const WIDER_PER_SCALE = 6;

/** How the tiles stand. */
interface Tiling {
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  readonly gap: number;
}

/** Wide tiles with room between them as long as all fit on one screen, else as many as fit. */
function tilingOf(body: Area, scale: number, count: number): Tiling {
  const wider = (scale - 1) * WIDER_PER_SCALE;
  for (const gap of [1, 0]) {
    for (const width of [BEST_WIDTH + wider, LEAST_WIDTH + wider]) {
      const tiling = tilingWith(body, width, gap);
      if (tiling.columns * tiling.rows >= count) return tiling;
    }
  }
  return tilingWith(body, LEAST_WIDTH + wider, scale > 1 ? 1 : 0);
}

function tilingWith(body: Area, least: number, gap: number): Tiling {
  const columns = Math.max(1, Math.floor((body.width + 1) / (least + 1)));
  const rows = Math.max(1, Math.floor((body.height - HEAD_ROWS + gap) / (TILE_ROWS + gap)));
  return {columns, rows, width: Math.floor((body.width + 1) / columns) - 1, gap};
}

/** Screens that the tiles of `count` customers take; at least one. */
export function customerLeaves(body: Area, scale: number, count: number): number {
  const {columns, rows} = tilingOf(body, scale, count);
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
  const {t, scale} = context;
  const tiling = tilingOf(body, scale, customers.length);
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
    const y = HEAD_ROWS + Math.floor(index / tiling.columns) * (TILE_ROWS + tiling.gap);
    drawTile(grid, within(body, x, y, tiling.width, TILE_ROWS), entry, figures, ruleText(entry, backups, t), context);
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
  const name = entry.customer?.name ?? (entry.id === 'unassigned' ? t('view.unassigned') : entry.id);
  const markEnd = write(grid, area, 2, 0, mark.text, mark.tone);
  write(grid, area, markEnd + 1, 0, name, entry.stale ? 'stale' : entry.unhandled > 0 ? 'strong' : 'plain');
  write(grid, area, 2, 1, openText(entry, t), entry.stale ? 'stale' : entry.open > 0 ? 'plain' : 'dim');
  const parts = [dueText(entry, figures, context), rule, hostsText(entry, t)];
  write(grid, area, 2, 2, parts.filter(text => text !== '').join('  '), quiet);
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

function openText({open, acked}: CustomerEntry, t: PageContext['t']): string {
  if (open + acked === 0) return t('wall.customers.quiet');
  const parts = [t('wall.customers.open', {count: open})];
  if (acked > 0) parts.push(t('wall.now.acked', {count: acked}));
  return parts.join('  ');
}

function dueText(entry: CustomerEntry, {sla}: Figures, {t, now}: PageContext): string {
  const dueAt = sla?.nextByCustomer.get(entry.id);
  return dueAt === undefined ? '' : remainingText(dueAt - now, t);
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
