import type {LogReader} from '../store/log-reader.ts';
import {entryJson, type LogRow} from '../store/log-row.ts';

/** An entry as it goes over the wire. */
interface WireLine {
  readonly json: string;
  readonly bytes: number;
}

/** One committed entry; what goes over the wire is made when somebody is there to receive it, and once. */
export class FeedLine {
  readonly row: LogRow;
  #wire: WireLine | null = null;

  constructor(row: LogRow) {
    this.row = row;
  }

  get wire(): WireLine {
    if (this.#wire === null) {
      const json = entryJson(this.row);
      this.#wire = {json, bytes: Buffer.byteLength(json)};
    }
    return this.#wire;
  }
}

/** The newest lines kept in memory, and the length of their bodies; who is further behind is read to from disk. */
const MOST_LINES = 16_384;
const MOST_UNITS = 16 * 1024 * 1024;
/** Lines read from disk at once. */
const PAGE = 512;

/** The committed log as sessions read it: the newest lines from memory, encoded once for everybody, older ones from disk. */
export class Feed {
  readonly #log: LogReader;
  /** Lines `#first` to the end are the newest of the log, without a gap. */
  #lines: (FeedLine | undefined)[] = [];
  #first = 0;
  #units = 0;
  #head: number;

  constructor(log: LogReader, head: number) {
    this.#log = log;
    this.#head = head;
  }

  /** Number of the last committed entry. */
  get head(): number {
    return this.#head;
  }

  /** Rows that have just been committed, in order. */
  append(rows: readonly LogRow[]): void {
    for (const row of rows) {
      this.#lines.push(new FeedLine(row));
      this.#units += row.body.length;
      this.#head = row.seq;
    }
    while (this.#lines.length - this.#first > MOST_LINES || this.#units > MOST_UNITS) {
      this.#units -= this.#lines[this.#first]?.row.body.length ?? 0;
      this.#lines[this.#first++] = undefined;
    }
    if (this.#first > MOST_LINES) {
      this.#lines = this.#lines.slice(this.#first);
      this.#first = 0;
    }
  }

  /** Lines after `seq`, in order: all there are when they are in memory, else a page of them. Empty only at the head. */
  *after(seq: number): IterableIterator<FeedLine> {
    const oldest = this.#lines[this.#first]?.row.seq ?? this.#head + 1;
    if (seq + 1 < oldest) {
      for (const row of this.#log.rowsAfter(seq, PAGE)) yield new FeedLine(row);
      return;
    }
    for (let index = this.#first + seq + 1 - oldest; index < this.#lines.length; index++) {
      const line = this.#lines[index];
      if (line !== undefined) yield line;
    }
  }
}
