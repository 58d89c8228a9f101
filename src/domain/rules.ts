import {DAY, type DurationMs, type Instant, MINUTE} from './time.ts';

/** What an installation may set about judging: thresholds and times, data and never literals in the rules. */
export interface Rules {
  /** Bad again sooner than this after recovery is the same alert. Source: AL-1. */
  readonly reopenWindowMs: DurationMs;
  /** How long a check has to stay OK before its alert resolves. Source: AL-6. */
  readonly clearGraceMs: DurationMs;
  /** Closed alerts and ended downtimes stay in the table this long. */
  readonly keepClosedMs: DurationMs;
  /** After a downtime, how long an alert that no check of ours feeds waits for news before it counts again. Source: MW-1. */
  readonly settleMs: DurationMs;
  /** Least time between two events that carry nothing but a newer output of a check that is still bad. */
  readonly refreshMs: DurationMs;
  /** Flap percent above which flapping starts, and at or below which it ends. Source: FL-1. */
  readonly flapHigh: number;
  readonly flapLow: number;
  /** Silence is counted from here at the earliest, else every restart were an alert storm. Source: FR-3. */
  readonly collectorStartedAt: Instant;
}

/** The shipped values of domain.md, for a collector that started at `collectorStartedAt`. */
export function defaultRules(collectorStartedAt: Instant): Rules {
  return {
    reopenWindowMs: 15 * MINUTE,
    clearGraceMs: 0,
    keepClosedMs: DAY,
    settleMs: 5 * MINUTE,
    refreshMs: 5 * MINUTE,
    flapHigh: 30,
    flapLow: 25,
    collectorStartedAt,
  };
}
