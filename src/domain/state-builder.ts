import {
  type CustomerId,
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
import type {BackupKey, BackupRecord} from './backup/backup-record.ts';
import type {CheckRecord, HostRecord} from './check.ts';
import type {CustomerRecord, Freshness, Source} from './customer.ts';
import {hashText, moveRecord, NO_RECORDS, type RecordKind, type RecordSum, sumKey} from './digest.ts';
import type {Downtime} from './downtime.ts';
import type {Incident, IncidentId} from './incident.ts';
import {OverlayTable} from './overlay-table.ts';
import type {HolidayRules} from './sla/holidays.ts';
import type {HostContents, NocState, SiteContents} from './state.ts';
import type {Table} from './table.ts';
import type {Instant} from './time.ts';

/** Where records are put while a batch is folded or a snapshot is read; keeps the indexes of the state right. */
export interface StateBuilder {
  /** The state as it is with everything put so far. Changes under the reader's hands: do not keep it. */
  readonly state: NocState;
  advance(seq: number): void;
  countOccurrence(): void;
  putCustomer(id: string, customer: CustomerRecord | undefined): void;
  putHolidays(rules: HolidayRules): void;
  putSource(name: string, source: (Source & {readonly freshness: Freshness}) | undefined): void;
  putDowntime(id: string, downtime: Downtime | undefined): void;
  putHost(key: HostKey, host: HostRecord | undefined): void;
  putCheck(key: Fingerprint, check: CheckRecord | undefined): void;
  putAlert(key: OccurrenceId, alert: Alert | undefined): void;
  putIncident(key: IncidentId, incident: Incident | undefined): void;
  putBackup(key: BackupKey, backup: BackupRecord | undefined): void;
  /** The finished state. The builder is not to be used afterwards. */
  close(): NocState;
}

/** Arrays of one host that this builder has copied and may therefore change. */
interface OwnedContents extends HostContents {
  readonly checks: Fingerprint[];
  readonly live: OccurrenceId[];
  readonly children: HostKey[];
}

interface OwnedSite extends SiteContents {
  readonly hosts: HostKey[];
  silent: number;
}

interface Versioned {
  readonly version: number;
}

/** Records without a version of their own count by the one thing about them that changes most. */
function nameVersion(text: string | undefined): Versioned | undefined {
  return text === undefined ? undefined : {version: hashText(text)};
}

/** What a host is to its site: nothing without checks, silent when all of them are stale. */
type Hearing = 'none' | 'silent' | 'heard';

const NOTHING: HostContents = {checks: [], live: [], children: []};
const NO_HOSTS: SiteContents = {hosts: [], silent: 0};

/** A small map, copied at the first change. */
class CopiedMap<V> {
  #map: ReadonlyMap<string, V>;
  #copy: Map<string, V> | undefined;

  constructor(map: ReadonlyMap<string, V>) {
    this.#map = map;
  }

  get map(): ReadonlyMap<string, V> {
    return this.#map;
  }

  put(key: string, value: V | undefined): void {
    if (this.#copy === undefined) {
      this.#copy = new Map(this.#map);
      this.#map = this.#copy;
    }
    if (value === undefined) this.#copy.delete(key);
    else this.#copy.set(key, value);
  }
}

function isLive(alert: Alert | undefined): alert is Alert {
  return alert !== undefined && alert.condition !== 'closed';
}

function parentsOf(host: HostRecord | undefined): ReadonlySet<HostKey> {
  const keys = new Set<HostKey>();
  for (const group of host?.parents ?? []) for (const parent of group) keys.add(parentKey(host as HostRecord, parent));
  return keys;
}

/** Puts an id behind those opened before it; the id settles a tie, so that the order is the same however it came about. */
function insert(list: string[], id: string, openedAt: (id: string) => Instant): void {
  const at = openedAt(id);
  const isLater = (other: string | undefined) =>
    other !== undefined && (openedAt(other) > at || (openedAt(other) === at && other > id));
  let index = list.length;
  while (isLater(list[index - 1])) index -= 1;
  list.splice(index, 0, id);
}

function remove<T>(list: T[], item: T): void {
  const index = list.indexOf(item);
  if (index >= 0) list.splice(index, 1);
}

/** Lists of alerts or incidents by some key. Each is copied once a batch, at its first change. */
class Lists<K extends string> {
  readonly table: OverlayTable<K, readonly OccurrenceId[]>;
  readonly #owned = new Map<K, OccurrenceId[]>();

  constructor(base: Table<K, readonly OccurrenceId[]>) {
    this.table = new OverlayTable(base);
  }

  edit(key: K, change: (list: OccurrenceId[]) => void): void {
    let owned = this.#owned.get(key);
    if (owned === undefined) {
      owned = [...(this.table.get(key) ?? [])];
      this.#owned.set(key, owned);
    }
    change(owned);
    this.table.set(key, owned.length === 0 ? undefined : owned);
  }
}

/** The indexes of the state that are folded along: contents of hosts, alerts by site and kind, counts of sites. */
class Indexes {
  readonly ofHost: OverlayTable<HostKey, HostContents>;
  readonly ofIncident: Lists<IncidentId>;
  readonly ofCause: Lists<Fingerprint>;
  readonly ofSiteService: Lists<SiteServiceKey>;
  readonly ofSite: OverlayTable<SiteKey, SiteContents>;
  readonly #owned = new Map<HostKey, OwnedContents>();
  readonly #ownedSites = new Map<SiteKey, OwnedSite>();

  constructor(base: NocState) {
    this.ofHost = new OverlayTable(base.ofHost);
    this.ofIncident = new Lists(base.ofIncident);
    this.ofCause = new Lists(base.ofCause);
    this.ofSiteService = new Lists(base.ofSiteService);
    this.ofSite = new OverlayTable(base.ofSite);
  }

  edit(key: HostKey, change: (contents: OwnedContents) => void): void {
    let owned = this.#owned.get(key);
    if (owned === undefined) {
      const {checks, live, children} = this.ofHost.get(key) ?? NOTHING;
      owned = {checks: [...checks], live: [...live], children: [...children]};
      this.#owned.set(key, owned);
    }
    change(owned);
    const isEmpty = owned.checks.length + owned.live.length + owned.children.length === 0;
    this.ofHost.set(key, isEmpty ? undefined : owned);
  }

  /** Notes what a change of its checks made of a host: whether it counts for its site, and as silent. */
  countHost(site: SiteKey, host: HostKey, before: Hearing, after: Hearing): void {
    if (before === after) return;
    let owned = this.#ownedSites.get(site);
    if (owned === undefined) {
      const {hosts, silent} = this.ofSite.get(site) ?? NO_HOSTS;
      owned = {hosts: [...hosts], silent};
      this.#ownedSites.set(site, owned);
    }
    if (before === 'none') owned.hosts.push(host);
    if (after === 'none') remove(owned.hosts, host);
    owned.silent += Number(after === 'silent') - Number(before === 'silent');
    this.ofSite.set(site, owned.hosts.length === 0 ? undefined : owned);
  }
}

class Builder implements StateBuilder {
  readonly state: NocState;
  readonly #hosts: OverlayTable<HostKey, HostRecord>;
  readonly #checks: OverlayTable<Fingerprint, CheckRecord>;
  readonly #alerts: OverlayTable<OccurrenceId, Alert>;
  readonly #incidents: OverlayTable<IncidentId, Incident>;
  readonly #backups: OverlayTable<BackupKey, BackupRecord>;
  readonly #live: OverlayTable<Fingerprint, OccurrenceId>;
  readonly #indexes: Indexes;
  readonly #sums: OverlayTable<string, RecordSum>;
  readonly #customers: CopiedMap<CustomerRecord>;
  readonly #sources: CopiedMap<Source & {readonly freshness: Freshness}>;
  readonly #downtimes: CopiedMap<Downtime>;
  #holidays: HolidayRules;
  #seq: number;
  #occurrences: number;

  constructor(base: NocState) {
    this.#holidays = base.holidays;
    this.#seq = base.seq;
    this.#occurrences = base.occurrences;
    this.#hosts = new OverlayTable(base.hosts);
    this.#checks = new OverlayTable(base.checks);
    this.#alerts = new OverlayTable(base.alerts);
    this.#incidents = new OverlayTable(base.incidents);
    this.#backups = new OverlayTable(base.backups);
    this.#live = new OverlayTable(base.live);
    this.#indexes = new Indexes(base);
    this.#sums = new OverlayTable(base.sums);
    this.#customers = new CopiedMap(base.customers);
    this.#sources = new CopiedMap(base.sources);
    this.#downtimes = new CopiedMap(base.downtimes);
    this.state = this.#view();
  }

  #view(): NocState {
    const builder = this;
    return {
      hosts: this.#hosts,
      checks: this.#checks,
      alerts: this.#alerts,
      incidents: this.#incidents,
      backups: this.#backups,
      live: this.#live,
      ofHost: this.#indexes.ofHost,
      ofIncident: this.#indexes.ofIncident.table,
      ofCause: this.#indexes.ofCause.table,
      ofSiteService: this.#indexes.ofSiteService.table,
      ofSite: this.#indexes.ofSite,
      get holidays() {
        return builder.#holidays;
      },
      sums: this.#sums,
      get seq() {
        return builder.#seq;
      },
      get occurrences() {
        return builder.#occurrences;
      },
      get customers() {
        return builder.#customers.map;
      },
      get sources() {
        return builder.#sources.map;
      },
      get downtimes() {
        return builder.#downtimes.map;
      },
    };
  }

  readonly #openedAt = (occurrence: OccurrenceId): Instant => this.#alerts.get(occurrence)?.openedAt ?? 0;

  advance(seq: number): void {
    this.#seq = seq;
  }

  countOccurrence(): void {
    this.#occurrences += 1;
  }

  /** Moves the sum of whose record it is, from the version before to the one after. */
  #count(
    kind: RecordKind,
    owner: CustomerId | null,
    key: string,
    before: Versioned | undefined,
    after: Versioned | undefined,
  ): void {
    const sum = this.#sums.get(sumKey(owner)) ?? NO_RECORDS;
    const moved = moveRecord(sum, kind, key, before?.version ?? null, after?.version ?? null);
    this.#sums.set(sumKey(owner), moved);
  }

  putHolidays(rules: HolidayRules): void {
    this.#holidays = rules;
  }

  putIncident(key: IncidentId, incident: Incident | undefined): void {
    const before = this.#incidents.get(key);
    const known = incident ?? before;
    if (known === undefined) return;
    this.#count('incident', known.customer, key, before, incident);
    this.#incidents.set(key, incident);
    if (before?.openedAt === incident?.openedAt) return;
    this.#indexes.ofCause.edit(known.cause, list => {
      remove(list, key);
      if (incident !== undefined) insert(list, key, id => this.#incidents.get(id)?.openedAt ?? 0);
    });
  }

  putBackup(key: BackupKey, backup: BackupRecord | undefined): void {
    const before = this.#backups.get(key);
    const known = backup ?? before;
    if (known === undefined) return;
    this.#count('backup', known.customer, key, before, backup);
    this.#backups.set(key, backup);
  }

  putCustomer(id: string, customer: CustomerRecord | undefined): void {
    this.#count('customer', id, id, this.#customers.map.get(id), customer);
    this.#customers.put(id, customer);
  }

  putSource(name: string, source: (Source & {readonly freshness: Freshness}) | undefined): void {
    const before = this.#sources.map.get(name)?.freshness;
    this.#count('source', null, name, nameVersion(before), nameVersion(source?.freshness));
    this.#sources.put(name, source);
  }

  putDowntime(id: string, downtime: Downtime | undefined): void {
    const before = this.#downtimes.map.get(id);
    const known = downtime ?? before;
    if (known === undefined) return;
    this.#count('downtime', known.customer, id, before, downtime);
    this.#downtimes.put(id, downtime);
  }

  putHost(key: HostKey, host: HostRecord | undefined): void {
    const before = this.#hosts.get(key);
    const known = host ?? before;
    if (known === undefined) return;
    this.#count('host', known.customer, key, before, host);
    for (const parent of parentsOf(before)) {
      this.#indexes.edit(parent, contents => remove(contents.children, key));
    }
    for (const parent of parentsOf(host)) this.#indexes.edit(parent, contents => contents.children.push(key));
    this.#hosts.set(key, host);
  }

  putCheck(key: Fingerprint, check: CheckRecord | undefined): void {
    const before = this.#checks.get(key);
    const known = before ?? check;
    if (known === undefined) return;
    this.#count('check', known.customer, key, before, check);
    const isListed = before !== undefined;
    const isKept = check !== undefined;
    if (isListed === isKept && before?.stale === check?.stale) {
      this.#checks.set(key, check);
      return;
    }
    const host = hostKey(known);
    const hearing = this.#hearing(host);
    this.#checks.set(key, check);
    if (!isListed) this.#indexes.edit(host, contents => contents.checks.push(key));
    if (!isKept) this.#indexes.edit(host, contents => remove(contents.checks, key));
    this.#indexes.countHost(siteKey(known), host, hearing, this.#hearing(host));
  }

  #hearing(host: HostKey): Hearing {
    const checks = this.#indexes.ofHost.get(host)?.checks;
    if (checks === undefined || checks.length === 0) return 'none';
    return checks.every(key => this.#checks.get(key)?.stale === true) ? 'silent' : 'heard';
  }

  putAlert(key: OccurrenceId, alert: Alert | undefined): void {
    const before = this.#alerts.get(key);
    const known = alert ?? before;
    if (known === undefined) return;
    this.#count('alert', known.customer, key, before, alert);
    this.#alerts.set(key, alert);
    this.#moveIncident(known, before?.incident ?? null, alert?.incident ?? null);
    if (isLive(alert) === isLive(before)) return;
    if (isLive(alert)) {
      this.#live.set(known.fingerprint, key);
      this.#indexes.edit(hostKey(known), contents => contents.live.push(key));
      this.#indexes.ofSiteService.edit(siteServiceKey(known), list => insert(list, known.occurrence, this.#openedAt));
      return;
    }
    if (this.#live.get(known.fingerprint) === key) this.#live.set(known.fingerprint, undefined);
    this.#indexes.edit(hostKey(known), contents => remove(contents.live, key));
    this.#indexes.ofSiteService.edit(siteServiceKey(known), list => remove(list, key));
  }

  #moveIncident(alert: Alert, before: IncidentId | null, after: IncidentId | null): void {
    if (before === after) return;
    if (before !== null) this.#indexes.ofIncident.edit(before, list => remove(list, alert.occurrence));
    if (after !== null) this.#indexes.ofIncident.edit(after, list => insert(list, alert.occurrence, this.#openedAt));
  }

  close(): NocState {
    return {
      seq: this.#seq,
      customers: this.#customers.map,
      holidays: this.#holidays,
      sources: this.#sources.map,
      hosts: this.#hosts.toTable(),
      checks: this.#checks.toTable(),
      alerts: this.#alerts.toTable(),
      incidents: this.#incidents.toTable(),
      backups: this.#backups.toTable(),
      live: this.#live.toTable(),
      downtimes: this.#downtimes.map,
      ofHost: this.#indexes.ofHost.toTable(),
      ofIncident: this.#indexes.ofIncident.table.toTable(),
      ofCause: this.#indexes.ofCause.table.toTable(),
      ofSiteService: this.#indexes.ofSiteService.table.toTable(),
      ofSite: this.#indexes.ofSite.toTable(),
      sums: this.#sums.toTable(),
      occurrences: this.#occurrences,
    };
  }
}

/** Starts changing `base`, which stays as it is. The cost of `close` is that of the records touched. */
export function buildOn(base: NocState): StateBuilder {
  return new Builder(base);
}
