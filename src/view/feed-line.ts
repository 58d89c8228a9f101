import {restyle} from './cells.ts';
import {type Column, type FittedColumn, fitColumns, tableLine} from './columns.ts';
import {type DrawContext, momentText} from './draw-context.ts';
import type {FeedEntry} from './feed.ts';
import {markedName} from './marked-name.ts';
import {momentLine} from './moment-line.ts';
import {hostName, summaryInWords} from './own-words.ts';
import {type Line, part} from './tone.ts';

export type FeedColumn = 'at' | 'customer' | 'host' | 'what';

const COLUMNS: readonly Column<FeedColumn>[] = [
  {key: 'at', steps: [5, 5, 5, 5, 5], align: 'left', drop: null},
  {key: 'customer', steps: [10, 10, 16, 28, 32], align: 'left', drop: 1},
  {key: 'host', steps: [11, 11, 14, 20, 28], align: 'left', drop: null},
  {key: 'what', steps: [16, 30, 40, 50, 500], align: 'left', drop: null},
];

export function feedColumns(width: number): readonly FittedColumn<FeedColumn>[] {
  return fitColumns(COLUMNS, width);
}

/** These say themselves what is wrong. */
const TELLING: ReadonlySet<string> = new Set(['alert.opened', 'alert.updated']);

/** Which of a host's alerts it happened to, where there is room for it. */
function aboutParts({moment, alert}: FeedEntry, {t}: DrawContext): Line {
  return TELLING.has(moment.what) ? [] : [part(`  ${summaryInWords(alert.summary, t)}`, 'dim')];
}

/** One thing that happened, on one line. */
export function feedLine(columns: readonly FittedColumn<FeedColumn>[], entry: FeedEntry, context: DrawContext): Line {
  const {moment, alert, customerName, skewMs, isStale} = entry;
  const at = momentText(moment.at - skewMs, context);
  const what = [...momentLine(moment, context.t), ...aboutParts(entry, context)];
  const line = tableLine(columns, {
    at: {line: [part(at, 'dim')]},
    customer: {line: [part(markedName(customerName))]},
    host: {line: [part(hostName(alert.host, context.t))]},
    what: {line: what},
  });
  return isStale ? restyle(line, 'stale') : line;
}
