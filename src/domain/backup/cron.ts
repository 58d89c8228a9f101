import {Fault} from '../fault.ts';
import {civilDate, daysInMonth, type EpochDay, weekdayIndex} from '../local-time/civil-date.ts';
import {type DurationMs, HOUR, MINUTE} from '../time.ts';

/** On which dates and at which times of the wall clock something recurs. */
export interface Recurrence {
  isOn(day: EpochDay): boolean;
  /** After midnight on the wall, ascending. */
  readonly times: readonly DurationMs[];
}

interface Field {
  readonly low: number;
  readonly high: number;
  /** Where `*` ends: Sunday has two numbers. */
  readonly last: number;
  /** The first is `low`. */
  readonly names: readonly string[];
}

const MINUTES: Field = {low: 0, high: 59, last: 59, names: []};
const HOURS: Field = {low: 0, high: 23, last: 23, names: []};
const DAYS: Field = {low: 1, high: 31, last: 31, names: []};
const MONTHS: Field = {
  low: 1,
  high: 12,
  last: 12,
  names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
};
const WEEKDAYS: Field = {
  low: 0,
  high: 7,
  last: 6,
  names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
};

const NICKNAMES: ReadonlyMap<string, string> = new Map([
  ['@hourly', '0 * * * *'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@weekly', '0 0 * * 0'],
  ['@monthly', '0 0 1 * *'],
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
]);

/** No schedule that a human wrote is longer; all reading below is of so much text at most (security rule 35). */
const MAX_LENGTH = 256;

function refuse(text: string): never {
  throw new Fault('CRON', `a cron pattern of five fields wanted, ${JSON.stringify(text.slice(0, 60))} cannot be read`);
}

function readNumber(text: string, field: Field): number {
  const name = field.names.indexOf(text);
  const value = name >= 0 ? name + field.low : /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return value >= field.low && value <= field.high ? value : refuse(text);
}

/** `*`, `7` or `mon-fri`, ends included; Sunday as the end of a range is the 7. */
function readRange(text: string, field: Field): readonly [low: number, high: number] {
  if (text === '*') return [field.low, field.last];
  const [from = '', to, ...more] = text.split('-');
  const low = readNumber(from, field);
  if (to === undefined) return [low, low];
  const end = readNumber(to, field);
  const high = field === WEEKDAYS && to === 'sun' ? 7 : end;
  return more.length === 0 && low <= high ? [low, high] : refuse(text);
}

/** One part of a list: a range, or with a step every so many of it, `*` + `/15` or `8-18/2`. */
function readPart(text: string, field: Field): readonly number[] {
  const [range = '', stepText = '1', ...more] = text.split('/');
  const [low, high] = readRange(range, field);
  const step = /^\d{1,2}$/.test(stepText) ? Number(stepText) : 0;
  const isStepped = range !== text;
  const isSingle = range !== '*' && !range.includes('-');
  if (more.length > 0 || step < 1 || step > field.last - field.low + 1 || (isStepped && isSingle)) refuse(text);
  const values: number[] = [];
  for (let value = low; value <= high; value += step) values.push(value);
  return values;
}

function readField(text: string, field: Field): ReadonlySet<number> {
  return new Set(text.split(',').flatMap(part => readPart(part, field)));
}

type DayRule = (day: EpochDay) => boolean;

/** Days of the month; `L` is the last. */
function readDays(text: string): DayRule {
  const rules = text.split(',').map((part): DayRule => {
    if (part === 'l') {
      return day => {
        const date = civilDate(day);
        return date.day === daysInMonth(date.year, date.month);
      };
    }
    const days = readField(part, DAYS);
    return day => days.has(civilDate(day).day);
  });
  return day => rules.some(rule => rule(day));
}

/** Weekdays; `sat#1` is the first Saturday of the month, `friL` the last Friday. */
function readWeekdays(text: string): DayRule {
  const rules = text.split(',').map((part): DayRule => {
    const nth = /^([a-z0-9]+?)(?:#([1-5])|(l))$/.exec(part);
    const weekdays = nth === null ? readField(part, WEEKDAYS) : new Set([readNumber(nth[1] ?? '', WEEKDAYS)]);
    const isWeekday: DayRule = day => {
      const fromSunday = (weekdayIndex(day) + 1) % 7;
      return weekdays.has(fromSunday) || (fromSunday === 0 && weekdays.has(7));
    };
    if (nth === null) return isWeekday;
    return day => {
      const date = civilDate(day);
      const isThere =
        nth[2] === undefined
          ? date.day + 7 > daysInMonth(date.year, date.month)
          : Math.ceil(date.day / 7) === Number(nth[2]);
      return isThere && isWeekday(day);
    };
  });
  return day => rules.some(rule => rule(day));
}

/**
 * Reads a cron pattern: minute, hour, day of month, month, day of week, or a nickname as `@daily`.
 *
 * Lists, ranges, steps and English names as in crontab(5), and `L` and `#` as in Quartz. Where both kinds of day are given, either is
 * enough. Seconds and years are no part of it.
 *
 * The npm package croner reads the same patterns (a test compares them), but has another mind about the days of the change:
 * `30 2 * * *` runs at 03:00 in March where CA-3 says 03:30, and `30 2,14 * * *` not at all then and twice in October. It also owns a
 * clock and timers, of which the domain has none.
 *
 * @throws {Fault} `CRON` when the pattern cannot be read.
 */
export function parseCron(pattern: string): Recurrence {
  if (pattern.length > MAX_LENGTH) refuse(pattern);
  const text = pattern.trim().toLowerCase();
  const fields = (NICKNAMES.get(text) ?? text).split(/\s+/).map(field => field.replace(/^\?$/, '*'));
  const [minutes = '', hours = '', days = '', months = '', weekdays = ''] = fields;
  if (fields.length !== 5) refuse(pattern);
  const inMonths = readField(months, MONTHS);
  const onDays = readDays(days);
  const onWeekdays = readWeekdays(weekdays);
  const isEither = days !== '*' && weekdays !== '*';
  const times = [...readField(hours, HOURS)].flatMap(hour =>
    [...readField(minutes, MINUTES)].map(minute => hour * HOUR + minute * MINUTE),
  );
  return {
    times: times.sort((a, b) => a - b),
    isOn: day =>
      inMonths.has(civilDate(day).month) &&
      (isEither ? onDays(day) || onWeekdays(day) : onDays(day) && onWeekdays(day)),
  };
}
