import type {Instant} from '../../src/domain/time.ts';
import type {Outside} from '../../src/runtime/outside.ts';
import {UUID_RANDOM_BYTES, uuidV7} from '../../src/runtime/uuid.ts';

/** 2026-11-21T01:47:00Z, a Saturday night in Berlin (02:47 there). */
export const NIGHT: Instant = Date.UTC(2026, 10, 21, 1, 47);

/** A world that stands still until told: time, timers and randomness of a test. */
export interface VirtualOutside extends Outside {
  /** Moves time, running every timer that falls due on the way, each at its own instant; equal instants in the order of their making. */
  advance(ms: number): void;
  /** The same, and lets promises and immediates settle before the first, between the timers and at the end. */
  advanceAsync(ms: number): Promise<void>;
  /** Sets the wall clock alone, as NTP or a suspended laptop does: no timer runs. */
  jump(ms: number): void;
  /** Timers not yet run nor cancelled. */
  pending(): number;
}

interface Timer {
  readonly order: number;
  readonly callback: () => void;
  readonly periodMs: number | null;
  dueAt: number;
}

/** A small seeded generator (mulberry32), good enough for jitter and ids in tests. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Promise chains and immediates that are ready now; no real time is waited for. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise<void>(resolve => setImmediate(resolve));
}

/** Virtual time and repeatable randomness: the same `now` and `seed` give the same run. */
export function virtualOutside({now = NIGHT, seed = 1}: {now?: Instant; seed?: number} = {}): VirtualOutside {
  const timers = new Set<Timer>();
  const next = seeded(seed);
  let elapsedMs = 0;
  let wall = now;
  let order = 0;

  const start = (delayMs: number, periodMs: number | null, callback: () => void): (() => void) => {
    const timer = {order: order++, callback, periodMs, dueAt: elapsedMs + Math.max(0, delayMs)};
    timers.add(timer);
    return () => void timers.delete(timer);
  };

  const moveTo = (at: number): void => {
    wall += at - elapsedMs;
    elapsedMs = at;
  };

  /** Runs the earliest timer due by `until`; false when there is none. */
  const runNext = (until: number): boolean => {
    let first: Timer | undefined;
    for (const timer of timers) {
      const isEarlier =
        first === undefined || timer.dueAt < first.dueAt || (timer.dueAt === first.dueAt && timer.order < first.order);
      if (timer.dueAt <= until && isEarlier) first = timer;
    }
    if (first === undefined) return false;
    moveTo(first.dueAt);
    if (first.periodMs === null) timers.delete(first);
    else first.dueAt += Math.max(1, first.periodMs);
    first.callback();
    return true;
  };

  const bytes = (count: number): Uint8Array => Uint8Array.from({length: count}, () => Math.floor(next() * 256));

  return {
    clock: {now: () => wall},
    timers: {
      after: (delayMs, callback) => start(delayMs, null, callback),
      every: (periodMs, callback) => start(periodMs, periodMs, callback),
    },
    random: {
      next,
      uuid: at => uuidV7(at, bytes(UUID_RANDOM_BYTES)),
      secret: count => Buffer.from(bytes(count)).toString('base64url'),
    },
    advance(ms) {
      const until = elapsedMs + ms;
      while (runNext(until));
      moveTo(until);
    },
    async advanceAsync(ms) {
      const until = elapsedMs + ms;
      await settle();
      while (runNext(until)) await settle();
      moveTo(until);
      await settle();
    },
    jump(ms) {
      wall += ms;
    },
    pending: () => timers.size,
  };
}
