import type {CheckAddress, CustomerId, Fingerprint} from './address.ts';
import type {Acknowledgement, Actor, Claim, Note, OccurrenceId, Suppression} from './alert.ts';
import type {BackupEvent} from './backup/backup-event.ts';
import type {StateType} from './check.ts';
import type {CommandId} from './command.ts';
import type {Customer, Freshness, Source} from './customer.ts';
import type {Downtime} from './downtime.ts';
import type {IncidentEvent} from './incident-event.ts';
import type {OnCallPlan} from './on-call/plan.ts';
import type {AlertSeverity, Severity} from './severity.ts';
import type {HolidayRules} from './sla/holidays.ts';
import type {SafeText} from './text.ts';
import type {Instant} from './time.ts';

/** What an alert is about, as its last report said it. */
export interface AlertContent {
  readonly severity: AlertSeverity;
  readonly summary: SafeText;
  readonly output: SafeText | null;
  readonly labels: Readonly<Record<string, SafeText>>;
  readonly runbook: SafeText | null;
  readonly url: SafeText | null;
  readonly claims: readonly Claim[];
}

/** A fact. It carries what changed, so that folding needs no rule: the rules stand in `decide`. */
export type DomainEvent =
  | IncidentEvent
  | BackupEvent
  /**
   * The collector is at work again, and nobody looked from `downSince` until the entry's own instant. null: it never was before.
   * Source: AV-1, AV-4.
   */
  | {readonly type: 'collector.started'; readonly downSince: Instant | null}
  /** The public holidays that calendars of contracts speak of. */
  | {readonly type: 'holidays.defined'; readonly rules: HolidayRules}
  | {readonly type: 'onCall.defined'; readonly plan: OnCallPlan}
  | {readonly type: 'onCall.removed'; readonly customer: CustomerId | null; readonly id: string}
  | {readonly type: 'customer.defined'; readonly customer: Customer}
  | {readonly type: 'customer.removed'; readonly id: CustomerId}
  | {readonly type: 'source.defined'; readonly source: Source}
  | {readonly type: 'source.removed'; readonly name: string}
  | {readonly type: 'source.freshness'; readonly name: string; readonly freshness: Freshness}
  | {
      readonly type: 'host.defined';
      readonly customer: CustomerId;
      readonly site: string;
      readonly host: string;
      readonly parents: readonly (readonly string[])[];
      readonly criticality: 'A' | 'B' | 'C';
    }
  | {readonly type: 'host.removed'; readonly customer: CustomerId; readonly site: string; readonly host: string}
  | {
      readonly type: 'check.changed';
      readonly address: CheckAddress;
      readonly source: string;
      readonly state: Severity;
      readonly stateType: StateType;
      readonly attempt: number;
      readonly maxAttempts: number;
      readonly stale: boolean;
      readonly lastState: Severity;
      readonly flapping: boolean;
      readonly output: SafeText;
    }
  | {readonly type: 'check.removed'; readonly fingerprint: Fingerprint; readonly customer: CustomerId}
  | {
      readonly type: 'alert.opened';
      readonly occurrence: OccurrenceId;
      readonly address: CheckAddress;
      readonly source: string;
      readonly content: AlertContent;
      readonly suppressed: readonly Suppression[];
      readonly rootCause: OccurrenceId | null;
    }
  | {
      readonly type: 'alert.updated';
      readonly occurrence: OccurrenceId;
      readonly content: AlertContent;
      /** Bad reports so far. */
      readonly count: number;
    }
  | {
      readonly type: 'alert.reopened';
      readonly occurrence: OccurrenceId;
      /** null when a technician takes back a manual resolve: nothing new was reported. */
      readonly content: AlertContent | null;
      readonly count: number;
    }
  | {
      readonly type: 'alert.resolved';
      readonly occurrence: OccurrenceId;
      readonly manually: boolean;
      /** The claims as they are now: all ended, or, when resolved by hand, perhaps not. */
      readonly claims: readonly Claim[];
    }
  | {
      readonly type: 'alert.closed';
      readonly occurrence: OccurrenceId;
      readonly reason: 'settled' | 'decommissioned';
    }
  /** Closed long enough ago: leaves the table, stays in the log. */
  | {readonly type: 'alert.forgotten'; readonly occurrence: OccurrenceId; readonly customer: CustomerId}
  | {readonly type: 'alert.acknowledged'; readonly occurrence: OccurrenceId; readonly ack: Acknowledgement}
  | {
      readonly type: 'alert.unacknowledged';
      readonly occurrence: OccurrenceId;
      readonly reason: 'command' | 'expired' | 'worsened';
    }
  | {readonly type: 'alert.escalated'; readonly occurrence: OccurrenceId; readonly level: number}
  | {readonly type: 'alert.noted'; readonly occurrence: OccurrenceId; readonly note: Note}
  | {
      readonly type: 'alert.suppressed';
      readonly occurrence: OccurrenceId;
      readonly reason: Suppression;
      /** End of a snooze. */
      readonly until: Instant | null;
      readonly rootCause: OccurrenceId | null;
    }
  | {readonly type: 'alert.unsuppressed'; readonly occurrence: OccurrenceId; readonly reason: Suppression}
  | {readonly type: 'downtime.scheduled'; readonly downtime: Omit<Downtime, 'state' | 'version'>}
  | {readonly type: 'downtime.started'; readonly id: string; readonly end: Instant}
  | {readonly type: 'downtime.ended'; readonly id: string}
  | {readonly type: 'downtime.cancelled'; readonly id: string}
  | {readonly type: 'downtime.forgotten'; readonly id: string};

/** One numbered line of the log. What goes over the wire is this, and every face folds it with the same `apply`. */
export interface LogEntry {
  /** Ascending by one within an epoch, from 1. */
  readonly seq: number;
  readonly at: Instant;
  /** Whose it is; null concerns every customer of the collector. The right to see an entry is decided by this alone. */
  readonly customer: CustomerId | null;
  /** Who commanded it; null for what the collector did by itself. */
  readonly actor: Actor | null;
  readonly cid: CommandId | null;
  readonly event: DomainEvent;
}

/** What `decide` returns: an entry without its number and instant, which the single writer gives. */
export interface Draft {
  readonly customer: CustomerId | null;
  readonly event: DomainEvent;
}
