import type {CustomerId} from '../../domain/address.ts';
import {digest} from '../../domain/digest.ts';
import type {MaySee} from '../../domain/snapshot.ts';
import type {NocState} from '../../domain/state.ts';
import {type Identity, MAX_FRAME_BYTES, type ServerFrame} from '../../protocol/frames.ts';
import {isAllowed} from '../rights.ts';
import type {Feed} from './feed.ts';
import {SnapshotPages} from './snapshot-pages.ts';

/** Room for what stands around the entries of a frame. */
const ENVELOPE_BYTES = 256;
/** A snapshot is shared by those who ask for one within this time, as after a restart. */
const SHARED_MS = 5000;

/** A frame with what happened from one number to another; null when nothing of it may be seen, or nothing has happened. */
export interface Delta {
  readonly from: number;
  readonly to: number;
  readonly frame: Buffer | null;
  /** The next entry does not fit into any frame: only a snapshot leads past it. */
  readonly isBlocked: boolean;
}

const NOTHING: Delta = {from: -1, to: -1, frame: null, isBlocked: false};

/**
 * What may be seen by all sessions with the same customers: rights are asked here for every entry and item, and each frame is
 * encoded once, however many receive it.
 */
export class Scope {
  readonly maySee: MaySee;
  readonly #feed: Feed;
  /** The last delta that was encoded: those who stand where the others stood get the same bytes. */
  #last: Delta = NOTHING;
  /** How far the last who had caught up looked in vain. */
  #quiet: Delta = NOTHING;
  #snapshot: {readonly pages: SnapshotPages; readonly takenAt: number} | null = null;
  #digest = {seq: -1, value: ''};
  #mark: {seq: number; prev: number; at: number; frame: Buffer} | null = null;

  constructor(who: Identity, narrowed: readonly CustomerId[] | null, feed: Feed) {
    const wanted = narrowed === null ? null : new Set(narrowed);
    this.maySee = customer =>
      isAllowed(who, 'see', customer) && (customer === null || wanted === null || wanted.has(customer));
    this.#feed = feed;
  }

  /** What comes after `from` for a session that has been told everything up to there. */
  next(from: number): Delta {
    if (this.#last.from === from) return this.#last;
    const looked = this.#quiet.from === from ? this.#quiet.to : from;
    if (looked === this.#feed.head) return NOTHING;
    const delta = this.#read(from, looked);
    if (delta.frame === null && !delta.isBlocked) this.#quiet = delta;
    else this.#last = delta;
    return delta;
  }

  #read(from: number, looked: number): Delta {
    const visible: string[] = [];
    let bytes = ENVELOPE_BYTES;
    let to = looked;
    for (const line of this.#feed.after(looked)) {
      if (this.maySee(line.row.customer)) {
        const {json, bytes: size} = line.wire;
        bytes += size + 1;
        if (bytes > MAX_FRAME_BYTES && visible.length === 0) return {from, to, frame: null, isBlocked: true};
        if (bytes > MAX_FRAME_BYTES) break;
        visible.push(json);
      }
      to = line.row.seq;
    }
    if (visible.length > 0) {
      const frame = Buffer.from(`{"t":"d","seq":${to},"prev":${from},"events":[${visible.join(',')}]}`);
      return {from, to, frame, isBlocked: false};
    }
    // A page from disk without anything to see is not the end of the log.
    return to < this.#feed.head && to > looked ? this.#read(from, to) : {from, to, frame: null, isBlocked: false};
  }

  snapshot(state: NocState, epoch: string, now: number): SnapshotPages {
    if (this.#snapshot === null || now - this.#snapshot.takenAt >= SHARED_MS || now < this.#snapshot.takenAt) {
      this.#snapshot = {pages: new SnapshotPages(state, epoch, this.maySee, this.digestOf(state)), takenAt: now};
    }
    return this.#snapshot.pages;
  }

  digestOf(state: NocState): string {
    if (this.#digest.seq !== state.seq) this.#digest = {seq: state.seq, value: digest(state, this.maySee)};
    return this.#digest.value;
  }

  /** A bookmark for a session that has been told up to `prev` and has nothing more to be told. */
  mark(state: NocState, prev: number, at: number, sources: Extract<ServerFrame, {t: 'mark'}>['sources']): Buffer {
    const mark = this.#mark;
    if (mark?.seq === state.seq && mark.prev === prev && mark.at === at) return mark.frame;
    const body: ServerFrame = {t: 'mark', seq: state.seq, prev, at, digest: this.digestOf(state), sources};
    const frame = Buffer.from(JSON.stringify(body));
    this.#mark = {seq: state.seq, prev, at, frame};
    return frame;
  }

  /** Lets go of what is only kept to be shared. */
  forget(now: number): void {
    if (this.#snapshot === null || now - this.#snapshot.takenAt < SHARED_MS) return;
    this.#snapshot.pages.stopSharing();
    this.#snapshot = null;
  }
}
