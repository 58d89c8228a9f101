import {localDay, timeZone} from '../local-time/zone.ts';
import type {Priority} from '../sla/priority.ts';
import {DAY, type DurationMs, type Instant} from '../time.ts';

/** When a person wants to be left alone, each day on the wall of a zone. Source: NO-1. */
export interface QuietHours {
  /** IANA name. */
  readonly timeZone: string;
  /** After midnight; an end before the start lies on the next day. */
  readonly startMs: DurationMs;
  readonly endMs: DurationMs;
}

/**
 * When a person may be told: at once, or at the end of the quiet hours that `at` lies in. P1 and P2 always pass.
 *
 * Source: NO-1.
 */
export function deliverAt(priority: Priority, quiet: QuietHours, at: Instant): Instant {
  if (priority === 'P1' || priority === 'P2') return at;
  const zone = timeZone(quiet.timeZone);
  const length = (quiet.endMs - quiet.startMs + DAY) % DAY;
  const today = localDay(zone, at);
  for (const day of [today - 1, today]) {
    const start = day * DAY + quiet.startMs;
    const end = zone.toInstant(start + length);
    if (at >= zone.toInstant(start) && at < end) return end;
  }
  return at;
}
