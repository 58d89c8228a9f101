import {Fault} from '../fault.ts';
import {type EpochDay, WEEKDAYS, type Weekday, weekdayIndex} from '../local-time/civil-date.ts';
import {localDay, timeZone, type Zone} from '../local-time/zone.ts';
import {DAY, HOUR, type Instant, MINUTE} from '../time.ts';
import {parseCron, type Recurrence} from './cron.ts';

/** When a job is to run, in local time: by cron, or at one time (`22:00`) of some weekdays. */
export type ScheduleDefinition = {readonly timeZone: string} & (
  | {readonly cron: string}
  | {readonly time: string; readonly days: readonly Weekday[]}
);

/** A schedule that answers. */
export interface Schedule {
  /** The latest scheduled instant that is not after `now`; null when there is none in eight years. */
  lastDue(now: Instant): Instant | null;
  /** The first scheduled instant after `after`; null when there is none in eight years. */
  nextDue(after: Instant): Instant | null;
}

/** 29 February, the rarest date, comes back within eight years. */
const HORIZON_DAYS = 8 * 366;

function weekly(time: string, days: readonly Weekday[]): Recurrence {
  const match = /^(\d{2}):(\d{2})$/.exec(time);
  const at = Number(match?.[1]) * HOUR + Number(match?.[2]) * MINUTE;
  if (match === null || Number(match[2]) > 59 || at >= DAY) {
    throw new Fault('SCHEDULE_TIME', `a time like 22:00 wanted, ${JSON.stringify(time.slice(0, 40))} given`);
  }
  return {times: [at], isOn: day => days.some(weekday => WEEKDAYS[weekdayIndex(day)] === weekday)};
}

function instantsOn({times}: Recurrence, zone: Zone, day: EpochDay): readonly Instant[] {
  return times.map(time => zone.toInstant(day * DAY + time));
}

/**
 * Makes a schedule that can be asked.
 *
 * Local times become instants as CA-3 says: 02:30 runs at 03:30 summer time on the day that has no 02:30, and at the first
 * 02:30 of the day that has two. So a day's times need not come in order, and each day is looked at whole.
 *
 * @throws {Fault} `CRON`, `SCHEDULE_TIME` or `TIME_ZONE` when the definition cannot be read.
 *
 * Source: BK-2, CA-3.
 */
export function compileSchedule(definition: ScheduleDefinition): Schedule {
  const zone = timeZone(definition.timeZone);
  const recurrence = 'cron' in definition ? parseCron(definition.cron) : weekly(definition.time, definition.days);

  /** The best of the first day that has one, and of the day after it, which a gap at midnight may mix with it. */
  const search = (first: EpochDay, step: 1 | -1, fits: (at: Instant) => boolean): Instant | null => {
    let best: Instant | null = null;
    for (let passed = 0; passed <= HORIZON_DAYS; passed++) {
      const day = first + step * passed;
      const hadBest = best !== null;
      if (recurrence.isOn(day)) {
        for (const at of instantsOn(recurrence, zone, day)) {
          if (fits(at) && (best === null || step * at < step * best)) best = at;
        }
      }
      if (hadBest) return best;
    }
    return best;
  };

  return {
    lastDue: now => search(localDay(zone, now) + 1, -1, at => at <= now),
    nextDue: after => search(localDay(zone, after) - 1, 1, at => at > after),
  };
}
