import type {CustomerId, Fingerprint} from './address.ts';
import type {OccurrenceId} from './alert.ts';
import type {IncidentMark} from './sla/incident-clocks.ts';
import type {Priority} from './sla/priority.ts';
import type {SafeText} from './text.ts';
import type {Instant} from './time.ts';

/** An incident is named by the life of the alert that opened it, so that one id serves for both. */
export type IncidentId = OccurrenceId;

/** Why an alert belongs to an incident that is older than it. `sameCause` continues one that was resolved. Source: CO-2, SL-7. */
export type JoinReason = 'rootCause' | 'sameHost' | 'sameCheck' | 'sameCause';

/** What happened to an incident, as far as its clocks are concerned, oldest first. */
export type IncidentMoment =
  | {
      readonly type: 'responded' | 'informed' | 'paused' | 'resumed' | 'resolved' | 'reopened';
      readonly at: Instant;
      readonly by: SafeText | null;
      /** Of a pause: its reason. */
      readonly text: SafeText | null;
    }
  | {
      readonly type: 'priority';
      readonly at: Instant;
      readonly by: SafeText | null;
      readonly text: SafeText | null;
      readonly priority: Priority;
      readonly mode: 'retroactive' | 'fromChange';
    };

/** A level that a clock reached, written down once. Source: SL-14. */
export interface WrittenMark extends IncidentMark {
  /** It was reached while the collector was down. */
  readonly late: boolean;
}

/** Alerts that are one matter for a human, and the facts that its SLA clocks are read from. Source: CO-2, SL-1. */
export interface Incident {
  readonly id: IncidentId;
  readonly customer: CustomerId;
  readonly site: string;
  /** The check whose alert began it: bad again soon after, it is the same matter. Source: SL-7. */
  readonly cause: Fingerprint;
  readonly openedAt: Instant;
  /** At the start; changes stand in `moments`. */
  readonly firstPriority: Priority;
  readonly priority: Priority;
  /** A human has set the priority: monitoring no longer changes it. */
  readonly isPrioritised: boolean;
  readonly moments: readonly IncidentMoment[];
  readonly marks: readonly WrittenMark[];
  /** null while any of its alerts is firing. */
  readonly resolvedAt: Instant | null;
  readonly pausedAt: Instant | null;
  /** Number of the last log entry that changed it. */
  readonly version: number;
}
