import type {CustomerId} from './address.ts';
import type {Alert, OccurrenceId} from './alert.ts';
import {type Batch, openBatch} from './batch.ts';
import type {DomainEvent, Draft} from './event.ts';
import type {Rules} from './rules.ts';
import type {NocState} from './state.ts';
import type {Instant} from './time.ts';

/** What a decision stands on: a state, which stays as it is, or an open batch, which takes its drafts in. */
export type Ground = NocState | Batch;

/** A decision being made: what was drafted so far shows in its state already, so that one step can build on the last. */
export interface Decision {
  /** Everything drafted is in it. Changes with the next draft: do not keep it. */
  readonly state: NocState;
  readonly now: Instant;
  readonly rules: Rules;
  readonly drafts: readonly Draft[];
  /** The alerts that were drafted about, as they were before that; undefined for one that was not there. */
  readonly alertsBefore: ReadonlyMap<OccurrenceId, Alert | undefined>;
  draft(customer: CustomerId | null, event: DomainEvent): void;
}

/**
 * Starts a decision. On a batch each draft is folded once, where it stays; on a state they are folded in only to look ahead,
 * when the state is asked for again, and whoever gets the drafts folds them himself.
 */
export function openDecision(ground: Ground, now: Instant, rules: Rules): Decision {
  const drafts: Draft[] = [];
  const alertsBefore = new Map<OccurrenceId, Alert | undefined>();
  const view = 'append' in ground ? viewOfBatch(ground, now) : viewAhead(ground, drafts, now);
  return {
    now,
    rules,
    drafts,
    alertsBefore,
    get state() {
      return view.state;
    },
    draft(customer, event) {
      if ('occurrence' in event && !alertsBefore.has(event.occurrence)) {
        alertsBefore.set(event.occurrence, view.state.alerts.get(event.occurrence));
      }
      const draft = {customer, event};
      drafts.push(draft);
      view.drafted(draft);
    },
  };
}

/** The state that a decision sees, and how it comes to see its drafts. */
interface View {
  readonly state: NocState;
  drafted(draft: Draft): void;
}

function viewOfBatch(batch: Batch, now: Instant): View {
  return {state: batch.state, drafted: draft => void batch.append([draft], now)};
}

function viewAhead(base: NocState, drafts: readonly Draft[], now: Instant): View {
  let batch: Batch | undefined;
  let folded = 0;
  return {
    get state() {
      if (drafts.length === 0) return base;
      batch ??= openBatch(base);
      if (folded < drafts.length) batch.append(drafts.slice(folded), now);
      folded = drafts.length;
      return batch.state;
    },
    drafted() {},
  };
}
