import type {CustomerId} from '../../domain/address.ts';
import type {Catalogue} from '../../domain/catalogue.ts';
import type {Command, Verdict} from '../../domain/command.ts';
import type {Draft} from '../../domain/event.ts';
import type {Observation} from '../../domain/observation.ts';
import type {NocState} from '../../domain/state.ts';
import type {Instant} from '../../domain/time.ts';

/** What became of a command, and the last entry that followed from it. */
export interface Answer {
  readonly verdict: Verdict;
  readonly seq: number | null;
}

/** Asked when the command is applied, not when it came: whether its actor may do this to that customer then. */
export type Authorize = (customer: CustomerId | null) => boolean;

/** Drafts from something other than an observation or a command, made when its turn comes. */
export type DraftChange = (state: NocState, now: Instant) => readonly Draft[];

/** Something that the single writer is asked to make durable. */
export type Claim = {readonly reject: (fault: unknown) => void} & (
  | {
      readonly type: 'observations';
      readonly observations: readonly Observation[];
      readonly resolve: () => void;
    }
  | {
      readonly type: 'command';
      readonly command: Command;
      readonly authorize: Authorize;
      readonly resolve: (answer: Answer) => void;
    }
  | {readonly type: 'catalogue'; readonly catalogue: Catalogue; readonly resolve: () => void}
  | {readonly type: 'change'; readonly draft: DraftChange; readonly resolve: () => void}
);
