import {addMonths} from '../local-time/civil-date.ts';
import type {Zone} from '../local-time/zone.ts';
import {DAY, type DurationMs, HOUR, type Instant} from '../time.ts';

/** A significant incident as far as its reports are concerned. */
export interface Nis2Case {
  /** When the first member of staff knew, also outside working hours, the provider's technician included. Source: NI-4. */
  readonly awareAt: Instant;
  /** When the notification was really handed in; null: not yet. */
  readonly notificationSubmittedAt: Instant | null;
  /** The incident was still running when the final report became due. Source: NI-6. */
  readonly isOngoingAtFinal: boolean;
  /** When handling ended, of such an incident. */
  readonly handledAt: Instant | null;
  /** As the BSI set it when it asked for an intermediate report; null did not ask. Source: NI-6. */
  readonly intermediateDueAt: Instant | null;
}

/** When which report is due at the latest: "without undue delay" holds before. */
export interface Nis2Deadlines {
  readonly earlyWarningDueAt: Instant;
  readonly notificationDueAt: Instant;
  readonly intermediateReportDueAt: Instant | null;
  /** Instead of the final report, where the incident is still running then. */
  readonly progressReportDueAt: Instant | null;
  /** null while an incident that runs on has no end to count from. */
  readonly finalReportDueAt: Instant | null;
  /** Not fixed yet: counted from the deadline of a notification that is not handed in, or waiting for the end of handling. */
  readonly finalIsProjected: boolean;
}

/** Elapsed time: no calendar, no pause, no weekend stops it. Source: NI-4, §32 BSIG. */
const EARLY_WARNING: DurationMs = 24 * HOUR;
const NOTIFICATION: DurationMs = 72 * HOUR;

/** The law speaks of Berlin, whatever the customer's zone. Source: NI-5. */
export const NIS2_TIME_ZONE = 'Europe/Berlin';

/** The same time on the wall a calendar month later, its day clamped to the end of the month. Source: NI-5. */
function monthAfter(at: Instant, zone: Zone): Instant {
  const wall = zone.toWall(at);
  const day = Math.floor(wall / DAY);
  return zone.toInstant(addMonths(day, 1) * DAY + (wall - day * DAY));
}

/**
 * The deadlines of a reportable incident.
 *
 * The final report is due one calendar month, not 30 days, after the notification was really handed in; until then the date
 * is projected from the notification's own deadline. Where the incident is still running, a progress report takes its place,
 * and the final report is due a month after handling ended. Nothing ever moves to the next working day.
 *
 * @param zone - `timeZone(NIS2_TIME_ZONE)`.
 *
 * Source: NI-4 to NI-6, §32 BSIG.
 */
export function nis2Deadlines(incident: Nis2Case, zone: Zone): Nis2Deadlines {
  const {awareAt, notificationSubmittedAt, isOngoingAtFinal, handledAt} = incident;
  const notificationDueAt = awareAt + NOTIFICATION;
  const monthAfterNotification = monthAfter(notificationSubmittedAt ?? notificationDueAt, zone);
  const monthAfterHandling = handledAt === null ? null : monthAfter(handledAt, zone);
  return {
    earlyWarningDueAt: awareAt + EARLY_WARNING,
    notificationDueAt,
    intermediateReportDueAt: incident.intermediateDueAt,
    progressReportDueAt: isOngoingAtFinal ? monthAfterNotification : null,
    finalReportDueAt: isOngoingAtFinal ? monthAfterHandling : monthAfterNotification,
    finalIsProjected: isOngoingAtFinal ? handledAt === null : notificationSubmittedAt === null,
  };
}

/** `late` is open beyond its deadline; what was handed in late stays so. Source: NI-7. */
export type StageState = 'open' | 'late' | 'submitted' | 'submittedLate';

/** Where one report stands; handing in at the very deadline is in time. Source: NI-7. */
export function stageState(dueAt: Instant, submittedAt: Instant | null, now: Instant): StageState {
  if (submittedAt === null) return now > dueAt ? 'late' : 'open';
  return submittedAt > dueAt ? 'submittedLate' : 'submitted';
}

/** Whether an incident candidate is significant is to be decided within this time. Source: NI-7. */
export const ASSESSMENT_WITHIN: DurationMs = 4 * HOUR;
