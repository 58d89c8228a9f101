import type {Alert} from '../../domain/alert.ts';
import {type MaySee, type SnapItem, snapshotItems} from '../../domain/snapshot.ts';
import type {NocState} from '../../domain/state.ts';
import {MAX_FRAME_BYTES, type ServerFrame} from '../../protocol/frames.ts';

/** Room for what stands around the items of a frame. */
const ENVELOPE_BYTES = 64;
/** Of one frame, unless a single item is larger: two seconds of a line with 64 kbit/s. */
const PAGE_BYTES = 16 * 1024;
const MOST_ITEM_BYTES = MAX_FRAME_BYTES - ENVELOPE_BYTES;

/** A frame of a snapshot, and where the next one starts. */
export interface Page {
  readonly frame: Buffer;
  /** Index of the first item after it; null after the last frame. */
  readonly next: number | null;
}

/** An alert with so many notes that no frame holds it loses the oldest of them, and of its moments; the log has them all. */
function shortened(alert: Alert): Alert {
  const half = <T>(list: readonly T[]): readonly T[] => list.slice(Math.ceil(list.length / 2));
  const {notes, timeline} = alert;
  return notes.length + timeline.length > 1
    ? {...alert, notes: half(notes), timeline: half(timeline)}
    : {...alert, notes: [], timeline: [], output: null, labels: {}, claims: alert.claims.slice(0, 1)};
}

function itemJson(item: SnapItem): string {
  let json = JSON.stringify(item);
  let fitting = item;
  while (fitting.kind === 'alert' && Buffer.byteLength(json) > MOST_ITEM_BYTES) {
    fitting = {kind: 'alert', value: shortened(fitting.value)};
    json = JSON.stringify(fitting);
  }
  return json;
}

/**
 * A snapshot in frames, made one at a time while sessions take them. The state cannot change under it, so it is of one
 * moment however long a slow line needs.
 */
export class SnapshotPages {
  /** The log goes on after this. */
  readonly seq: number;
  readonly head: Buffer;
  readonly end: Buffer;
  readonly #items: readonly SnapItem[];
  readonly #shared = new Map<number, Page>();
  #isShared = true;

  constructor(state: NocState, epoch: string, maySee: MaySee, digest: string) {
    this.seq = state.seq;
    this.#items = snapshotItems(state, maySee);
    const {seq, occurrences} = state;
    const head: ServerFrame = {t: 'snap', seq, epoch, occurrences};
    const end: ServerFrame = {t: 'snapend', seq, count: this.#items.length, digest};
    this.head = Buffer.from(JSON.stringify(head));
    this.end = Buffer.from(JSON.stringify(end));
  }

  get count(): number {
    return this.#items.length;
  }

  /** The frame that starts with the item at `index`. */
  page(index: number): Page {
    const known = this.#shared.get(index);
    if (known !== undefined) return known;
    const page = this.#encode(index);
    if (this.#isShared) this.#shared.set(index, page);
    return page;
  }

  /** Keeps no frame any more: those who are still at it make their own. */
  stopSharing(): void {
    this.#isShared = false;
    this.#shared.clear();
  }

  #encode(start: number): Page {
    const parts: string[] = [];
    let bytes = ENVELOPE_BYTES;
    let index = start;
    for (; index < this.#items.length; index++) {
      const item = this.#items[index];
      if (item === undefined) break;
      const json = itemJson(item);
      const size = Buffer.byteLength(json) + 1;
      if (parts.length > 0 && bytes + size > PAGE_BYTES) break;
      parts.push(json);
      bytes += size;
    }
    const frame = Buffer.from(`{"t":"item","items":[${parts.join(',')}]}`);
    return {frame, next: index < this.#items.length ? index : null};
  }
}
