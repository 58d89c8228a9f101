import {type Area, type Grid, within, write, writeCentred, writeRight} from '../../../widgets/wall/grid.ts';
import type {WallTone} from '../../../widgets/wall/look.ts';
import {DAY} from '../../domain/time.ts';
import {cellWidth} from '../../view/cells.ts';
import {ageText} from '../../view/durations.ts';
import {markedName} from '../../view/marked-name.ts';
import {RUN_MARKS} from '../../view/run-marks.ts';
import {type BackupFigures, type BackupRow, NIGHTS, type NightResult} from '../figures.ts';
import type {PageContext} from '../page-context.ts';
import {NIGHT_BEGINS_AT} from '../select-backups.ts';

/** The title, a blank, and the heads of the columns. */
const HEAD_ROWS = 3;
const LEGEND_ROWS = 1;
const MOST_SPACING = 3;
/** Cells of a night: the shape and blanks. */
const NIGHT_CELLS = 2;
const WIDE_NIGHT_CELLS = 4;
/** From so many cells on nights stand wide. */
const WIDE_FROM = 120;
const MOST_NAME_CELLS = 40;
const LEAST_NAME_CELLS = 8;
const RULE_CELLS = 9;
const AGE_CELLS = 14;

/** Where the columns stand. */
interface Columns {
  readonly nights: number;
  readonly nightCells: number;
  readonly rule: number;
  /** Its right edge. */
  readonly age: number;
}

function columnsOf({width}: Area): Columns {
  const nightCells = width >= WIDE_FROM ? WIDE_NIGHT_CELLS : NIGHT_CELLS;
  const room = width - NIGHTS * nightCells - RULE_CELLS - AGE_CELLS;
  const nights = Math.max(LEAST_NAME_CELLS, Math.min(MOST_NAME_CELLS, room));
  const rule = nights + NIGHTS * nightCells + 1;
  return {nights, nightCells, rule, age: rule + RULE_CELLS + AGE_CELLS - 1};
}

/** Nothing to say of that night. */
const NO_RUN = {shape: '·', tone: 'track'} as const;

function markOf(night: NightResult): {readonly shape: string; readonly tone: WallTone} {
  return night === 'none' ? NO_RUN : RUN_MARKS[night];
}

const LEGEND: readonly NightResult[] = ['success', 'warning', 'late', 'failed', 'missed', 'unknown', 'none'];
const LEGEND_GAP = 2;

/** Screens that the customers take; at least one. */
export function backupLeaves(body: Area, figures: BackupFigures | null): number {
  const perLeaf = Math.max(1, rowsOf(body));
  return Math.max(1, Math.ceil((figures?.rows.length ?? 0) / perLeaf));
}

function rowsOf({height}: Area): number {
  return height - HEAD_ROWS - LEGEND_ROWS;
}

/** The last 14 nights by customer, the worst first, with as much room between them as there is. */
export function drawBackups(
  grid: Grid,
  body: Area,
  figures: BackupFigures | null,
  leaf: number,
  context: PageContext,
): void {
  const {t} = context;
  write(grid, body, 0, 0, t('wall.backups.title'), 'dim');
  if (figures === null || figures.rows.length === 0) {
    const middle = Math.floor(body.height / 2);
    writeCentred(grid, body, middle - 1, t('wall.backups.none'), 'unknown');
    writeCentred(grid, body, middle + 1, t('wall.backups.noneHint'), 'dim');
    return;
  }
  drawLegend(grid, within(body, 0, body.height - LEGEND_ROWS), context);
  const columns = columnsOf(body);
  drawHeads(grid, within(body, 0, HEAD_ROWS - 1, columns.age, 1), columns, context);
  const perLeaf = Math.max(1, rowsOf(body));
  const shown = figures.rows.slice(leaf * perLeaf, (leaf + 1) * perLeaf);
  const spacing = Math.max(1, Math.min(MOST_SPACING, Math.floor(rowsOf(body) / shown.length)));
  const first = HEAD_ROWS + (spacing > 1 ? 1 : 0);
  for (const [index, row] of shown.entries()) {
    drawRow(grid, within(body, 0, first + index * spacing, columns.age, 1), row, columns, context);
  }
}

/** Over the strip its first and its last night. */
function drawHeads(grid: Grid, area: Area, {nights, nightCells, rule}: Columns, {t, format, now}: PageContext): void {
  const lastNight = now + DAY - NIGHT_BEGINS_AT;
  const strip = within(area, nights, 0, (NIGHTS - 1) * nightCells + 1);
  write(grid, within(area, 0, 0, nights - 1), 0, 0, t('wall.backups.customer'), 'dim');
  write(grid, strip, 0, 0, format.weekdayAndDay(lastNight - (NIGHTS - 1) * DAY), 'dim');
  writeRight(grid, strip, 0, format.weekdayAndDay(lastNight), 'dim');
  writeRight(grid, within(area, rule + RULE_CELLS, 0), 0, t('wall.backups.lastGood'), 'dim');
}

function drawRow(grid: Grid, area: Area, row: BackupRow, columns: Columns, {t}: PageContext): void {
  const {nights, nightCells, rule: ruleAt} = columns;
  const isBad = row.nights.at(-1) === 'failed' || row.nights.at(-1) === 'missed';
  const name = within(area, 0, 0, nights - 1);
  write(grid, name, 0, 0, markedName(row.name), row.isStale ? 'stale' : isBad ? 'strong' : 'plain');
  for (const [index, night] of row.nights.slice(-NIGHTS).entries()) {
    const {shape, tone} = markOf(night);
    write(grid, area, nights + index * nightCells, 0, shape, row.isStale ? 'stale' : tone);
  }
  const rule = ruleOf(row.isRuleMet, t);
  write(grid, area, ruleAt, 0, rule.text, row.isStale ? 'stale' : rule.tone);
  writeRight(grid, within(area, ruleAt + RULE_CELLS, 0), 0, goodText(row, t), row.isStale ? 'stale' : 'dim');
}

/** How old the oldest of the newest good ones is; grey alone is no word for what a silent collector said. */
function goodText({isStale, oldestGoodAgeMs}: BackupRow, t: PageContext['t']): string {
  if (isStale) return t('wall.backups.stale');
  return oldestGoodAgeMs === null ? t('wall.backups.neverGood') : ageText(oldestGoodAgeMs, t);
}

function ruleOf(isMet: boolean | null, t: PageContext['t']): {text: string; tone: WallTone} {
  if (isMet === null) return {text: t('wall.customers.ruleUnknown'), tone: 'unknown'};
  return isMet
    ? {text: t('wall.customers.ruleMet'), tone: 'ok'}
    : {text: t('wall.customers.ruleBroken'), tone: 'critical'};
}

function drawLegend(grid: Grid, area: Area, {t}: PageContext): void {
  let x = 0;
  for (const result of LEGEND) {
    const {shape, tone} = markOf(result);
    const word = t(`wall.backups.night.${result}`);
    // What explains itself comes last, and goes first.
    if (x + cellWidth(`${shape} ${word}`) > area.width) return;
    x = write(grid, area, x, 0, shape, tone);
    x = write(grid, area, x + 1, 0, word, 'dim') + LEGEND_GAP;
  }
}
