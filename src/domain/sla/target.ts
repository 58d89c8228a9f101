import {Fault} from '../fault.ts';
import {type DurationMs, HOUR, MINUTE} from '../time.ts';
import type {Calendar} from './calendar.ts';

/** A promised duration as it is written down. Minutes and hours are service time, a day is one service day. Source: SL-15. */
export interface ServiceTarget {
  readonly amount: number;
  readonly unit: 'minute' | 'hour' | 'day';
}

const UNITS = {m: 'minute', h: 'hour', d: 'day'} as const;

/**
 * Reads `15m`, `4h` or `3d`.
 *
 * @throws {Fault} `SLA_TARGET` for anything else.
 */
export function parseTarget(text: string): ServiceTarget {
  const match = /^(\d{1,6})([mhd])$/.exec(text);
  if (match === null) {
    throw new Fault('SLA_TARGET', `a target like 15m, 4h or 3d wanted, ${JSON.stringify(text.slice(0, 40))} given`);
  }
  return {amount: Number(match[1]), unit: UNITS[match[2] as keyof typeof UNITS]};
}

/**
 * A target as service time of a calendar. On a calendar of 08:00 to 17:00, three days are 1620 minutes and never 72 hours.
 *
 * @throws {Fault} `SLA_TARGET_DAY` for days on a calendar that is never open.
 *
 * Source: SL-11, SL-15.
 */
export function resolveTarget({amount, unit}: ServiceTarget, calendar: Calendar): DurationMs {
  if (unit === 'minute') return amount * MINUTE;
  if (unit === 'hour') return amount * HOUR;
  if (calendar.serviceDayMs === null) {
    throw new Fault('SLA_TARGET_DAY', 'a target in days needs a calendar with service on some weekday');
  }
  return amount * calendar.serviceDayMs;
}
