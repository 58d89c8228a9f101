import {WEEKDAYS, type Weekday} from '../domain/local-time/civil-date.ts';
import type {LocalWindow} from '../domain/sla/calendar-definition.ts';
import type {Priority} from '../domain/sla/priority.ts';
import {parseTarget, type ServiceTarget} from '../domain/sla/target.ts';
import type {CalendarConfig, SlaTierConfig} from './collector-config.ts';
import type {ConfigReport} from './collector-config-report.ts';
import type {WrittenConfig} from './collector-config-schema.ts';
import type {ConfigPath} from './config-problem.ts';
import {didYouMean} from './did-you-mean.ts';

type WrittenCalendar = NonNullable<WrittenConfig['calendars']>[string];
type WrittenTier = NonNullable<WrittenConfig['slaTiers']>[string];
type WrittenHours = WrittenCalendar['hours'];

const MINUTES_PER_DAY = 1440;
const PRIORITIES: readonly Priority[] = ['P1', 'P2', 'P3', 'P4'];

function minutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** Minutes from the start of the window's day; past 1440 when it spills over. */
function span([start, end]: LocalWindow): readonly [number, number] {
  return [minutes(start), minutes(end) <= minutes(start) ? minutes(end) + MINUTES_PER_DAY : minutes(end)];
}

function readWindows(written: string | readonly string[], at: ConfigPath, report: ConfigReport): LocalWindow[] {
  const windows = [written].flat().map((text): LocalWindow => [text.slice(0, 5), text.slice(6)]);
  for (const [start, end] of windows)
    if (start === end) report.error(at, 'CONFIG_WINDOW_EMPTY', {window: `${start}-${end}`});
  const sorted = windows.toSorted((a, b) => a[0].localeCompare(b[0]));
  reportOverlap(sorted, at, report);
  return sorted;
}

function reportOverlap(windows: readonly LocalWindow[], at: ConfigPath, report: ConfigReport): void {
  for (const [index, window] of windows.entries()) {
    const next = windows[index + 1];
    if (next !== undefined && span(next)[0] < span(window)[1]) {
      report.error(at, 'CONFIG_OVERLAP', {first: window.join('-'), second: next.join('-')});
    }
  }
}

/** `mon-fri` and `mon,wed` as weekdays; a range may pass Sunday. */
export function readDays(text: string): Weekday[] {
  return text.split(',').flatMap(part => {
    const [from, to] = part.split('-') as [Weekday, Weekday | undefined];
    if (to === undefined) return [from];
    const start = WEEKDAYS.indexOf(from);
    const length = ((WEEKDAYS.indexOf(to) - start + WEEKDAYS.length) % WEEKDAYS.length) + 1;
    return Array.from({length}, (_, offset) => WEEKDAYS[(start + offset) % WEEKDAYS.length] as Weekday);
  });
}

function readWeek(hours: WrittenHours, at: ConfigPath, report: ConfigReport): CalendarConfig['weekly'] {
  if (hours === '24x7') return null;
  const week: Record<Weekday, LocalWindow[]> = {mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: []};
  for (const [days, written] of Object.entries(hours)) {
    const here = [...at, days];
    const windows = readWindows(written, here, report);
    for (const day of readDays(days)) {
      const before = week[day];
      week[day] = [...before, ...windows].toSorted((a, b) => a[0].localeCompare(b[0]));
      if (before.length > 0) reportOverlap(week[day], here, report);
    }
  }
  if (WEEKDAYS.every(day => week[day].length === 0)) report.error(at, 'CONFIG_NEVER_OPEN');
  for (const [index, day] of WEEKDAYS.entries()) {
    const last = week[day].at(-1);
    const next = week[WEEKDAYS[(index + 1) % WEEKDAYS.length] as Weekday][0];
    if (last !== undefined && next !== undefined && span(last)[1] - MINUTES_PER_DAY > span(next)[0]) {
      report.error(at, 'CONFIG_OVERLAP', {first: last.join('-'), second: next.join('-')});
    }
  }
  return week;
}

/** Whether a date exists: the schema has seen to its form alone. Reports one that does not. */
export function isDate(date: string, at: ConfigPath, report: ConfigReport): boolean {
  const day = new Date(`${date}T00:00:00Z`);
  if (!Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === date) return true;
  report.error(at, 'CONFIG_DATE', {given: date});
  return false;
}

