import {describe, expect, test} from 'vitest';
import type {Calendar} from '../../../src/domain/sla/calendar.ts';
import {HOUR, MINUTE} from '../../../src/domain/time.ts';
import {at, berlin, daily, office, roundTheClock, workdays} from './calendars.ts';

function minutes(calendar: Calendar, from: string, to: string): number {
  return calendar.businessTime(at(from), at(to)) / MINUTE;
}

const night = {holidays: {subdivision: 'HH'}};

describe('service time', () => {
  test('begins with the first millisecond of a window and ends before its end (CA-2)', () => {
    const [open, close] = [at('2026-02-02T08:00:00+01:00'), at('2026-02-02T17:00:00+01:00')];
    expect(office.businessTime(open, open + 1)).toBe(1);
    expect(office.businessTime(open - 1, open)).toBe(0);
    expect(office.businessTime(close - 1, close)).toBe(1);
    expect(office.businessTime(close, close + 1)).toBe(0);
    expect([open - 1, open, close - 1, close].map(office.isOpen)).toEqual([false, true, true, false]);
  });

  test('of nothing and backwards is 0 (CA-7)', () => {
    const noon = at('2026-02-02T12:00:00+01:00');
    expect(office.businessTime(noon, noon)).toBe(0);
    expect(office.businessTime(noon, noon - HOUR)).toBe(0);
    expect(office.businessTime(noon, Number.NaN)).toBe(0);
  });

  test('an offset in the input is of no matter (CA-9)', () => {
    expect(minutes(office, '2026-02-02T07:15:00Z', '2026-02-02T17:45:00+09:00')).toBe(
      minutes(office, '2026-02-02T08:15:00+01:00', '2026-02-02T03:45:00-05:00'),
    );
  });

  test('windows that touch or overlap count once (CA-1)', () => {
    const calendar = berlin(workdays(['08:00', '12:00'], ['12:00', '14:00'], ['13:00', '15:00']));
    expect(minutes(calendar, '2026-02-02T00:00:00+01:00', '2026-02-03T00:00:00+01:00')).toBe(420);
    expect(calendar.nextChange(at('2026-02-02T11:00:00+01:00'))).toBe(at('2026-02-02T15:00:00+01:00'));
  });

  test('a window until 24:00 joins the next day’s from 00:00 (CA-1)', () => {
    const calendar = berlin({mon: [['20:00', '24:00']], tue: [['00:00', '02:00']]});
    expect(calendar.dueInstant(at('2026-02-02T23:00:00+01:00'), 2 * HOUR)).toBe(at('2026-02-03T01:00:00+01:00'));
    expect(calendar.nextChange(at('2026-02-02T23:00:00+01:00'))).toBe(at('2026-02-03T02:00:00+01:00'));
  });

  test('the last minute of an hour is one (CA-1)', () => {
    expect(minutes(berlin(daily(['08:59', '23:59'])), '2026-02-02T00:00:00+01:00', '2026-02-03T00:00:00+01:00')).toBe(
      900,
    );
  });

  test('a window until 00:00 is one until 24:00 (CA-4)', () => {
    const calendar = berlin(daily(['22:00', '00:00']));
    expect(minutes(calendar, '2026-02-02T00:00:00+01:00', '2026-02-03T00:00:00+01:00')).toBe(120);
  });

  test('an overnight window belongs to the day it starts on: Sunday’s reaches into Monday (CA-4)', () => {
    const calendar = berlin({sun: [['22:00', '06:00']]});
    expect(minutes(calendar, '2026-02-01T00:00:00+01:00', '2026-02-03T00:00:00+01:00')).toBe(480);
    expect(minutes(calendar, '2026-02-02T00:00:00+01:00', '2026-02-02T06:00:00+01:00')).toBe(360);
  });

  test('without a calendar service is round the clock, also over the changes (CA-1, CA-3)', () => {
    expect(minutes(roundTheClock, '2026-03-29T00:00:00+01:00', '2026-03-30T00:00:00+02:00')).toBe(1380);
    expect(minutes(roundTheClock, '2026-10-25T00:00:00+02:00', '2026-10-26T00:00:00+01:00')).toBe(1500);
    expect(roundTheClock.nextChange(0)).toBeNull();
  });
});

