import type {Instant} from '../time.ts';
import type {ClockMark, ClockState} from './clock.ts';
import type {ClockTerms, TermsChange} from './clock-history.ts';
import {
  DEFAULT_LEVELS,
  type LevelThresholds,
  levelElapsed,
  levelOf,
  MARKED_LEVELS,
  type MarkedLevel,
  usedPercent,
} from './level.ts';
import type {Span} from './spans.ts';

/**
 * What happens to an update clock: a message that the customer can see, the end of the incident, its reopening, other terms.
 * Work notes are none of it. Source: SL-10.
 */
export type UpdateEvent = {readonly type: 'update' | 'stop' | 'reopen'; readonly at: Instant} | TermsChange;

/** The duty to tell the customer something at least every `terms.targetMs`. null terms: no such duty. */
export interface UpdateClock {
  readonly start: Instant;
  readonly terms: ClockTerms | null;
  /** In the order of the log. */
  readonly events: readonly UpdateEvent[];
  readonly levels?: LevelThresholds;
}

/** The clock of the silence that lasts now, and how often it lasted too long. */
export interface UpdateState extends ClockState {
  /** Silences longer than the interval, the present one included: each is one miss, however long. Source: SL-10. */
  readonly missed: number;
  /** The last message, or where counting began. */
  readonly since: Instant;
}

/** A level that a silence reached. */
interface SilenceMark extends ClockMark {
  /** The silence, both ends included; one that lasts has no end (Infinity). */
  readonly silence: Span;
}

/** The silences of an incident while they are being folded. */
interface Silences {
  terms: ClockTerms | null;
  /** When these terms began to hold. */
  termsFrom: Instant;
  /** Beginning of the present silence. */
  began: Instant;
  /** Where its time is counted from: its beginning, or a change of terms that starts anew. */
  since: Instant;
  stoppedAt: Instant | null;
  /** Levels that the present silence has reached, under any terms. */
  readonly marks: Map<MarkedLevel, Instant>;
  /** Levels that earlier silences reached, in order. */
  readonly earlier: SilenceMark[];
  missed: number;
}

function dueAtLevel({terms, since}: Silences, level: MarkedLevel, levels: LevelThresholds): Instant | null {
  return terms === null ? null : terms.calendar.dueInstant(since, levelElapsed(level, terms.targetMs, levels));
}

/** Notes which levels the present silence has reached by `at`. A level once reached stays so, whatever the terms become. */
function note(silences: Silences, at: Instant, levels: LevelThresholds): void {
  for (const level of MARKED_LEVELS) {
    if (silences.marks.has(level)) continue;
    const reached = dueAtLevel(silences, level, levels);
    if (reached !== null && reached <= at) silences.marks.set(level, Math.max(reached, silences.termsFrom));
  }
}

function endSilence(silences: Silences, at: Instant, levels: LevelThresholds): void {
  note(silences, at, levels);
  if (silences.marks.has('breached')) silences.missed++;
  for (const [level, markedAt] of silences.marks) {
    silences.earlier.push({level, at: markedAt, silence: [silences.began, at]});
  }
  silences.marks.clear();
}

function beginSilence(silences: Silences, at: Instant): void {
  silences.began = at;
  silences.since = at;
}

function step(silences: Silences, event: UpdateEvent, start: Instant, levels: LevelThresholds): void {
  const at = Math.max(start, event.at);
  const isStopped = silences.stoppedAt !== null;
  switch (event.type) {
    case 'update':
    case 'stop':
      if (isStopped) return;
      endSilence(silences, at, levels);
      if (event.type === 'stop') silences.stoppedAt = at;
      else beginSilence(silences, at);
      return;
    case 'reopen':
      if (!isStopped) return;
      silences.stoppedAt = null;
      beginSilence(silences, at);
      return;
    case 'terms':
      if (!isStopped) note(silences, at, levels);
      silences.terms = event.terms;
      silences.termsFrom = at;
      if (event.mode === 'fromChange' && !isStopped) silences.since = at;
      return;
    default:
      event satisfies never;
  }
}

function silencesAt({start, terms, events, levels = DEFAULT_LEVELS}: UpdateClock, now: Instant): Silences {
  const silences: Silences = {
    terms,
    termsFrom: start,
    began: start,
    since: start,
    stoppedAt: null,
    marks: new Map(),
    earlier: [],
    missed: 0,
  };
  for (const event of events.toSorted((a, b) => a.at - b.at)) {
    if (event.at <= now) step(silences, event, start, levels);
  }
  if (silences.stoppedAt === null) note(silences, now, levels);
  return silences;
}

/**
 * Reads the update clock at `now`: due is one interval of service time after the last message or the start. It stops with
 * the incident, restarts when that is reopened (SL-7), and knows no pause.
 *
 * @returns null when no updates are promised. Source: SL-10.
 */
export function readUpdateClock(clock: UpdateClock, now: Instant): UpdateState | null {
  const silences = silencesAt(clock, now);
  const {terms, since, stoppedAt} = silences;
  if (terms === null) return null;
  const {calendar, targetMs} = terms;
  const elapsedMs = calendar.businessTime(since, stoppedAt ?? now);
  const breachedAt = silences.marks.get('breached') ?? null;
  const missed = silences.missed + (breachedAt === null ? 0 : 1);
  const present = breachedAt === null ? 'pending' : 'breached';
  const final = missed === 0 ? 'met' : 'breached';
  return {
    clock: stoppedAt === null ? 'running' : 'stopped',
    outcome: stoppedAt === null ? present : final,
    level: breachedAt === null ? levelOf(elapsedMs, targetMs, clock.levels) : 'breached',
    dueAt: stoppedAt === null ? calendar.dueInstant(since, targetMs) : null,
    elapsedMs,
    remainingMs: targetMs - elapsedMs,
    percent: usedPercent(elapsedMs, targetMs),
    breachedAt,
    missed,
    since,
  };
}

/** The levels that silences reached until `now`, oldest first, and what comes next if nobody says anything. Source: SL-14. */
export function updateMarks(
  clock: UpdateClock,
  now: Instant,
): {readonly reached: readonly SilenceMark[]; readonly next: ClockMark | null} {
  const silences = silencesAt(clock, now);
  const silence: Span = [silences.began, Number.POSITIVE_INFINITY];
  const present = [...silences.marks].map(([level, at]) => ({level, at, silence}));
  const level = MARKED_LEVELS.find(candidate => !silences.marks.has(candidate));
  const at =
    level === undefined || silences.stoppedAt !== null
      ? null
      : dueAtLevel(silences, level, clock.levels ?? DEFAULT_LEVELS);
  return {
    reached: [...silences.earlier, ...present],
    next: level === undefined || at === null ? null : {level, at},
  };
}
