import type {CheckPolicy, StateType} from './check.ts';
import {DAY, type DurationMs, HOUR, type Instant, MINUTE} from './time.ts';

/** Whether a check was heard of in time. `late` is not a fault yet, `stale` is. Source: FR-1. */
export type Heard = 'fresh' | 'late' | 'stale';

/** When silence becomes late, and when stale. */
export interface FreshnessLimits {
  readonly lateAt: Instant;
  readonly staleAt: Instant;
}

/** Grace of a heartbeat that has none of its own: it is expected daily, and may be an hour late. Source: FR-1. */
const HEARTBEAT_GRACE: DurationMs = HOUR;

/** Period of a heartbeat that has none of its own. Source: FR-1. */
export const HEARTBEAT_PERIOD: DurationMs = DAY;

/** Time that a result is expected to hold: the interval in force, the retry interval while soft. Source: FR-1, ST-7. */
export function periodOf(policy: CheckPolicy, stateType: StateType): DurationMs {
  return stateType === 'soft' ? policy.retryIntervalMs : policy.intervalMs;
}

/** What comes on top of the period before silence counts. Source: FR-1. */
export function graceOf(policy: CheckPolicy, periodMs: DurationMs): DurationMs {
  if (policy.graceMs !== null) return policy.graceMs;
  return policy.isHeartbeat ? HEARTBEAT_GRACE : Math.max(MINUTE, periodMs);
}

/**
 * Limits of silence after a result.
 *
 * @param lastResultAt - null: never heard, then the start of the collector counts.
 * @param collectorStartedAt - Silence before it is nobody's fault. Source: FR-3.
 */
export function freshnessLimits(
  lastResultAt: Instant | null,
  periodMs: DurationMs,
  graceMs: DurationMs,
  collectorStartedAt: Instant,
): FreshnessLimits {
  const base = Math.max(lastResultAt ?? collectorStartedAt, collectorStartedAt);
  return {lateAt: base + periodMs, staleAt: base + periodMs + graceMs};
}

/** Both limits count as reached at their very instant. Source: FR-1. */
export function heard({lateAt, staleAt}: FreshnessLimits, now: Instant): Heard {
  if (now >= staleAt) return 'stale';
  return now >= lateAt ? 'late' : 'fresh';
}
