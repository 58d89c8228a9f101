import type {CustomerId} from '../../domain/address.ts';
import type {LogReader} from '../store/log-reader.ts';
import {entryJson, type LogRow} from '../store/log-row.ts';

/** One committed entry as it goes over the wire. */
export interface FeedLine {
  readonly seq: number;
  readonly customer: CustomerId | null;
  readonly json: string;
  readonly bytes: number;
}

/** The newest lines kept in memory, and their size; who is further behind is read to from disk. */
const MOST_LINES = 16_384;
const MOST_BYTES = 16 * 1024 * 1024;
/** Lines read from disk at once. */
const PAGE = 512;

function toLine(row: LogRow): FeedLine {
  const json = entryJson(row);
  return {seq: row.seq, customer: row.customer, json, bytes: Buffer.byteLength(json)};
}

/** The committed log as sessions read it: the newest lines from memory, encoded once for everybody, older ones from disk. */
export class Feed {
  readonly #log: LogReader;
  /** Lines `#first` to the end are the newest of the log, without a gap. */
  #lines: FeedLine[] = [];
  #first = 0;
  #bytes = 0;
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
      const line = toLine(row);
      this.#lines.push(line);
      this.#bytes += line.bytes;
      this.#head = row.seq;
    }
    while (this.#lines.length - this.#first > MOST_LINES || this.#bytes > MOST_BYTES) {
      this.#bytes -= this.#lines[this.#first++]?.bytes ?? 0;
    }
    if (this.#first > MOST_LINES) {
      this.#lines = this.#lines.slice(this.#first);
      this.#first = 0;
    }
  }

  /** Lines after `seq`, in order: all there are when they are in memory, else a page of them. Empty only at the head. */
  *after(seq: number): IterableIterator<FeedLine> {
    const oldest = this.#lines[this.#first]?.seq ?? this.#head + 1;
    if (seq + 1 < oldest) {
      for (const row of this.#log.rowsAfter(seq, PAGE)) yield toLine(row);
      return;
    }
    for (let index = this.#first + seq + 1 - oldest; index < this.#lines.length; index++) {
      const line = this.#lines[index];
      if (line !== undefined) yield line;
    }
  }
}
