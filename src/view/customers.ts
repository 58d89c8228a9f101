import type {NocView} from '../client/noc.ts';
import {type CustomerId, type HostKey, UNASSIGNED} from '../domain/address.ts';
import {type AlertState, alertState} from '../domain/alert.ts';
import type {HostRecord} from '../domain/check.ts';
import type {Customer} from '../domain/customer.ts';
import {compareSeverity, type Severity} from '../domain/severity.ts';
import type {Table} from '../domain/table.ts';
import type {Instant} from '../domain/time.ts';
import {type AlertEntry, dueAt, isUnhandled} from './alert-entry.ts';
import {type Origin, originOf} from './origin.ts';

/** One customer as the faces list it, together from all collectors that know it. */
export interface CustomerEntry {
  readonly id: CustomerId;
  /** null for `unassigned`, and for one that only alerts name. */
  readonly customer: Customer | null;
  /** Worst of its alerts that nobody handled, else of all its firing ones, else `ok`. */
  readonly worst: Severity;
  readonly open: number;
  readonly acked: number;
  readonly hosts: number;
  /** When the oldest alert that nobody has taken was opened, by our clock; null without one. */
  readonly oldestOpenAt: Instant | null;
  /** The soonest deadline of its incidents, by our clock; null when none runs. */
  readonly nextDueAt: Instant | null;
  /** A collector of it is not live: what we know is old, and its being calm is not known. */
  readonly stale: boolean;
  /** Of the stale collectors, when the longest silent one was last heard; null never or not stale. */
  readonly heardAt: Instant | null;
  /** Alerts somebody must take now. */
  readonly unhandled: number;
}

interface Sum {
  customer: Customer | null;
  worstUnhandled: Severity;
  worstFiring: Severity;
  open: number;
  acked: number;
  hosts: number;
  unhandled: number;
  oldestOpenAt: Instant | null;
  nextDueAt: Instant | null;
  readonly silent: Set<Origin>;
}

/**
 * Customers with what is on their plate, the one in most need first.
 *
 * @param alerts - Every alert that is not closed, unfiltered and unfolded.
 */
export function selectCustomers(view: NocView, alerts: readonly AlertEntry[]): readonly CustomerEntry[] {
  const sums = new Map<CustomerId, Sum>();
  for (const collector of view.collectors) {
    const origin = originOf(collector, view.collectors.length === 1);
    for (const customer of collector.state?.customers.values() ?? []) {
      const sum = sumOf(sums, customer.id);
      sum.customer ??= customer;
      if (origin.isStale) sum.silent.add(origin);
    }
    if (collector.state === null) continue;
    for (const [id, count] of hostCounts(collector.state.hosts)) sumOf(sums, id).hosts += count;
  }
  for (const entry of alerts) addAlert(sumOf(sums, entry.alert.customer), entry);
  const unassigned = sums.get(UNASSIGNED);
  if (unassigned !== undefined && unassigned.open + unassigned.acked + unassigned.hosts === 0) sums.delete(UNASSIGNED);
  return [...sums].map(([id, sum]) => finish(id, sum)).sort(byNeed);
}

/** The catalogue of hosts seldom changes: it is counted once for each that there was. */
const counted = new WeakMap<Table<HostKey, HostRecord>, ReadonlyMap<CustomerId, number>>();

function hostCounts(hosts: Table<HostKey, HostRecord>): ReadonlyMap<CustomerId, number> {
  const known = counted.get(hosts);
  if (known !== undefined) return known;
  const counts = new Map<CustomerId, number>();
  for (const {customer} of hosts.values()) counts.set(customer, (counts.get(customer) ?? 0) + 1);
  counted.set(hosts, counts);
  return counts;
}

function sumOf(sums: Map<CustomerId, Sum>, id: CustomerId): Sum {
  const known = sums.get(id);
  if (known !== undefined) return known;
  const fresh: Sum = {
    customer: null,
    worstUnhandled: 'ok',
    worstFiring: 'ok',
    open: 0,
    acked: 0,
    hosts: 0,
    unhandled: 0,
    oldestOpenAt: null,
    nextDueAt: null,
    silent: new Set(),
  };
  sums.set(id, fresh);
  return fresh;
}

function addAlert(sum: Sum, entry: AlertEntry): void {
  const {alert, origin} = entry;
  if (origin.isStale) sum.silent.add(origin);
  const state: AlertState = alertState(alert);
  if (state !== 'open' && state !== 'acked') return;
  const due = dueAt(entry);
  if (due !== null) sum.nextDueAt = Math.min(due, sum.nextDueAt ?? due);
  if (compareSeverity(alert.severity, sum.worstFiring) > 0) sum.worstFiring = alert.severity;
  if (state === 'acked') {
    sum.acked++;
    return;
  }
  sum.open++;
  if (!isUnhandled(alert)) return;
  sum.unhandled++;
  if (compareSeverity(alert.severity, sum.worstUnhandled) > 0) sum.worstUnhandled = alert.severity;
  const openedAt = alert.openedAt - origin.skewMs;
  if (sum.oldestOpenAt === null || openedAt < sum.oldestOpenAt) sum.oldestOpenAt = openedAt;
}

function finish(id: CustomerId, sum: Sum): CustomerEntry {
  const heard = [...sum.silent].map(origin => origin.heardAt);
  const isNeverHeard = heard.includes(null);
  return {
    id,
    customer: sum.customer,
    worst: sum.worstUnhandled === 'ok' ? sum.worstFiring : sum.worstUnhandled,
    open: sum.open,
    acked: sum.acked,
    hosts: sum.hosts,
    oldestOpenAt: sum.oldestOpenAt,
    nextDueAt: sum.nextDueAt,
    stale: sum.silent.size > 0,
    heardAt: heard.length === 0 || isNeverHeard ? null : Math.min(...heard.map(at => at ?? 0)),
    unhandled: sum.unhandled,
  };
}

function byNeed(a: CustomerEntry, b: CustomerEntry): number {
  return (
    Number(b.unhandled > 0) - Number(a.unhandled > 0) ||
    compareSeverity(b.worst, a.worst) ||
    Number(b.stale) - Number(a.stale) ||
    (a.oldestOpenAt ?? Number.POSITIVE_INFINITY) - (b.oldestOpenAt ?? Number.POSITIVE_INFINITY) ||
    (a.id < b.id ? -1 : 1)
  );
}
