import {DAY, type DurationMs, HOUR, MINUTE, SECOND} from '../domain/time.ts';

/** What a duration looks like in configuration and on the command line: `45s`, `15m`, `1h30m`, `3d`. */
export const DURATION = /^(?:\d{1,6}(?:ms|s|m|h|d))+$/;

const UNIT: Readonly<Record<string, DurationMs>> = {ms: 1, s: SECOND, m: MINUTE, h: HOUR, d: DAY};

/** Milliseconds of a written duration, parts added up; null when it is none. A day is 24 hours here. */
export function parseDuration(text: string): DurationMs | null {
  if (!DURATION.test(text)) return null;
  let sum = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)(ms|s|m|h|d)/g)) sum += Number(amount) * (UNIT[unit ?? ''] ?? 0);
  return sum;
}
