import type {CheckRecord} from './check.ts';
import type {Severity} from './severity.ts';

/** State, type and attempt of one check: what ST-2 moves with every result. */
export type Judgement = Pick<CheckRecord, 'state' | 'stateType' | 'attempt'>;

/** What there is to say about a result: a problem became certain or changed, or a certain problem is over. Source: ST-4. */
export type StateNotice = 'problem' | 'recovery';

/** A check that was never run. */
export const NEVER_CHECKED: Judgement = {state: 'pending', stateType: 'hard', attempt: 1};

/** Whether this state is a fault at all. */
export function isBad(state: Severity): state is 'warning' | 'critical' | 'unknown' {
  return state === 'warning' || state === 'critical' || state === 'unknown';
}

/** A fault that is confirmed. */
export function isHardBad({state, stateType}: Pick<Judgement, 'state' | 'stateType'>): boolean {
  return stateType === 'hard' && isBad(state);
}

/**
 * The judgement after one result.
 *
 * OK is hard at once. The first bad result counts 1, each further one of any bad state counts on, and at `maxAttempts` the
 * fault is hard; there it stays, with the attempt shown as `maxAttempts`, until OK. Source: ST-2, ST-3.
 */
export function judge(before: Judgement, state: Exclude<Severity, 'pending'>, maxAttempts: number): Judgement {
  if (!isBad(state)) return {state, stateType: 'hard', attempt: 1};
  if (isHardBad(before)) return {state, stateType: 'hard', attempt: maxAttempts};
  const attempt = isBad(before.state) ? before.attempt + 1 : 1;
  return attempt >= maxAttempts
    ? {state, stateType: 'hard', attempt: maxAttempts}
    : {state, stateType: 'soft', attempt};
}

/** What to tell between two judgements; a soft recovery is silent. Source: ST-4. */
export function noticeOf(before: Judgement, after: Judgement): StateNotice | null {
  if (isHardBad(after)) return isHardBad(before) && before.state === after.state ? null : 'problem';
  return isHardBad(before) && after.state === 'ok' ? 'recovery' : null;
}
