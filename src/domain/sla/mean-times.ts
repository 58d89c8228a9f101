import {median} from '../forecast/median.ts';
import type {DurationMs, Instant} from '../time.ts';

/** When an alert or incident opened, was taken by a human, and ended. */
export interface HandledIncident {
  readonly openedAt: Instant;
  /** First acknowledgement by a human. */
  readonly ackAt: Instant | null;
  readonly resolvedAt: Instant | null;
  /** Why it does not count: `merged`, `suppressed`, `test`; null counts. */
  readonly excluded: string | null;
}

/** Mean and median of some times, of how many. null when there are none: no data is not 0. */
export interface MeanTime {
  readonly meanMs: DurationMs | null;
  readonly medianMs: DurationMs | null;
  readonly n: number;
}

function meanTime(times: readonly DurationMs[]): MeanTime {
  if (times.length === 0) return {meanMs: null, medianMs: null, n: 0};
  return {
    meanMs: times.reduce((sum, time) => sum + time, 0) / times.length,
    medianMs: median(times),
    n: times.length,
  };
}

/**
 * Time to acknowledge and time to resolve, on the wall clock. What healed before anybody took it counts as resolved, has no
 * time to acknowledge, and is told apart as `selfHealed`. Source: AV-3.
 */
export function meanTimes(incidents: readonly HandledIncident[]): {
  readonly toAcknowledge: MeanTime;
  readonly toResolve: MeanTime;
  readonly selfHealed: number;
} {
  const counted = incidents.filter(({excluded}) => excluded === null);
  return {
    toAcknowledge: meanTime(counted.flatMap(({openedAt, ackAt}) => (ackAt === null ? [] : [ackAt - openedAt]))),
    toResolve: meanTime(
      counted.flatMap(({openedAt, resolvedAt}) => (resolvedAt === null ? [] : [resolvedAt - openedAt])),
    ),
    selfHealed: counted.filter(({ackAt, resolvedAt}) => resolvedAt !== null && (ackAt === null || ackAt > resolvedAt))
      .length,
  };
}
