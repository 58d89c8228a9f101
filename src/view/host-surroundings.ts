import type {NocView} from '../client/noc.ts';
import {type HostKey, parentKey} from '../domain/address.ts';
import {type Alert, alertState, type OccurrenceId} from '../domain/alert.ts';
import {compareBadness} from '../domain/badness.ts';
import {subtree} from '../domain/dependencies.ts';
import type {NocState} from '../domain/state.ts';
import type {HostEntry, HostState} from './host-entry.ts';
import {hostFacts} from './host-index.ts';

/** Some alerts, the worst that nobody handles first, and how many there are. */
export interface SomeAlerts {
  readonly count: number;
  readonly alerts: readonly Alert[];
}

/** A host that hangs on another, or that another hangs on. */
export interface Neighbour {
  readonly key: HostKey;
  readonly host: string;
  readonly state: HostState;
}

/** What stands around one host. */
export interface HostSurroundings {
  /** Its own alerts that fire. */
  readonly own: SomeAlerts;
  /** Those of its customer elsewhere. */
  readonly others: SomeAlerts;
  /** What it hangs on, as far as it is known. Source: DP-1. */
  readonly parents: readonly Neighbour[];
  /** Every host that hangs on it, by whatever path, the worst first. */
  readonly children: readonly Neighbour[];
}

const NOTHING: HostSurroundings = {
  own: {count: 0, alerts: []},
  others: {count: 0, alerts: []},
  parents: [],
  children: [],
};

/** What hangs on a host, what it hangs on, and what else is wrong with it and at its customer. */
export function hostSurroundings(view: NocView, {facts, origin}: HostEntry): HostSurroundings {
  const state = view.collectors.find(({url}) => url === origin.url)?.state ?? null;
  if (state === null) return NOTHING;
  const own = firing(state, state.ofHost.get(facts.key)?.live ?? []);
  const ownIds = new Set(own.map(({occurrence}) => occurrence));
  const others = firing(state, state.live.values()).filter(
    alert => alert.customer === facts.customer && !ownIds.has(alert.occurrence) && !isHidden(alert),
  );
  const record = state.hosts.get(facts.key);
  const parents = record?.parents.flat().map(name => parentKey(record, name)) ?? [];
  const children = [...subtree(state, facts.key)].filter(key => key !== facts.key);
  return {
    own: some(own),
    others: some(others),
    parents: neighbours(state, parents),
    children: neighbours(state, children).toSorted(byState),
  };
}

/** It stands under the alert of what is down, and is counted there. */
function isHidden(alert: Alert): boolean {
  return alert.suppressed.includes('unreachable');
}

function firing(state: NocState, occurrences: Iterable<OccurrenceId>): readonly Alert[] {
  const alerts: Alert[] = [];
  for (const occurrence of occurrences) {
    const alert = state.alerts.get(occurrence);
    if (alert === undefined) continue;
    const condition = alertState(alert);
    if (condition === 'open' || condition === 'acked') alerts.push(alert);
  }
  return alerts;
}

function some(alerts: readonly Alert[]): SomeAlerts {
  return {count: alerts.length, alerts: alerts.toSorted(compareBadness)};
}

function neighbours(state: NocState, keys: readonly HostKey[]): readonly Neighbour[] {
  return [...new Set(keys)].flatMap(key => {
    const record = state.hosts.get(key);
    return record === undefined ? [] : [{key, host: record.host, state: hostFacts(key, record, state).state}];
  });
}

const ORDER: readonly HostState[] = ['down', 'unreachable', 'unknown', 'up'];

function byState(a: Neighbour, b: Neighbour): number {
  return ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || (a.host < b.host ? -1 : a.host > b.host ? 1 : 0);
}
