import {cellWidth} from './cells.ts';
import {type Column, type FittedColumn, fitColumns, tableLine} from './columns.ts';
import type {CustomerEntry} from './customers.ts';
import type {DrawContext} from './draw-context.ts';
import {ageText} from './durations.ts';
import {nameOfCustomer} from './own-words.ts';
import {STALE_SHAPE, severityShape, severityTone} from './state-mark.ts';
import {type Line, type Part, part} from './tone.ts';

export type CustomerColumn = 'mark' | 'customer' | 'open' | 'acked' | 'hosts' | 'oldest';

const COLUMNS: readonly Column<CustomerColumn>[] = [
  {key: 'mark', steps: [1, 1, 1, 1, 1], align: 'left', drop: null},
  {key: 'customer', steps: [12, 20, 30, 40, 60], align: 'left', drop: null},
  {key: 'open', steps: [6, 6, 6, 6, 6], align: 'right', drop: null},
  {key: 'acked', steps: [7, 7, 7, 7, 7], align: 'right', drop: null},
  {key: 'hosts', steps: [6, 6, 6, 6, 6], align: 'right', drop: 2},
  {key: 'oldest', steps: [8, 8, 9, 10, 12], align: 'right', drop: 1},
];

/** Columns of the narrow pane beside the alerts, which has no head: two figures need no names there. */
const NARROW_COLUMNS: readonly Column<CustomerColumn>[] = [
  {key: 'mark', steps: [1, 1, 1, 1, 1], align: 'left', drop: null},
  {key: 'customer', steps: [8, 16, 24, 40, 60], align: 'left', drop: null},
  {key: 'open', steps: [2, 2, 3, 3, 3], align: 'right', drop: null},
  {key: 'acked', steps: [2, 2, 3, 3, 3], align: 'right', drop: 1},
];

export function customerColumns(width: number, isNarrow: boolean): readonly FittedColumn<CustomerColumn>[] {
  return fitColumns(isNarrow ? NARROW_COLUMNS : COLUMNS, width);
}

export function customerHeadLine(columns: readonly FittedColumn<CustomerColumn>[], {t}: DrawContext): Line {
  const head = (key: CustomerColumn) => ({line: [part(key === 'mark' ? '' : t(`view.customerColumn.${key}`), 'dim')]});
  return tableLine(columns, {
    mark: head('mark'),
    customer: head('customer'),
    open: head('open'),
    acked: head('acked'),
    hosts: head('hosts'),
    oldest: head('oldest'),
  });
}

/** One customer. `○` and an age where a collector of it is silent: then no figure of it is news. */
export function customerLine(
  columns: readonly FittedColumn<CustomerColumn>[],
  entry: CustomerEntry,
  {t, now}: DrawContext,
): Line {
  const tone = entry.stale ? 'stale' : entry.unhandled > 0 ? 'strong' : 'plain';
  const figure = (count: number) => [part(count === 0 ? '·' : String(count), count === 0 ? 'dim' : tone)];
  const name = nameOfCustomer(entry.customer, entry.id, t);
  const oldest = entry.oldestOpenAt === null ? '' : ageText(Math.max(0, now - entry.oldestOpenAt), t);
  return tableLine(columns, {
    mark: {line: [markOf(entry)]},
    customer: {line: [part(name, tone)], tail: staleTail(entry, columns, {t, now})},
    open: {line: figure(entry.unhandled)},
    acked: {line: figure(entry.acked)},
    hosts: {line: figure(entry.hosts)},
    oldest: {line: [part(oldest, tone)]},
  });
}

function markOf(entry: CustomerEntry): Part {
  if (entry.stale) return part(STALE_SHAPE, 'stale');
  return part(severityShape(entry.worst), entry.unhandled > 0 ? severityTone(entry.worst) : 'dim');
}

function staleTail(
  entry: CustomerEntry,
  columns: readonly FittedColumn<CustomerColumn>[],
  {t, now}: Pick<DrawContext, 't' | 'now'>,
): Line {
  if (!entry.stale) return [];
  const age = entry.heardAt === null ? '–' : ageText(Math.max(0, now - entry.heardAt), t);
  const room = columns.find(column => column.key === 'customer')?.width ?? 0;
  // Half of the name says more than the age alone.
  return cellWidth(age) * 2 > room ? [] : [part(` ${age}`, 'stale')];
}
