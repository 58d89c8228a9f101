import type {CollectorView, NocView} from '../client/noc.ts';
import type {HostKey} from '../domain/address.ts';
import type {NocState} from '../domain/state.ts';
import type {Instant} from '../domain/time.ts';
import {hostNames} from './alert-vocabulary.ts';
import type {Filter, Vocabulary} from './filter.ts';
import {foldText} from './fold-text.ts';
import {type HostEntry, type HostFacts, isHostStale} from './host-entry.ts';
import {createHostIndex, hostFacts, worstService} from './host-index.ts';
import {type Origin, originOf} from './origin.ts';

/** What a filter can ask about a host. */
export const hostVocabulary: Vocabulary<HostEntry> = {
  fields: {
    customer: {
      kind: 'name',
      of: ({facts, customer}) => (customer === null ? [facts.customer] : [facts.customer, customer.name]),
    },
    site: {kind: 'name', of: ({facts}) => [facts.site]},
    host: {kind: 'name', of: ({facts}) => hostNames(facts.host)},
    collector: {kind: 'name', of: ({origin}) => [origin.name]},
    state: {kind: 'name', of: ({facts}) => [facts.state]},
    parent: {kind: 'name', of: ({facts}) => facts.parents},
    service: {kind: 'name', of: ({facts}) => facts.checks.map(check => check.service)},
    severity: {
      kind: 'rank',
      words: ['pending', 'ok', 'warning', 'unknown', 'critical'],
      of: ({facts}) => worstService(facts.services),
    },
    cpu: {kind: 'count', of: ({sample}) => sample?.cpuPercent ?? null},
    memory: {kind: 'count', of: ({sample}) => sample?.memoryPercent ?? null},
    disk: {kind: 'count', of: ({sample}) => sample?.diskPercent ?? null},
    seen: {
      kind: 'duration',
      of: ({lastSeenAt, origin}, now) => (lastSeenAt === null ? null : now + origin.skewMs - lastSeenAt),
    },
  },
  flags: {
    up: ({facts}) => facts.state === 'up',
    down: ({facts}) => facts.state === 'down',
    unreachable: ({facts}) => facts.state === 'unreachable',
    unknown: ({facts}) => facts.state === 'unknown',
    stale: isHostStale,
  },
  label: null,
  haystack: ({facts, customer}) => {
    const known = haystacks.get(facts);
    if (known !== undefined) return known;
    const text = foldText(`${facts.host} ${customer?.name ?? ''} ${facts.customer} ${facts.site}`);
    haystacks.set(facts, text);
    return text;
  },
};

const haystacks = new WeakMap<HostFacts, string>();

/**
 * Lists the hosts of all collectors, the worst first within each collector.
 *
 * @returns A selector that keeps an index of each collector: keep it as long as the face lives.
 */
export function createHostSelector(): (
  view: NocView,
  filter: Filter<HostEntry> | null,
  now: Instant,
) => readonly HostEntry[] {
  const indexes = new Map<string, ReturnType<typeof createHostIndex>>();
  return (view, filter, now) => {
    const entries: HostEntry[] = [];
    for (const collector of view.collectors) {
      const {state} = collector;
      if (state === null) continue;
      const index = indexes.get(collector.url) ?? createHostIndex();
      indexes.set(collector.url, index);
      const origin = originOf(collector, view.collectors.length === 1);
      for (const facts of index(state)) {
        const entry = entryOf(facts, collector, state, origin);
        if (filter === null || filter.isEmpty || filter.matches(entry, now)) entries.push(entry);
      }
    }
    return entries;
  };
}

/** One host, without looking at the others; null when its collector does not know it. */
export function selectHost(view: NocView, url: string, key: HostKey): HostEntry | null {
  const collector = view.collectors.find(candidate => candidate.url === url);
  const record = collector?.state?.hosts.get(key);
  if (collector === undefined || collector.state === null || record === undefined) return null;
  const origin = originOf(collector, view.collectors.length === 1);
  return entryOf(hostFacts(key, record, collector.state), collector, collector.state, origin);
}

function entryOf(facts: HostFacts, {samples}: CollectorView, state: NocState, origin: Origin): HostEntry {
  const latest = samples.get(facts.key);
  return {
    key: `${origin.url} ${facts.key}`,
    origin,
    facts,
    customer: state.customers.get(facts.customer) ?? null,
    lastSeenAt: latest?.lastSeenAt ?? null,
    sample: latest?.sample ?? null,
  };
}
