import {NO_RECORDS} from '../../../src/domain/digest.ts';
import {SharedList} from '../../../src/domain/shared-list.ts';
import type {NocState} from '../../../src/domain/state.ts';
import type {Table} from '../../../src/domain/table.ts';

type Entries = Iterable<readonly [string, unknown]>;

function sorted(entries: Entries): readonly (readonly [string, unknown])[] {
  return [...entries].map(([key, value]) => [key, value] as const).sort(([a], [b]) => (a < b ? -1 : 1));
}

function mapped<V>(table: Table<string, V>, plain: (value: V) => unknown): Entries {
  return [...table.entries()].map(([key, value]) => [key, plain(value)] as const);
}

/** A list in the order of opening, as instants and ids: those of one instant stand in any order. */
function opened(list: Iterable<string>, table: Table<string, {readonly openedAt: number}>): unknown {
  const ids = [...list];
  return {instants: ids.map(id => table.get(id)?.openedAt), ids: ids.sort()};
}

/** Lists whose order means nothing, in a fixed one. */
function unordered<T extends object>(contents: T): Record<string, unknown> {
  const parts = Object.entries(contents).map(([name, part]) => [
    name,
    part instanceof SharedList ? [...part].sort() : part,
  ]);
  return Object.fromEntries(parts);
}

/** A state as plain data in a fixed order, for comparing two of them whole, indexes included. */
export function plainState(state: NocState): unknown {
  return {
    seq: state.seq,
    occurrences: state.occurrences,
    customers: sorted(state.customers),
    sources: sorted(state.sources),
    downtimes: sorted(state.downtimes),
    onCall: sorted(state.onCall),
    hosts: sorted(state.hosts.entries()),
    checks: sorted(state.checks.entries()),
    alerts: sorted(state.alerts.entries()),
    incidents: sorted(state.incidents.entries()),
    backups: sorted(state.backups.entries()),
    holidays: state.holidays,
    live: sorted(state.live.entries()),
    ofSiteService: sorted(mapped(state.ofSiteService, list => opened(list, state.alerts))),
    ofIncident: sorted(mapped(state.ofIncident, it => ({...it, alerts: opened(it.alerts, state.alerts)}))),
    ofCause: sorted(mapped(state.ofCause, list => opened(list, state.incidents))),
    // A sum that has come back to nothing is as good as none.
    sums: sorted(state.sums.entries()).filter(([, sum]) => JSON.stringify(sum) !== JSON.stringify(NO_RECORDS)),
    ofHost: sorted(mapped(state.ofHost, unordered)),
    ofSite: sorted(mapped(state.ofSite, unordered)),
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
