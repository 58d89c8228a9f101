import {randomBytes} from 'node:crypto';
import type {Clock, Outside, Random, Timers} from './outside.ts';
import {UUID_RANDOM_BYTES, uuidV7} from './uuid.ts';

/** Node fires a timer with a longer delay at once, so longer waits are made of several. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

const clock: Clock = {now: () => Date.now()};

const timers: Timers = {
  after(delayMs, callback) {
    let handle: NodeJS.Timeout;
    const wait = (restMs: number): void => {
      const stepMs = Math.min(restMs, LONGEST_TIMEOUT_MS);
      handle = setTimeout(() => (restMs > stepMs ? wait(restMs - stepMs) : callback()), stepMs);
    };
    wait(Math.max(0, delayMs));
    return () => clearTimeout(handle);
  },
  every(periodMs, callback) {
    const handle = setInterval(callback, Math.min(periodMs, LONGEST_TIMEOUT_MS));
    return () => clearInterval(handle);
  },
};

const random: Random = {
  next: () => Math.random(),
  uuid: now => uuidV7(now, randomBytes(UUID_RANDOM_BYTES)),
  secret: bytes => randomBytes(bytes).toString('base64url'),
};

/** The wall clock, Node's timers and the system's randomness: what production hands in for `Outside`. */
export const realOutside: Outside = {clock, timers, random};
