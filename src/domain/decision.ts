import type {CustomerId} from './address.ts';
import {type Batch, openBatch} from './batch.ts';
import type {DomainEvent, Draft} from './event.ts';
import type {Rules} from './rules.ts';
import type {NocState} from './state.ts';
import type {Instant} from './time.ts';

/** A decision being made: what was drafted so far shows in its state already, so that one step can build on the last. */
export interface Decision {
  /** The state that was decided on, without the drafts. */
  readonly base: NocState;
  readonly state: NocState;
  readonly now: Instant;
  readonly rules: Rules;
  readonly drafts: readonly Draft[];
  draft(customer: CustomerId | null, event: DomainEvent): void;
}

/** Starts a decision on `base`, which stays as it is. Drafts are folded in only when the state is asked for again. */
export function openDecision(base: NocState, now: Instant, rules: Rules): Decision {
  const drafts: Draft[] = [];
  let batch: Batch | undefined;
  let folded = 0;
  return {
    base,
    now,
    rules,
    drafts,
    get state() {
      if (drafts.length === 0) return base;
      batch ??= openBatch(base);
      if (folded < drafts.length) batch.append(drafts.slice(folded), now);
      folded = drafts.length;
      return batch.state;
    },
    draft(customer, event) {
      drafts.push({customer, event});
    },
  };
}
