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

/** Pairs of RFC 3339 texts. */
export function spans(pairs: readonly (readonly [string, string])[] = []): readonly Span[] {
  return pairs.map(([start, end]) => [Date.parse(start), Date.parse(end)]);
}

const compiled = new WeakMap<object, Calendar>();

/** A calendar of the file by name, compiled once. */
export function calendarNamed(file: ExampleFile, name: string): Calendar {
  const definition = file.calendars[name];
  if (definition === undefined) throw new Error(`the file has no calendar ${name}`);
  const key = definition as object;
  const calendar = compiled.get(key) ?? compileCalendar(definition as unknown as CalendarDefinition, HOLIDAYS);
  compiled.set(key, calendar);
  return calendar;
}
