import type {Batch} from './journal.ts';
import type {LogRow} from './log-row.ts';

/** What the writing thread starts with. */
export interface JournalStart {
  readonly folder: string;
  /** Chains the log. */
  readonly key: Uint8Array;
}

/** A batch whose events are one flat list, a field after the other: copying that to another thread costs half. */
export type PackedBatch = Omit<Batch, 'events'> & {readonly events: readonly (string | number | null)[]};

/** What the collector sends to it. */
export type ToJournal = {readonly type: 'commit'; readonly batch: PackedBatch} | {readonly type: 'close'};

/** What it answers: first `open`, then one for each message, in their order. */
export type FromJournal =
  | {readonly type: 'open'}
  | {readonly type: 'done'}
  /** `reason` is SQLite's own word. */
  | {readonly type: 'failed'; readonly reason: string};

const FIELDS = 7;

export function pack(batch: Batch): PackedBatch {
  const events: (string | number | null)[] = [];
  for (const {seq, at, customer, actor, cid, type, body} of batch.events) {
    events.push(seq, at, customer, actor, cid, type, body);
  }
  return {...batch, events};
}

export function unpack(batch: PackedBatch): Batch {
  const events: LogRow[] = [];
  for (let index = 0; index < batch.events.length; index += FIELDS) {
    const [seq, at, customer, actor, cid, type, body] = batch.events.slice(index, index + FIELDS) as [
      number,
      number,
      string | null,
      string | null,
      string | null,
      string,
      string,
    ];
    events.push({seq, at, customer, actor, cid, type, body});
  }
  return {...batch, events};
}
