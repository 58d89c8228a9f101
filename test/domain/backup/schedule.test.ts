import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {compileSchedule} from '../../../src/domain/backup/schedule.ts';
import {WEEKDAYS} from '../../../src/domain/local-time/civil-date.ts';
import {HOUR} from '../../../src/domain/time.ts';

const at = (text: string) => Date.parse(text);
const daily = (time: string) => compileSchedule({timeZone: 'Europe/Berlin', time, days: WEEKDAYS});
const cron = (pattern: string) => compileSchedule({timeZone: 'Europe/Berlin', cron: pattern});

describe('schedules (BK-2)', () => {
  test('are due at their instant, not a millisecond before', () => {
    const night = daily('22:00');
    const due = at('2026-02-01T22:00:00+01:00');
    expect(night.lastDue(due)).toBe(due);
    expect(night.lastDue(due - 1)).toBe(at('2026-01-31T22:00:00+01:00'));
    expect(night.nextDue(due)).toBe(at('2026-02-02T22:00:00+01:00'));
    expect(night.nextDue(due - 1)).toBe(due);
  });

  test.each([daily('02:30'), cron('30 2 * * *')])(
    '02:30 is 03:30 in March and the first 02:30 in October (CA-3)',
    schedule => {
      expect(schedule.lastDue(at('2026-03-29T03:29:59+02:00'))).toBe(at('2026-03-28T02:30:00+01:00'));
      expect(schedule.lastDue(at('2026-03-29T03:30:00+02:00'))).toBe(at('2026-03-29T03:30:00+02:00'));
      expect(schedule.nextDue(at('2026-03-29T01:00:00+01:00'))).toBe(at('2026-03-29T03:30:00+02:00'));
      expect(schedule.lastDue(at('2026-10-25T02:10:00+01:00'))).toBe(at('2026-10-25T02:30:00+02:00'));
      expect(schedule.lastDue(at('2026-10-25T02:29:59+02:00'))).toBe(at('2026-10-24T02:30:00+02:00'));
      expect(schedule.nextDue(at('2026-10-25T02:30:00+02:00'))).toBe(at('2026-10-26T02:30:00+01:00'));
    },
  );

  test('what the gap moves past something later comes after it', () => {
    const both = cron('45,10 2,3 * * *');
    expect(both.lastDue(at('2026-03-29T03:20:00+02:00'))).toBe(at('2026-03-29T03:10:00+02:00'));
    expect(both.lastDue(at('2026-03-29T03:50:00+02:00'))).toBe(at('2026-03-29T03:45:00+02:00'));
    expect(both.nextDue(at('2026-03-29T03:10:00+02:00'))).toBe(at('2026-03-29T03:45:00+02:00'));
  });

  test('weekdays are those of the wall', () => {
    const sunday = compileSchedule({timeZone: 'America/St_Johns', time: '23:30', days: ['sun']});
    expect(sunday.lastDue(at('2026-02-02T03:00:00Z'))).toBe(at('2026-02-02T03:00:00Z'));
    expect(sunday.nextDue(at('2026-02-02T03:00:00Z'))).toBe(at('2026-02-09T03:00:00Z'));
  });

  test('29 February comes in a leap year, 30 February never', () => {
    expect(cron('0 3 29 2 *').nextDue(at('2026-02-02T00:00:00Z'))).toBe(at('2028-02-29T03:00:00+01:00'));
    expect(cron('0 3 30 2 *').lastDue(at('2026-02-02T00:00:00Z'))).toBeNull();
    expect(compileSchedule({timeZone: 'Europe/Berlin', time: '22:00', days: []}).nextDue(0)).toBeNull();
  });

  test('the last minute of a day is one', () => {
    expect(daily('23:59').nextDue(at('2026-02-02T12:00:00+01:00'))).toBe(at('2026-02-02T23:59:00+01:00'));
  });

  test.each(['24:00', '9:00', '12:60', 'noon'])('the time %j is refused', time => {
    expect(() => daily(time)).toThrowError(expect.objectContaining({code: 'SCHEDULE_TIME'}));
  });

  test('last and next enclose every instant, and nothing is due between them', () => {
    const patterns = fc.constantFrom(
      '30 2 * * *',
      '*/30 1-3 * * *',
      '0 0 * * *',
      '15 23 * * sun',
      '0 3 L * *',
      '45 2 28-31 * *',
    );
    const zones = fc.constantFrom('Europe/Berlin', 'Africa/Cairo', 'America/St_Johns', 'UTC');
    const instants = fc.oneof(
      fc.integer({min: Date.UTC(2026, 2, 28), max: Date.UTC(2026, 2, 30)}),
      fc.integer({min: Date.UTC(2026, 9, 24), max: Date.UTC(2026, 9, 26)}),
      fc.integer({min: Date.UTC(2020), max: Date.UTC(2030)}),
    );
    fc.assert(
      fc.property(patterns, zones, instants, (pattern, timeZone, now) => {
        const schedule = compileSchedule({timeZone, cron: pattern});
        const [last, next] = [schedule.lastDue(now) ?? Number.NaN, schedule.nextDue(now) ?? Number.NaN];
        expect(last).toBeLessThanOrEqual(now);
        expect(next).toBeGreaterThan(now);
        expect(schedule.nextDue(last)).toBe(next);
        expect(schedule.lastDue(next - 1)).toBe(last);
        expect(next - last).toBeLessThanOrEqual(32 * 24 * HOUR);
      }),
      {numRuns: 300},
    );
  });
});
