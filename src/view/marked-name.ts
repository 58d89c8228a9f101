import {confusable} from '../runtime/confusable.ts';

/** “Looks like”: before a name that may be taken for another one. */
const LOOKS_LIKE = '≈';

/** A name as it is to be read: with a sign before it when its letters are not what they look like (security rule 46). */
export function markedName(name: string): string {
  return confusable(name) ? `${LOOKS_LIKE}${name}` : name;
}
