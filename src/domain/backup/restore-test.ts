import {addMonths, civilDate, type EpochDay} from '../local-time/civil-date.ts';
import type {DurationMs} from '../time.ts';

/** How much was restored. */
export type RestoreScope = 'file' | 'application' | 'full';

/** A restore that was tried to see whether it works. */
export interface RestoreTest {
  /** Local date of the customer. */
  readonly day: EpochDay;
  readonly ok: boolean;
  readonly scope: RestoreScope;
  /** Measured time to restore; null was not measured. */
  readonly durationMs: DurationMs | null;
}

/** `never` is a state of its own, and no green one. Source: BK-6. */
export interface RestoreTestState {
  readonly state: 'never' | 'ok' | 'dueSoon' | 'overdue' | 'failed';
  readonly dueOn: EpochDay | null;
}

/** How often a restore is to be tried, and when to remind. */
export interface RestorePolicy {
  readonly everyMonths: number;
  readonly remindDays: number;
}

/** Shipped defaults of BK-6. */
export const DEFAULT_RESTORE_POLICY: RestorePolicy = {everyMonths: 3, remindDays: 14};

/**
 * Where the duty to try a restore stands on a local date.
 *
 * Due is the last **successful** test and three calendar months, its day clamped to the end of the month; on that day it is
 * not overdue yet. A failed test since then is its own state and moves no date.
 *
 * @param lastPassed - Day of the last successful test; null for none.
 * @param lastFailed - Day of the last failed one; null for none.
 *
 * Source: BK-6.
 */
export function restoreTestState(
  lastPassed: EpochDay | null,
  lastFailed: EpochDay | null,
  today: EpochDay,
  policy: RestorePolicy = DEFAULT_RESTORE_POLICY,
): RestoreTestState {
  const dueOn = lastPassed === null ? null : addMonths(lastPassed, policy.everyMonths);
  const hasFailedSince = lastFailed !== null && (lastPassed === null || lastFailed > lastPassed);
  if (hasFailedSince) return {state: 'failed', dueOn};
  if (dueOn === null) return {state: 'never', dueOn};
  if (today > dueOn) return {state: 'overdue', dueOn};
  return {state: today >= dueOn - policy.remindDays ? 'dueSoon' : 'ok', dueOn};
}

/** Whether a test proved that the promised time to restore holds; null when it measured none or nothing was promised. Source: BK-3. */
export function isRtoProven(test: RestoreTest | null, rtoMs: DurationMs | null): boolean | null {
  if (test === null || rtoMs === null || test.durationMs === null) return null;
  return test.ok && test.durationMs <= rtoMs;
}

/** Whether a customer had its restore tests in a calendar quarter (1 to 4): any, and one of a whole system. Source: BK-6. */
export function quarterlyTests(
  tests: readonly RestoreTest[],
  year: number,
  quarter: number,
): {readonly isMet: boolean; readonly hasFullSystem: boolean} {
  const passed = tests.filter(({day, ok}) => {
    const date = civilDate(day);
    return ok && date.year === year && Math.ceil(date.month / 3) === quarter;
  });
  return {isMet: passed.length > 0, hasFullSystem: passed.some(({scope}) => scope === 'full')};
}
