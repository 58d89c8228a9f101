import type {DurationMs, Instant} from '../time.ts';

/** One level of an escalation policy. Source: OC-1. */
export interface EscalationLevel {
  /** 1 to 9000 minutes until the next level. */
  readonly delayMs: DurationMs;
}

/** Who is told, and after how long the next. */
export interface EscalationPolicy {
  /** The first is level 1. */
  readonly levels: readonly EscalationLevel[];
  /** How often the whole ladder is gone through again, 0 to 5. */
  readonly repeat: number;
}

/** A level whose turn it was. */
export interface EscalationStep {
  readonly at: Instant;
  /** From 1. */
  readonly level: number;
  /** From 0. */
  readonly loop: number;
  readonly notified: readonly string[];
  /** Nobody was on call, so the next level's turn came at once. Source: OC-2. */
  readonly skipped: boolean;
}

/** Whose turn is next. */
export interface NextTurn {
  readonly at: Instant;
  readonly level: number;
  readonly loop: number;
}

/** Who is to be told at a level at an instant; nobody is an empty list. */
export type OnCallAt = (level: number, at: Instant) => readonly string[];

/** Where an escalation stands after some turns: whose turn is next, or that nobody is left (OC-1: a red banner until someone acts). */
export interface EscalationState {
  readonly steps: readonly EscalationStep[];
  readonly next: NextTurn | null;
  /** When it ran out; the delay of the last level is waited for first. null while it goes on. */
  readonly exhaustedAt: Instant | null;
}

/** The first turn, of an alert that is open and not suppressed. Source: OC-1, OC-3. */
export function startEscalation(openedAt: Instant): EscalationState {
  return {steps: [], next: {at: openedAt, level: 1, loop: 0}, exhaustedAt: null};
}

/**
 * Takes the turn that is next.
 *
 * A level with nobody on call is noted and skipped without waiting. After the last level the ladder starts over as often as
 * the policy says; when all of a loop was skipped, it ends there. Source: OC-1, OC-2.
 */
export function takeTurn(state: EscalationState, policy: EscalationPolicy, onCallAt: OnCallAt): EscalationState {
  if (state.next === null) return state;
  const {at, level, loop} = state.next;
  const delayMs = policy.levels[level - 1]?.delayMs;
  if (delayMs === undefined) return {...state, next: null, exhaustedAt: at};
  const notified = onCallAt(level, at);
  const skipped = notified.length === 0;
  const steps = [...state.steps, {at, level, loop, notified, skipped}];
  const after = skipped ? at : at + delayMs;
  if (level < policy.levels.length) return {steps, next: {at: after, level: level + 1, loop}, exhaustedAt: null};
  const isLoopEmpty = steps.every(step => step.loop !== loop || step.skipped);
  if (loop >= policy.repeat || isLoopEmpty) return {steps, next: null, exhaustedAt: after};
  return {steps, next: {at: after, level: 1, loop: loop + 1}, exhaustedAt: null};
}

/** How an escalation went until an instant. */
export interface EscalationTimeline {
  readonly timeline: readonly EscalationStep[];
  readonly end: 'acknowledged' | 'exhausted' | 'running';
}

/**
 * Everything that an escalation did until `until`, that instant included.
 *
 * @param ackAt - First acknowledgement; one at the very instant of a turn wins over it, one after the end changes nothing. null: none.
 *
 * Source: OC-1 to OC-3.
 */
export function escalationTimeline(
  policy: EscalationPolicy,
  openedAt: Instant,
  ackAt: Instant | null,
  until: Instant,
  onCallAt: OnCallAt,
): EscalationTimeline {
  let state = startEscalation(openedAt);
  const isAcknowledgedBy = (at: Instant) => ackAt !== null && ackAt <= at && ackAt <= until;
  while (state.next !== null && state.next.at <= until && !isAcknowledgedBy(state.next.at)) {
    state = takeTurn(state, policy, onCallAt);
  }
  const turnAt = state.next?.at ?? state.exhaustedAt ?? openedAt;
  if (isAcknowledgedBy(turnAt)) return {timeline: state.steps, end: 'acknowledged'};
  const isExhausted = state.exhaustedAt !== null && state.exhaustedAt <= until;
  return {timeline: state.steps, end: isExhausted ? 'exhausted' : 'running'};
}
