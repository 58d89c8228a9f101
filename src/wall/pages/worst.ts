import {BIG_COLUMNS, BIG_ROWS, writeBigLine} from '../../../widgets/wall/big-text.ts';
import {type Area, type Grid, within, writeCentred, writeLine} from '../../../widgets/wall/grid.ts';
import {type AlertColumn, alertColumns, alertHeadLine, alertLine} from '../../view/alert-lines.ts';
import type {AlertRow} from '../../view/alert-rows.ts';
import {emptyLines} from '../../view/calm.ts';
import {lineWidth} from '../../view/cells.ts';
import type {FittedColumn} from '../../view/columns.ts';
import {affectedLine, foldLine} from '../../view/fold-line.ts';
import type {Line} from '../../view/tone.ts';
import type {PageContext} from '../page-context.ts';
import type {Picture} from '../picture.ts';

/** So many of the worst are listed. */
export const WORST = 10;
const MOST_SPACING = 3;
/** Wider rows nobody follows to their end. */
const MOST_LIST_COLUMNS = 180;
/** Letters of a row below which big ones would cut too much. */
const LEAST_BIG_LIST_LETTERS = 80;

/** The ten worst incidents, one line each, in letters as large as there is room for; without any, what that means. */
export function drawWorst(grid: Grid, area: Area, picture: Picture, context: PageContext): void {
  if (picture.alerts.length === 0) {
    drawCalm(grid, area, picture, context);
    return;
  }
  const worst = picture.matters.slice(0, WORST);
  if (hasRoomForBigList(area, context)) drawBigList(grid, area, worst, context);
  else drawList(grid, within(area, 0, 0, Math.min(area.width, MOST_LIST_COLUMNS)), worst, context);
}

function drawList(grid: Grid, area: Area, worst: readonly AlertRow[], context: PageContext): void {
  const columns = alertColumns(area.width, true);
  writeLine(grid, area, 0, 0, alertHeadLine(columns, context));
  const rows = area.height - 1;
  const spacing = Math.min(MOST_SPACING, Math.max(1, Math.floor(rows / WORST)));
  for (const [index, row] of worst.slice(0, Math.floor(rows / spacing)).entries()) {
    const y = 1 + index * spacing;
    writeLine(grid, area, 0, y, rowLine(columns, row, context));
    const affected = spacing > 1 ? affectedLine(columns, row, context) : null;
    if (affected !== null) writeLine(grid, area, 0, y + 1, affected);
  }
}

function hasRoomForBigList(area: Area, {hasDots}: PageContext): boolean {
  return hasDots && area.width >= LEAST_BIG_LIST_LETTERS * BIG_COLUMNS && area.height >= WORST * BIG_ROWS;
}

/** The same list in big letters, which a very large screen is for. */
function drawBigList(grid: Grid, area: Area, worst: readonly AlertRow[], context: PageContext): void {
  const columns = alertColumns(Math.floor(area.width / BIG_COLUMNS), true);
  for (const [index, row] of worst.entries()) {
    writeBigLine(grid, area, 0, index * BIG_ROWS, rowLine(columns, row, context));
  }
}

/** Nobody opens a row of a wall. */
function rowLine(columns: readonly FittedColumn<AlertColumn>[], row: AlertRow, context: PageContext): Line {
  return row.type === 'fold' ? foldLine(columns, row.fold, false, context) : alertLine(columns, row.entry, context);
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
