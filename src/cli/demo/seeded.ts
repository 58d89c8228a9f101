/** Repeatable chance: the same seed gives the same sequence. */
export interface Chance {
  /** [0, 1) */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  /** One of `list`; undefined when it is empty. */
  pick<T>(list: readonly T[]): T | undefined;
}

/** Mulberry32, by Tommy Ettinger: small, and good enough for a play. */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: list => list[Math.floor(next() * list.length)],
  };
}

/** 64 bits of a text as 16 hex digits: FNV-1a. */
export function hashOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}

/** [0, 1) from a text: what is particular to a host. */
export function shareOf(text: string): number {
  return Number(BigInt(`0x${hashOf(text)}`) >> 32n) / 2 ** 32;
}
