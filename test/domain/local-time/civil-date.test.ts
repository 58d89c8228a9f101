import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
  addMonths,
  civilDate,
  daysInMonth,
  epochDay,
  formatDate,
  parseDate,
  WEEKDAYS,
  weekdayIndex,
} from '../../../src/domain/local-time/civil-date.ts';
import {DAY} from '../../../src/domain/time.ts';

const days = fc.integer({min: -100_000, max: 200_000});

describe('civil dates', () => {
  test('agree with the Date of the platform, day by day', () => {
    fc.assert(
      fc.property(days, day => {
        const date = new Date(day * DAY);
        const parts = {year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate()};
        expect(civilDate(day)).toEqual(parts);
        expect(epochDay(parts.year, parts.month, parts.day)).toBe(day);
        expect(weekdayIndex(day)).toBe((date.getUTCDay() + 6) % 7);
        expect(formatDate(day)).toBe(date.toISOString().slice(0, 10));
      }),
    );
  });

  test('are written and read back', () => {
    fc.assert(
      fc.property(days, day => {
        expect(parseDate(formatDate(day))).toBe(day);
      }),
    );
  });

  test.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '01.02.2026', '2026-02-28T00:00', ''])(
    'a day that is not there is refused: %s',
    text => {
      expect(() => parseDate(text)).toThrowError(expect.objectContaining({code: 'DATE'}));
    },
  );

  test.each([
    ['2025-11-30', 3, '2026-02-28'],
    ['2027-11-30', 3, '2028-02-29'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-12-31', 1, '2027-01-31'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2026-05-15', 0, '2026-05-15'],
  ])('%s and %i months is %s: the end of the month clamps (BK-6, NI-5)', (from, months, to) => {
    expect(formatDate(addMonths(parseDate(from), months))).toBe(to);
  });

  test('months have their days', () => {
    expect([1, 2, 4].map(month => daysInMonth(2026, month))).toEqual([31, 28, 30]);
    expect([1900, 2000, 2028].map(year => daysInMonth(year, 2))).toEqual([28, 29, 29]);
  });

  test('the week begins on Monday', () => {
    expect(WEEKDAYS[weekdayIndex(parseDate('2026-02-02'))]).toBe('mon');
    expect(WEEKDAYS[weekdayIndex(parseDate('1969-12-28'))]).toBe('sun');
  });
});
