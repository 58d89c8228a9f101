import {
  type Fingerprint,
  type HostKey,
  hostKey,
  parentKey,
  type SiteKey,
  type SiteServiceKey,
  siteKey,
  siteServiceKey,
} from './address.ts';
import type {Alert, OccurrenceId} from './alert.ts';
import type {CheckRecord, HostRecord} from './check.ts';
import type {Incident, IncidentId} from './incident.ts';
import {OverlayTable} from './overlay-table.ts';
import {SharedList} from './shared-list.ts';
import type {HostContents, IncidentContents, NocState, SiteContents} from './state.ts';
import type {Table} from './table.ts';
import type {Instant} from './time.ts';

/** What a host is to its site: nothing without checks, silent when all of them are stale. */
type Hearing = 'none' | 'silent' | 'heard';

/** The records that the indexes speak of, as they are now. */
interface Records {
  readonly checks: Table<Fingerprint, CheckRecord>;
  readonly alerts: Table<OccurrenceId, Alert>;
  readonly incidents: Table<IncidentId, Incident>;
}

interface Opened {
  readonly openedAt: Instant;
}

const NOTHING: HostContents = {checks: SharedList.empty(), live: SharedList.empty(), children: SharedList.empty()};
const NO_HOSTS: SiteContents = {hosts: SharedList.empty(), silent: 0};
const NO_ALERTS: IncidentContents = {alerts: SharedList.empty(), firing: 0};

function isLive(alert: Alert | undefined): alert is Alert {
  return alert !== undefined && alert.condition !== 'closed';
}

function parentsOf(host: HostRecord | undefined): ReadonlySet<HostKey> {
  const keys = new Set<HostKey>();
  if (host === undefined) return keys;
  for (const group of host.parents) for (const parent of group) keys.add(parentKey(host, parent));
  return keys;
}

/** The list with an id behind those that were not opened after it. */
function inOrder(
  list: SharedList<string>,
  id: string,
  {openedAt}: Opened,
  table: Table<string, Opened>,
): SharedList<string> {
  return list.with(id, other => (table.get(other)?.openedAt ?? openedAt) > openedAt);
}

/** The indexes of the state, moved along with each record that is put. A change costs what it touches, however long the lists. */
export class StateIndexes {
  readonly live: OverlayTable<Fingerprint, OccurrenceId>;
  readonly ofHost: OverlayTable<HostKey, HostContents>;
  readonly ofIncident: OverlayTable<IncidentId, IncidentContents>;
  readonly ofCause: OverlayTable<Fingerprint, SharedList<IncidentId>>;
  readonly ofSiteService: OverlayTable<SiteServiceKey, SharedList<OccurrenceId>>;
  readonly ofSite: OverlayTable<SiteKey, SiteContents>;
  readonly #records: Records;

  constructor(base: NocState, records: Records) {
    this.live = new OverlayTable(base.live);
    this.ofHost = new OverlayTable(base.ofHost);
    this.ofIncident = new OverlayTable(base.ofIncident);
    this.ofCause = new OverlayTable(base.ofCause);
    this.ofSiteService = new OverlayTable(base.ofSiteService);
    this.ofSite = new OverlayTable(base.ofSite);
    this.#records = records;
  }

  moveHost(key: HostKey, before: HostRecord | undefined, after: HostRecord | undefined): void {
    for (const parent of parentsOf(before)) this.#editHost(parent, 'children', list => list.without(key));
    for (const parent of parentsOf(after)) this.#editHost(parent, 'children', list => list.with(key));
  }

  moveCheck(key: Fingerprint, before: CheckRecord | undefined, after: CheckRecord | undefined): void {
    const known = after ?? before;
    const isListChanged = (before === undefined) !== (after === undefined);
    if (known === undefined || (!isListChanged && before?.stale === after?.stale)) return;
    const host = hostKey(known);
    const hadBeen = this.#hearing(host, key, before);
    if (isListChanged) {
      this.#editHost(host, 'checks', list => (after === undefined ? list.without(key) : list.with(key)));
    }
    this.#moveHearing(siteKey(known), host, hadBeen, this.#hearing(host, key, after));
  }

