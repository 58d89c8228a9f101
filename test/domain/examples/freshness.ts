import type {CheckPolicy} from '../../../src/domain/check.ts';
import {freshnessLimits, graceOf, HEARTBEAT_PERIOD, heard} from '../../../src/domain/freshness.ts';
import {SECOND} from '../../../src/domain/time.ts';
import type {ExampleRunner} from './example-file.ts';
import {instantOrNull} from './shapes.ts';

interface FreshnessInput {
  readonly lastResultAt?: string | null;
  /** Without it that of a heartbeat, the default of FR-1. */
  readonly periodSeconds?: number | null;
  /** Without it the default of FR-1. */
  readonly graceSeconds?: number | null;
  readonly heartbeat?: boolean;
  readonly now: string;
  readonly collectorStartedAt?: string | null;
}

/** Late and stale, FR-1 and FR-3. */
export const freshness: ExampleRunner = ({input}) => {
  const {lastResultAt, periodSeconds, graceSeconds, heartbeat, now, collectorStartedAt} =
    input as unknown as FreshnessInput;
  const periodMs = (periodSeconds ?? HEARTBEAT_PERIOD / SECOND) * SECOND;
  const policy: CheckPolicy = {
    intervalMs: periodMs,
    retryIntervalMs: periodMs,
    maxAttempts: 1,
    graceMs: (graceSeconds ?? null) === null ? null : Number(graceSeconds) * SECOND,
    isHeartbeat: heartbeat ?? false,
  };
  const limits = freshnessLimits(
    instantOrNull(lastResultAt),
    periodMs,
    graceOf(policy, periodMs),
    instantOrNull(collectorStartedAt) ?? 0,
  );
  return {status: heard(limits, Date.parse(now)), ...limits};
};
