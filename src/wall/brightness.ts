import {DAY, type DurationMs, HOUR, MINUTE} from '../domain/time.ts';

/** When the room is dark, by the clock on its wall. May go over midnight. */
export interface DimWindow {
  /** Minutes after midnight. */
  readonly from: number;
  readonly to: number;
}

export const EVENING: DimWindow = {from: 21 * 60, to: 6 * 60};

/** How bright the wall is in the night. */
const NIGHT_BRIGHTNESS = 0.65;

/** From one to the other in steps that nobody sees as a jump. */
const RAMP_MS: DurationMs = HOUR;
const RAMP_STEPS = 4;

const CLOCK = /^([01]?\d|2[0-3]):([0-5]\d)-([01]?\d|2[0-3]):([0-5]\d)$/;

/** Reads `21:00-06:00`; null when it is not that. */
export function parseDimWindow(text: string): DimWindow | null {
  const [, fromHour, fromMinute, toHour, toMinute] = CLOCK.exec(text) ?? [];
  if (toMinute === undefined) return null;
  return {from: Number(fromHour) * 60 + Number(fromMinute), to: Number(toHour) * 60 + Number(toMinute)};
}

/**
 * @param minuteOfDay - Of the clock on the wall.
 * @returns 1 by day; it goes down over the hour after `from` and is up again an hour after `to`.
 */
export function brightnessAt(window: DimWindow | null, minuteOfDay: number): number {
  if (window === null || window.from === window.to) return 1;
  const sinceFrom = sinceMinute(window.from, minuteOfDay);
  const sinceTo = sinceMinute(window.to, minuteOfDay);
  const isNight = sinceFrom < sinceTo;
  const passed = (isNight ? sinceFrom : sinceTo) * MINUTE;
  const step = Math.min(RAMP_STEPS, 1 + Math.floor((passed * RAMP_STEPS) / RAMP_MS)) / RAMP_STEPS;
  const darkness = isNight ? step : 1 - step;
  return 1 - darkness * (1 - NIGHT_BRIGHTNESS);
}

function sinceMinute(minute: number, now: number): number {
  const day = DAY / MINUTE;
  return (now - minute + day) % day;
}
