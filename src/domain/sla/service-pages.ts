import {civilDate, type EpochDay, weekdayIndex} from '../local-time/civil-date.ts';
import {localDay, timeZone} from '../local-time/zone.ts';
import {DAY, type DurationMs, type Instant} from '../time.ts';
import {type CalendarDefinition, type CalendarPlan, windowsOn} from './calendar-definition.ts';
import {type HolidayRules, holidaysOf} from './holidays.ts';
import {type Span, union} from './spans.ts';

/** Open stretches of one page of time, and the open time of the page before each of them. */
export interface Page {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly before: Float64Array;
  readonly total: DurationMs;
}

/** About 50 days: the number of an instant's page is a division, and a cold calendar costs one or two pages (30 µs each). */
export const PAGE_MS = 2 ** 32;

/** Nothing before 1970 or from 2200 on is service time, so that no time stamp, however wild, asks for endless pages. */
export const LAST_PAGE = Math.floor(Date.UTC(2200, 0, 1) / PAGE_MS);

const EMPTY: Page = {starts: new Float64Array(), ends: new Float64Array(), before: new Float64Array(), total: 0};

function toPage(spans: readonly Span[]): Page {
  const starts = Float64Array.from(spans, span => span[0]);
  const ends = Float64Array.from(spans, span => span[1]);
  const before = new Float64Array(spans.length);
  let total = 0;
  for (const [index, [start, end]] of spans.entries()) {
    before[index] = total;
    total += end - start;
  }
  return {starts, ends, before, total};
}

/** How many of the ascending `values` are at most `limit`. */
export function countUpTo(values: Float64Array, limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Open time of the page before an instant in it. */
export function openBefore(page: Page, at: Instant): DurationMs {
  const index = countUpTo(page.starts, at) - 1;
  if (index < 0) return 0;
  return (page.before[index] ?? 0) + Math.min(at, page.ends[index] ?? 0) - (page.starts[index] ?? 0);
}

/**
 * The pages of a calendar by number, worked out when first asked for and then kept.
 *
 * @throws {Fault} `TIME_ZONE` when the zone is not known.
 */
export function servicePages(
  definition: CalendarDefinition,
  plan: CalendarPlan,
  rules: HolidayRules,
): (number: number) => Page {
  const zone = timeZone(definition.timeZone);
  const region = definition.holidays ?? null;
  const holidayYears = new Map<number, ReadonlySet<EpochDay>>();
  const pages: (Page | undefined)[] = [];

  const isHoliday = (day: EpochDay): boolean => {
    if (region === null) return false;
    const {year} = civilDate(day);
    let days = holidayYears.get(year);
    if (days === undefined) {
      days = new Set(holidaysOf(rules, region, year).map(holiday => holiday.day));
      holidayYears.set(year, days);
    }
    return days.has(day);
  };

  const build = (number: number): Page => {
    const pageStart = number * PAGE_MS;
    const pageEnd = pageStart + PAGE_MS;
    const open: Span[] = [];
    const lastDay = localDay(zone, pageEnd) + 1;
    let day = localDay(zone, pageStart) - 1;
    for (let midnight = zone.toInstant(day * DAY); day <= lastDay; day++) {
      const from = Math.max(midnight, pageStart);
      midnight = zone.toInstant((day + 1) * DAY);
      const to = Math.min(midnight, pageEnd);
      for (const [start, end] of windowsOn(plan, day, weekdayIndex(day), isHoliday)) {
        open.push([
          Math.max(from, zone.toInstant(day * DAY + start)),
          Math.min(to, end === DAY ? midnight : zone.toInstant(day * DAY + end)),
        ]);
      }
    }
    return toPage(union(open));
  };

  return number => {
    if (number < 0 || number > LAST_PAGE) return EMPTY;
    let page = pages[number];
    if (page === undefined) {
      page = build(number);
      pages[number] = page;
    }
    return page;
  };
}
