import {type CustomerId, fingerprint, hostKey} from './address.ts';
import type {Alert} from './alert.ts';
import {type BackupRecord, backupKey} from './backup/backup-record.ts';
import {compareBadness} from './badness.ts';
import type {CheckRecord, HostRecord} from './check.ts';
import type {CustomerRecord, Freshness, Source} from './customer.ts';
import type {Downtime} from './downtime.ts';
import type {Incident} from './incident.ts';
import {type OnCallRecord, onCallKey} from './on-call/plan.ts';
import {compareSeverity} from './severity.ts';
import type {HolidayRules} from './sla/holidays.ts';
import {emptyState, type NocState} from './state.ts';
import {buildOn, type StateBuilder} from './state-builder.ts';

/** One record of a snapshot, of the kind named, as the fold holds it. */
export type SnapItem =
  | {readonly kind: 'holidays'; readonly value: HolidayRules}
  | {readonly kind: 'customer'; readonly value: CustomerRecord}
  | {readonly kind: 'source'; readonly value: Source & {readonly freshness: Freshness}}
  | {readonly kind: 'host'; readonly value: HostRecord}
  | {readonly kind: 'check'; readonly value: CheckRecord}
  | {readonly kind: 'alert'; readonly value: Alert}
  | {readonly kind: 'incident'; readonly value: Incident}
  | {readonly kind: 'backup'; readonly value: BackupRecord}
  | {readonly kind: 'onCall'; readonly value: OnCallRecord}
  | {readonly kind: 'downtime'; readonly value: Downtime};

/** Whether somebody may see what belongs to a customer; null is what concerns every customer. */
export type MaySee = (customer: CustomerId | null) => boolean;

/** The records that may be seen; of alerts and checks those that are given, in their order. */
function* items(
  state: NocState,
  maySee: MaySee,
  alerts: Iterable<Alert>,
  checks: Iterable<CheckRecord>,
): IterableIterator<SnapItem> {
  if (maySee(null)) yield {kind: 'holidays', value: state.holidays};
  for (const value of state.customers.values()) if (maySee(value.id)) yield {kind: 'customer', value};
  for (const value of state.sources.values()) if (maySee(null)) yield {kind: 'source', value};
  for (const value of state.downtimes.values()) if (maySee(value.customer)) yield {kind: 'downtime', value};
  for (const value of alerts) yield {kind: 'alert', value};
  for (const value of state.incidents.values()) if (maySee(value.customer)) yield {kind: 'incident', value};
  for (const value of state.backups.values()) if (maySee(value.customer)) yield {kind: 'backup', value};
  for (const value of state.onCall.values()) if (maySee(value.customer)) yield {kind: 'onCall', value};
  for (const value of checks) yield {kind: 'check', value};
  for (const value of state.hosts.values()) if (maySee(value.customer)) yield {kind: 'host', value};
}

/**
 * Every record that may be seen, worst first, so that a face on a slow line shows what burns before the rest is there:
 * customers, sources and downtimes (few, and needed to read the rest), alerts, incidents, backups, who is on call, checks, hosts.
 */
export function snapshotItems(state: NocState, maySee: MaySee): readonly SnapItem[] {
  const alerts = [...state.alerts.values()].filter(alert => maySee(alert.customer)).sort(compareBadness);
  const checks = [...state.checks.values()].filter(check => maySee(check.customer));
  checks.sort((a, b) => compareSeverity(b.state, a.state));
  return [...items(state, maySee, alerts, checks)];
}

/** Every record, one after the other and in no order, for whoever has something else to do in between. */
export function eachItem(state: NocState): IterableIterator<SnapItem> {
  return items(state, () => true, state.alerts.values(), state.checks.values());
}

/** A state that is put together from a snapshot arriving in portions, so that none of them takes long. */
export interface SnapshotReader {
  add(items: Iterable<SnapItem>): void;
  /** The whole state, when everything is in. The reader is over then. */
  finish(): NocState;
}

/** Starts reading a snapshot that was taken at `seq`. */
export function openSnapshot(seq: number, occurrences: number): SnapshotReader {
  const builder = buildOn({...emptyState(), seq, occurrences});
  const alerts: Alert[] = [];
  return {
    add(items) {
      for (const item of items) {
        if (item.kind === 'alert') alerts.push(item.value);
        else put(builder, item);
      }
    },
    finish() {
      // The lists that grouping reads stand in the order of opening.
      alerts.sort((a, b) => a.openedAt - b.openedAt);
      for (const alert of alerts) builder.putAlert(alert.occurrence, alert);
      return builder.close();
    },
  };
}

function put(builder: StateBuilder, item: Exclude<SnapItem, {readonly kind: 'alert'}>): void {
  switch (item.kind) {
    case 'holidays':
      builder.putHolidays(item.value);
      break;
    case 'incident':
      builder.putIncident(item.value.id, item.value);
      break;
    case 'backup':
      builder.putBackup(backupKey(item.value), item.value);
      break;
    case 'onCall':
      builder.putOnCall(onCallKey(item.value), item.value);
      break;
    case 'customer':
      builder.putCustomer(item.value.id, item.value);
      break;
    case 'source':
      builder.putSource(item.value.name, item.value);
      break;
    case 'host':
      builder.putHost(hostKey(item.value), item.value);
      break;
    case 'check':
      builder.putCheck(fingerprint(item.value), item.value);
      break;
    case 'downtime':
      builder.putDowntime(item.value.id, item.value);
      break;
    default:
      item satisfies never;
  }
}

/** The state that `items` are a snapshot of: it folds on exactly as the state they were taken from, as far as one may see. */
export function fromItems(seq: number, occurrences: number, items: Iterable<SnapItem>): NocState {
  const reader = openSnapshot(seq, occurrences);
  reader.add(items);
  return reader.finish();
}
