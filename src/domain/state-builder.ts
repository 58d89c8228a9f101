import type {CustomerId, Fingerprint, HostKey} from './address.ts';
import type {Alert, OccurrenceId} from './alert.ts';
import type {BackupKey, BackupRecord} from './backup/backup-record.ts';
import type {CheckRecord, HostRecord} from './check.ts';
import type {CustomerRecord, Freshness, Source} from './customer.ts';
import {hashText, moveRecord, NO_RECORDS, type RecordKind, type RecordSum, sumKey} from './digest.ts';
import type {Downtime} from './downtime.ts';
import type {Incident, IncidentId} from './incident.ts';
import type {OnCallRecord} from './on-call/plan.ts';
import {OverlayTable} from './overlay-table.ts';
import type {HolidayRules} from './sla/holidays.ts';
import type {NocState} from './state.ts';
import {StateIndexes} from './state-indexes.ts';

/** Where records are put while a batch is folded or a snapshot is read; keeps the indexes of the state right. */
export interface StateBuilder {
  /** The state as it is with everything put so far. Changes under the reader's hands: do not keep it. */
  readonly state: NocState;
  advance(seq: number): void;
  countOccurrence(): void;
  putCustomer(id: string, customer: CustomerRecord | undefined): void;
  putHolidays(rules: HolidayRules): void;
  putOnCall(key: string, record: OnCallRecord | undefined): void;
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

interface Versioned {
  readonly version: number;
}

/** Records without a version of their own count by the one thing about them that changes most. */
function nameVersion(text: string | undefined): Versioned | undefined {
  return text === undefined ? undefined : {version: hashText(text)};
}

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

class Builder implements StateBuilder {
  readonly state: NocState;
  readonly #hosts: OverlayTable<HostKey, HostRecord>;
  readonly #checks: OverlayTable<Fingerprint, CheckRecord>;
  readonly #alerts: OverlayTable<OccurrenceId, Alert>;
  readonly #incidents: OverlayTable<IncidentId, Incident>;
  readonly #backups: OverlayTable<BackupKey, BackupRecord>;
  readonly #indexes: StateIndexes;
  readonly #sums: OverlayTable<string, RecordSum>;
  readonly #customers: CopiedMap<CustomerRecord>;
  readonly #onCall: CopiedMap<OnCallRecord>;
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
    this.#indexes = new StateIndexes(base, {checks: this.#checks, alerts: this.#alerts, incidents: this.#incidents});
    this.#sums = new OverlayTable(base.sums);
    this.#customers = new CopiedMap(base.customers);
    this.#onCall = new CopiedMap(base.onCall);
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
      live: this.#indexes.live,
      ofHost: this.#indexes.ofHost,
      ofIncident: this.#indexes.ofIncident,
      ofCause: this.#indexes.ofCause,
      ofSiteService: this.#indexes.ofSiteService,
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
      get onCall() {
        return builder.#onCall.map;
      },
      get sources() {
        return builder.#sources.map;
      },
      get downtimes() {
        return builder.#downtimes.map;
      },
    };
  }

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
    this.#indexes.moveIncident(key, before, incident);
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

  putOnCall(key: string, record: OnCallRecord | undefined): void {
    const before = this.#onCall.map.get(key);
    const known = record ?? before;
    if (known === undefined) return;
    this.#count('onCall', known.customer, key, before, record);
    this.#onCall.put(key, record);
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
    this.#hosts.set(key, host);
    this.#indexes.moveHost(key, before, host);
  }

  putCheck(key: Fingerprint, check: CheckRecord | undefined): void {
    const before = this.#checks.get(key);
    const known = before ?? check;
    if (known === undefined) return;
    this.#count('check', known.customer, key, before, check);
    this.#checks.set(key, check);
    this.#indexes.moveCheck(key, before, check);
  }

  putAlert(key: OccurrenceId, alert: Alert | undefined): void {
    const before = this.#alerts.get(key);
    const known = alert ?? before;
    if (known === undefined) return;
    this.#count('alert', known.customer, key, before, alert);
    this.#alerts.set(key, alert);
    this.#indexes.moveAlert(key, before, alert);
  }

  close(): NocState {
    return {
      seq: this.#seq,
      customers: this.#customers.map,
      holidays: this.#holidays,
      onCall: this.#onCall.map,
      sources: this.#sources.map,
      hosts: this.#hosts.toTable(),
      checks: this.#checks.toTable(),
      alerts: this.#alerts.toTable(),
      incidents: this.#incidents.toTable(),
      backups: this.#backups.toTable(),
      live: this.#indexes.live.toTable(),
      downtimes: this.#downtimes.map,
      ofHost: this.#indexes.ofHost.toTable(),
      ofIncident: this.#indexes.ofIncident.toTable(),
      ofCause: this.#indexes.ofCause.toTable(),
      ofSiteService: this.#indexes.ofSiteService.toTable(),
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
