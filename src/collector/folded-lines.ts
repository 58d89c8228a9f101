import type {SafeText} from '../domain/text.ts';
import {safeLines, safeText} from '../runtime/safe-text.ts';

/** Stands where a line ended, because a `SafeText` is one line. */
const LINE_END = ' ↵ ';

/** A text from outside that may have several lines, made safe and folded into one of at most `bytes`; null when it is empty. */
export function foldedLines(value: string | null | undefined, bytes: number): SafeText | null {
  if (value === null || value === undefined) return null;
  const text = safeText(safeLines(value, {units: bytes}).join(LINE_END), {bytes});
  return text === '' ? null : text;
}
