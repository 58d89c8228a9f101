import type {OccurrenceId} from './alert.ts';

/** Crockford's base32 without I, L, O, U, which are misread or misheard. Source: crockford.com/base32.html. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const BITS_PER_CHARACTER = 5;
const SHORTEST = 4;

/**
 * Multipliers and offsets that send neighbours far apart. Odd, so that the map is invertible modulo every power of two;
 * near the golden ratio of the smallest range, so that consecutive numbers differ in all characters.
 */
const MULTIPLIER = 2_654_435_769n;
const OFFSET = 421_337n;

/** How many lives fit ids of `length` characters. */
function capacity(length: number): number {
  return 2 ** (BITS_PER_CHARACTER * length);
}

/** `n` scattered over `bits` bits: multiply, fold the high half onto the low, multiply again; each step is invertible. */
function scatter(n: number, bits: number): number {
  const mask = (1n << BigInt(bits)) - 1n;
  let value = (BigInt(n) * MULTIPLIER + OFFSET) & mask;
  value ^= value >> BigInt(bits >> 1);
  value = (value * MULTIPLIER) & mask;
  value ^= value >> BigInt(bits >> 1);
  return Number(value);
}

function encode(value: number, length: number): string {
  let rest = value;
  let text = '';
  for (let index = 0; index < length; index++) {
    text = ALPHABET.charAt(rest % ALPHABET.length) + text;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return text;
}

/**
 * Short id of the `n`-th life of an alert (from 0): the first 32^4 have four characters, the next 32^5 five, and so on.
 *
 * A bijection within each length, so an id is unique by construction and never comes again; neighbours look different,
 * so that a slip of one character hits nothing instead of the alert next to it.
 */
export function occurrenceId(n: number): OccurrenceId {
  let length = SHORTEST;
  let first = 0;
  while (n - first >= capacity(length)) {
    first += capacity(length);
    length += 1;
  }
  return encode(scatter(n - first, BITS_PER_CHARACTER * length), length);
}

/** An id as somebody typed it: any case, and I or L for 1, O for 0, as Crockford has it. */
export function normalizeOccurrence(text: string): OccurrenceId {
  return text.trim().toUpperCase().replaceAll(/[IL]/g, '1').replaceAll('O', '0');
}
