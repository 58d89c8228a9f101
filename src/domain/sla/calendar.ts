import {DAY, type DurationMs, type Instant} from '../time.ts';
import {
  type CalendarDefinition,
  type CalendarPlan,
  type DayWindows,
  planCalendar,
  serviceDay,
} from './calendar-definition.ts';
import type {HolidayRules} from './holidays.ts';
import {countUpTo, LAST_PAGE, openBefore, PAGE_MS, servicePages} from './service-pages.ts';

/** Service hours that answer. Instants go in and out, the wall clock stays inside. */
export interface Calendar {
  readonly definition: CalendarDefinition;
  /** Length of one service day, null when no weekday has any service. Source: SL-15. */
  readonly serviceDayMs: DurationMs | null;
  /** Service time in [from, to); 0 when `to` is not after `from`. Exact to the millisecond. Source: CA-7. */
  businessTime(from: Instant, to: Instant): DurationMs;
  /**
   * The smallest instant from `start` on at which `target` of service time has passed; `start` itself for a target of 0,
   * the very end of a window where it just fits. null when that never comes (before 2200). Source: CA-8.
   */
  dueInstant(start: Instant, target: DurationMs): Instant | null;
  isOpen(at: Instant): boolean;
  /** When service next begins or ends after `at`; null when it does not within a year. */
  nextChange(at: Instant): Instant | null;
}

/** How many pages `nextChange` looks ahead: somewhat more than a year. */
const CHANGE_PAGES = 9;

/** Nothing ever closes: elapsed time, on both days of the change too. Source: CA-1. */
function isRoundTheClock(plan: CalendarPlan, definition: CalendarDefinition): boolean {
  const isWholeDay = ({day: [first]}: DayWindows) => first !== undefined && first[0] === 0 && first[1] === DAY;
  const hasDates = plan.overrides.size > 0 || plan.closed.size > 0;
  return plan.weekly.every(isWholeDay) && !hasDates && (definition.holidays ?? null) === null;
}

function roundTheClock(definition: CalendarDefinition): Calendar {
  return {
    definition,
    serviceDayMs: DAY,
    businessTime: (from, to) => (to > from ? to - from : 0),
    dueInstant: (start, target) => start + Math.max(0, target),
    isOpen: () => true,
    nextChange: () => null,
  };
}

/**
 * Makes a calendar that is asked often: open stretches are worked out a page at a time when first needed, then every
 * answer is a binary search. Same definition, same answers; what it keeps is only its own work.
 *
 * @param rules - Public holidays of the country that `definition.holidays` speaks of.
 * @throws {Fault} `TIME_ZONE`, `CALENDAR_WINDOW` or `DATE` when the definition cannot be read.
 */
export function compileCalendar(definition: CalendarDefinition, rules: HolidayRules): Calendar {
  const plan = planCalendar(definition);
  if (isRoundTheClock(plan, definition)) return roundTheClock(definition);
  const serviceDayMs = serviceDay(plan);
  const page = servicePages(definition, plan, rules);

  const businessTime = (from: Instant, to: Instant): DurationMs => {
    if (!(to > from)) return 0;
    const first = Math.max(0, Math.floor(from / PAGE_MS));
    const last = Math.min(LAST_PAGE, Math.floor(to / PAGE_MS));
    if (first > last) return 0;
    let open = openBefore(page(last), to) - openBefore(page(first), from);
    for (let number = first; number < last; number++) open += page(number).total;
    return open;
  };

  const dueInstant = (start: Instant, target: DurationMs): Instant | null => {
    if (target <= 0) return start;
    let number = Math.max(0, Math.floor(start / PAGE_MS));
    let rest = target + openBefore(page(number), start);
    for (; number <= LAST_PAGE; number++) {
      const {starts, before, total} = page(number);
      if (rest <= total) {
        // The last stretch that begins with less than `rest` behind it is the one in which, or at whose end, it is reached.
        let index = countUpTo(before, rest) - 1;
        if (before[index] === rest) index--;
        return (starts[index] ?? 0) + rest - (before[index] ?? 0);
      }
      rest -= total;
    }
    return null;
  };

  const isOpen = (at: Instant): boolean => {
    const {starts, ends} = page(Math.floor(at / PAGE_MS));
    return at < (ends[countUpTo(starts, at) - 1] ?? at);
  };

  const nextChange = (at: Instant): Instant | null => {
    const wasOpen = isOpen(at);
    const first = Math.max(0, Math.floor(at / PAGE_MS));
    let from = at;
    for (let number = first; number < first + CHANGE_PAGES; number++) {
      const {starts, ends} = page(number);
      const edges = wasOpen ? ends : starts;
      const edge = edges[countUpTo(edges, from)];
      const pageEnd = (number + 1) * PAGE_MS;
      const isSeam = wasOpen && edge === pageEnd && isOpen(pageEnd);
      if (edge !== undefined && !isSeam) return edge;
      from = pageEnd - 1;
    }
    return null;
  };

  return {definition, serviceDayMs, businessTime, dueInstant, isOpen, nextChange};
}
