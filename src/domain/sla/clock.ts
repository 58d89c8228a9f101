import type {DurationMs, Instant} from '../time.ts';
import {
  type Clock,
  type ClockHistory,
  type ClockRun,
  type ClockTerms,
  clockHistory,
  DEFAULT_CLOCK_POLICY,
} from './clock-history.ts';
import {
  type ClockLevel,
  type LevelThresholds,
  levelElapsed,
  levelOf,
  MARKED_LEVELS,
  type MarkedLevel,
  usedPercent,
} from './level.ts';

/** A clock read at an instant. */
export interface ClockState {
  readonly clock: ClockRun;
  /** A breach is permanent, whatever happens later. Source: SL-4. */
  readonly outcome: 'pending' | 'met' | 'breached';
  readonly level: ClockLevel;
  /** When the target is or was used up; null while paused or stopped before that. Source: SL-6. */
  readonly dueAt: Instant | null;
  readonly elapsedMs: DurationMs;
  /** Negative beyond the target. */
  readonly remainingMs: DurationMs;
  /** Rounded down; above 100 beyond the target. */
  readonly percent: number;
  /** The first millisecond beyond the target, or the change of terms that made it so. */
  readonly breachedAt: Instant | null;
}

/** A level and the exact instant at which it was or will be reached. Source: SL-14. */
export interface ClockMark {
  readonly level: MarkedLevel;
  readonly at: Instant;
}

/** Service time that has run under some terms until an instant. */
function elapsedAt({running}: ClockHistory, terms: ClockTerms, base: Instant, at: Instant): DurationMs {
  let elapsed = 0;
  for (const [start, end] of running) {
    elapsed += terms.calendar.businessTime(Math.max(base, start), Math.min(at, end));
  }
  return elapsed;
}

/** The smallest instant at which `amount` has run; in the future as things stand, null when they stand still. */
function reachedAt({running}: ClockHistory, terms: ClockTerms, base: Instant, amount: DurationMs): Instant | null {
  if (amount <= 0) return base;
  let rest = amount;
  for (const [start, end] of running) {
    const from = Math.max(base, start);
    if (end <= from) continue;
    const at = terms.calendar.dueInstant(from, rest);
    if (at === null || at <= end) return at;
    rest -= terms.calendar.businessTime(from, end);
  }
  return null;
}

/** When a level was first reached under any terms that held; later changes do not take it back. */
function markAt(history: ClockHistory, level: MarkedLevel, levels: LevelThresholds): Instant | null {
  for (const {terms, base, from, until} of history.periods) {
    if (terms === null) continue;
    const reached = reachedAt(history, terms, base, levelElapsed(level, terms.targetMs, levels));
    if (reached !== null && reached <= until) return Math.max(from, reached);
  }
  return null;
}

/**
 * Reads a clock at `now`; events after it have not happened yet.
 *
 * @returns null when the terms in force promise nothing and nothing was broken before.
 *
 * Elapsed is service time without pauses and without what lies between a stop and its reopening. All of the target is
 * still met, and service time stands still when the office is closed: due at 17:00 and done at 07:59 next morning is met.
 * Source: SL-1 to SL-8.
 */
export function readClock(clock: Clock, now: Instant): ClockState | null {
  const {levels} = clock.policy ?? DEFAULT_CLOCK_POLICY;
  const history = clockHistory(clock, now);
  const breach = markAt(history, 'breached', levels);
  const breachedAt = breach !== null && breach <= now ? breach : null;
  const inForce = history.periods.at(-1);
  const period = breachedAt === null ? inForce : history.periods.findLast(({terms}) => terms !== null);
  const terms = period?.terms ?? null;
  if (period === undefined || terms === null) return null;
  const elapsedMs = elapsedAt(history, terms, period.base, now);
  const verdict = history.run === 'stopped' ? 'met' : 'pending';
  return {
    clock: history.run,
    outcome: breachedAt === null ? verdict : 'breached',
    level: breachedAt === null ? levelOf(elapsedMs, terms.targetMs, levels) : 'breached',
    dueAt: reachedAt(history, terms, period.base, terms.targetMs),
    elapsedMs,
    remainingMs: terms.targetMs - elapsedMs,
    percent: usedPercent(elapsedMs, terms.targetMs),
    breachedAt,
  };
}

/**
 * The levels of a clock with the exact instant of each, even if nobody looked at that instant.
 *
 * @returns `reached` until `now` in order, each level at most once whatever changed later; `next` is what comes first
 *   if nothing happens. Source: SL-14.
 */
export function clockMarks(
  clock: Clock,
  now: Instant,
): {readonly reached: readonly ClockMark[]; readonly next: ClockMark | null} {
  const {levels} = clock.policy ?? DEFAULT_CLOCK_POLICY;
  const history = clockHistory(clock, now);
  const marks = MARKED_LEVELS.flatMap(level => {
    const at = markAt(history, level, levels);
    return at === null ? [] : [{level, at}];
  });
  return {reached: marks.filter(({at}) => at <= now), next: marks.find(({at}) => at > now) ?? null};
}
