import {fingerprint, hostKey} from './address.ts';
import type {OccurrenceId} from './alert.ts';
import {foldBackup} from './backup/fold-backup.ts';
import type {CheckRecord, HostRecord} from './check.ts';
import type {Customer} from './customer.ts';
import type {Downtime} from './downtime.ts';
import type {DomainEvent, LogEntry} from './event.ts';
import {foldAlert} from './fold-alert.ts';
import {foldIncident} from './fold-incident.ts';
import type {IncidentId} from './incident.ts';
import type {IncidentEvent} from './incident-event.ts';
import {onCallKey} from './on-call/plan.ts';
import type {NocState} from './state.ts';
import {buildOn, type StateBuilder} from './state-builder.ts';

type CheckChanged = Extract<DomainEvent, {readonly type: 'check.changed'}>;
type HostDefined = Extract<DomainEvent, {readonly type: 'host.defined'}>;

function checkRecord(before: CheckRecord | undefined, event: CheckChanged, entry: LogEntry): CheckRecord {
  const {address} = event;
  return {
    customer: address.customer,
    site: address.site,
    host: address.host,
    service: address.service,
    fingerprint: fingerprint(address),
    state: event.state,
    stateType: event.stateType,
    attempt: event.attempt,
    maxAttempts: event.maxAttempts,
    since: before?.state === event.state ? before.since : entry.at,
    stale: event.stale,
    lastState: event.lastState,
    flapping: event.flapping,
    output: event.output,
    source: event.source,
    version: entry.seq,
  };
}

function hostRecord(event: HostDefined, entry: LogEntry): HostRecord {
  const {customer, site, host, parents, criticality} = event;
  return {customer, site, host, parents, criticality, version: entry.seq};
}

function changeDowntime(
  builder: StateBuilder,
  id: string,
  seq: number,
  change: (downtime: Downtime) => Downtime,
): void {
  const downtime = builder.state.downtimes.get(id);
  if (downtime !== undefined) builder.putDowntime(id, {...change(downtime), version: seq});
}

function putSource(builder: StateBuilder, event: Extract<DomainEvent, {readonly type: `source.${string}`}>): void {
  const before = builder.state.sources.get(event.type === 'source.defined' ? event.source.name : event.name);
  if (event.type === 'source.defined') {
    builder.putSource(event.source.name, {...event.source, freshness: before?.freshness ?? 'never'});
  } else if (event.type === 'source.removed') builder.putSource(event.name, undefined);
  else if (before !== undefined) builder.putSource(event.name, {...before, freshness: event.freshness});
}

type DowntimeEvent = Extract<DomainEvent, {readonly type: `downtime.${string}`}>;

function foldDowntime(builder: StateBuilder, event: DowntimeEvent, {seq, at}: LogEntry): void {
  switch (event.type) {
    case 'downtime.scheduled':
      builder.putDowntime(event.downtime.id, {...event.downtime, state: 'scheduled', version: seq});
      break;
    case 'downtime.started':
      changeDowntime(builder, event.id, seq, it => ({...it, state: 'active', end: event.end}));
      break;
    case 'downtime.ended':
      changeDowntime(builder, event.id, seq, it => ({...it, state: 'ended'}));
      break;
    case 'downtime.cancelled':
      changeDowntime(builder, event.id, seq, it => ({...it, state: 'cancelled', end: Math.min(it.end, at)}));
      break;
    case 'downtime.forgotten':
      builder.putDowntime(event.id, undefined);
      break;
    default:
      event satisfies never;
  }
}

/** A contract that changed is a new version beside the old ones. Source: SL-12. */
function putCustomer(builder: StateBuilder, customer: Customer, {at, seq}: LogEntry): void {
  const before = builder.state.customers.get(customer.id);
  const {contract} = customer;
  const isSame = before !== undefined && JSON.stringify(before.contract) === JSON.stringify(contract);
  const contracts = isSame ? before.contracts : [...(before?.contracts ?? []), {validFrom: at, contract}];
  const leftOut = before?.leftOut === undefined ? {} : {leftOut: before.leftOut};
  const morningChecks = before?.morningChecks ?? [];
  builder.putCustomer(customer.id, {...customer, contracts, morningChecks, ...leftOut, version: seq});
}

/** Alerts name the incident that they belong to. */
function belongTo(builder: StateBuilder, alerts: readonly OccurrenceId[], incident: IncidentId, seq: number): void {
  for (const occurrence of alerts) {
    const alert = builder.state.alerts.get(occurrence);
    if (alert !== undefined) builder.putAlert(occurrence, {...alert, incident, version: seq});
  }
}

