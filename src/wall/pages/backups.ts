import {type Area, type Grid, within, write, writeCentred, writeRight} from '../../../widgets/wall/grid.ts';
import type {WallTone} from '../../../widgets/wall/look.ts';
import {ageText} from '../../view/durations.ts';
import {RUN_MARKS} from '../../view/run-marks.ts';
import {type BackupFigures, type BackupRow, NIGHTS, type NightResult} from '../figures.ts';
import type {PageContext} from '../page-context.ts';

const HEAD_ROWS = 2;
/** Cells of a night: the shape and a blank. */
const NIGHT_CELLS = 2;
const NAME_CELLS = 28;
const RULE_CELLS = 9;

/** Nothing to say of that night. */
const NO_RUN = {shape: '·', tone: 'track'} as const;

function markOf(night: NightResult): {readonly shape: string; readonly tone: WallTone} {
  return night === 'none' ? NO_RUN : RUN_MARKS[night];
}

const LEGEND: readonly NightResult[] = ['success', 'warning', 'late', 'failed', 'missed', 'unknown'];

/** Screens that the customers take; at least one. */
export function backupLeaves(body: Area, figures: BackupFigures | null): number {
  const perLeaf = Math.max(1, body.height - HEAD_ROWS - 1);
  return Math.max(1, Math.ceil((figures?.rows.length ?? 0) / perLeaf));
}

/** The last 14 nights by customer, the worst first. */
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
  drawLegend(grid, within(body, 0, body.height - 1), context);
  const perLeaf = Math.max(1, body.height - HEAD_ROWS - 1);
  for (const [index, row] of figures.rows.slice(leaf * perLeaf, (leaf + 1) * perLeaf).entries()) {
    drawRow(grid, within(body, 0, HEAD_ROWS + index, body.width, 1), row, context);
  }
}

function drawRow(grid: Grid, area: Area, row: BackupRow, {t}: PageContext): void {
  const stripCells = NIGHTS * NIGHT_CELLS;
  const nameCells = Math.max(8, Math.min(NAME_CELLS + 12, area.width - stripCells - RULE_CELLS - 14));
  const isBad = row.nights.at(-1) === 'failed' || row.nights.at(-1) === 'missed';
  write(grid, within(area, 0, 0, nameCells - 1), 0, 0, row.name, row.isStale ? 'stale' : isBad ? 'strong' : 'plain');
  for (const [index, night] of row.nights.slice(-NIGHTS).entries()) {
    const {shape, tone} = markOf(night);
    write(grid, area, nameCells + index * NIGHT_CELLS, 0, shape, row.isStale ? 'stale' : tone);
  }
  const rule = ruleOf(row.isRuleMet, t);
  write(grid, area, nameCells + stripCells + 1, 0, rule.text, rule.tone);
  const age = row.oldestGoodAgeMs === null ? t('wall.backups.neverGood') : ageText(row.oldestGoodAgeMs, t);
  writeRight(grid, within(area, nameCells + stripCells + RULE_CELLS + 2, 0), 0, age, 'dim');
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
    x = write(grid, area, x, 0, shape, tone);
    x = write(grid, area, x + 1, 0, t(`wall.backups.night.${result}`), 'dim') + 2;
  }
}
