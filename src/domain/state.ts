import type {CustomerId, Fingerprint, HostKey} from './address.ts';
import type {Alert, OccurrenceId} from './alert.ts';
import type {CheckRecord, HostRecord} from './check.ts';
import type {Customer, Freshness, Source} from './customer.ts';
import type {Downtime} from './downtime.ts';
import type {Table} from './table.ts';

/**
 * Everything a collector knows, folded from its log. The collector and every face hold one, made by the same `apply`;
 * a scoped face holds the part that it may see.
 */
export interface NocState {
  /** Number of the last entry folded in. */
  readonly seq: number;
  readonly customers: ReadonlyMap<CustomerId, Customer>;
  readonly sources: ReadonlyMap<string, Source & {readonly freshness: Freshness}>;
  readonly hosts: Table<HostKey, HostRecord>;
  readonly checks: Table<Fingerprint, CheckRecord>;
  readonly alerts: Table<OccurrenceId, Alert>;
  /** The one alert of a check that is not closed. Source: CO-1. */
  readonly live: Table<Fingerprint, OccurrenceId>;
  readonly downtimes: ReadonlyMap<string, Downtime>;
  /** How many lives of alerts have been named; the next id is made from it. */
  readonly occurrences: number;
}
