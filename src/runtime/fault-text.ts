import type {Fault} from '../domain/fault.ts';
import type {Translate} from './i18n.ts';
import {withSystemWords} from './system-words.ts';

/** What a fault says in the user's language: the catalogue's text of its code under `errors`, else its own English message. */
export function faultText(fault: Fault, t: Translate): string {
  const key = `errors.${fault.code}`;
  const text = t(key, withSystemWords(fault.values, t));
  return text === key ? fault.message : text;
}