/** Whether this machine knows a time zone. Reports one that it does not. */
export function isTimezone(timezone: string, at: ConfigPath, report: ConfigReport): boolean {
  try {
    new Intl.DateTimeFormat('en', {timeZone: timezone});
    return true;
  } catch {
    const meant = didYouMean(timezone, Intl.supportedValuesOf('timeZone'));
    report.error(at, 'CONFIG_TIMEZONE', {given: timezone, meant: meant ?? ''}, meant === null ? null : 'didYouMean');
    return false;
  }
}

function resolveCalendar(name: string, written: WrittenCalendar, report: ConfigReport): CalendarConfig {
  const at = ['calendars', name];
  if (written.timezone !== undefined) isTimezone(written.timezone, [...at, 'timezone'], report);
  const overrides = Object.entries(written.overrides ?? {}).map(([date, windows]) => {
    isDate(date, [...at, 'overrides', date], report);
    return [date, readWindows(windows, [...at, 'overrides', date], report)] as const;
  });
  for (const [index, date] of (written.closed ?? []).entries()) isDate(date, [...at, 'closed', index], report);
  return {
    name,
    timezone: written.timezone ?? null,
    weekly: readWeek(written.hours, [...at, 'hours'], report),
    holidays: readHolidays(written.holidays),
    overrides: Object.fromEntries(overrides),
    closedDates: written.closed ?? [],
  };
}

function readHolidays(written: WrittenCalendar['holidays']): CalendarConfig['holidays'] {
  if (written === undefined) return 'customer';
  return written === 'none' ? 'none' : {state: written.slice('DE-'.length)};
}

function readTarget(written: string | undefined): ServiceTarget | null {
  return written === undefined ? null : parseTarget(written);
}

function tierCalendar(
  name: string,
  tier: WrittenTier,
  calendars: ReadonlyMap<string, CalendarConfig>,
  report: ConfigReport,
): CalendarConfig {
  const none: CalendarConfig = {
    name,
    timezone: null,
    weekly: null,
    holidays: 'customer',
    overrides: {},
    closedDates: [],
  };
  if (tier.hours !== undefined && tier.calendar !== undefined)
    report.error(['slaTiers', name, 'calendar'], 'CONFIG_HOURS_TWICE');
  if (tier.hours !== undefined) return {...none, weekly: readWeek(tier.hours, ['slaTiers', name, 'hours'], report)};
  if (tier.calendar === undefined) {
    report.error(['slaTiers', name], 'CONFIG_NO_HOURS', {tier: name}, 'hours');
    return none;
  }
  const calendar = calendars.get(tier.calendar);
  if (calendar === undefined) {
    const meant = didYouMean(tier.calendar, calendars.keys());
    const values = {given: tier.calendar, meant: meant ?? ''};
    report.error(
      ['slaTiers', name, 'calendar'],
      'CONFIG_UNKNOWN_CALENDAR',
      values,
      meant === null ? null : 'didYouMean',
    );
  }
  return calendar ?? none;
}

/** Calendars and tiers as data for the clocks; windows that overlap and targets without hours are problems. */
export function resolveTiers(written: WrittenConfig, report: ConfigReport): readonly SlaTierConfig[] {
  const calendars = new Map(
    Object.entries(written.calendars ?? {}).map(([name, calendar]) => [name, resolveCalendar(name, calendar, report)]),
  );
  return Object.entries(written.slaTiers ?? {}).map(([name, tier]) => ({
    name,
    calendar: tierCalendar(name, tier, calendars, report),
    priorities: Object.fromEntries(
      PRIORITIES.flatMap(priority => {
        const targets = tier.priorities[priority];
        if (targets === undefined) return [];
        const {response, resolution, update} = targets;
        return [
          [priority, {response: readTarget(response), resolution: readTarget(resolution), update: readTarget(update)}],
        ];
      }),
    ),
    availabilityPercent: tier.availability ?? null,
    ackCountsAsResponse: tier.ackCountsAsResponse ?? true,
    incidentThreshold: tier.incidentThreshold ?? null,
  }));
}
