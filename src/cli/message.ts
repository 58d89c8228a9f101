import type {SafeText} from '../domain/text.ts';
import {safeText} from '../runtime/safe-text.ts';
import {type Flags, textFlag} from './command-spec.ts';

/** The text of `-m`; null without one, or with nothing but blanks. */
export function messageOf(flags: Flags): SafeText | null {
  const text = (textFlag(flags, 'message') ?? '').trim();
  return text === '' ? null : safeText(text);
}
