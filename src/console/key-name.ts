import type {Key} from 'ink';
import {graphemes} from '../runtime/graphemes.ts';

/** One press as the keymap names it: `a`, `A`, `space`, `ctrl+l`, `shift+tab`, `pageDown`. Null for what is no press. */
export function keyName(input: string, key: Key): string | null {
  if (key.eventType === 'release') return null;
  const named = NAMED.find(([property]) => key[property]);
  if (named !== undefined) return key.shift && named[1] === 'tab' ? 'shift+tab' : named[1];
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

/** More keys than this at once nobody presses, not even over a slow line: a paste from a terminal without bracketed paste. */
const MOST_PRESSES = 8;

const IN_TEXT: Readonly<Record<string, string>> = {'\r': 'enter', '\n': 'enter', '\t': 'tab', ' ': 'space'};

/**
 * The presses in one piece of input: several when they came together over a slow line. No key is bound with Alt: what a
 * terminal sends for it is what it sends for Esc and the key after it.
 *
 * @returns null for text that was pasted: it is no press of anything (security rule 47).
 */
export function pressesOf(input: string, key: Key): readonly string[] | null {
  const name = keyName(input, key);
  if (name === null) return [];
  if (key.meta && name === input) return ['escape', name];
  if (name !== input || input.length <= 1) return [name];
  const characters = graphemes(input);
  const isHeld = characters.every(character => character === characters[0]);
  if (characters.length > MOST_PRESSES && !isHeld) return null;
  return characters.map(character => IN_TEXT[character] ?? character);
}
