import type {CheckPolicy} from '../../../src/domain/check.ts';
import {freshnessLimits, graceOf, heard} from '../../../src/domain/freshness.ts';
import {SECOND} from '../../../src/domain/time.ts';
import type {ExampleRunner} from './example-file.ts';

interface FreshnessInput {
  readonly lastResultAt: string | null;
  readonly periodSeconds: number;
  /** Without it the default of FR-1. */
  readonly graceSeconds?: number;
  readonly heartbeat?: boolean;
  readonly now: string;
  readonly collectorStartedAt?: string;
}

/** Late and stale, FR-1 and FR-3. */
export const freshness: ExampleRunner = ({input}) => {
  const {lastResultAt, periodSeconds, graceSeconds, heartbeat, now, collectorStartedAt} =
    input as unknown as FreshnessInput;
  const periodMs = periodSeconds * SECOND;
  const policy: CheckPolicy = {
    intervalMs: periodMs,
    retryIntervalMs: periodMs,
    maxAttempts: 1,
    graceMs: graceSeconds === undefined ? null : graceSeconds * SECOND,
    isHeartbeat: heartbeat ?? false,
  };
  const limits = freshnessLimits(
    lastResultAt === null ? null : Date.parse(lastResultAt),
    periodMs,
    graceOf(policy, periodMs),
    collectorStartedAt === undefined ? 0 : Date.parse(collectorStartedAt),
  );
  return {status: heard(limits, Date.parse(now)), ...limits};
};
