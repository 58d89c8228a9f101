import type {CustomerId} from '../domain/address.ts';
import type {MaySee} from '../domain/snapshot.ts';
import {MAX_FRAME_BYTES, type ServerFrame} from '../protocol/frames.ts';

/** Room for what stands around the words of a frame. */
const ENVELOPE_BYTES = 64;

interface Entry<Word> {
  readonly word: Word;
  /** Number of its last change. */
  readonly change: number;
}

/** The newest word about each of several things, for consoles that are told what changed and may miss what lay between. */
export class NewestWords<Word extends {readonly customer: CustomerId}> {
  /** Least recently changed first. */
  readonly #entries = new Map<string, Entry<Word>>();
  readonly #toFrame: (words: readonly Word[]) => ServerFrame;
  #changes = 0;

  constructor(toFrame: (words: readonly Word[]) => ServerFrame) {
    this.#toFrame = toFrame;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The least recently changed first. */
  keys(): IterableIterator<string> {
    return this.#entries.keys();
  }

  get(key: string): Word | undefined {
    return this.#entries.get(key)?.word;
  }

  set(key: string, word: Word): void {
    this.#changes += 1;
    this.#entries.delete(key);
    this.#entries.set(key, {word, change: this.#changes});
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  /** For one session, which has been told of nothing yet. */
  cursor(): WordCursor {
    let told = 0;
    return {
      frame: maySee => {
        const words: Word[] = [];
        let bytes = ENVELOPE_BYTES;
        for (const {word, change} of this.#since(told)) {
          if (maySee(word.customer)) {
            bytes += Buffer.byteLength(JSON.stringify(word)) + 1;
            if (bytes > MAX_FRAME_BYTES && words.length > 0) return this.#encoded(words);
            words.push(word);
          }
          told = change;
        }
        told = Math.max(told, this.#changes);
        return words.length === 0 ? null : this.#encoded(words);
      },
    };
  }

  *#since(change: number): IterableIterator<Entry<Word>> {
    if (change < this.#changes) for (const entry of this.#entries.values()) if (entry.change > change) yield entry;
  }

  #encoded(words: readonly Word[]): Buffer {
    return Buffer.from(JSON.stringify(this.#toFrame(words)));
  }
}

/** Something beside the log of which the newest word is enough, as far as one session has been told of it. */
export interface WordCursor {
  /** The next frame of at most 64 KiB; null when there is nothing new. */
  frame(maySee: MaySee): Buffer | null;
}
