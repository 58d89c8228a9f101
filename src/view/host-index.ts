import {type Fingerprint, fingerprint, type HostKey, hostKey} from '../domain/address.ts';
import type {Alert, OccurrenceId} from '../domain/alert.ts';
import type {CheckRecord, HostRecord} from '../domain/check.ts';
import type {Severity} from '../domain/severity.ts';
import type {NocState} from '../domain/state.ts';
import {emptyTable, type Table} from '../domain/table.ts';
import type {HostFacts, HostState, ServiceCounts} from './host-entry.ts';

/**
 * Keeps what one collector says of its hosts, worst first. Each call costs what changed since the last one, so that ten
 * thousand hosts can be listed while hundreds of events a second arrive.
 */
export function createHostIndex(): (state: NocState) => readonly HostFacts[] {
  let hosts: Table<HostKey, HostRecord> = emptyTable();
  let checks: Table<Fingerprint, CheckRecord> = emptyTable();
  let alerts: Table<OccurrenceId, Alert> = emptyTable();
  const facts = new Map<HostKey, HostFacts>();
  let sorted: readonly HostFacts[] = [];

  return state => {
    const touched = new Set<HostKey>();
    for (const [key] of state.hosts.changesSince(hosts)) touched.add(key);
    for (const [print, check] of state.checks.changesSince(checks)) {
      const either = check ?? checks.get(print);
      if (either !== undefined) touched.add(hostKey(either));
    }
    for (const [occurrence, alert] of state.alerts.changesSince(alerts)) {
      const either = alert ?? alerts.get(occurrence);
      if (either?.service === '') touched.add(hostKey(either));
    }
    ({hosts, checks, alerts} = state);
    if (touched.size === 0) return sorted;

    const fresh: HostFacts[] = [];
    for (const key of touched) {
      const record = hosts.get(key);
      if (record === undefined) {
        facts.delete(key);
        continue;
      }
      const now = hostFacts(key, record, state);
      facts.set(key, now);
      fresh.push(now);
    }
    const rest = sorted.filter(({key}) => !touched.has(key));
    sorted = fresh.length < rest.length ? inserted(rest, fresh) : [...rest, ...fresh].sort(byNeed);
    return sorted;
  };
}

/** What the log says of one host. */
export function hostFacts(key: HostKey, record: HostRecord, state: NocState): HostFacts {
  const checks: CheckRecord[] = [];
  for (const print of state.ofHost.get(key)?.checks ?? []) {
    const check = state.checks.get(print);
    if (check !== undefined) checks.push(check);
  }
  checks.sort((a, b) => compareText(a.service, b.service));
  const own = checks.find(check => check.service === '');
  const services: Record<Severity, number> = {ok: 0, warning: 0, critical: 0, unknown: 0, pending: 0};
  for (const check of checks) if (check !== own) services[check.state]++;
  return {
    key,
    customer: record.customer,
    site: record.site,
    host: record.host,
    parents: record.parents.flat(),
    state: hostState(record, own, checks, state),
    isSilent: own?.stale ?? (checks.length > 0 && checks.every(check => check.stale)),
    services,
    checks,
  };
}

/** Source: ST-1 for the host's own check; before its first result, or without one, a host with a service that is well is up. */
function hostState(
  record: HostRecord,
  own: CheckRecord | undefined,
  checks: readonly CheckRecord[],
  state: NocState,
): HostState {
  if (own === undefined) return checks.some(isHeard) ? 'up' : 'unknown';
  switch (own.state) {
    case 'ok':
    case 'warning':
      return 'up';
    case 'critical':
      return isUnreachable(record, state) ? 'unreachable' : 'down';
    case 'pending':
      if (checks.some(isHeard)) return 'up';
      return isUnreachable(record, state) ? 'unreachable' : 'unknown';
    case 'unknown':
      return isUnreachable(record, state) ? 'unreachable' : 'unknown';
    default:
      return own.state satisfies never;
  }
}

/** A critical service may be a host that does not answer: it proves nothing. Source: FR-2. */
function isHeard(check: CheckRecord): boolean {
  return !check.stale && (check.state === 'ok' || check.state === 'warning');
}

/** The collector decides reachability and says so at the host's alert. Source: DP-1, DP-2. */
function isUnreachable(record: HostRecord, state: NocState): boolean {
  const occurrence = state.live.get(fingerprint({...record, service: ''}));
  const alert = occurrence === undefined ? undefined : state.alerts.get(occurrence);
  return alert?.suppressed.includes('unreachable') ?? false;
}

/** What needs a look first: down, a critical service, not known, unreachable through another, a warning, all well. */
function hostRank(facts: HostFacts): number {
  const {services} = facts;
  if (facts.state === 'down') return 0;
  if (services.critical > 0 && facts.state !== 'unreachable') return 1;
  if (facts.state === 'unknown' || facts.isSilent) return 2;
  if (facts.state === 'unreachable') return 3;
  return services.warning + services.unknown > 0 ? 4 : 5;
}

/** Puts a few into a sorted list, each at its place. */
function inserted(list: HostFacts[], few: readonly HostFacts[]): readonly HostFacts[] {
  for (const one of few) {
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = list[middle];
      if (other !== undefined && byNeed(other, one) < 0) low = middle + 1;
      else high = middle;
    }
    list.splice(low, 0, one);
  }
  return list;
}

function byNeed(a: HostFacts, b: HostFacts): number {
  return hostRank(a) - hostRank(b) || compareText(a.customer, b.customer) || compareText(a.host, b.host);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The worst that one of its services is. */
export function worstService(services: ServiceCounts): Severity {
  if (services.critical > 0) return 'critical';
  if (services.unknown > 0) return 'unknown';
  if (services.warning > 0) return 'warning';
  return services.ok > 0 ? 'ok' : 'pending';
}
