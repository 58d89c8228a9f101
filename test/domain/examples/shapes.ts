import germany from '../../../config/holidays/de.json' with {type: 'json'};
import {type Calendar, compileCalendar} from '../../../src/domain/sla/calendar.ts';
import type {CalendarDefinition} from '../../../src/domain/sla/calendar-definition.ts';
import type {HolidayRules} from '../../../src/domain/sla/holidays.ts';
import type {Span} from '../../../src/domain/sla/spans.ts';
import type {Instant} from '../../../src/domain/time.ts';
import type {ExampleFile} from './example-file.ts';

/** The shipped holidays, as the examples mean them. */
export const HOLIDAYS = germany as HolidayRules;

/** The instant of RFC 3339 text. */
export function instant(text: string): Instant {
  return Date.parse(text);
}

export function instantOrNull(text: string | null | undefined): Instant | null {
  return text === null || text === undefined ? null : Date.parse(text);
}

/** Start and end as RFC 3339 text; without an end it lasts. */
export type Pairs = readonly (readonly [start: string, end: string | null])[];

export function spans(pairs: Pairs | null | undefined): readonly Span[] {
  return (pairs ?? []).map(([start, end]) => [Date.parse(start), instantOrNull(end) ?? Number.POSITIVE_INFINITY]);
}

const compiled = new WeakMap<object, Calendar>();

/** Service around the clock, CA-1. */
const NO_CALENDAR = compileCalendar({timeZone: 'Europe/Berlin', weekly: null}, HOLIDAYS);

/** A calendar of the file by name, compiled once. */
export function calendarNamed(file: ExampleFile, name: string | null | undefined): Calendar {
  if (name === null || name === undefined) return NO_CALENDAR;
  const definition = file.calendars[name];
  if (definition === undefined) throw new Error(`the file has no calendar ${name}`);
  const key = definition as object;
  const calendar = compiled.get(key) ?? compileCalendar(definition as unknown as CalendarDefinition, HOLIDAYS);
  compiled.set(key, calendar);
  return calendar;
}
