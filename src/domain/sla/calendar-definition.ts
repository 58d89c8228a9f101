import {Fault} from '../fault.ts';
import {type EpochDay, parseDate, WEEKDAYS, type Weekday} from '../local-time/civil-date.ts';
import {DAY, type DurationMs, HOUR, MINUTE} from '../time.ts';
import type {HolidayRegion} from './holidays.ts';
import {type Span, union} from './spans.ts';

/**
 * `[start, end)` on the wall, `08:00` to `24:00`. An end before its start lies on the next day: the window is overnight
 * and belongs to the day on which it starts. Source: CA-2, CA-4.
 */
export type LocalWindow = readonly [start: string, end: string];

/** Service hours as they are configured. Source: CA-1. */
export interface CalendarDefinition {
  /** IANA name. */
  readonly timeZone: string;
  /** Windows by the weekday on which they start; null is round the clock. Windows that overlap count once. */
  readonly weekly: Readonly<Partial<Record<Weekday, readonly LocalWindow[]>>> | null;
  /** Whose public holidays close; left out, nobody's. */
  readonly holidays?: HolidayRegion | null;
  /** Date (`2026-12-24`) to windows that replace all else on that date; none closes it. Source: CA-6. */
  readonly overrides?: Readonly<Record<string, readonly LocalWindow[]>>;
  /** Dates without service. Source: CA-5. */
  readonly closedDates?: readonly string[];
}

/** Windows of one day in milliseconds after its midnight on the wall: those until 24:00, and what spills into the next day. */
export interface DayWindows {
  readonly day: readonly Span[];
  readonly spill: readonly Span[];
}

/** The definition read once: windows by weekday (0 is Monday) and date, closed dates as days. */
export interface CalendarPlan {
  readonly weekly: readonly DayWindows[];
  readonly overrides: ReadonlyMap<EpochDay, DayWindows>;
  readonly closed: ReadonlySet<EpochDay>;
}

const WHOLE_DAY: DayWindows = {day: [[0, DAY]], spill: []};

function timeOfDay(text: string): DurationMs {
  const match = /^(\d{2}):(\d{2})$/.exec(text);
  const time = Number(match?.[1]) * HOUR + Number(match?.[2]) * MINUTE;
  if (match === null || Number(match[2]) > 59 || time > DAY) {
    throw new Fault('CALENDAR_WINDOW', `a time from 00:00 to 24:00 wanted, ${JSON.stringify(text.slice(0, 40))} given`);
  }
  return time;
}

function readWindows(windows: readonly LocalWindow[]): DayWindows {
  const day: Span[] = [];
  const spill: Span[] = [];
  for (const [from, to] of windows) {
    const start = timeOfDay(from);
    const end = timeOfDay(to);
    if (start === end || start === DAY) throw new Fault('CALENDAR_WINDOW', `the window ${from} to ${to} is empty`);
    day.push([start, start < end ? end : DAY]);
    if (start > end && end > 0) spill.push([0, end]);
  }
  return {day: union(day), spill: union(spill)};
}

/**
 * Reads windows and dates of a definition.
 *
 * @throws {Fault} `CALENDAR_WINDOW` for a time that is none or an empty window, `DATE` for a date that is not there.
 */
export function planCalendar(definition: CalendarDefinition): CalendarPlan {
  const {weekly, overrides = {}, closedDates = []} = definition;
  return {
    weekly: WEEKDAYS.map(weekday => (weekly === null ? WHOLE_DAY : readWindows(weekly[weekday] ?? []))),
    overrides: new Map(Object.entries(overrides).map(([date, windows]) => [parseDate(date), readWindows(windows)])),
    closed: new Set(closedDates.map(parseDate)),
  };
}

/**
 * What is open on one date, in milliseconds after its midnight on the wall.
 *
 * Everything happens to the 24 hours of a date: an override replaces them, a holiday or closed date empties them, and neither
 * touches what a window spills over to the next date. What an override itself spills over outranks a holiday there, as
 * overrides do, but not another override. Source: CA-4 to CA-6.
 *
 * @param isHoliday - Asked only when nothing stronger decides.
 */
export function windowsOn(
  plan: CalendarPlan,
  day: EpochDay,
  weekday: number,
  isHoliday: (day: EpochDay) => boolean,
): readonly Span[] {
  const override = plan.overrides.get(day);
  if (override !== undefined) return override.day;
  const spiltOverride = plan.overrides.size === 0 ? undefined : plan.overrides.get(day - 1)?.spill;
  if (plan.closed.has(day) || isHoliday(day)) return spiltOverride ?? [];
  const today = plan.weekly[weekday]?.day ?? [];
  const spilt = plan.weekly[(weekday + 6) % 7]?.spill ?? [];
  if (spilt.length === 0 && spiltOverride === undefined) return today;
  return union([...today, ...spilt, ...(spiltOverride ?? [])]);
}

/**
 * One service day: the open time of the first weekday, counted from Monday, that has any; null when none has.
 *
 * 08:00 to 17:00 is 540 minutes, round the clock 1440. Overnight windows count whole for the day on which they start. Source: SL-15.
 */
export function serviceDay(plan: CalendarPlan): DurationMs | null {
  for (const {day, spill} of plan.weekly) {
    const length = [...day, ...spill].reduce((sum, [start, end]) => sum + end - start, 0);
    if (length > 0) return length;
  }
  return null;
}
