import {civilDate, type EpochDay, epochDay, WEEKDAYS, type Weekday, weekdayIndex} from '../local-time/civil-date.ts';

/** What holds in single municipalities of a Land only. `augsburg` implies `catholicMunicipality`. Source: HO-3. */
export type MunicipalityFlag = 'catholicMunicipality' | 'augsburg';

/** Where a site lies, as far as holidays are concerned. */
export interface HolidayRegion {
  /** A key of `HolidayRules.subdivisions`: the Land as in ISO 3166-2:DE without the country, `BY`. */
  readonly subdivision: string;
  readonly catholicMunicipality?: boolean;
  readonly augsburg?: boolean;
}

/** Day of a year: a fixed one (`12-25`), one counted from Easter Sunday, or the first weekday on or after a fixed one. */
export type HolidayDay =
  | {readonly date: string}
  | {readonly easter: number}
  | {readonly weekday: Weekday; readonly notBefore: string};

/** Where and when a holiday holds: all parts that are named must fit. */
export interface HolidayScope {
  readonly subdivisions?: readonly string[];
  readonly municipality?: MunicipalityFlag;
  /** First year. */
  readonly from?: number;
  /** Last year. */
  readonly until?: number;
  /** Only in these years: one-offs. Source: HO-4. */
  readonly years?: readonly number[];
}

/**
 * The public holidays of a country as data, `config/holidays/de.json`: a new one-off is a line there, no release. Source: HO-1 to HO-4.
 *
 * The npm package date-holidays says the same for every Land and year from 1995 to 2040 (a test compares them), under other names,
 * but knows the holidays of the whole world: 16 MB, 150 to 190 ms of cold import and 2 ms a year where this table takes
 * microseconds. So it is the second opinion of the test and not the rule.
 */
export interface HolidayRules {
  readonly country: string;
  /** The rules are true from this year on; earlier years are answered by them all the same. */
  readonly since: number;
  /** Code to name. */
  readonly subdivisions: Readonly<Record<string, string>>;
  readonly holidays: readonly {
    readonly name: string;
    readonly on: HolidayDay;
    /** One of these must fit; left out, it holds everywhere. */
    readonly in?: readonly HolidayScope[];
  }[];
}

export interface Holiday {
  readonly day: EpochDay;
  readonly name: string;
}

/** Easter Sunday of a Gregorian year. Source: HO-5 (Meeus, Jones, Butcher). */
export function easterSunday(year: number): EpochDay {
  const div = (dividend: number, divisor: number) => Math.floor(dividend / divisor);
  const a = year % 19;
  const b = div(year, 100);
  const c = year % 100;
  const d = div(b, 4);
  const e = b % 4;
  const f = div(b + 8, 25);
  const g = div(b - f + 1, 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = div(c, 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = div(a + 11 * h + 22 * l, 451);
  const n = h + l - 7 * m + 114;
  return epochDay(year, div(n, 31), (n % 31) + 1);
}

function monthDay(year: number, text: string): EpochDay {
  return epochDay(year, Number(text.slice(0, 2)), Number(text.slice(3, 5)));
}

function dayIn(year: number, on: HolidayDay): EpochDay {
  if ('date' in on) return monthDay(year, on.date);
  if ('easter' in on) return easterSunday(year) + on.easter;
  const earliest = monthDay(year, on.notBefore);
  return earliest + ((WEEKDAYS.indexOf(on.weekday) - weekdayIndex(earliest) + 7) % 7);
}

function hasFlag(region: HolidayRegion, flag: MunicipalityFlag): boolean {
  if (flag === 'augsburg') return region.augsburg === true;
  return region.catholicMunicipality === true || region.augsburg === true;
}

function fits(scope: HolidayScope, region: HolidayRegion, year: number): boolean {
  return (
    (scope.subdivisions?.includes(region.subdivision) ?? true) &&
    (scope.municipality === undefined || hasFlag(region, scope.municipality)) &&
    year >= (scope.from ?? year) &&
    year <= (scope.until ?? year) &&
    (scope.years?.includes(year) ?? true)
  );
}

/**
 * The public holidays of a region in a year, by date. Where two fall on one date (Ascension on 1 May 2008), the day stands
 * once, under the name that the rules have first.
 *
 * 24 and 31 December are none: they are overrides of a calendar. Source: HO-1 to HO-4, HO-6.
 */
export function holidaysOf(rules: HolidayRules, region: HolidayRegion, year: number): readonly Holiday[] {
  const names = new Map<EpochDay, string>();
  for (const {name, on, in: scopes} of rules.holidays) {
    if (scopes !== undefined && !scopes.some(scope => fits(scope, region, year))) continue;
    const day = dayIn(year, on);
    if (!names.has(day)) names.set(day, name);
  }
  return [...names].map(([day, name]) => ({day, name})).sort((a, b) => a.day - b.day);
}

/** The holiday of a region on a date, or null where it is none. */
export function holidayOn(rules: HolidayRules, region: HolidayRegion, day: EpochDay): Holiday | null {
  return holidaysOf(rules, region, civilDate(day).year).find(holiday => holiday.day === day) ?? null;
}
