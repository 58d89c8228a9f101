import type {DurationMs, Instant} from '../domain/time.ts';
import type {HistorySeries} from '../protocol/frames.ts';

const SERIES = ['cpu', 'memory', 'disk', 'load', 'latency'] as const satisfies readonly HistorySeries[];

/** Hosts that share one allocation: few large arrays instead of hundreds of thousands of small ones. */
const HOSTS_PER_SLAB = 128;

/** A byte holds 1 to 255; 0 is "nothing was heard", which is what fresh memory says. */
const STEPS = 254;

/** Largest values that are told apart. */
const MOST_PERCENT = 100;
const MOST_LOAD_PER_CORE = 100;
const MOST_LATENCY_MS = 60_000;

/** Below `1 / FINE` the logarithmic scale is about linear: 0.05 ms, 0.05 load. */
const FINE = 20;

interface Scale {
  readonly encode: (value: number) => number;
  readonly decode: (byte: number) => number;
}

function linear(most: number): Scale {
  return {
    encode: value => 1 + Math.round((Math.min(Math.max(value, 0), most) / most) * STEPS),
    decode: byte => ((byte - 1) / STEPS) * most,
  };
}

function logarithmic(most: number): Scale {
  const top = Math.log1p(most * FINE);
  return {
    encode: value => 1 + Math.round((Math.log1p(Math.min(Math.max(value, 0), most) * FINE) / top) * STEPS),
    decode: byte => Math.expm1(((byte - 1) / STEPS) * top) / FINE,
  };
}

const SCALES: Readonly<Record<HistorySeries, Scale>> = {
  cpu: linear(MOST_PERCENT),
  memory: linear(MOST_PERCENT),
  disk: linear(MOST_PERCENT),
  load: logarithmic(MOST_LOAD_PER_CORE),
  latency: logarithmic(MOST_LATENCY_MS),
};

/** Four digits are more than a byte holds, and a third of what a full number takes on the wire. */
function shortened(value: number): number {
  return Number(value.toPrecision(4));
}

/** What one sample says of each series; null says nothing. */
export type Figures = Readonly<Record<HistorySeries, number | null>>;

export interface RingShape {
  readonly stepMs: DurationMs;
  readonly slots: number;
  /** Of several samples in one slot: the newest, or the largest, so that a peak is not lost in a coarse ring. */
  readonly keep: 'newest' | 'largest';
}

/**
 * Ring buffers of one resolution for many hosts, addressed by a host's number.
 *
 * One byte a value: percent in steps of 0.4, load and latency on a logarithmic scale within 3 %. A chart shows some dozen
 * heights, and the exact figures stand in the newest sample. Memory is taken when a series of a group of hosts is first heard:
 * `slots` bytes a host and series.
 */
