import type {Actor} from './alert.ts';
import {fold} from './apply.ts';
import type {CommandId} from './command.ts';
import type {Draft, LogEntry} from './event.ts';
import type {NocState} from './state.ts';
import {buildOn} from './state-builder.ts';
import type {Instant} from './time.ts';

/** Who caused a run of drafts: a command, or the collector itself (both null). */
export interface Cause {
  readonly actor: Actor | null;
  readonly cid: CommandId | null;
}

const COLLECTOR: Cause = {actor: null, cid: null};

/**
 * One group commit being put together: many decisions, one copy of the tables.
 *
 * `state` shows everything appended so far and changes under the reader's hands; hand it to `decide…` and do not keep it.
 */
export interface Batch {
  readonly state: NocState;
  readonly entries: readonly LogEntry[];
  /** Numbers the drafts, folds them in and returns their entries. */
  append(drafts: readonly Draft[], at: Instant, cause?: Cause): readonly LogEntry[];
  /** The state with the whole batch in it, to be published after the commit. The batch is over then. */
  close(): NocState;
}

/** Starts a batch on `base`, which stays as it is: a failed commit throws the batch away and nothing happened. */
export function openBatch(base: NocState): Batch {
  const builder = buildOn(base);
  const entries: LogEntry[] = [];
  return {
    state: builder.state,
    entries,
    append(drafts, at, cause = COLLECTOR) {
      const first = entries.length;
      for (const {customer, event} of drafts) {
        const entry = {seq: builder.state.seq + 1, at, customer, actor: cause.actor, cid: cause.cid, event};
        entries.push(entry);
        fold(builder, entry);
      }
      return entries.slice(first);
    },
    close: () => (entries.length === 0 ? base : builder.close()),
  };
}
