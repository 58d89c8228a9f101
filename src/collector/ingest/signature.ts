import {createHmac, timingSafeEqual} from 'node:crypto';
import {type Instant, MINUTE, SECOND} from '../../domain/time.ts';

/** A sender's clock may be wrong by this much. Source: security rule 30. */
const TOLERANCE_MS = 5 * MINUTE;
const MOST_REMEMBERED = 100_000;

/**
 * Why a signed body is not taken: no signature or a wrong one, too old, seen before, or more of them than are remembered, which
 * says nothing against it: its sender may try again.
 */
export type SignatureRefusal = 'SIGNATURE' | 'SIGNATURE_TIME' | 'SIGNATURE_REPLAY' | 'OVERLOADED';

/**
 * Proves signed bodies: `X-Nocturne-Timestamp: <Unix seconds>` and `X-Nocturne-Signature: sha256=<hex>`, an HMAC-SHA256 over
 * `<timestamp>.<raw body>`. The time is signed too, or an old message could be sent again under a new one.
 */
export class Signatures {
  /** Signatures taken, with the last instant at which their own time does not refuse them. As they came. */
  readonly #seen = new Map<string, Instant>();

  /** @returns null when the body is proven by one of the keys; it then counts as seen. */
  refusal(
    signed: {readonly timestamp: string; readonly signature: string},
    body: Buffer,
    keys: readonly string[],
    now: Instant,
  ): SignatureRefusal | null {
    const {timestamp} = signed;
    const given = /^sha256=([0-9a-f]{64})$/i.exec(signed.signature)?.[1]?.toLowerCase();
    if (given === undefined || !/^\d{1,12}$/.test(timestamp)) return 'SIGNATURE';
    const claimed = Buffer.from(given, 'hex');
    let isRight = false;
    for (const key of keys) {
      const right = createHmac('sha256', key).update(`${timestamp}.`).update(body).digest();
      isRight = timingSafeEqual(right, claimed) || isRight;
    }
    if (!isRight) return 'SIGNATURE';
    const at = Number(timestamp) * SECOND;
    if (Math.abs(now - at) > TOLERANCE_MS) return 'SIGNATURE_TIME';
    this.#forget(now);
    if (this.#seen.has(given)) return 'SIGNATURE_REPLAY';
    if (this.#seen.size >= MOST_REMEMBERED) return 'OVERLOADED';
    this.#seen.set(given, at + TOLERANCE_MS);
    return null;
  }

  #forget(now: Instant): void {
    for (const [signature, until] of this.#seen) {
      // One whose clock is ahead keeps those behind it a little longer than they need.
      if (until >= now) return;
      this.#seen.delete(signature);
    }
  }
}
