import type {Key} from 'ink';
import {graphemes} from '../runtime/graphemes.ts';

/**
 * One press as the keymap names it: `a`, `A`, `space`, `ctrl+l`, `shift+tab`, `pageDown`. Null for what is no press. Alt does to
 * an arrow and to Backspace what Ctrl does: a whole word.
 */
export function keyName(input: string, key: Key): string | null {
  if (key.eventType === 'release') return null;
  const named = NAMED.find(([property]) => key[property]);
  if (named !== undefined) {
    if (named[1] === 'tab') return key.shift ? 'shift+tab' : 'tab';
    const isWord = (key.ctrl || key.meta) && BY_WORD.has(named[1]);
    return isWord ? `ctrl+${named[1]}` : named[1];
  }
  if (key.ctrl && input.length === 1) return `ctrl+${input}`;
  if (input === '') return null;
  if (input === ' ') return 'space';
  return input;
}

const NAMED = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageUp'],
  ['pageDown', 'pageDown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
] as const satisfies readonly (readonly [keyof Key, string])[];

const BY_WORD: ReadonlySet<string> = new Set(['left', 'right', 'backspace']);

/** More keys than this at once nobody presses, not even over a slow line: a paste from a terminal without bracketed paste. */
const MOST_PRESSES = 8;

const IN_TEXT: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  ' ': 'space',
  '\b': 'backspace',
  '\x7f': 'backspace',
};

/** What a key is called that came as one character among others. */
function nameInText(character: string): string {
  const code = character.charCodeAt(0);
  const isControl = code >= 0x01 && code <= 0x1a;
  return IN_TEXT[character] ?? (isControl ? `ctrl+${String.fromCharCode(code + 0x60)}` : character);
}

/** Keys of which a terminal sends the same with Alt as for Esc and the key after it; only a line of text takes them for Alt. */
const WITH_ALT: ReadonlySet<string> = new Set(['b', 'f']);

/**
 * The presses in one piece of input: several when they came together over a slow line. What a terminal sends for Alt is what it
 * sends for Esc and the key after it, so that is what it is taken for; `alt+b` and `alt+f` may be both, see `apart`.
 *
 * @returns null for text that was pasted: it is no press of anything (security rule 47).
 */
export function pressesOf(input: string, key: Key): readonly string[] | null {
  const name = keyName(input, key);
  if (name === null) return [];
  if (key.meta && WITH_ALT.has(name)) return [`alt+${name}`];
  if (key.meta && (name === input || AFTER_ESCAPE.has(name))) return ['escape', name];
  if (name !== input || input.length <= 1) return [name];
  const characters = graphemes(input);
  const isHeld = characters.every(character => character === characters[0]);
  if (characters.length > MOST_PRESSES && !isHeld) return null;
  return characters.map(nameInText);
}

/** Keys with a name that must not lose the Esc before them: it says that nothing is wanted. */
const AFTER_ESCAPE: ReadonlySet<string> = new Set(['enter', 'tab', 'space']);

/** What `alt+b` is: one key in a line of text, elsewhere Esc and then the key. */
export function apart(key: string, isTyping: boolean): readonly string[] {
  return !isTyping && key.startsWith('alt+') ? ['escape', key.slice('alt+'.length)] : [key];
}