describe('days that close', () => {
  test('a closed date empties its 24 hours, from a night before too (CA-5)', () => {
    const calendar = berlin(daily(['22:00', '06:00']), {closedDates: ['2026-02-04']});
    expect(minutes(calendar, '2026-02-03T20:00:00+01:00', '2026-02-04T08:00:00+01:00')).toBe(120);
    expect(minutes(calendar, '2026-02-04T20:00:00+01:00', '2026-02-05T08:00:00+01:00')).toBe(360);
  });

  test('a holiday and a closed date on one day are one (CA-5)', () => {
    const calendar = berlin(workdays(['08:00', '17:00']), {...night, closedDates: ['2026-05-01']});
    expect(minutes(calendar, '2026-04-30T00:00:00+02:00', '2026-05-02T00:00:00+02:00')).toBe(540);
  });

  test('Christmas takes three days out of a week in one stroke (HO-1)', () => {
    const calendar = berlin(daily(['00:00', '24:00']), night);
    expect(minutes(calendar, '2026-12-24T00:00:00+01:00', '2026-12-28T00:00:00+01:00')).toBe(2 * 1440);
    expect(calendar.nextChange(at('2026-12-24T10:00:00+01:00'))).toBe(at('2026-12-25T00:00:00+01:00'));
    expect(calendar.nextChange(at('2026-12-25T10:00:00+01:00'))).toBe(at('2026-12-27T00:00:00+01:00'));
  });
});

describe('service without end', () => {
  test('is closed by a single date, far away, and by nothing else', () => {
    const closed = berlin(null, {closedDates: ['2026-12-24']});
    expect(closed.nextChange(at('2026-02-02T08:00:00+01:00'))).toBe(at('2026-12-24T00:00:00+01:00'));
    expect(closed.nextChange(at('2026-12-24T08:00:00+01:00'))).toBe(at('2026-12-25T00:00:00+01:00'));
    expect(closed.nextChange(at('2026-12-25T08:00:00+01:00'))).toBeNull();
    const cut = berlin(null, {overrides: {'2026-12-24': [['00:00', '12:00']]}});
    expect(cut.nextChange(at('2026-02-02T08:00:00+01:00'))).toBe(at('2026-12-24T12:00:00+01:00'));
    expect(minutes(cut, '2026-12-24T00:00:00+01:00', '2026-12-25T00:00:00+01:00')).toBe(720);
  });

  test('an opening far away is found as well', () => {
    const once = berlin({}, {overrides: {'2026-12-24': [['08:00', '12:00']]}});
    expect(once.nextChange(at('2026-02-02T08:00:00+01:00'))).toBe(at('2026-12-24T08:00:00+01:00'));
  });
});

describe('overrides (CA-6)', () => {
  const nightly = (overrides: Record<string, readonly (readonly [string, string])[]>, closedDates: string[] = []) =>
    berlin(daily(['22:00', '06:00']), {...night, overrides, closedDates});

  test('replace windows and what spills over from the night before', () => {
    const calendar = nightly({'2026-02-04': [['09:00', '10:00']]});
    expect(minutes(calendar, '2026-02-04T00:00:00+01:00', '2026-02-05T00:00:00+01:00')).toBe(60);
  });

  test('leave the tail of the night that starts on their date', () => {
    const calendar = nightly({'2026-02-04': []});
    expect(minutes(calendar, '2026-02-03T20:00:00+01:00', '2026-02-04T20:00:00+01:00')).toBe(120);
    expect(minutes(calendar, '2026-02-04T20:00:00+01:00', '2026-02-05T08:00:00+01:00')).toBe(360);
  });

  test('open a holiday and a closed date', () => {
    const calendar = nightly({'2026-12-25': [['10:00', '12:00']], '2026-02-04': [['10:00', '11:00']]}, ['2026-02-04']);
    expect(minutes(calendar, '2026-12-25T00:00:00+01:00', '2026-12-26T00:00:00+01:00')).toBe(120);
    expect(minutes(calendar, '2026-02-04T00:00:00+01:00', '2026-02-05T00:00:00+01:00')).toBe(60);
  });

  test('may reach over midnight, into a holiday too, but not into another override', () => {
    const lone = berlin(workdays(['08:00', '17:00']), {...night, overrides: {'2026-12-24': [['20:00', '02:00']]}});
    expect(minutes(lone, '2026-12-24T00:00:00+01:00', '2026-12-26T00:00:00+01:00')).toBe(360);
    const chained = nightly({'2026-02-04': [['20:00', '02:00']], '2026-02-05': []});
    expect(minutes(chained, '2026-02-04T00:00:00+01:00', '2026-02-06T00:00:00+01:00')).toBe(240);
  });

  test('hold on both days of the change', () => {
    const calendar = berlin(daily(['08:00', '09:00']), {overrides: {'2026-10-25': [['00:00', '24:00']]}});
    expect(minutes(calendar, '2026-10-25T00:00:00+02:00', '2026-10-26T00:00:00+01:00')).toBe(1500);
  });
});

