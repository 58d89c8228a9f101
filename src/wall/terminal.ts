import {Fault} from '../domain/fault.ts';
import {KeyReader, type WallKey} from './keys.ts';

/** The side of a terminal that is read: `process.stdin` or a test's. */
export interface TerminalInput extends NodeJS.EventEmitter {
  readonly isTTY?: boolean;
  setRawMode?(isRaw: boolean): unknown;
  setEncoding(encoding: 'utf8'): unknown;
  resume(): unknown;
  pause(): unknown;
}

/** The side that is written: `process.stdout` or a test's. */
export interface TerminalOutput extends NodeJS.EventEmitter {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  /** @returns false: it takes no more before `drain`. */
  write(text: string): boolean;
}

/** What happens at the terminal. */
export interface TerminalEvents {
  onKey(key: WallKey): void;
  onResize(): void;
  /** It takes bytes again after it did not. */
  onDrain(): void;
  /** It is gone: closed, or an error on either side (security rule 49). */
  onHangUp(): void;
}

/** Alternate screen, no cursor, no wrapping at the last column, pasted text in marks. */
const ENTER = '\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h';
const LEAVE = '\x1b[m\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l';
/** A Linux console has no alternate screen: what was drawn is wiped. */
const WIPE = '\x1b[m\x1b[H\x1b[2J';

/** The terminal while the wall has it. `enter` and `leave` may be called again and again; `leave` puts everything back. */
export class WallTerminal {
  readonly #input: TerminalInput;
  readonly #output: TerminalOutput;
  readonly #isConsole: boolean;
  readonly #keys = new KeyReader();
  #isEntered = false;
  #isBusy = false;
  #isGone = false;

  /**
   * @param isConsole - A Linux console, without an alternate screen.
   * @throws {Fault} `NO_TERMINAL` when either side is none (security rule 50).
   */
  constructor(input: TerminalInput, output: TerminalOutput, isConsole: boolean, events: TerminalEvents) {
    if (input.isTTY !== true || output.isTTY !== true) {
      throw new Fault('NO_TERMINAL', 'the wall needs a terminal for input and output');
    }
    this.#input = input;
    this.#output = output;
    this.#isConsole = isConsole;
    const hangUp = (): void => {
      if (this.#isGone) return;
      this.#isGone = true;
      events.onHangUp();
    };
    input.setEncoding('utf8');
    this.#listen(input, 'data', (bytes: string) => {
      const key = this.#keys.read(bytes);
      if (key !== null) events.onKey(key);
    });
    for (const event of ['end', 'close', 'error']) this.#listen(input, event, hangUp);
    this.#listen(output, 'resize', () => events.onResize());
    this.#listen(output, 'drain', () => {
      this.#isBusy = false;
      events.onDrain();
    });
    // A write to a terminal that went away fails later, also after `leave`: this listener stays.
    output.on('error', hangUp);
  }

  readonly #undo: (() => void)[] = [];

  #listen(emitter: NodeJS.EventEmitter, event: string, listener: (...values: never[]) => void): void {
    const plain = listener as (...values: unknown[]) => void;
    emitter.on(event, plain);
    this.#undo.push(() => emitter.off(event, plain));
  }

  get columns(): number {
    return Math.max(1, this.#output.columns ?? 80);
  }

  get rows(): number {
    return Math.max(1, this.#output.rows ?? 24);
  }

  /** It has not taken what was written yet. Whoever draws waits, so that nothing piles up. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  enter(): void {
    if (this.#isEntered) return;
    this.#isEntered = true;
    this.#input.setRawMode?.(true);
    this.#input.resume();
    this.write(ENTER);
  }

  write(bytes: string): void {
    if (bytes === '' || this.#isGone || !this.#isEntered) return;
    this.#isBusy = !this.#output.write(bytes);
  }

  /** Puts the terminal back as it was found. */
  leave(): void {
    if (!this.#isEntered) return;
    this.write(this.#isConsole ? WIPE + LEAVE : LEAVE);
    this.#isEntered = false;
    if (!this.#isGone) this.#input.setRawMode?.(false);
    this.#input.pause();
  }

  /** `leave`, and no more events. */
  close(): void {
    this.leave();
    for (const undo of this.#undo.splice(0)) undo();
  }
}
