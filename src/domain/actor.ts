import type {Actor} from './alert.ts';
import type {SafeText} from './text.ts';

/** The one name to show for somebody: the person behind a shared login, else the token's own name. */
export function actorName(actor: Actor): SafeText {
  return actor.as ?? actor.name;
}