describe('due instants (CA-8)', () => {
  test('of no target are the start, also when closed', () => {
    const sunday = at('2026-02-08T03:00:00+01:00');
    expect(office.dueInstant(sunday, 0)).toBe(sunday);
    expect(office.dueInstant(sunday, 1)).toBe(at('2026-02-09T08:00:00+01:00') + 1);
  });

  test('fit to the end of a window, and one millisecond more is tomorrow', () => {
    const start = at('2026-02-02T08:00:00+01:00');
    expect(office.dueInstant(start, 9 * HOUR)).toBe(at('2026-02-02T17:00:00+01:00'));
    expect(office.dueInstant(start, 9 * HOUR + 1)).toBe(at('2026-02-03T08:00:00+01:00') + 1);
  });

  test('lie years ahead where the target is long', () => {
    const due = office.dueInstant(at('2026-01-01T00:00:00+01:00'), 10_000 * HOUR) ?? 0;
    expect(office.businessTime(at('2026-01-01T00:00:00+01:00'), due)).toBe(10_000 * HOUR);
  });

  test('never come when nothing is ever open', () => {
    const closed = berlin({});
    expect(closed.dueInstant(at('2026-02-02T08:00:00+01:00'), 1)).toBeNull();
    expect(closed.nextChange(at('2026-02-02T08:00:00+01:00'))).toBeNull();
    expect(closed.serviceDayMs).toBeNull();
  });

  test('come on the one day that an override opens', () => {
    const once = berlin({}, {overrides: {'2026-07-01': [['08:00', '09:00']]}});
    expect(once.dueInstant(at('2026-02-02T08:00:00+01:00'), HOUR)).toBe(at('2026-07-01T09:00:00+02:00'));
    expect(once.dueInstant(at('2026-02-02T08:00:00+01:00'), HOUR + 1)).toBeNull();
  });

  test('of wild time stamps are answered, and fast', () => {
    expect(office.businessTime(-8.64e15, 8.64e15)).toBeGreaterThan(0);
    expect(office.businessTime(8e15, 8.1e15)).toBe(0);
    expect(office.dueInstant(8e15, 1)).toBeNull();
    expect(office.dueInstant(-8.64e15, 1)).toBe(at('1970-01-02T08:00:00+01:00') + 1);
    expect(office.isOpen(-8.64e15)).toBe(false);
  });
});

describe('other zones', () => {
  test('every calendar goes by its own clock, half hours included', () => {
    const kolkata = berlin(workdays(['09:30', '18:30']), {timeZone: 'Asia/Kolkata'});
    expect(kolkata.dueInstant(at('2026-02-02T00:00:00Z'), 0.5 * HOUR)).toBe(at('2026-02-02T04:30:00Z'));
  });

  test('a change at midnight shortens the day that has none (CA-3)', () => {
    const cairo = berlin(daily(['00:00', '24:00']), {timeZone: 'Africa/Cairo', closedDates: ['2030-01-01']});
    expect(minutes(cairo, '2026-04-24T00:00:00+02:00', '2026-04-25T00:00:00+03:00')).toBe(1380);
    const early = berlin({fri: [['00:00', '02:00']]}, {timeZone: 'Africa/Cairo'});
    expect(minutes(early, '2026-04-23T12:00:00+02:00', '2026-04-24T12:00:00+03:00')).toBe(60);
  });

  test('a date that never was has no service', () => {
    const apia = berlin(daily(['08:00', '16:00']), {timeZone: 'Pacific/Apia'});
    expect(minutes(apia, '2011-12-29T00:00:00-10:00', '2011-12-31T23:00:00+14:00')).toBe(960);
  });
});

describe('one service day (SL-15)', () => {
  test.each([
    ['08 to 17', berlin(workdays(['08:00', '17:00'])), 540],
    ['round the clock', roundTheClock, 1440],
    ['with a lunch break', berlin(workdays(['08:00', '12:00'], ['13:00', '17:00'])), 480],
    ['nights count whole', berlin(daily(['22:00', '06:00'])), 480],
    ['the first open weekday from Monday on', berlin({wed: [['08:00', '10:00']], fri: [['08:00', '20:00']]}), 120],
    [
      'overlaps once',
      berlin({
        mon: [
          ['08:00', '12:00'],
          ['10:00', '13:00'],
        ],
      }),
      300,
    ],
  ])('%s', (_, calendar, expected) => {
    expect((calendar.serviceDayMs ?? 0) / MINUTE).toBe(expected);
  });
});

describe('definitions that cannot be', () => {
  test.each([
    [['08:00', '08:00']],
    [['24:00', '08:00']],
    [['8:00', '17:00']],
    [['08:60', '17:00']],
    [['08:00', '24:30']],
    [['', '']],
  ] as const)('the window %j is refused', window => {
    expect(() => berlin({mon: [window]})).toThrowError(expect.objectContaining({code: 'CALENDAR_WINDOW'}));
  });

  test('a date that is not there is refused', () => {
    expect(() => berlin({}, {closedDates: ['2026-02-30']})).toThrowError(expect.objectContaining({code: 'DATE'}));
    expect(() => berlin({}, {overrides: {'24.12.2026': []}})).toThrowError(expect.objectContaining({code: 'DATE'}));
  });
});
