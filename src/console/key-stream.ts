import {Readable} from 'node:stream';
import {PROBE_ANSWER} from '../runtime/terminal-writer/flow.ts';

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
 * What Ink reads keys from: the keyboard, without the answers to the writer's probes, and with no paste longer than a line needs. Ink gathers a paste before it hands it
 * on, and looks through all of it with each piece: fifty megabytes would stop it for minutes. Raw mode is the terminal
 * session's, so Ink's wish for it does nothing here.
 */
export class KeyStream extends Readable {
  readonly isTTY = true;
  readonly #onAnswer: () => void;
  /** The start of a mark or an answer whose end has not come yet. */
  #rest = '';
  /** Characters of the paste that have passed so far; null outside of one. */
  #pasted: number | null = null;

  /** @param onAnswer - The terminal has read what was written before a probe. */
  constructor(keyboard: Keyboard, onAnswer: () => void) {
    super({encoding: 'utf8', read() {}});
    this.#onAnswer = onAnswer;
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
    const open = text.lastIndexOf('\x1b');
    const end = open >= 0 && this.#isUnfinished(text.slice(open)) ? open : text.length;
    this.#rest = text.slice(end);
    const passed = this.#withShortPastes(this.#withoutAnswers(text.slice(0, end)));
    if (passed !== '') this.push(passed);
  }

  /** A lone Esc is a key, and must not wait for more; in a paste it may be the start of its end. */
  #isUnfinished(sequence: string): boolean {
    if (sequence === '\x1b' && this.#pasted === null) return false;
    const marks = [this.#pasted === null ? PASTE_START : PASTE_END, PROBE_ANSWER];
    return marks.some(mark => mark !== sequence && mark.startsWith(sequence));
  }

  #withoutAnswers(text: string): string {
    const pieces = text.split(PROBE_ANSWER);
    for (let answers = 1; answers < pieces.length; answers++) this.#onAnswer();
    return pieces.join('');
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
