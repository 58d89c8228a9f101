import type {Instant} from '../domain/time.ts';

/** Reads the wall clock. */
export interface Clock {
  now(): Instant;
}

/** Starts and stops timers; tests bring a virtual one that runs when told. */
export interface Timers {
  /** Calls once after `delayMs`; returns how to cancel. */
  after(delayMs: number, callback: () => void): () => void;
  /** Calls every `periodMs` until cancelled. */
  every(periodMs: number, callback: () => void): () => void;
}

/** Random numbers and ids. */
export interface Random {
  /** [0, 1) */
  next(): number;
  /** UUIDv7 for `now`. */
  uuid(now: Instant): string;
  /** `bytes` random bytes as base64url, for tokens. */
  secret(bytes: number): string;
}

/** What the program may read from the outside world, in one parameter. */
export interface Outside {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
}
