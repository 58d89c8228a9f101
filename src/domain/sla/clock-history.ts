import type {DurationMs, Instant} from '../time.ts';
import type {Calendar} from './calendar.ts';
import {DEFAULT_LEVELS, type LevelThresholds} from './level.ts';
import type {Span} from './spans.ts';

/** Whether service time is running off. */
export type ClockRun = 'running' | 'paused' | 'stopped';

/** What a clock is measured by. */
export interface ClockTerms {
  readonly calendar: Calendar;
  /** Service time. */
  readonly targetMs: DurationMs;
}

/**
 * A change of priority or contract: `retroactive` applies the new terms from the start, past pauses included, `fromChange`
 * gives the full new target from the change on. null terms promise nothing. Source: SL-8.
 */
export interface TermsChange {
  readonly type: 'terms';
  readonly at: Instant;
  readonly terms: ClockTerms | null;
  readonly mode: 'retroactive' | 'fromChange';
}

/** What happens to one clock. Source: SL-6 to SL-8. */
export type ClockEvent = {readonly type: 'pause' | 'resume' | 'stop' | 'reopen'; readonly at: Instant} | TermsChange;

/** How clocks are read. */
export interface ClockPolicy {
  readonly levels: LevelThresholds;
  /** A stop is taken back within this many service days only; a later reopen is a new incident. Source: SL-7. */
  readonly reopenServiceDays: number;
}

/** Shipped defaults of SL-5 and SL-7. */
export const DEFAULT_CLOCK_POLICY: ClockPolicy = {levels: DEFAULT_LEVELS, reopenServiceDays: 3};

/** One clock as facts say it. Nothing of it is ever stored: it is derived on each reading. Source: SL-1. */
export interface Clock {
  readonly start: Instant;
  readonly terms: ClockTerms | null;
  /** In the order of the log; those of one instant apply in this order. */
  readonly events: readonly ClockEvent[];
  readonly policy?: ClockPolicy;
}

/** Terms that held from one change to the next. */
export interface TermsPeriod {
  readonly terms: ClockTerms | null;
  /** Where counting begins under them: the start of the clock, or the change. */
  readonly base: Instant;
  /** [from, until]: what becomes due at the very instant of a change is still judged by the old terms. Source: AL-2. */
  readonly from: Instant;
  readonly until: Instant;
}

/** What the events of a clock come to. */
export interface ClockHistory {
  readonly run: ClockRun;
  /** When it ran, oldest first; the last has no end (Infinity) while it runs. */
  readonly running: readonly Span[];
  /** Never empty. */
  readonly periods: readonly TermsPeriod[];
}

/** The history while it is being folded: at most one stretch is open, and changed terms wait while the clock is stopped. */
interface Fold {
  run: ClockRun;
  readonly running: [start: Instant, end: Instant][];
  readonly periods: {terms: ClockTerms | null; base: Instant; from: Instant; until: Instant}[];
  stoppedAt: Instant;
  waiting: TermsChange | null;
}

function open(fold: Fold, at: Instant): void {
  fold.run = 'running';
  fold.running.push([at, Number.POSITIVE_INFINITY]);
}

function shut(fold: Fold, run: 'paused' | 'stopped', at: Instant): void {
  const last = fold.running.at(-1);
  if (fold.run === 'running' && last !== undefined) last[1] = at;
  fold.run = run;
}

function changeTerms(fold: Fold, change: TermsChange, start: Instant, from: Instant): void {
  const last = fold.periods.at(-1);
  if (last !== undefined) last.until = from;
  const base = change.mode === 'retroactive' ? start : Math.max(start, change.at);
  fold.periods.push({terms: change.terms, base, from, until: Number.POSITIVE_INFINITY});
}

/**
 * Whether a stop may still be taken back: within so many service days, the last millisecond included. Later it is a new
 * incident. Source: SL-7.
 */
export function isReopenable(terms: ClockTerms | null, stoppedAt: Instant, at: Instant, serviceDays: number): boolean {
  const serviceDayMs = terms?.calendar.serviceDayMs ?? null;
  if (terms === null || serviceDayMs === null) return true;
  return terms.calendar.businessTime(stoppedAt, at) <= serviceDays * serviceDayMs;
}

function step(fold: Fold, event: ClockEvent, {start, policy = DEFAULT_CLOCK_POLICY}: Clock): void {
  const at = Math.max(start, event.at);
  switch (event.type) {
    case 'pause':
      if (fold.run === 'running') shut(fold, 'paused', at);
      return;
    case 'resume':
      if (fold.run === 'paused') open(fold, at);
      return;
    case 'stop':
      if (fold.run === 'stopped') return;
      shut(fold, 'stopped', at);
      fold.stoppedAt = at;
      return;
    case 'reopen':
      if (fold.run !== 'stopped') return;
      if (!isReopenable(fold.periods.at(-1)?.terms ?? null, fold.stoppedAt, at, policy.reopenServiceDays)) return;
      open(fold, at);
      if (fold.waiting !== null) changeTerms(fold, fold.waiting, start, at);
      fold.waiting = null;
      return;
    case 'terms':
      if (fold.run === 'stopped') fold.waiting = event;
      else changeTerms(fold, event, start, at);
      return;
    default:
      event satisfies never;
  }
}

/**
 * Folds the events until `now` into the stretches in which the clock ran and the terms that held.
 *
 * What changes nothing (a second pause, a resume while running) is ignored, and so is a reopening that comes too late.
 * A stopped clock keeps the terms it was judged by: changed terms hold from its reopening. Source: SL-6 to SL-8.
 */
export function clockHistory(clock: Clock, now: Instant): ClockHistory {
  const {start, terms} = clock;
  const fold: Fold = {
    run: 'running',
    running: [[start, Number.POSITIVE_INFINITY]],
    periods: [{terms, base: start, from: start, until: Number.POSITIVE_INFINITY}],
    stoppedAt: start,
    waiting: null,
  };
  for (const event of clock.events.toSorted((a, b) => a.at - b.at)) {
    if (event.at <= now) step(fold, event, clock);
  }
  return fold;
}
