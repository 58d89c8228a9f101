import type {Fingerprint} from './address.ts';
import type {OccurrenceId} from './alert.ts';
import type {IncidentId, IncidentMoment, JoinReason} from './incident.ts';
import type {MarkedLevel} from './sla/level.ts';
import type {Priority} from './sla/priority.ts';
import type {SafeText} from './text.ts';
import type {Instant} from './time.ts';

/** A fact about an incident. They follow from facts about alerts and from commands, in the same commit. */
export type IncidentEvent =
  | {
      readonly type: 'incident.opened';
      readonly incident: IncidentId;
      readonly site: string;
      readonly cause: Fingerprint;
      readonly priority: Priority;
    }
  | {
      readonly type: 'incident.joined';
      readonly incident: IncidentId;
      readonly alert: OccurrenceId;
      readonly because: JoinReason;
    }
  | {
      readonly type: 'incident.prioritised';
      readonly incident: IncidentId;
      readonly priority: Priority;
      readonly mode: 'retroactive' | 'fromChange';
      /** null: monitoring found it worse. */
      readonly reason: SafeText | null;
    }
  | {readonly type: 'incident.responded'; readonly incident: IncidentId}
  | {readonly type: 'incident.informed'; readonly incident: IncidentId}
  | {readonly type: 'incident.paused'; readonly incident: IncidentId; readonly reason: SafeText}
  | {readonly type: 'incident.resumed'; readonly incident: IncidentId}
  | {readonly type: 'incident.resolved'; readonly incident: IncidentId}
  | {readonly type: 'incident.reopened'; readonly incident: IncidentId}
  /** `incident` survives with what both come to; `absorbed` is gone. Source: SL-9. */
  | {
      readonly type: 'incident.merged';
      readonly incident: IncidentId;
      readonly absorbed: IncidentId;
      readonly priority: Priority;
      readonly moments: readonly IncidentMoment[];
    }
  | {
      readonly type: 'incident.marked';
      readonly incident: IncidentId;
      readonly clock: 'response' | 'resolution' | 'update';
      readonly level: MarkedLevel;
      /** When it was reached, which the entry's own instant may be after. */
      readonly reachedAt: Instant;
      readonly late: boolean;
    }
  /** None of its alerts is in the table any more, and its cause coming back would be a new matter. */
  | {readonly type: 'incident.forgotten'; readonly incident: IncidentId};
