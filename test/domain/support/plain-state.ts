import type {NocState} from '../../../src/domain/state.ts';
import type {Table} from '../../../src/domain/table.ts';

type Entries = Iterable<readonly [string, unknown]>;

function sorted(entries: Entries): readonly (readonly [string, unknown])[] {
  return [...entries].map(([key, value]) => [key, value] as const).sort(([a], [b]) => (a < b ? -1 : 1));
}

function ordered(table: Table<string, Readonly<Record<string, readonly string[]>>>): Entries {
  return [...table.entries()].map(([key, value]) => {
    const lists = Object.entries(value).map(([name, list]) => [name, [...list].sort()]);
    return [key, Object.fromEntries(lists)] as const;
  });
}

/** A state as plain data in a fixed order, for comparing two of them whole, indexes included. */
export function plainState(state: NocState): unknown {
  return {
    seq: state.seq,
    occurrences: state.occurrences,
    customers: sorted(state.customers),
    sources: sorted(state.sources),
    downtimes: sorted(state.downtimes),
    hosts: sorted(state.hosts.entries()),
    checks: sorted(state.checks.entries()),
    alerts: sorted(state.alerts.entries()),
    incidents: sorted(state.incidents.entries()),
    holidays: state.holidays,
    live: sorted(state.live.entries()),
    ofSiteService: sorted(state.ofSiteService.entries()),
    ofIncident: sorted(state.ofIncident.entries()),
    ofCause: sorted(state.ofCause.entries()),
    sums: sorted(state.sums.entries()),
    ofHost: sorted(ordered(state.ofHost as unknown as Parameters<typeof ordered>[0])),
    ofSite: sorted([...state.ofSite.entries()].map(([key, it]) => [key, {...it, hosts: [...it.hosts].sort()}])),
    sizes: [
      state.hosts.size,
      state.checks.size,
      state.alerts.size,
      state.live.size,
      state.ofHost.size,
      state.ofSite.size,
    ],
  };
}
