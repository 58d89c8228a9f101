import {freshnessLimits, heard} from '../../../src/domain/freshness.ts';
import {SECOND} from '../../../src/domain/time.ts';
import type {ExampleRunner} from './example-file.ts';

interface FreshnessInput {
  readonly lastResultAt: string;
  readonly periodSeconds: number;
  readonly graceSeconds: number;
  readonly now: string;
  readonly collectorStartedAt?: string;
}

/** Late and stale, FR-1 and FR-3. */
export const freshness: ExampleRunner = ({input}) => {
  const {lastResultAt, periodSeconds, graceSeconds, now, collectorStartedAt} = input as unknown as FreshnessInput;
  const limits = freshnessLimits(
    Date.parse(lastResultAt),
    periodSeconds * SECOND,
    graceSeconds * SECOND,
    collectorStartedAt === undefined ? 0 : Date.parse(collectorStartedAt),
  );
  return {status: heard(limits, Date.parse(now)), ...limits};
};
