import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {formatDate, parseDate, WEEKDAYS, weekdayIndex} from '../../../src/domain/local-time/civil-date.ts';
import {localDay, timeZone} from '../../../src/domain/local-time/zone.ts';
import type {Calendar} from '../../../src/domain/sla/calendar.ts';
import type {LocalWindow} from '../../../src/domain/sla/calendar-definition.ts';
import {holidayOn} from '../../../src/domain/sla/holidays.ts';
import {DAY, HOUR, MINUTE} from '../../../src/domain/time.ts';
import {HOLIDAYS} from '../examples/shapes.ts';
import {berlin, daily, roundTheClock} from './calendars.ts';

/** Hours away from 02 and 03, where a wall time does not name one instant, so that the brute force below is right. */
const hour = fc.constantFrom('00:00', '01:15', '04:00', '06:30', '08:00', '12:00', '13:45', '17:00', '22:00', '23:15');
const window = fc
  .tuple(hour, fc.oneof(hour, fc.constant('24:00')))
  .filter(([start, end]) => start !== end) as fc.Arbitrary<LocalWindow>;
const windows = fc.array(window, {maxLength: 3});
const dates = fc.constantFrom(
  '2026-03-28',
  '2026-03-29',
  '2026-03-30',
  '2026-04-01',
  '2026-04-03',
  '2026-10-25',
  '2026-10-31',
);

const definitions = fc.record({
  weekly: fc.record(Object.fromEntries(WEEKDAYS.map(weekday => [weekday, windows]))),
  holidays: fc.constantFrom(null, {subdivision: 'HH'}, {subdivision: 'BY', catholicMunicipality: true}),
  closedDates: fc.uniqueArray(dates, {maxLength: 2}),
  overrides: fc.dictionary(dates, windows, {maxKeys: 2}),
});

const calendars = definitions.map(({weekly, ...more}) => berlin(weekly, more));
const spring = fc.integer({min: Date.UTC(2026, 2, 20), max: Date.UTC(2026, 3, 8)});
const autumn = fc.integer({min: Date.UTC(2026, 9, 20), max: Date.UTC(2026, 10, 4)});
const instants = fc.oneof(spring, autumn, fc.integer({min: Date.UTC(2020), max: Date.UTC(2032)}));
const targets = fc.oneof(fc.integer({min: 0, max: 3 * DAY}), fc.integer({min: 0, max: 60 * DAY}));

/** Service at an instant, from the words of CA-4 to CA-6 alone: no intervals, no sums. */
function isOpenByTheRules({definition}: Calendar, instant: number): boolean {
  const zone = timeZone(definition.timeZone);
  const day = localDay(zone, instant);
  const time = zone.toWall(instant) - day * DAY;
  const ms = (text: string) => Number(text.slice(0, 2)) * HOUR + Number(text.slice(3)) * MINUTE;
  const today = (list: readonly LocalWindow[] = []) =>
    list.some(([from, to]) => time >= ms(from) && (time < ms(to) || ms(to) < ms(from)));
  const spilt = (list: readonly LocalWindow[] = []) => list.some(([from, to]) => ms(to) < ms(from) && time < ms(to));
  const weekly = (of: number) => definition.weekly?.[WEEKDAYS[weekdayIndex(of)] ?? 'mon'];
  const override = (of: number) => definition.overrides?.[formatDate(of)];
  const region = definition.holidays ?? null;
  if (override(day) !== undefined) return today(override(day));
  const isClosed =
    (definition.closedDates ?? []).includes(formatDate(day)) ||
    (region !== null && holidayOn(HOLIDAYS, region, day) !== null);
  if (spilt(override(day - 1))) return true;
  return !isClosed && (today(weekly(day)) || spilt(weekly(day - 1)));
}

describe('laws of service time', () => {
  test('it is additive: a to b and b to c make a to c (CA-7)', () => {
    fc.assert(
      fc.property(calendars, instants, instants, instants, (calendar, ...three) => {
        const [a, b, c] = three.toSorted((x, y) => x - y) as [number, number, number];
        expect(calendar.businessTime(a, b) + calendar.businessTime(b, c)).toBe(calendar.businessTime(a, c));
        expect(calendar.businessTime(a, b)).toBeLessThanOrEqual(b - a);
      }),
    );
  });

  test('the due instant is its smallest inverse (CA-8)', () => {
    fc.assert(
      fc.property(calendars, instants, targets, (calendar, start, target) => {
        const due = calendar.dueInstant(start, target);
        if (due === null) {
          expect(calendar.businessTime(start, Date.UTC(2199, 0, 1))).toBeLessThan(target);
          return;
        }
        expect(calendar.businessTime(start, due)).toBe(target);
        if (due > start) expect(calendar.businessTime(start, due - 1)).toBe(target - 1);
      }),
      {numRuns: 200},
    );
  });

  test('more target is due later, a later start is due no earlier (CA-8)', () => {
    const office = berlin(daily(['08:00', '12:00'], ['13:00', '17:00']));
    fc.assert(
      fc.property(instants, targets, fc.nat(DAY), (start, target, more) => {
        const due = office.dueInstant(start, target) ?? Number.NaN;
        expect(office.dueInstant(start, target + more)).toBeGreaterThanOrEqual(due);
        expect(office.dueInstant(start + more, target)).toBeGreaterThanOrEqual(due);
      }),
    );
  });

  test('a week that is open throughout is elapsed time, whatever the windows that make it (CA-1, CA-3)', () => {
    const whole = berlin(daily(['00:00', '08:30'], ['08:30', '22:00'], ['22:00', '06:00']));
    fc.assert(
      fc.property(instants, targets, (start, length) => {
        expect(whole.businessTime(start, start + length)).toBe(length);
        expect(whole.dueInstant(start, length)).toBe(start + length);
        expect(roundTheClock.businessTime(start, start + length)).toBe(length);
        expect(roundTheClock.dueInstant(start, length)).toBe(start + length);
      }),
    );
  });

  test('it is what the rules say of every quarter of an hour (CA-2 to CA-6)', () => {
    fc.assert(
      fc.property(calendars, fc.constantFrom('2026-03-26', '2026-10-23', '2026-12-30'), (calendar, first) => {
        const zone = timeZone('Europe/Berlin');
        const start = zone.toInstant(parseDate(first) * DAY);
        for (let instant = start; instant < start + 9 * DAY; instant += 15 * MINUTE) {
          const isOpen = isOpenByTheRules(calendar, instant);
          expect(calendar.isOpen(instant)).toBe(isOpen);
          expect(calendar.businessTime(instant, instant + 15 * MINUTE)).toBe(isOpen ? 15 * MINUTE : 0);
        }
      }),
      {numRuns: 40},
    );
  });

  test('it changes where it says that it changes next, and nowhere before', () => {
    fc.assert(
      fc.property(calendars, instants, (calendar, instant) => {
        const change = calendar.nextChange(instant);
        if (change === null) return;
        const isOpen = calendar.isOpen(instant);
        expect(calendar.isOpen(change)).toBe(!isOpen);
        expect(calendar.businessTime(instant, change)).toBe(isOpen ? change - instant : 0);
      }),
    );
  });
});
