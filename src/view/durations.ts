import {DAY, type DurationMs, HOUR, MINUTE, SECOND} from '../domain/time.ts';
import type {Translate} from '../runtime/i18n.ts';

/** Below this, what is left is shown by the second. */
export const TICKS_BY_SECOND: DurationMs = 10 * MINUTE;

/** How long something has lasted, in one unit, rounded down: `5 min`, `1 h`, `3 T`. */
export function ageText(age: DurationMs, t: Translate): string {
  if (age < MINUTE) return t('view.duration.lessThanMinute');
  if (age < HOUR) return t('view.duration.minutes', {n: Math.floor(age / MINUTE)});
  if (age < DAY) return t('view.duration.hours', {n: Math.floor(age / HOUR)});
  return t('view.duration.days', {n: Math.floor(age / DAY)});
}

/** How long since the last word of a link, as short as it gets: `2s`, `6m`, `3h`, `2T`. */
export function linkAgeText(age: DurationMs, t: Translate): string {
  if (age < MINUTE) return t('view.duration.shortSeconds', {n: Math.floor(Math.max(0, age) / SECOND)});
  if (age < HOUR) return t('view.duration.shortMinutes', {n: Math.floor(age / MINUTE)});
  if (age < DAY) return t('view.duration.shortHours', {n: Math.floor(age / HOUR)});
  return t('view.duration.shortDays', {n: Math.floor(age / DAY)});
}

/**
 * How long is left, in the one form that all screens use: `09:41` in the last ten minutes, then `52 min`, `3 h 12`, `2 T`.
 * Overdue is the same with a minus sign. What is left is rounded up, so that nothing is overdue before it says 00:00.
 */
export function remainingText(left: DurationMs, t: Translate): string {
  const sign = left < 0 ? '−' : '';
  const size = left < 0 ? -left : left;
  if (size < TICKS_BY_SECOND) {
    const seconds = left < 0 ? Math.floor(size / SECOND) : Math.ceil(size / SECOND);
    return `${sign}${pad(Math.floor(seconds / 60))}:${pad(seconds % 60)}`;
  }
  const minutes = left < 0 ? Math.floor(size / MINUTE) : Math.ceil(size / MINUTE);
  if (minutes < 60) return sign + t('view.duration.minutes', {n: minutes});
  if (minutes < 2 * 24 * 60) {
    return sign + t('view.duration.hoursMinutes', {h: Math.floor(minutes / 60), m: pad(minutes % 60)});
  }
  return sign + t('view.duration.days', {n: Math.floor(minutes / (24 * 60))});
}

/** A length of time that somebody asked for, in its two largest units: `30 min`, `2 h`, `1 h 30`, `1 T`. */
export function spanText(span: DurationMs, t: Translate): string {
  const minutes = Math.round(span / MINUTE);
  if (minutes < 60) return t('view.duration.minutes', {n: minutes});
  if (minutes % (24 * 60) === 0) return t('view.duration.days', {n: minutes / (24 * 60)});
  if (minutes % 60 === 0) return t('view.duration.hours', {n: minutes / 60});
  return t('view.duration.hoursMinutes', {h: Math.floor(minutes / 60), m: pad(minutes % 60)});
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
