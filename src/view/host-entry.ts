import type {HostKey} from '../domain/address.ts';
import type {CheckRecord, HostSample} from '../domain/check.ts';
import type {Customer} from '../domain/customer.ts';
import type {Severity} from '../domain/severity.ts';
import type {Instant} from '../domain/time.ts';
import type {Origin} from './origin.ts';

/** `unknown` also stands for silence: what was not heard is never up. Source: ST-1, DP-1, FR-2. */
export type HostState = 'up' | 'down' | 'unreachable' | 'unknown';

/** How many of a host's services are in each state. */
export type ServiceCounts = Readonly<Record<Severity, number>>;

/** What one collector's log says of one host; kept by identity while nothing of it changes. */
export interface HostFacts {
  readonly key: HostKey;
  readonly customer: string;
  readonly site: string;
  readonly host: string;
  readonly state: HostState;
  /** Names of the hosts that it hangs on. Source: DP-1. */
  readonly parents: readonly string[];
  /** The host's own check was not heard in time. */
  readonly isSilent: boolean;
  readonly services: ServiceCounts;
  /** Every check of it, the host's own first, then by name. */
  readonly checks: readonly CheckRecord[];
}

/** One host as the faces list it. */
export interface HostEntry {
  /** Unique over all collectors. */
  readonly key: string;
  readonly origin: Origin;
  readonly facts: HostFacts;
  readonly customer: Customer | null;
  /** When anything of it was last heard, collector clock; null: not told. */
  readonly lastSeenAt: Instant | null;
  readonly sample: HostSample | null;
}

/** Is what we see of it older than now? */
export function isHostStale(entry: Pick<HostEntry, 'origin' | 'facts'>): boolean {
  return entry.origin.isStale || entry.facts.isSilent;
}
