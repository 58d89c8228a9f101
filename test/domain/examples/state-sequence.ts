import {judge, NEVER_CHECKED, noticeOf} from '../../../src/domain/soft-hard.ts';
import type {ExampleRunner} from './example-file.ts';

const CODES = ['ok', 'warning', 'critical', 'unknown'] as const;

/** Feeds result codes of ST-1 to the soft and hard states of ST-2. */
export const stateSequence: ExampleRunner = ({input}) => {
  const {maxCheckAttempts, results} = input as {maxCheckAttempts: number; results: readonly number[]};
  let now = NEVER_CHECKED;
  const steps = results.map(code => {
    const before = now;
    now = judge(before, CODES[code] ?? 'unknown', maxCheckAttempts);
    return {
      state: now.state.toUpperCase(),
      type: now.stateType.toUpperCase(),
      attempt: now.attempt,
      notify: noticeOf(before, now)?.toUpperCase() ?? null,
    };
  });
  return {steps};
};
