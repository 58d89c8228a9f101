import type {CollectorView} from '../client/noc.ts';
import type {Translate} from '../runtime/i18n.ts';

/** Why a link is not there, in the user's language; null while nothing is known to be wrong. */
export function reasonText({reason}: Pick<CollectorView, 'reason'>, t: Translate): string | null {
  if (reason === null) return null;
  const key = `view.reason.${reason.code}`;
  const text = t(key, {detail: reason.message});
  return text === key ? reason.message : text;
}
