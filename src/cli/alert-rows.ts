import {alertState} from '../domain/alert.ts';
import {type AlertEntry, shortId} from '../view/alert-entry.ts';
import {alertColumns, alertHeadLine, alertLine} from '../view/alert-lines.ts';
import {cellWidth, fitLine} from '../view/cells.ts';
import type {DrawContext} from '../view/draw-context.ts';
import {rfc3339} from '../view/rfc3339.ts';
import {type Line, part} from '../view/tone.ts';
import type {CliContext} from './context.ts';

/** The list of the console with the id before each row: here it is what the next command is typed with. */
export function alertTable(entries: readonly AlertEntry[], width: number, context: CliContext): readonly Line[] {
  const draw = drawContext(context);
  const head = context.t('cli.column.id');
  const idWidth = Math.max(cellWidth(head), ...entries.map(entry => shortId(entry).length));
  const columns = alertColumns(width - idWidth - 2, true);
  const row = (id: string, line: Line, tone: 'dim' | 'key'): Line => [
    ...fitLine([part(id, tone)], idWidth),
    part('  '),
    ...line,
  ];
  return [
    row(head, alertHeadLine(columns, draw), 'dim'),
    ...entries.map(entry => row(shortId(entry), alertLine(columns, entry, draw), 'key')),
  ];
}

/** Id, severity, state, when it was opened, customer, host, service, owner, summary. */
export function alertRecord(entry: AlertEntry): readonly string[] {
  const {alert} = entry;
  return [
    shortId(entry),
    alert.severity,
    alertState(alert),
    rfc3339(alert.openedAt),
    alert.customer,
    alert.host,
    alert.service,
    alert.ack?.by ?? '',
    alert.summary,
  ];
}

/** What the rows of all faces are drawn with. */
export function drawContext({t, format, outside}: CliContext): DrawContext {
  return {t, format, now: outside.clock.now(), me: null};
}
