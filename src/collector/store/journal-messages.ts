import type {Batch} from './journal.ts';

/** What the writing thread starts with. */
export interface JournalStart {
  readonly folder: string;
  /** Chains the log. */
  readonly key: Uint8Array;
}

/** What the collector sends to it. */
export type ToJournal = {readonly type: 'commit'; readonly batch: Batch} | {readonly type: 'close'};

/** What it answers: first `open`, then one for each message, in their order. */
export type FromJournal =
  | {readonly type: 'open'}
  | {readonly type: 'done'}
  /** `reason` is SQLite's own word. */
  | {readonly type: 'failed'; readonly reason: string};
