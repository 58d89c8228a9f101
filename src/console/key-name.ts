import type {Key} from 'ink';

/** One press as the keymap names it: `a`, `A`, `space`, `ctrl+l`, `shift+tab`, `pageDown`. Null for what is no press. */
export function keyName(input: string, key: Key): string | null {
  if (key.eventType === 'release') return null;
  const named = NAMED.find(([property]) => key[property]);
  if (named !== undefined) return key.shift && named[1] === 'tab' ? 'shift+tab' : named[1];
  if (key.ctrl && input.length === 1) return `ctrl+${input}`;
  if (key.meta || input === '') return null;
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