export class SampleRings {
  readonly #shape: RingShape;
  /** Number of the newest slot of each host; 0 before the first. */
  #newest = new Uint32Array(HOSTS_PER_SLAB);
  readonly #slabs: Readonly<Record<HistorySeries, (Uint8Array | undefined)[]>> = {
    cpu: [],
    memory: [],
    disk: [],
    load: [],
    latency: [],
  };

  constructor(shape: RingShape) {
    this.#shape = shape;
  }

  /** Keeps `figures` for their slot, unless they are older than the ring. */
  record(host: number, at: Instant, figures: Figures): void {
    const {stepMs, slots, keep} = this.#shape;
    const slot = Math.floor(at / stepMs);
    const newest = this.#newestOf(host);
    if (slot <= 0 || slot + slots <= newest) return;
    if (slot > newest) {
      if (newest > 0) this.#empty(host, Math.max(newest + 1, slot - slots + 1), slot);
      this.#setNewest(host, slot);
    }
    for (const series of SERIES) {
      const value = figures[series];
      if (value === null || !Number.isFinite(value)) continue;
      const slab = this.#slabOf(series, host);
      const index = this.#index(host, slot);
      const byte = SCALES[series].encode(value);
      slab[index] = keep === 'newest' ? byte : Math.max(byte, slab[index] ?? 0);
    }
  }

  /** Forgets a host, so that its number can be given to another one. */
  forget(host: number): void {
    const newest = this.#newestOf(host);
    if (newest > 0) this.#empty(host, newest - this.#shape.slots + 1, newest);
    this.#setNewest(host, 0);
  }

  /** Does the ring still hold all that was heard after `from`? */
  covers(host: number, from: Instant): boolean {
    return Math.floor(from / this.#shape.stepMs) + this.#shape.slots >= this.#newestOf(host);
  }

  /**
   * What was heard in each of `points` spans of `stepMs` that end at `until`, oldest first; null where nothing was: its mean, or from
   * a ring of peaks the largest. A span shorter than a slot takes the slot it ends in.
   */
  read(
    host: number,
    series: HistorySeries,
    until: Instant,
    stepMs: DurationMs,
    points: number,
  ): readonly (number | null)[] {
    const slab = this.#slabs[series][Math.floor(host / HOSTS_PER_SLAB)];
    if (slab === undefined) return new Array<null>(points).fill(null);
    return Array.from({length: points}, (_, point) => {
      const end = until - (points - 1 - point) * stepMs;
      const last = Math.floor(end / this.#shape.stepMs);
      const first = Math.min(last, Math.floor((end - stepMs) / this.#shape.stepMs) + 1);
      return this.#summary(slab, host, series, first, last);
    });
  }

  /** Every slot of a series in which something was heard, oldest first, with the instant at which the slot is over. */
  heard(host: number, series: HistorySeries): readonly {readonly endsAt: Instant; readonly value: number}[] {
    const {slots, stepMs} = this.#shape;
    const slab = this.#slabs[series][Math.floor(host / HOSTS_PER_SLAB)];
    const newest = this.#newestOf(host);
    if (slab === undefined || newest === 0) return [];
    const heard: {endsAt: Instant; value: number}[] = [];
    for (let slot = newest - slots + 1; slot <= newest; slot++) {
      const byte = slab[this.#index(host, slot)] ?? 0;
      if (byte !== 0) heard.push({endsAt: (slot + 1) * stepMs, value: SCALES[series].decode(byte)});
    }
    return heard;
  }

  #summary(slab: Uint8Array, host: number, series: HistorySeries, first: number, last: number): number | null {
    const newest = this.#newestOf(host);
    const oldest = newest - this.#shape.slots + 1;
    let sum = 0;
    let largest = 0;
    let count = 0;
    for (let slot = Math.max(first, oldest); slot <= Math.min(last, newest); slot++) {
      const byte = slab[this.#index(host, slot)] ?? 0;
      if (byte === 0) continue;
      const value = SCALES[series].decode(byte);
      sum += value;
      largest = Math.max(largest, value);
      count += 1;
    }
    if (count === 0) return null;
    return shortened(this.#shape.keep === 'largest' ? largest : sum / count);
  }

  #newestOf(host: number): number {
    return this.#newest[host] ?? 0;
  }

  #setNewest(host: number, slot: number): void {
    if (host >= this.#newest.length) {
      const grown = new Uint32Array(Math.max(this.#newest.length * 2, host + 1));
      grown.set(this.#newest);
      this.#newest = grown;
    }
    this.#newest[host] = slot;
  }

  #index(host: number, slot: number): number {
    const {slots} = this.#shape;
    return (host % HOSTS_PER_SLAB) * slots + (((slot % slots) + slots) % slots);
  }

  /** Slots from `first` to `last`, no more than the ring has, say nothing again. */
  #empty(host: number, first: number, last: number): void {
    const number = Math.floor(host / HOSTS_PER_SLAB);
    for (const series of SERIES) {
      const slab = this.#slabs[series][number];
      if (slab === undefined) continue;
      for (let slot = first; slot <= last; slot++) slab[this.#index(host, slot)] = 0;
    }
  }

  #slabOf(series: HistorySeries, host: number): Uint8Array {
    const number = Math.floor(host / HOSTS_PER_SLAB);
    const slab = this.#slabs[series][number] ?? new Uint8Array(HOSTS_PER_SLAB * this.#shape.slots);
    this.#slabs[series][number] = slab;
    return slab;
  }
}
