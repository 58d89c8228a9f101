import type {AlertEntry} from './alert-entry.ts';
import {
  type AlertColumn,
  alertCells,
  duePart,
  isDimmed,
  NOBODY,
  OWNER_CELLS,
  pendingText,
  rowTone,
  whoRoom,
} from './alert-lines.ts';
import type {AlertFold, AlertRow} from './alert-rows.ts';
import {truncate} from './cells.ts';
import {type Cell, columnStart, type FittedColumn, tableLine} from './columns.ts';
import type {DrawContext} from './draw-context.ts';
import {ageText} from './durations.ts';
import {foldAge, foldFacts} from './fold-facts.ts';
import {hostName} from './own-words.ts';
import {type Line, part} from './tone.ts';

const BLANK: Cell = {line: []};

/** An alert below the row of its opened fold, which has said already whose it is and when it comes due. */
export function memberLine(
  columns: readonly FittedColumn<AlertColumn>[],
  entry: AlertEntry,
  {fold, isLast}: {readonly fold: AlertFold; readonly isLast: boolean},
  context: DrawContext,
): Line {
  const cells = alertCells(columns, entry, [part(isLast ? '└ ' : '├ ', 'dim')], context);
  const isSameCustomer = entry.alert.customer === fold.lead.alert.customer;
  return tableLine(columns, {
    ...cells,
    due: BLANK,
    priority: BLANK,
    customer: isSameCustomer ? BLANK : cells.customer,
  });
}

/** Several alerts as one row: the state and the words of the one that needs a hand most, the clock that they share, and who has them. */
export function foldLine(
  columns: readonly FittedColumn<AlertColumn>[],
  fold: AlertFold,
  isOpen: boolean,
  context: DrawContext,
): Line {
  const {t, now} = context;
  const {lead} = fold;
  const facts = foldFacts(fold);
  const tone = rowTone(lead);
  const cells = alertCells(columns, lead, [part(`${countText(fold)} ${isOpen ? '▾' : '▸'} `, tone)], context);
  const [host = ''] = facts.hosts;
  const hosts = facts.hosts.length === 1 ? hostName(host, t) : t('fold.hosts', {count: facts.hosts.length});
  return tableLine(columns, {
    ...cells,
    due: {line: [duePart(facts.clocked, context)]},
    age: {line: [part(ageText(foldAge(fold, now), t), tone)]},
    host: {line: [part(hosts, facts.isUnhandled && !isDimmed(lead) ? 'strong' : tone)]},
    who: foldWho(fold, context, whoRoom(columns)),
  });
}

/** `3`, or `1/3` where the filter leaves one of three. */
export function countText(fold: Pick<AlertFold, 'own' | 'affected' | 'total'>): string {
  const shown = fold.own.length + fold.affected.length;
  return shown === fold.total ? String(shown) : `${shown}/${fold.total}`;
}

/** `└ 14 betroffen (Standort Kassel): web-01, web-02`, under the closed row of their root cause; null without any. */
export function affectedLine(
  columns: readonly FittedColumn<AlertColumn>[],
  row: AlertRow,
  {t}: DrawContext,
): Line | null {
  if (!hasAffectedLine(row)) return null;
  const affected = row.fold.affected.map(({alert}) => alert);
  const indent = columnStart(columns, 'age');
  const sites = [...new Set(affected.map(alert => alert.site))].filter(site => site !== '');
  const hosts = [...new Set(affected.map(alert => hostName(alert.host, t)))].sort();
  const count = t('view.affected', {count: affected.length});
  const where = sites.length === 1 ? ` ${t('view.affectedSite', {site: sites[0] ?? ''})}` : '';
  return [part(`${' '.repeat(indent)}└ ${count}${where}: ${hosts.join(', ')}`, 'dim')];
}

/** Does a line below the row tell what hangs on it? An opened one lists that. */
export function hasAffectedLine(row: AlertRow): row is Extract<AlertRow, {type: 'fold'}> {
  return row.type === 'fold' && !row.isOpen && row.fold.affected.length > 0;
}

/** `Jana ✓` only when all are taken; `Jana 1/3` when one of three is; several people are counted. */
function foldWho(fold: AlertFold, context: DrawContext, room: number): Cell {
  const {lead} = fold;
  const {pending, owners, acked, firing, suppression} = foldFacts(fold);
  if (pending !== null) return {line: [part(pendingText(pending, context, lead.origin.me, room), 'pending')]};
  const tone = rowTone(lead);
  const [owner] = owners;
  if (owner !== undefined) {
    const name = owners.length === 1 ? truncate(owner, OWNER_CELLS) : context.t('fold.people', {count: owners.length});
    return {line: [part(name, tone)], tail: [part(acked === firing ? ' ✓' : ` ${acked}/${firing}`, tone)]};
  }
  return {line: suppression === null ? NOBODY : [part(context.t(`view.suppressed.${suppression}`), 'dim')]};
}
