import type {CustomerId} from './address.ts';
import type {MaySee} from './snapshot.ts';
import type {NocState} from './state.ts';

/** A sum of record hashes in two lanes of 32 bits: their order does not matter, each of them does. */
export interface RecordSum {
  readonly low: number;
  readonly high: number;
}

/** Kinds of records in a sum. A different start each, so that a host and a check of one key do not look alike. */
const KINDS = {
  customer: 0x811c9dc5,
  source: 0x1b873593,
  host: 0x2545f491,
  check: 0x3c6ef372,
  alert: 0x5be0cd19,
  downtime: 0x6a09e667,
  incident: 0x510e527f,
  backup: 0x1f83d9ab,
  onCall: 0x428a2f98,
};

/** What a record counts as in the digest. */
export type RecordKind = keyof typeof KINDS;

/** Where the sum of what concerns every customer stands. */
const EVERYBODY = '';

export const NO_RECORDS: RecordSum = {low: 0, high: 0};

/** FNV-1a over `text`, going on from `hash`. */
export function hashText(text: string, hash = 0x811c9dc5): number {
  let next = hash;
  for (let index = 0; index < text.length; index++) next = Math.imul(next ^ text.charCodeAt(index), 0x01000193);
  return next;
}

/** The last steps of MurmurHash3: every bit of the input moves every bit of the output. */
function mix(hash: number): number {
  let next = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  next = Math.imul(next ^ (next >>> 13), 0xc2b2ae35);
  return next ^ (next >>> 16);
}

/** Key under which the sum of a customer stands; null is what concerns all of them. */
export function sumKey(customer: CustomerId | null): string {
  return customer ?? EVERYBODY;
}

/**
 * A sum after a record of one key went from version `before` to `after`; null is a record that is not there.
 *
 * Costs one walk over the key, whatever the size of the state.
 */
export function moveRecord(
  sum: RecordSum,
  kind: RecordKind,
  key: string,
  before: number | null,
  after: number | null,
): RecordSum {
  const keyHash = hashText(key, KINDS[kind]);
  let {low, high} = sum;
  if (before !== null) {
    const hash = mix(keyHash ^ Math.imul(before, 0x9e3779b1));
    low = (low - hash) | 0;
    high = (high - mix(hash ^ keyHash)) | 0;
  }
  if (after !== null) {
    const hash = mix(keyHash ^ Math.imul(after, 0x9e3779b1));
    low = (low + hash) | 0;
    high = (high + mix(hash ^ keyHash)) | 0;
  }
  return {low, high};
}

function hex(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, '0');
}

/**
 * Fingerprint of every record that may be seen, for telling whether a face holds what its collector holds: kind, key and
 * version of each, without regard to order.
 *
 * The sums are folded along with the records, a customer each, so a digest costs the customers and not the records. It finds
 * lost, doubled and foreign entries; it is no defence against forgery.
 */
export function digest(state: NocState, maySee: MaySee): string {
  let low = 0;
  let high = 0;
  for (const [key, sum] of state.sums.entries()) {
    if (!maySee(key === EVERYBODY ? null : key)) continue;
    low = (low + sum.low) | 0;
    high = (high + sum.high) | 0;
  }
  return hex(high) + hex(low);
}
