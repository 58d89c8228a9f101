import {type Calendar, compileCalendar} from '../../../src/domain/sla/calendar.ts';
import type {CalendarDefinition, LocalWindow} from '../../../src/domain/sla/calendar-definition.ts';
import type {Instant} from '../../../src/domain/time.ts';
import {HOLIDAYS} from '../examples/shapes.ts';

/** RFC 3339 text as an instant. */
export function at(text: string): Instant {
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw new Error(`no instant: ${text}`);
  return instant;
}

/** The same windows from Monday to Friday. */
export function workdays(...windows: readonly LocalWindow[]): NonNullable<CalendarDefinition['weekly']> {
  return {mon: windows, tue: windows, wed: windows, thu: windows, fri: windows};
}

/** The same windows every day of the week. */
export function daily(...windows: readonly LocalWindow[]): NonNullable<CalendarDefinition['weekly']> {
  return {...workdays(...windows), sat: windows, sun: windows};
}

/** A calendar of Berlin's time zone. */
export function berlin(weekly: CalendarDefinition['weekly'], more: Partial<CalendarDefinition> = {}): Calendar {
  return compileCalendar({timeZone: 'Europe/Berlin', weekly, ...more}, HOLIDAYS);
}

/** Monday to Friday from 08:00 to 17:00, closed on the holidays of Baden-Württemberg. */
export const office = berlin(workdays(['08:00', '17:00']), {holidays: {subdivision: 'BW'}});

/** Every hour of every day. */
export const roundTheClock = berlin(null);
