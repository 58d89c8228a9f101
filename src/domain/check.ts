import type {CheckAddress, Fingerprint} from './address.ts';
import type {Severity} from './severity.ts';
import type {SafeText} from './text.ts';
import type {DurationMs, Instant} from './time.ts';

/** `soft` is not confirmed yet, `hard` is. Source: ST-2. */
export type StateType = 'soft' | 'hard';

/** How a check is judged. Defaults: ST-7, FR-1, FL-1. */
export interface CheckPolicy {
  readonly intervalMs: DurationMs;
  readonly retryIntervalMs: DurationMs;
  readonly maxAttempts: number;
  /** On top of the period before silence counts; null is the default of FR-1. */
  readonly graceMs: DurationMs | null;
  /** A heartbeat's silence is critical, any other check's is unknown. Source: FR-4. */
  readonly isHeartbeat: boolean;
}

/** What everybody knows of one check: changes only when a fact changed, not with every result. */
export interface CheckRecord extends CheckAddress {
  readonly fingerprint: Fingerprint;
  /** Of the host's own check: `ok` is up, `critical` is down. */
  readonly state: Severity;
  readonly stateType: StateType;
  readonly attempt: number;
  readonly maxAttempts: number;
  /** When `state` became what it is. */
  readonly since: Instant;
  /** Silence made it unknown; `lastState` is what was known before. Source: FR-2. */
  readonly stale: boolean;
  readonly lastState: Severity;
  readonly flapping: boolean;
  readonly output: SafeText;
  readonly source: string;
  readonly version: number;
}

/** A configured or seen host. `parents` is a list of groups, of each of which one must be good. Source: DP-1. */
export interface HostRecord {
  readonly customer: string;
  readonly site: string;
  readonly host: string;
  readonly parents: readonly (readonly string[])[];
  /** Configured importance for PR-2. */
  readonly criticality: 'A' | 'B' | 'C';
  readonly version: number;
}

/** The newest figures of a host. They travel in the samples lane: the latest wins, some may be dropped. */
export interface HostSample {
  readonly at: Instant;
  readonly cpuPercent: number | null;
  readonly memoryPercent: number | null;
  /** The fullest file system that counts. */
  readonly diskPercent: number | null;
  readonly disks: readonly {readonly mount: SafeText; readonly usedPercent: number; readonly sizeBytes: number}[];
  readonly loadPerCore: number | null;
  readonly uptimeSeconds: number | null;
  readonly temperatureCelsius: number | null;
  /** Round trip of the last ping. */
  readonly latencyMs: number | null;
}
