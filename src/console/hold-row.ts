import type {NocView} from '../client/noc.ts';
import type {AlertEntry} from '../view/alert-entry.ts';
import {type AlertFold, type AlertRow, alertsOf} from '../view/alert-rows.ts';
import {alertSla} from '../view/alert-sla.ts';
import {originOf} from '../view/origin.ts';

/** A row that must not slide away under a finger. */
export interface Held {
  readonly row: AlertRow;
  /** Its place on the screen, and what stood there. */
  readonly index: number;
  readonly rows: readonly AlertRow[];
}

/**
 * The row under the cursor stays where it was, though its alerts were resolved long ago or no longer fit the filter: another must
 * not slide under a finger that is already on its way to a key. It goes when the cursor does.
 *
 * @param rows - The folded list.
 */
export function withHeld(view: NocView, rows: readonly AlertRow[], held: Held | null): readonly AlertRow[] {
  if (held === null) return rows;
  const {row} = held;
  if (rows.some(({type, key}) => type === row.type && key === row.key)) return rows;
  const keys = new Set(alertsOf(row).map(({key}) => key));
  const isListed = (other: AlertRow): boolean =>
    other.type === 'alert' ? keys.has(other.key) : alertsOf(other).some(({key}) => keys.has(key));
  if (rows.some(isListed)) return rows;
  if (row.type === 'fold') return insert(rows, freshFold(view, row), held);
  const entry = fresh(view, row.entry);
  if (entry === null) return rows;
  const into = rows.findIndex(other => other.type === 'fold' && isOfFold(row, entry, other.fold));
  const fold = rows[into];
  if (fold?.type === 'fold')
    return rows.with(into, {...fold, fold: withMember(fold.fold, entry, row.place?.fold ?? null)});
  return insert(rows, {type: 'alert', key: entry.key, entry, place: null}, held);
}

function isOfFold({place}: Extract<AlertRow, {type: 'alert'}>, entry: AlertEntry, fold: AlertFold): boolean {
  if (place !== null) return place.fold.key === fold.key;
  return entry.sla !== null && entry.sla.incident === fold.lead.sla?.incident;
}

/** Back to where it stood among the others. */
function withMember(fold: AlertFold, entry: AlertEntry, before: AlertFold | null): AlertFold {
  const name = before?.affected.some(({key}) => key === entry.key) ? 'affected' : 'own';
  const at = before?.[name].findIndex(({key}) => key === entry.key) ?? fold[name].length;
  return {...fold, [name]: fold[name].toSpliced(at, 0, entry)};
}

function freshFold(view: NocView, row: Extract<AlertRow, {type: 'fold'}>): AlertRow | null {
  const freshen = (entries: readonly AlertEntry[]) =>
    entries.map(entry => fresh(view, entry)).filter(entry => entry !== null);
  const own = freshen(row.fold.own);
  const [first] = own;
  if (first === undefined) return null;
  const lead = own.find(({key}) => key === row.fold.lead.key) ?? first;
  return {...row, isOpen: false, fold: {...row.fold, own, affected: freshen(row.fold.affected), lead}};
}

/** An alert that the list no longer has, as it is now; null once the collector has forgotten it. */
function fresh(view: NocView, held: AlertEntry): AlertEntry | null {
  const collector = view.collectors.find(({url}) => url === held.origin.url);
  const alert = collector?.state?.alerts.get(held.alert.occurrence);
  if (collector?.state == null || alert === undefined) return null;
  const origin = originOf(collector, view.collectors.length === 1);
  return {...held, origin, alert, sla: alertSla(collector.state, alert), pending: []};
}

/** Between other rows, never among the alerts of an opened fold. */
function insert(rows: readonly AlertRow[], row: AlertRow | null, held: Held): readonly AlertRow[] {
  if (row === null) return rows;
  const standing = held.rows.slice(0, held.index).filter(other => other.type === 'fold' || other.place === null);
  const isMember = held.row.type === 'alert' && held.row.place !== null;
  return rows.toSpliced(Math.max(0, standing.length - (isMember ? 1 : 0)), 0, row);
}
