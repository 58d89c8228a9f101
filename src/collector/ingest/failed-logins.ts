import {type DurationMs, type Instant, MINUTE, SECOND} from '../../domain/time.ts';

/** Failures an address may have in a minute. Source: security rule 17. */
const MOST_PER_MINUTE = 10;
const FIRST_LOCK_MS = 30 * SECOND;
const LONGEST_LOCK_MS = 15 * MINUTE;
/** An address that was calm for this long starts anew. */
const FORGET_MS = 30 * MINUTE;
/** Addresses remembered; beyond it the one longest quiet is forgotten. */
const MOST_ADDRESSES = 10_000;

interface Record {
  readonly windowStart: Instant;
  readonly failures: number;
  readonly locks: number;
  readonly lockedUntil: Instant;
  readonly last: Instant;
}

const FRESH = {failures: 0, locks: 0, lockedUntil: 0};

/**
 * Counts failed logins by address. A lock-out answers failures alone: who shows a right token is let in, so that one forgotten
 * job on a jump host cannot shut out the technicians beside it.
 */
export class FailedLogins {
  readonly #addresses = new Map<string, Record>();

  /** Takes a failure down. @returns How long the address is locked out; 0 when it may try again at once. */
  failed(address: string, now: Instant): DurationMs {
    const before = this.#addresses.get(address);
    const known = before !== undefined && now - before.last < FORGET_MS ? before : {...FRESH, windowStart: now};
    this.#addresses.delete(address);
    const isSameMinute = now - known.windowStart < MINUTE;
    const failures = isSameMinute ? known.failures + 1 : 1;
    let {locks, lockedUntil} = known;
    if (failures > MOST_PER_MINUTE && now >= lockedUntil) {
      lockedUntil = now + Math.min(LONGEST_LOCK_MS, FIRST_LOCK_MS * 2 ** locks);
      locks++;
    }
    const windowStart = isSameMinute ? known.windowStart : now;
    this.#addresses.set(address, {windowStart, failures, locks, lockedUntil, last: now});
    this.#forgetOldest();
    return Math.max(0, lockedUntil - now);
  }

  #forgetOldest(): void {
    if (this.#addresses.size <= MOST_ADDRESSES) return;
    const [oldest] = this.#addresses.keys();
    if (oldest !== undefined) this.#addresses.delete(oldest);
  }
}
