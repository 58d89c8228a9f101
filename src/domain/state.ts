import type {CustomerId, Fingerprint, HostKey, SiteKey, SiteServiceKey} from './address.ts';
import type {Alert, OccurrenceId} from './alert.ts';
import type {BackupKey, BackupRecord} from './backup/backup-record.ts';
import type {CheckRecord, HostRecord} from './check.ts';
import {NO_HOLIDAYS} from './contract.ts';
import type {CustomerRecord, Freshness, Source} from './customer.ts';
import type {RecordSum} from './digest.ts';
import type {Downtime} from './downtime.ts';
import type {Incident, IncidentId} from './incident.ts';
import type {OnCallRecord} from './on-call/plan.ts';
import type {SharedList} from './shared-list.ts';
import type {HolidayRules} from './sla/holidays.ts';
import {emptyTable, type Table} from './table.ts';

/** Everything that is keyed by one host, known to the catalogue or not. Order means nothing. */
export interface HostContents {
  readonly checks: SharedList<Fingerprint>;
  /** Its alerts that are not closed. */
  readonly live: SharedList<OccurrenceId>;
  /** Hosts that name it as a parent. */
  readonly children: SharedList<HostKey>;
}

/** The hosts of a site that have checks. Order means nothing. */
export interface SiteContents {
  readonly hosts: SharedList<HostKey>;
  /** How many of them have nothing but stale checks. */
  readonly silent: number;
}

/** The alerts of an incident that are in the table, in the order of their opening. */
export interface IncidentContents {
  readonly alerts: SharedList<OccurrenceId>;
  /** How many of them are firing. */
  readonly firing: number;
}

/**
 * Everything a collector knows, folded from its log. The collector and every face hold one, made by the same `apply`;
 * a scoped face holds the part that it may see.
 */
export interface NocState {
  /** Number of the last entry folded in. */
  readonly seq: number;
  readonly customers: ReadonlyMap<CustomerId, CustomerRecord>;
  readonly holidays: HolidayRules;
  /** Who is on call for whom, by `onCallKey`. */
  readonly onCall: ReadonlyMap<string, OnCallRecord>;
  readonly sources: ReadonlyMap<string, Source & {readonly freshness: Freshness}>;
  readonly hosts: Table<HostKey, HostRecord>;
  readonly checks: Table<Fingerprint, CheckRecord>;
  readonly alerts: Table<OccurrenceId, Alert>;
  readonly incidents: Table<IncidentId, Incident>;
  /** Protected objects, configured or merely reported. */
  readonly backups: Table<BackupKey, BackupRecord>;
  /** The one alert of a check that is not closed. Source: CO-1. */
  readonly live: Table<Fingerprint, OccurrenceId>;
  readonly downtimes: ReadonlyMap<string, Downtime>;
  /** What stands on a host, so that nobody has to walk whole tables for it. */
  readonly ofHost: Table<HostKey, HostContents>;
  readonly ofIncident: Table<IncidentId, IncidentContents>;
  /** Incidents in the table by the check that began them, in the order of their opening. Source: SL-7. */
  readonly ofCause: Table<Fingerprint, SharedList<IncidentId>>;
  /** Alerts that are not closed by kind of check at a site, in the order of their opening. Source: CO-2. */
  readonly ofSiteService: Table<SiteServiceKey, SharedList<OccurrenceId>>;
  /** Whether anything of a site is still heard. Source: FR-5. */
  readonly ofSite: Table<SiteKey, SiteContents>;
  /** Sum over the records of each customer, by `sumKey`, for the digest. */
  readonly sums: Table<string, RecordSum>;
  /** How many lives of alerts have been named; the next id is made from it. */
  readonly occurrences: number;
}

/** What a collector knows before its first entry. */
export function emptyState(): NocState {
  return {
    seq: 0,
    customers: new Map(),
    holidays: NO_HOLIDAYS,
    onCall: new Map(),
    sources: new Map(),
    hosts: emptyTable(),
    checks: emptyTable(),
    alerts: emptyTable(),
    incidents: emptyTable(),
    backups: emptyTable(),
    live: emptyTable(),
    downtimes: new Map(),
    ofHost: emptyTable(),
    ofIncident: emptyTable(),
    ofCause: emptyTable(),
    ofSiteService: emptyTable(),
    ofSite: emptyTable(),
    sums: emptyTable(),
    occurrences: 0,
  };
}
