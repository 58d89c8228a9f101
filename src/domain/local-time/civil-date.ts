import {Fault} from '../fault.ts';

/** A date on the wall, without time and zone: days since 1970-01-01 in the Gregorian calendar. */
export type EpochDay = number;

export interface CivilDate {
  readonly year: number;
  /** 1 is January. */
  readonly month: number;
  readonly day: number;
}

/** Days of the week as the configuration names them, in the order of ISO 8601. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/** Days from 0000-03-01 to 1970-01-01. */
const EPOCH_SHIFT = 719_468;
const DAYS_PER_ERA = 146_097;

/**
 * The day of a civil date. Months beyond 1 to 12 and days beyond the month are counted on, as `Date.UTC` does.
 *
 * Source: the days-from-civil algorithm of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
 */
export function epochDay(year: number, month: number, day: number): EpochDay {
  const months = year * 12 + month - 3;
  const marchYear = Math.floor(months / 12);
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (months - marchYear * 12) + 2) / 5);
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - EPOCH_SHIFT + day - 1;
}

/** The inverse of `epochDay`. Source: as there. */
export function civilDate(day: EpochDay): CivilDate {
  const shifted = day + EPOCH_SHIFT;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}

/** 0 is Monday, 6 is Sunday. */
export function weekdayIndex(day: EpochDay): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** 28 to 31. */
export function daysInMonth(year: number, month: number): number {
  return epochDay(year, month + 1, 1) - epochDay(year, month, 1);
}

/** The same day of the month `months` later; a day that month has not becomes its last (31 January + 1 is 28 February). */
export function addMonths(day: EpochDay, months: number): EpochDay {
  const date = civilDate(day);
  const first = civilDate(epochDay(date.year, date.month + months, 1));
  return epochDay(first.year, first.month, Math.min(date.day, daysInMonth(first.year, first.month)));
}

/**
 * Reads `2026-02-28`.
 *
 * @throws {Fault} `DATE` when the text is of another form or names a day that is not there.
 */
export function parseDate(text: string): EpochDay {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match !== null) {
    const day = epochDay(Number(match[1]), Number(match[2]), Number(match[3]));
    if (formatDate(day) === text) return day;
  }
  throw new Fault('DATE', `a date like 2026-02-28 wanted, ${JSON.stringify(text.slice(0, 40))} given`);
}

/** `2026-02-28`. */
export function formatDate(day: EpochDay): string {
  const {year, month, day: dayOfMonth} = civilDate(day);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(dayOfMonth)}`;
}
