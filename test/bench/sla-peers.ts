import {formatDate} from '../../src/domain/local-time/civil-date.ts';
import type {CalendarDefinition, LocalWindow} from '../../src/domain/sla/calendar-definition.ts';
import {holidaysOf} from '../../src/domain/sla/holidays.ts';
import {HOLIDAYS} from '../domain/examples/shapes.ts';

/** A business-time package brought to our words; answers to the minute are all that it gives. */
export interface Peer {
  /** Must be called before the others; false when the calendar is beyond it. */
  use(calendar: CalendarDefinition): boolean;
  businessMinutes(from: number, to: number): number;
  dueInstant(start: number, targetMinutes: number): number;
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const LONG_DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** All days of the years that the examples are about, less those that an override opens. */
function holidayDates({holidays, closedDates = [], overrides = {}}: CalendarDefinition): readonly string[] {
  const region = holidays ?? null;
  const years = [2025, 2026, 2027, 2028];
  const dates =
    region === null ? [] : years.flatMap(year => holidaysOf(HOLIDAYS, region, year).map(it => formatDate(it.day)));
  return [...dates, ...closedDates].filter(date => !Object.hasOwn(overrides, date));
}

function clock(time: string): string {
  return `${time}:00`;
}

function weekOf({weekly}: CalendarDefinition): readonly (readonly LocalWindow[])[] {
  return DAYS.map(day => (weekly === null ? [['00:00', '24:00'] as const] : (weekly[day] ?? [])));
}

function hasOvernight(week: readonly (readonly LocalWindow[])[]): boolean {
  return week.some(windows => windows.some(([start, end]) => end <= start));
}

interface Moment {
  workingDiff(other: Moment, unit: 'minutes', precise: boolean): number;
  addWorkingTime(amount: number, unit: 'minutes'): Moment;
  valueOf(): number;
}

interface MomentModule {
  (instant: number): Moment;
  updateLocale(name: string, rules: object): void;
}

/** `moment-business-time` 2: one or more windows a day, holidays by date, the machine's zone. */
function momentPeer(moment: MomentModule): Peer {
  return {
    use(calendar) {
      const week = weekOf(calendar);
      if (hasOvernight(week) || Object.keys(calendar.overrides ?? {}).length > 0) return false;
      const workinghours = Object.fromEntries(
        week.map((windows, day) => [day, windows.length === 0 ? null : windows.flatMap(it => it.map(clock))]),
      );
      moment.updateLocale('en', {workinghours, holidays: holidayDates(calendar)});
      return true;
    },
    businessMinutes: (from, to) => moment(to).workingDiff(moment(from), 'minutes', true),
    dueInstant: (start, minutes) => moment(start).addWorkingTime(minutes, 'minutes').valueOf(),
  };
}

interface Dayjs {
  businessMinutesDiff(other: Dayjs): number;
  addBusinessMinutes(minutes: number): Dayjs;
  valueOf(): number;
}

interface DayjsModule {
  (instant: number): Dayjs;
  extend(plugin: unknown): void;
  setBusinessTime(week: object): void;
  setHolidays(dates: readonly string[]): void;
}

/** `dayjs-business-time` 1: windows a day, holidays by date, the machine's zone. */
function dayjsPeer(dayjs: DayjsModule, plugin: unknown): Peer {
  dayjs.extend(plugin);
  return {
    use(calendar) {
      const week = weekOf(calendar);
      if (hasOvernight(week) || Object.keys(calendar.overrides ?? {}).length > 0) return false;
      const days = week.map((windows, day) => {
        const times = windows.map(([start, end]) => ({start: clock(start), end: clock(end)}));
        return [LONG_DAYS[day], times.length === 0 ? null : times] as const;
      });
      dayjs.setBusinessTime(Object.fromEntries(days));
      dayjs.setHolidays(holidayDates(calendar));
      return true;
    },
    businessMinutes: (from, to) => dayjs(from).businessMinutesDiff(dayjs(to)),
    dueInstant: (start, minutes) => dayjs(start).addBusinessMinutes(minutes).valueOf(),
  };
}

type Loaded<T> = T & {readonly default?: T};

/** The peers by their names in the registry; loading one that is not installed throws. */
export const PEERS: Readonly<Record<string, () => Promise<Peer>>> = {
  'moment-business-time': async () => {
    const name = 'moment-business-time';
    const loaded = (await import(name)) as Loaded<MomentModule>;
    return momentPeer(loaded.default ?? loaded);
  },
  'dayjs-business-time': async () => {
    const [name, plugin] = ['dayjs', 'dayjs-business-time'];
    const dayjs = (await import(name)) as Loaded<DayjsModule>;
    const extension = (await import(plugin)) as Loaded<object>;
    return dayjsPeer(dayjs.default ?? dayjs, extension.default ?? extension);
  },
};
