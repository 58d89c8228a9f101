import type {Verdict, VerdictCode} from './command.ts';
import type {SafeText} from './text.ts';
import type {Instant} from './time.ts';

/** It changed something. */
export const APPLIED: Verdict = {outcome: 'applied', code: 'OK', by: null, at: null};

/** @param by - Who did what stands in the way, and `at` when. */
export function rejected(code: VerdictCode, by: SafeText | null = null, at: Instant | null = null): Verdict {
  return {outcome: 'rejected', code, by, at};
}

/** It is so already, by whom and since when. */
export function already(by: SafeText | null, at: Instant | null): Verdict {
  return {outcome: 'noop', code: 'ALREADY', by, at};
}
