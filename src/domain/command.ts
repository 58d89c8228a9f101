import type {CustomerId} from './address.ts';
import type {Actor, OccurrenceId} from './alert.ts';
import type {RestoreScope} from './backup/restore-test.ts';
import type {Priority} from './sla/priority.ts';
import type {SafeText} from './text.ts';
import type {DurationMs, Instant} from './time.ts';

/** Made by the client, UUIDv7, the same over every retry: the collector applies it once. Source: AL-4, security rule 27. */
export type CommandId = string;

/** What a technician can do. Those with an `occurrence` name one life of an alert, never its key (security rule 28). */
export type CommandBody =
  | {
      readonly kind: 'ack';
      readonly occurrence: OccurrenceId;
      readonly note: SafeText | null;
      readonly until: Instant | null;
      readonly sticky: boolean;
    }
  | {readonly kind: 'unack'; readonly occurrence: OccurrenceId}
  /** To the next level, or to a named one (1 is the lowest). */
  | {readonly kind: 'escalate'; readonly occurrence: OccurrenceId; readonly level: number | null}
  | {
      readonly kind: 'note';
      readonly occurrence: OccurrenceId;
      readonly text: SafeText;
      readonly customerVisible: boolean;
    }
  | {readonly kind: 'snooze'; readonly occurrence: OccurrenceId; readonly until: Instant}
  | {readonly kind: 'unsnooze'; readonly occurrence: OccurrenceId}
  | {readonly kind: 'resolve'; readonly occurrence: OccurrenceId}
  /** Takes back a manual resolve within the re-open window. */
  | {readonly kind: 'reopen'; readonly occurrence: OccurrenceId}
  /** Waits for the customer: the resolution clock of its incident stands until `resume`. The customer sees the question. Source: SL-6. */
  | {readonly kind: 'pause'; readonly occurrence: OccurrenceId; readonly reason: SafeText; readonly question: SafeText}
  | {readonly kind: 'resume'; readonly occurrence: OccurrenceId}
  /** Of its incident, with the reason. Source: SL-8. */
  | {
      readonly kind: 'priority';
      readonly occurrence: OccurrenceId;
      readonly priority: Priority;
      readonly mode: 'retroactive' | 'fromChange';
      readonly reason: SafeText;
    }
  | {
      readonly kind: 'downtime';
      readonly customer: CustomerId;
      readonly site: string | null;
      readonly host: string | null;
      readonly service: string | null;
      readonly start: Instant;
      readonly end: Instant;
      readonly comment: SafeText;
    }
  | {readonly kind: 'downtime-cancel'; readonly id: string}
  /** All backups of a customer were looked at this morning. Source: BK-10. */
  | {readonly kind: 'morning-check'; readonly customer: CustomerId; readonly note: SafeText | null}
  /** A restore was tried. Source: BK-6. */
  | {
      readonly kind: 'restore-test';
      readonly customer: CustomerId;
      readonly object: SafeText;
      readonly ok: boolean;
      readonly scope: RestoreScope;
      readonly durationMs: DurationMs | null;
      readonly point: Instant | null;
      readonly job: SafeText | null;
      readonly note: SafeText | null;
    };

export type CommandKind = CommandBody['kind'];

export interface Command {
  readonly cid: CommandId;
  readonly actor: Actor;
  readonly issuedAt: Instant;
  /** Older than this at the collector it is `expired` and does nothing. */
  readonly ttlMs: DurationMs;
  /** Alert version the technician saw; a mismatch is a conflict, except for notes. null: do not compare. Source: AL-4. */
  readonly expectedVersion: number | null;
  readonly body: CommandBody;
}

/** `applied` changed something; `noop` was already so; `rejected` may not be; `expired` came too late. */
export type Outcome = 'applied' | 'noop' | 'rejected' | 'expired';

/** Stable answer codes. */
export type VerdictCode =
  | 'OK'
  | 'ALREADY'
  | 'NOT_FOUND'
  | 'INVALID_TRANSITION'
  | 'CONFLICT'
  | 'FORBIDDEN'
  | 'EXPIRED'
  | 'CID_REUSED'
  | 'INVALID';

/** What became of a command; kept with its id, so that a replay gets the same answer. */
export interface Verdict {
  readonly outcome: Outcome;
  readonly code: VerdictCode;
  /** Of `OK`: who did it, and when it counts from. Of `ALREADY` and `CONFLICT`: who did it before, and when. */
  readonly by: SafeText | null;
  readonly at: Instant | null;
}
