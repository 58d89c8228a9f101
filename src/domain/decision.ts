import type {CustomerId} from './address.ts';
import {openBatch} from './batch.ts';
import type {DomainEvent, Draft} from './event.ts';
import type {Rules} from './rules.ts';
import type {NocState} from './state.ts';
import type {Instant} from './time.ts';

/** A decision being made: what was drafted so far shows in its state already, so that one step can build on the last. */
export interface Decision {
  readonly state: NocState;
  readonly now: Instant;
  readonly rules: Rules;
  readonly drafts: readonly Draft[];
  draft(customer: CustomerId | null, event: DomainEvent): void;
}

/** Starts a decision on `base`, which stays as it is. Costs nothing until something is drafted. */
export function openDecision(base: NocState, now: Instant, rules: Rules): Decision {
  const drafts: Draft[] = [];
  let batch: ReturnType<typeof openBatch> | undefined;
  return {
    now,
    rules,
    drafts,
    get state() {
      return batch?.state ?? base;
    },
    draft(customer, event) {
      const draft = {customer, event};
      drafts.push(draft);
      batch ??= openBatch(base);
      batch.append([draft], now);
    },
  };
}
