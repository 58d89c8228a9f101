import {useInput, usePaste} from 'ink';
import {pressesOf} from './key-name.ts';

/** Who takes presses, and pasted text apart from them. */
interface KeyTaker {
  press(key: string): void;
  paste(text: string): void;
}

/** Keys and pastes come on separate ways, so that nothing pasted is ever a key (security rule 47). */
export function useKeys(taker: KeyTaker): void {
  useInput((input, key) => {
    const presses = pressesOf(input, key);
    if (presses === null) taker.paste(input);
    else for (const name of presses) taker.press(name);
  });
  usePaste(text => taker.paste(text));
}
