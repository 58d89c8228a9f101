import type {AlertSeverity} from './severity.ts';
import {type Calendar, compileCalendar} from './sla/calendar.ts';
import type {CalendarDefinition} from './sla/calendar-definition.ts';
import type {ContractVersion, Promises} from './sla/contract.ts';
import type {HolidayRules} from './sla/holidays.ts';
import type {Priority} from './sla/priority.ts';
import type {Instant} from './time.ts';

/** What a customer was promised, as data: it travels in the log, so that every face reckons with the same. Source: SL-11. */
export interface Contract {
  /** Name under `slaTiers`. */
  readonly tier: string;
  readonly calendar: CalendarDefinition;
  /** Clocks without a target do not run. */
  readonly priorities: Readonly<Partial<Record<Priority, Promises>>>;
  /** Percent of service time; null where none is promised. Source: AV-2. */
  readonly availabilityPercent: number | null;
  /** Whether a human acknowledgement stops the response clock. Source: AL-3. */
  readonly ackCountsAsResponse: boolean;
  /** Alerts milder than this are no incident and start no clock; without it every alert is one. Source: CO-2. */
  readonly incidentThreshold?: AlertSeverity;
}

/** A contract and since when it holds; null ended it. Source: SL-12. */
export interface ContractSince {
  readonly validFrom: Instant;
  readonly contract: Contract | null;
}

/** Before the holiday rules of a collector are known: nobody has any. */
export const NO_HOLIDAYS: HolidayRules = {country: '', since: 0, subdivisions: {}, holidays: []};

const calendars = new WeakMap<CalendarDefinition, {readonly rules: HolidayRules; readonly calendar: Calendar}>();

/** The calendar of a contract, compiled once for each definition. */
export function calendarOf(contract: Contract, rules: HolidayRules): Calendar {
  const known = calendars.get(contract.calendar);
  if (known?.rules === rules) return known.calendar;
  const calendar = compileCalendar(contract.calendar, rules);
  calendars.set(contract.calendar, {rules, calendar});
  return calendar;
}

/** A contract as the clocks read it; nothing is promised where there is none. */
export function contractVersion({validFrom, contract}: ContractSince, rules: HolidayRules): ContractVersion {
  if (contract === null) return {validFrom, priorities: {}};
  const calendar = calendarOf(contract, rules);
  const priorities: Partial<Record<Priority, Promises & {calendar: Calendar}>> = {};
  for (const [priority, promises] of Object.entries(contract.priorities) as [Priority, Promises][]) {
    priorities[priority] = {...promises, calendar};
  }
  return {validFrom, priorities};
}
