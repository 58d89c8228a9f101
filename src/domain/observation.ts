import type {CheckAddress} from './address.ts';
import type {CheckPolicy} from './check.ts';
import type {AlertSeverity, Severity} from './severity.ts';
import type {SafeText} from './text.ts';
import type {Instant} from './time.ts';

/** An upstream monitoring system says that something is, or is no longer, wrong: it has judged already, so it is HARD at once. */
export interface AlertObservation {
  readonly type: 'alert';
  readonly address: CheckAddress;
  readonly source: string;
  /** `source:upstream id`, stable over the upstream's life of the alert. */
  readonly key: string;
  readonly status: 'firing' | 'resolved';
  /** What an upstream says that we do not know is `unknown`, never dropped. */
  readonly severity: AlertSeverity;
  readonly summary: SafeText;
  readonly output: SafeText | null;
  readonly labels: Readonly<Record<string, SafeText>>;
  readonly runbook: SafeText | null;
  readonly url: SafeText | null;
  readonly startedAt: Instant;
  /** When it ended, of a `resolved` one. */
  readonly endedAt: Instant | null;
}

/** One check ran, here or elsewhere; soft and hard states are ours to decide. Source: ST-1 to ST-5. */
export interface CheckObservation {
  readonly type: 'check';
  readonly address: CheckAddress;
  readonly source: string;
  readonly state: Exclude<Severity, 'pending'>;
  readonly output: SafeText;
  /** More lines of output. */
  readonly longOutput: SafeText | null;
  readonly executedAt: Instant;
  readonly receivedAt: Instant;
  /** Tells a repeated result; null: the same check and `executedAt` is the same result. */
  readonly resultId: string | null;
  readonly policy: CheckPolicy;
  readonly runbook: SafeText | null;
}

/** The check or host is no longer there: its alerts close as decommissioned. Source: AL-1. */
export interface RemovalObservation {
  readonly type: 'removal';
  readonly address: CheckAddress;
}

export type Observation = AlertObservation | CheckObservation | RemovalObservation;
