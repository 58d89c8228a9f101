import type {DurationMs} from '../domain/time.ts';
import {parseDuration} from '../runtime/duration.ts';
import {graphemes} from '../runtime/graphemes.ts';
import {safeText} from '../runtime/safe-text.ts';
import type {Prompt} from './state.ts';

/** Longer than this no note is typed on one line. */
const MAX_PROMPT_LENGTH = 500;

type Edited = Pick<Prompt, 'text' | 'caret'>;

/** Puts text at the caret: typed or pasted, so made safe; line breaks become blanks. */
export function insertText({text, caret}: Edited, typed: string): Edited {
  const room = MAX_PROMPT_LENGTH - text.length;
  if (room <= 0) return {text, caret};
  const safe = safeText(typed.slice(0, room));
  return {text: text.slice(0, caret) + safe + text.slice(caret), caret: caret + safe.length};
}

/** One press in the prompt that edits its text; null when the key is none of those. */
export function editText({text, caret}: Edited, key: string): Edited | null {
  switch (key) {
    case 'left':
    case 'ctrl+b':
      return {text, caret: caret - lengthBefore(text, caret)};
    case 'right':
    case 'ctrl+f':
      return {text, caret: caret + lengthAfter(text, caret)};
    case 'ctrl+left':
    case 'alt+b':
      return {text, caret: wordBefore(text, caret)};
    case 'ctrl+right':
    case 'alt+f':
      return {text, caret: wordAfter(text, caret)};
    case 'home':
    case 'ctrl+a':
      return {text, caret: 0};
    case 'end':
    case 'ctrl+e':
      return {text, caret: text.length};
    case 'backspace':
      return cut(text, caret - lengthBefore(text, caret), caret);
    // Many terminals send it for the backspace key; at the end of the text it can mean nothing else.
    case 'delete':
      return caret === text.length
        ? cut(text, caret - lengthBefore(text, caret), caret)
        : cut(text, caret, caret + lengthAfter(text, caret));
    case 'ctrl+d':
      return cut(text, caret, caret + lengthAfter(text, caret));
    case 'ctrl+u':
      return cut(text, 0, caret);
    case 'ctrl+k':
      return cut(text, caret, text.length);
    case 'ctrl+w':
    case 'ctrl+backspace':
      return cut(text, wordBefore(text, caret), caret);
    default:
      return null;
  }
}

function cut(text: string, from: number, to: number): Edited {
  return {text: text.slice(0, from) + text.slice(to), caret: from};
}

/** Where the word before the caret starts. */
function wordBefore(text: string, caret: number): number {
  return text.slice(0, caret).replace(/\S+\s*$/, '').length;
}

/** Where the word after the caret ends. */
function wordAfter(text: string, caret: number): number {
  return text.length - text.slice(caret).replace(/^\s*\S+/, '').length;
}

function lengthBefore(text: string, caret: number): number {
  return graphemes(text.slice(0, caret)).at(-1)?.length ?? 0;
}

function lengthAfter(text: string, caret: number): number {
  return graphemes(text.slice(caret))[0]?.length ?? 0;
}

/** What `A` and `d` ask for in one line: a length of time and words, in either order. */
export interface SpanAndWords {
  readonly span: DurationMs | null;
  readonly words: string;
}

/** Reads `2h Platte wird getauscht` and `Platte wird getauscht 2h`. */
export function parseSpanAndWords(text: string): SpanAndWords {
  const words = text.trim().split(/\s+/).filter(Boolean);
  const first = words[0] === undefined ? null : parseDuration(words[0]);
  if (first !== null) return {span: first, words: words.slice(1).join(' ')};
  const last = words.length < 2 ? null : parseDuration(words.at(-1) ?? '');
  if (last !== null) return {span: last, words: words.slice(0, -1).join(' ')};
  return {span: null, words: words.join(' ')};
}