  moveAlert(key: OccurrenceId, before: Alert | undefined, after: Alert | undefined): void {
    const known = after ?? before;
    if (known === undefined) return;
    const isMoved = before?.incident !== after?.incident;
    if (isMoved || before?.condition !== after?.condition) {
      this.#countMember(before, -1, isMoved);
      this.#countMember(after, 1, isMoved);
    }
    if (isLive(before) === isLive(after)) return;
    const {fingerprint} = known;
    if (isLive(after)) this.live.set(fingerprint, key);
    else if (this.live.get(fingerprint) === key) this.live.set(fingerprint, undefined);
    this.#editHost(hostKey(known), 'live', list => (isLive(after) ? list.with(key) : list.without(key)));
    this.#editList(this.ofSiteService, siteServiceKey(known), list =>
      isLive(after) ? inOrder(list, key, known, this.#records.alerts) : list.without(key),
    );
  }

  moveIncident(key: IncidentId, before: Incident | undefined, after: Incident | undefined): void {
    const known = after ?? before;
    if (known === undefined || before?.openedAt === after?.openedAt) return;
    this.#editList(this.ofCause, known.cause, list => {
      const others = list.without(key);
      return after === undefined ? others : inOrder(others, key, after, this.#records.incidents);
    });
  }

  /** Counts an alert in its incident (1) or no longer (-1); `isMoved`: it also comes to its list, or leaves it. */
  #countMember(alert: Alert | undefined, sign: 1 | -1, isMoved: boolean): void {
    const incident = alert?.incident ?? null;
    if (alert === undefined || incident === null) return;
    const {alerts, firing} = this.ofIncident.get(incident) ?? NO_ALERTS;
    const {occurrence} = alert;
    let next = alerts;
    if (isMoved && sign === 1) next = inOrder(alerts, occurrence, alert, this.#records.alerts);
    if (isMoved && sign === -1) next = alerts.without(occurrence);
    const nowFiring = firing + (alert.condition === 'firing' ? sign : 0);
    this.ofIncident.set(incident, next.length === 0 ? undefined : {alerts: next, firing: nowFiring});
  }

  #editList<K extends string>(
    table: OverlayTable<K, SharedList<string>>,
    key: K,
    change: (list: SharedList<string>) => SharedList<string>,
  ): void {
    const next = change(table.get(key) ?? SharedList.empty());
    table.set(key, next.length === 0 ? undefined : next);
  }

  #editHost(key: HostKey, part: keyof HostContents, change: (list: SharedList<string>) => SharedList<string>): void {
    const contents = this.ofHost.get(key) ?? NOTHING;
    const next = {...contents, [part]: change(contents[part])};
    const isEmpty = next.checks.length + next.live.length + next.children.length === 0;
    this.ofHost.set(key, isEmpty ? undefined : next);
  }

  /** @param record - What stands, or stood, under `key`: the table may be ahead of the list. */
  #hearing(host: HostKey, key: Fingerprint, record: CheckRecord | undefined): Hearing {
    const {checks} = this.ofHost.get(host) ?? NOTHING;
    if (checks.length === 0) return 'none';
    for (const other of checks) {
      const check = other === key ? record : this.#records.checks.get(other);
      if (check?.stale !== true) return 'heard';
    }
    return 'silent';
  }

  /** Notes what a change of its checks made of a host: whether it counts for its site, and as silent. */
  #moveHearing(site: SiteKey, host: HostKey, before: Hearing, after: Hearing): void {
    if (before === after) return;
    const {hosts, silent} = this.ofSite.get(site) ?? NO_HOSTS;
    let next = hosts;
    if (before === 'none') next = hosts.with(host);
    if (after === 'none') next = hosts.without(host);
    const nowSilent = silent + Number(after === 'silent') - Number(before === 'silent');
    this.ofSite.set(site, next.length === 0 ? undefined : {hosts: next, silent: nowSilent});
  }
}
