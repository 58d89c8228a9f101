import type {Instant} from '../time.ts';
import {type ClockMark, type ClockState, clockMarks, readClock} from './clock.ts';
import {
  type Clock,
  type ClockEvent,
  type ClockPolicy,
  DEFAULT_CLOCK_POLICY,
  type TermsChange,
} from './clock-history.ts';
import type {IncidentTerms} from './contract.ts';
import type {Span} from './spans.ts';
import {readUpdateClock, type UpdateClock, type UpdateEvent, type UpdateState, updateMarks} from './update-clock.ts';

/**
 * What happened to an incident, as far as its clocks are concerned.
 *
 * - `responded`: the first qualified human reaction, an acknowledgement where the contract counts it or the start of work;
 *   automatic confirmations are none. Source: SL-3, AL-3.
 * - `informed`: a human told the customer something, which is a reaction too. Source: SL-3, SL-10.
 * - `paused`, `resumed`: waits for the customer, and no longer. Source: SL-6.
 * - `resolved`, `reopened`: service is restored, and is not after all. Source: SL-3, SL-7.
 * - `terms`: priority or contract changed. Source: SL-8.
 */
export type IncidentClockEvent =
  | {
      readonly type: 'responded' | 'informed' | 'paused' | 'resumed' | 'resolved' | 'reopened';
      readonly at: Instant;
    }
  | {
      readonly type: 'terms';
      readonly at: Instant;
      readonly terms: IncidentTerms;
      readonly mode: 'retroactive' | 'fromChange';
    };

/** An incident as its clocks see it. */
export interface ClockedIncident {
  /** When the alert opened, or when the customer's report was received. Source: SL-2. */
  readonly start: Instant;
  readonly terms: IncidentTerms;
  /** In the order of the log. */
  readonly events: readonly IncidentClockEvent[];
  readonly policy?: ClockPolicy;
}

/** The three clocks of an incident at an instant; null where nothing is promised. Source: SL-1. */
export interface IncidentClocks {
  readonly response: ClockState | null;
  readonly resolution: ClockState | null;
  readonly update: UpdateState | null;
  /** The soonest due instant of the clocks that run: what lists are sorted by. Source: SL-1. */
  readonly nextDueAt: Instant | null;
}

/** Which clock reached which level when. */
export interface IncidentMark extends ClockMark {
  readonly clock: 'response' | 'resolution' | 'update';
}

/** A level that was reached, which may be written down already. */
interface ReachedMark extends IncidentMark {
  /** A clock reaches a level once within this, both ends included: the silence of an update clock, ever for the others. */
  readonly within: Span;
}

const EVER: Span = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

type Terms = Extract<IncidentClockEvent, {type: 'terms'}>;

function termsOf(event: Terms, clock: keyof IncidentTerms): TermsChange {
  return {type: 'terms', at: event.at, terms: event.terms[clock], mode: event.mode};
}

/** Stops at the first reaction, or with an incident that ended before any; neither pauses nor starts again. Source: SL-3, SL-7. */
function responseClock({start, terms, events, policy = DEFAULT_CLOCK_POLICY}: ClockedIncident): Clock {
  const own = events.flatMap((event): readonly ClockEvent[] => {
    if (event.type === 'terms') return [termsOf(event, 'response')];
    const isEnd = event.type === 'responded' || event.type === 'informed' || event.type === 'resolved';
    return isEnd ? [{type: 'stop', at: event.at}] : [];
  });
  return {start, terms: terms.response, events: own, policy};
}

const RESOLUTION_EVENTS = {paused: 'pause', resumed: 'resume', resolved: 'stop', reopened: 'reopen'} as const;

function resolutionClock({start, terms, events, policy = DEFAULT_CLOCK_POLICY}: ClockedIncident): Clock {
  const own = events.flatMap((event): readonly ClockEvent[] => {
    if (event.type === 'terms') return [termsOf(event, 'resolution')];
    if (event.type === 'responded' || event.type === 'informed') return [];
    return [{type: RESOLUTION_EVENTS[event.type], at: event.at}];
  });
  return {start, terms: terms.resolution, events: own, policy};
}

const UPDATE_EVENTS = {informed: 'update', resolved: 'stop', reopened: 'reopen'} as const;

function updateClock({start, terms, events, policy = DEFAULT_CLOCK_POLICY}: ClockedIncident): UpdateClock {
  const own = events.flatMap((event): readonly UpdateEvent[] => {
    if (event.type === 'terms') return [termsOf(event, 'update')];
    if (event.type === 'responded' || event.type === 'paused' || event.type === 'resumed') return [];
    return [{type: UPDATE_EVENTS[event.type], at: event.at}];
  });
  return {start, terms: terms.update, events: own, levels: policy.levels};
}

/** Reads all clocks of an incident at `now`. Source: SL-1. */
export function incidentClocks(incident: ClockedIncident, now: Instant): IncidentClocks {
  const response = readClock(responseClock(incident), now);
  const resolution = readClock(resolutionClock(incident), now);
  const update = readUpdateClock(updateClock(incident), now);
  const due = [response, resolution, update].flatMap(state =>
    state?.clock === 'running' && state.dueAt !== null ? [state.dueAt] : [],
  );
  return {response, resolution, update, nextDueAt: due.length === 0 ? null : Math.min(...due)};
}

/**
 * The levels that the clocks of an incident reached until `now`, oldest first, and the first that comes next if nothing
 * happens: what the collector writes down, and when it has to look again. Source: SL-14.
 */
export function incidentMarks(
  incident: ClockedIncident,
  now: Instant,
): {readonly reached: readonly ReachedMark[]; readonly next: IncidentMark | null} {
  const marks = [
    {clock: 'response' as const, ...clockMarks(responseClock(incident), now)},
    {clock: 'resolution' as const, ...clockMarks(resolutionClock(incident), now)},
  ];
  const update = updateMarks(updateClock(incident), now);
  const reached = [
    ...marks.flatMap(({clock, reached: of}) => of.map(mark => ({clock, ...mark, within: EVER}))),
    ...update.reached.map(({level, at, silence}) => ({clock: 'update' as const, level, at, within: silence})),
  ];
  const coming = [...marks, {clock: 'update' as const, ...update}].flatMap(({clock, next}) =>
    next === null ? [] : [{clock, ...next}],
  );
  return {
    reached: reached.sort((a, b) => a.at - b.at),
    next: coming.sort((a, b) => a.at - b.at)[0] ?? null,
  };
}
