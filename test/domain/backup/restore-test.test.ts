import {describe, expect, test} from 'vitest';
import {
  isRtoProven,
  quarterlyTests,
  type RestoreTest,
  restoreTestState,
} from '../../../src/domain/backup/restore-test.ts';
import {formatDate, parseDate} from '../../../src/domain/local-time/civil-date.ts';
import {HOUR} from '../../../src/domain/time.ts';

const day = parseDate;
const tested = (date: string, more: Partial<RestoreTest> = {}): RestoreTest => ({
  day: day(date),
  ok: true,
  scope: 'file',
  durationMs: null,
  ...more,
});

describe('restore tests (BK-6)', () => {
  test.each([
    ['2026-03-31', 'ok'],
    ['2026-04-01', 'dueSoon'],
    ['2026-04-15', 'dueSoon'],
    ['2026-04-16', 'overdue'],
  ])('of 15 January are on %s %s', (today, state) => {
    expect(restoreTestState(day('2026-01-15'), null, day(today)).state).toBe(state);
  });

  test('never tested is a state of its own', () => {
    expect(restoreTestState(null, null, day('2026-02-02'))).toEqual({state: 'never', dueOn: null});
  });

  test('a failed one moves no date, and says so until one passes', () => {
    const {state, dueOn} = restoreTestState(day('2026-01-15'), day('2026-02-01'), day('2026-02-02'));
    expect([state, dueOn === null ? null : formatDate(dueOn)]).toEqual(['failed', '2026-04-15']);
    expect(restoreTestState(null, day('2026-02-01'), day('2026-02-02'))).toEqual({state: 'failed', dueOn: null});
    expect(restoreTestState(day('2026-02-01'), day('2026-02-01'), day('2026-02-02')).state).toBe('ok');
  });

  test.each([
    ['2025-11-30', '2026-02-28'],
    ['2027-11-29', '2028-02-29'],
    ['2026-08-31', '2026-11-30'],
    ['2026-12-01', '2027-03-01'],
  ])('of %s are due again on %s', (last, due) => {
    expect(formatDate(restoreTestState(day(last), null, day(last)).dueOn ?? 0)).toBe(due);
  });

  test('another interval and another reminder', () => {
    const yearly = {everyMonths: 12, remindDays: 30};
    expect(restoreTestState(day('2026-01-15'), null, day('2026-12-15'), yearly).state).toBe('ok');
    expect(restoreTestState(day('2026-01-15'), null, day('2026-12-16'), yearly).state).toBe('dueSoon');
  });

  test('prove the time to restore by measuring it (BK-3)', () => {
    expect(isRtoProven(tested('2026-01-15', {durationMs: HOUR}), HOUR)).toBe(true);
    expect(isRtoProven(tested('2026-01-15', {durationMs: HOUR + 1}), HOUR)).toBe(false);
    expect(isRtoProven(tested('2026-01-15', {durationMs: HOUR, ok: false}), HOUR)).toBe(false);
    expect(isRtoProven(tested('2026-01-15'), HOUR)).toBeNull();
    expect(isRtoProven(null, HOUR)).toBeNull();
    expect(isRtoProven(tested('2026-01-15', {durationMs: HOUR}), null)).toBeNull();
  });

  test('of a quarter are those that passed in it', () => {
    const tests = [
      tested('2026-03-31'),
      tested('2026-04-01', {scope: 'full', ok: false}),
      tested('2026-06-30', {scope: 'full'}),
    ];
    expect([1, 2, 3].map(quarter => quarterlyTests(tests, 2026, quarter))).toEqual([
      {isMet: true, hasFullSystem: false},
      {isMet: true, hasFullSystem: true},
      {isMet: false, hasFullSystem: false},
    ]);
    expect(quarterlyTests(tests, 2025, 1).isMet).toBe(false);
  });
});