function putIncident(builder: StateBuilder, event: IncidentEvent, entry: LogEntry): void {
  const {incident: id, type} = event;
  const next = foldIncident(builder.state.incidents.get(id), event, entry);
  if (type === 'incident.merged' && next !== undefined) {
    const absorbed = builder.state.ofIncident.get(event.absorbed)?.alerts ?? [];
    builder.putIncident(event.absorbed, undefined);
    builder.putIncident(id, next);
    belongTo(builder, [...absorbed], id, entry.seq);
    return;
  }
  builder.putIncident(id, next);
  if (type === 'incident.opened') belongTo(builder, [id], id, entry.seq);
  if (type === 'incident.joined') belongTo(builder, [event.alert], id, entry.seq);
}

type CatalogueEvent = Extract<DomainEvent, {readonly type: `${'customer' | 'source' | 'host' | 'check'}.${string}`}>;

function foldCatalogue(builder: StateBuilder, event: CatalogueEvent, entry: LogEntry): void {
  switch (event.type) {
    case 'customer.defined':
      putCustomer(builder, event.customer, entry);
      break;
    case 'customer.removed':
      builder.putCustomer(event.id, undefined);
      break;
    case 'source.defined':
    case 'source.removed':
    case 'source.freshness':
      putSource(builder, event);
      break;
    case 'host.defined':
      builder.putHost(hostKey(event), hostRecord(event, entry));
      break;
    case 'host.removed':
      builder.putHost(hostKey(event), undefined);
      break;
    case 'check.changed': {
      const key = fingerprint(event.address);
      builder.putCheck(key, checkRecord(builder.state.checks.get(key), event, entry));
      break;
    }
    case 'check.removed':
      builder.putCheck(event.fingerprint, undefined);
      break;
    default:
      event satisfies never;
  }
}

/**
 * Folds one entry into the builder. Exhaustive and total: what the entry speaks of may be missing,
 * and an event of a later release than ours changes nothing but the number.
 */
export function fold(builder: StateBuilder, entry: LogEntry): void {
  const {event} = entry;
  builder.advance(entry.seq);
  switch (event.type) {
    case 'incident.opened':
    case 'incident.joined':
    case 'incident.prioritised':
    case 'incident.responded':
    case 'incident.informed':
    case 'incident.paused':
    case 'incident.resumed':
    case 'incident.resolved':
    case 'incident.reopened':
    case 'incident.merged':
    case 'incident.marked':
    case 'incident.forgotten':
      putIncident(builder, event, entry);
      break;
    case 'backup.expected':
    case 'backup.reported':
    case 'backup.verified':
    case 'backup.repositorySeen':
    case 'backup.restoreTested':
    case 'backup.morningChecked':
    case 'backup.leftOut':
    case 'backup.forgotten':
      foldBackup(builder, event, entry);
      break;
    case 'collector.started':
      // A fact for reports: nothing that is known now changes by it.
      break;
    case 'holidays.defined':
      builder.putHolidays(event.rules);
      break;
    case 'onCall.defined':
      builder.putOnCall(onCallKey(event.plan), {...event.plan, version: entry.seq});
      break;
    case 'onCall.removed':
      builder.putOnCall(onCallKey(event), undefined);
      break;
    case 'customer.defined':
    case 'customer.removed':
    case 'source.defined':
    case 'source.removed':
    case 'source.freshness':
    case 'host.defined':
    case 'host.removed':
    case 'check.changed':
    case 'check.removed':
      foldCatalogue(builder, event, entry);
      break;
    case 'alert.opened':
      builder.countOccurrence();
      builder.putAlert(event.occurrence, foldAlert(undefined, event, entry));
      break;
    case 'alert.updated':
    case 'alert.reopened':
    case 'alert.resolved':
    case 'alert.closed':
    case 'alert.forgotten':
    case 'alert.acknowledged':
    case 'alert.unacknowledged':
    case 'alert.escalated':
    case 'alert.noted':
    case 'alert.suppressed':
    case 'alert.unsuppressed':
      builder.putAlert(event.occurrence, foldAlert(builder.state.alerts.get(event.occurrence), event, entry));
      break;
    case 'downtime.scheduled':
    case 'downtime.started':
    case 'downtime.ended':
    case 'downtime.cancelled':
    case 'downtime.forgotten':
      foldDowntime(builder, event, entry);
      break;
    default:
      event satisfies never;
  }
}

/**
 * The state after `entries`. Total, the same everywhere, and one copy for the whole batch.
 *
 * Entries that are already in (`seq` not above that of the state) are skipped, so that a batch may come twice.
 */
export function apply(state: NocState, entries: readonly LogEntry[]): NocState {
  if (entries.length === 0) return state;
  const builder = buildOn(state);
  for (const entry of entries) if (entry.seq > builder.state.seq) fold(builder, entry);
  return builder.close();
}
