import type {HostKey} from '../../domain/address.ts';
import type {MaySee} from '../../domain/snapshot.ts';
import {type ClientFrame, MAX_FRAME_BYTES} from '../../protocol/frames.ts';
import {customerOfHost} from '../rights.ts';
import type {Samples} from '../samples.ts';

/** Room for what stands around the hosts of a frame. */
const ENVELOPE_BYTES = 64;

/** The newest figures of hosts as they go over the wire, each encoded once for all who get them in the same moment. */
export class EncodedSamples {
  readonly samples: Samples;
  readonly #encoded = new Map<HostKey, string>();

  constructor(samples: Samples) {
    this.samples = samples;
  }

  json(key: HostKey): string {
    let json = this.#encoded.get(key);
    if (json === undefined) {
      const {lastSeenAt = 0, sample = null} = this.samples.latest(key) ?? {};
      json = JSON.stringify({key, lastSeenAt, sample});
      this.#encoded.set(key, json);
    }
    return json;
  }
}

/**
 * Whose samples one session watches, and how far it has them. What changed is asked for only when everything before went out,
 * so that a slow line gets fewer and newer figures instead of a queue.
 */
export class SampleCursor {
  #watched: ReadonlySet<HostKey> | 'all' = new Set();
  /** Stands for this session in `changedSince`; a new one has seen nothing. */
  #reader = {};
  #due: readonly HostKey[] = [];
  #next = 0;

  /** Watches these from now on, from their newest figures. */
  watch(hosts: Extract<ClientFrame, {t: 'watch'}>['hosts']): void {
    this.#watched = hosts === 'all' ? 'all' : new Set(hosts);
    this.#reader = {};
    this.#due = [];
    this.#next = 0;
  }

  /** The next frame; null when there is nothing new. */
  frame(encoded: EncodedSamples, maySee: MaySee): Buffer | null {
    if (this.#watched !== 'all' && this.#watched.size === 0) return null;
    if (this.#next >= this.#due.length) {
      this.#due = encoded.samples.changedSince(this.#reader);
      this.#next = 0;
    }
    const parts: string[] = [];
    let bytes = ENVELOPE_BYTES;
    for (; this.#next < this.#due.length; this.#next++) {
      const key = this.#due[this.#next];
      if (key === undefined || !this.#isWatched(key) || !maySee(customerOfHost(key))) continue;
      const json = encoded.json(key);
      bytes += Buffer.byteLength(json) + 1;
      if (bytes > MAX_FRAME_BYTES && parts.length > 0) break;
      parts.push(json);
    }
    return parts.length === 0 ? null : Buffer.from(`{"t":"samples","hosts":[${parts.join(',')}]}`);
  }

  #isWatched(key: HostKey): boolean {
    return this.#watched === 'all' || this.#watched.has(key);
  }
}
