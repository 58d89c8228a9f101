import type {CheckAddress, Fingerprint} from './address.ts';
import type {AlertSeverity} from './severity.ts';
import type {SafeText} from './text.ts';
import type {Instant} from './time.ts';

/** Short id of one life of an alert, from raised to closed: 4 to 8 characters of Crockford base32, upper case. */
export type OccurrenceId = string;

/** Is the condition still there? `resolved` may come back as the same alert until the re-open window ends. Source: AL-1. */
export type Condition = 'firing' | 'resolved' | 'closed';

/** Why an alert does not notify or escalate; it stays visible with its reason. Source: AL-1, DP-2, FL-3, MW-1. */
export type Suppression = 'downtime' | 'unreachable' | 'flapping' | 'silenced';

/** Who did something: the token's own name, and the person behind a shared login (`--as`). */
export interface Actor {
  readonly name: SafeText;
  readonly as: SafeText | null;
}

/** A named human has taken the alert. Stops escalation, not the resolution clock. Source: AL-3. */
export interface Acknowledgement {
  readonly by: SafeText;
  readonly at: Instant;
  readonly note: SafeText | null;
  /** Returns to open by itself at this instant; null stays. */
  readonly until: Instant | null;
  /** Also survives a worsening; lasts until OK. */
  readonly sticky: boolean;
}

export interface Note {
  readonly at: Instant;
  readonly by: SafeText;
  readonly text: SafeText;
  readonly customerVisible: boolean;
}

/** One upstream that says this check is bad. Two upstreams may speak about one check: it recovers when all do. */
export interface Claim {
  /** `source:upstream id`; of a configured source with its type before it, `generic:custom:ups-01`. */
  readonly key: string;
  readonly severity: AlertSeverity;
  readonly summary: SafeText;
  /** What the upstream calls the start; tells a repeat from a new life, and an old message from a newer one. */
  readonly startedAt: Instant;
  /** null while it is bad. An ended claim is kept so that a late repeat of its start does not open the alert again. */
  readonly endedAt: Instant | null;
}

/**
 * What happened to an alert, oldest first, bounded; the log holds all of it. A repeat that only counts is left out,
 * so that the moments after `expectedVersion` are exactly what a technician has not seen.
 */
export interface Moment {
  readonly at: Instant;
  readonly seq: number;
  /** The event's type, `alert.opened`. */
  readonly what: string;
  readonly by: SafeText | null;
  readonly text: SafeText | null;
  /** How bad the alert was from then on. */
  readonly severity: AlertSeverity;
}

/** One life of one alert. Its three axes: condition, attention (`ack`), suppression. */
export interface Alert extends CheckAddress {
  readonly occurrence: OccurrenceId;
  readonly fingerprint: Fingerprint;
  /** The incident it belongs to; null for one that makes none, such as in a downtime. Source: CO-2. */
  readonly incident: OccurrenceId | null;
  readonly source: string;
  readonly condition: Condition;
  readonly severity: AlertSeverity;
  readonly maxSeverity: AlertSeverity;
  readonly ack: Acknowledgement | null;
  readonly suppressed: readonly Suppression[];
  /** End of the snooze, when `silenced` is among `suppressed`. */
  readonly silencedUntil: Instant | null;
  /** null: still at the first level, where every alert starts. */
  readonly escalation: {readonly level: number; readonly at: Instant; readonly by: SafeText | null} | null;
  readonly openedAt: Instant;
  /** Of the last event that changed it. */
  readonly updatedAt: Instant;
  readonly resolvedAt: Instant | null;
  readonly closedAt: Instant | null;
  /** A human resolved it while the check may still be bad. */
  readonly resolvedManually: boolean;
  readonly firstAckAt: Instant | null;
  /** Bad reports in this life, the first included. */
  readonly count: number;
  readonly reopenCount: number;
  readonly summary: SafeText;
  readonly output: SafeText | null;
  readonly labels: Readonly<Record<string, SafeText>>;
  readonly runbook: SafeText | null;
  readonly url: SafeText | null;
  readonly claims: readonly Claim[];
  readonly notes: readonly Note[];
  readonly timeline: readonly Moment[];
  /** The alert of the parent that is down, when this one is `unreachable`. Source: DP-2. */
  readonly rootCause: OccurrenceId | null;
  /** Number of the last log entry that changed it: its version for `expectedVersion`. Source: AL-4. */
  readonly version: number;
}

/** The word of domain.md and contract.md for condition and attention together. */
export type AlertState = 'open' | 'acked' | 'resolved' | 'closed';

export function alertState(alert: Pick<Alert, 'condition' | 'ack'>): AlertState {
  if (alert.condition !== 'firing') return alert.condition;
  return alert.ack === null ? 'open' : 'acked';
}
