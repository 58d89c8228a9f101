import {type Area, type Grid, within, write, writeCentred} from '../../../widgets/wall/grid.ts';
import {momentText} from '../../view/draw-context.ts';
import type {OnCallFigures, OnCallRow} from '../figures.ts';
import type {PageContext} from '../page-context.ts';

const HEAD_ROWS = 2;
/** A name, and a line below it. */
const ROW_ROWS = 3;

/** Who answers, until when, and who is next. */
export function drawOnCall(grid: Grid, body: Area, figures: OnCallFigures | null, context: PageContext): void {
  const {t} = context;
  write(grid, body, 0, 0, t('wall.onCall.title'), 'dim');
  if (figures === null || figures.rows.length === 0) {
    const middle = Math.floor(body.height / 2);
    writeCentred(grid, body, middle - 1, t('wall.onCall.none'), 'unknown');
    writeCentred(grid, body, middle + 1, t('wall.onCall.noneHint'), 'dim');
    return;
  }
  const fits = Math.max(1, Math.floor((body.height - HEAD_ROWS) / ROW_ROWS));
  for (const [index, row] of figures.rows.slice(0, fits).entries()) {
    drawRow(grid, within(body, 0, HEAD_ROWS + index * ROW_ROWS, body.width, ROW_ROWS), row, context);
  }
}

function drawRow(grid: Grid, area: Area, row: OnCallRow, context: PageContext): void {
  const {t} = context;
  const scheduleEnd = write(grid, within(area, 0, 0, Math.floor(area.width / 3)), 0, 0, row.schedule, 'dim');
  const at = Math.max(scheduleEnd + 2, Math.floor(area.width / 3) + 1);
  if (row.who === null) write(grid, area, at, 0, t('wall.onCall.nobody'), 'critical');
  else write(grid, area, at, 0, row.who, 'strong');
  const parts: string[] = [];
  if (row.until !== null) parts.push(t('wall.onCall.until', {at: momentText(row.until, context)}));
  if (row.next !== null) parts.push(t('wall.onCall.next', {who: row.next}));
  write(grid, area, at, 1, parts.join('   '), 'dim');
}
