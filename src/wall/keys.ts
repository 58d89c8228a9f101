import type {Move} from './rotation.ts';

/** What a key means on the wall. There is none that changes anything but the screen. */
export type WallKey = Move | 'quit' | 'interrupt' | 'suspend' | 'repaint';

/** Every key there is, as terminals send it: plain and in application mode. */
const KEYS: Readonly<Record<string, WallKey>> = {
  p: 'pause',
  ' ': 'pause',
  '\x1b[C': 'next',
  '\x1bOC': 'next',
  '\x1b[D': 'previous',
  '\x1bOD': 'previous',
  q: 'quit',
  '\x0c': 'repaint',
  '\x03': 'interrupt',
  '\x1a': 'suspend',
};

const PASTE_START = '\x1b[200~';
const PASTE_END = '\x1b[201~';

/** Reads keys from what a terminal sends. Pasted text is none, however it is cut into pieces (security rule 47). */
export class KeyReader {
  #isPasting = false;
  /** End of the read before: a mark may be cut in two. Shorter than a mark, so none is found twice. */
  #tail = '';

  /**
   * @param bytes - One read from the terminal.
   * @returns The key; null for everything that is not exactly one of ours.
   */
  read(bytes: string): WallKey | null {
    const text = this.#tail + bytes;
    this.#tail = text.slice(1 - PASTE_END.length);
    const start = text.lastIndexOf(PASTE_START);
    const end = text.lastIndexOf(PASTE_END);
    const wasPasting = this.#isPasting;
    if (start !== end) this.#isPasting = start > end;
    if (wasPasting || start >= 0 || end >= 0) return null;
    return Object.hasOwn(KEYS, bytes) ? (KEYS[bytes] ?? null) : null;
  }
}
