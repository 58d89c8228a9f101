import {Readable} from 'node:stream';

const PASTE_START = '\x1b[200~';
const PASTE_END = '\x1b[201~';

/** More of one paste is not needed on any line that is typed here; the rest is dropped on the way. */
const MOST_PASTED = 4096;

/** The terminal's keyboard: `process.stdin`. */
export interface Keyboard {
  setEncoding(encoding: 'utf8'): unknown;
  on(event: 'readable', listener: () => void): unknown;
  read(): string | Uint8Array | null;
}

/**
 * What Ink reads keys from: the keyboard, with no paste longer than a line needs. Ink gathers a paste before it hands it
 * on, and looks through all of it with each piece: fifty megabytes would stop it for minutes. Raw mode is the terminal
 * session's, so Ink's wish for it does nothing here.
 */
export class KeyStream extends Readable {
  readonly isTTY = true;
  /** The start of a paste mark whose end has not come yet. */
  #rest = '';
  /** Characters of the paste that have passed so far; null outside of one. */
  #pasted: number | null = null;

  constructor(keyboard: Keyboard) {
    super({encoding: 'utf8', read() {}});
    keyboard.setEncoding('utf8');
    keyboard.on('readable', () => {
      for (let chunk = keyboard.read(); chunk !== null; chunk = keyboard.read()) this.#feed(String(chunk));
    });
  }

  setRawMode(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  #feed(chunk: string): void {
    const text = this.#rest + chunk;
    const mark = this.#pasted === null ? PASTE_START : PASTE_END;
    const open = text.lastIndexOf('\x1b');
    // A lone Esc is a key, and must not wait for more; in a paste it may be the start of its end.
    const isUnfinished = open >= 0 && mark.startsWith(text.slice(open)) && text.length - open < mark.length;
    const isKey = this.#pasted === null && open === text.length - 1;
    const end = isUnfinished && !isKey ? open : text.length;
    this.#rest = text.slice(end);
    const passed = this.#withShortPastes(text.slice(0, end));
    if (passed !== '') this.push(passed);
  }

  #withShortPastes(text: string): string {
    let passed = '';
    for (let at = 0; at < text.length; ) {
      const mark = this.#pasted === null ? PASTE_START : PASTE_END;
      const found = text.indexOf(mark, at);
      passed += this.#passable(text.slice(at, found < 0 ? text.length : found));
      if (found < 0) break;
      passed += mark;
      at = found + mark.length;
      this.#pasted = this.#pasted === null ? 0 : null;
    }
    return passed;
  }

  #passable(text: string): string {
    if (this.#pasted === null) return text;
    const kept = text.slice(0, Math.max(0, MOST_PASTED - this.#pasted));
    this.#pasted += text.length;
    return kept;
  }
}
