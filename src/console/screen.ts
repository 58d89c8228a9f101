import {asciiText, isForeignCharset} from '../runtime/ascii.ts';
import type {Environment} from '../runtime/folders.ts';
import type {Timers} from '../runtime/outside.ts';
import type {Shutdown} from '../runtime/shutdown.ts';
import type {TerminalOutput} from '../runtime/terminal-output.ts';
import {openTerminalSession, type ProcessStop, type TerminalInput} from '../runtime/terminal-session.ts';
import {PaintedStream, type TerminalSize} from '../runtime/terminal-writer/painted-stream.ts';
import {openTerminalWriter} from '../runtime/terminal-writer/writer.ts';

/** The one seam between Ink and the terminal. */
export interface Canvas {
  /** Ink draws whole frames here. */
  readonly stdout: PaintedStream;
  /** The terminal had another size, if only for a moment: what stood on it may be gone. */
  resize(size: TerminalSize): void;
  /** Our own bytes, which show nothing: bell, notification, clipboard. */
  send(bytes: string): void;
  /** Draws everything again. */
  repaint(): void;
  /** Writes nothing more until `repaint`; resolves when the terminal has nothing left to answer. */
  hold(): Promise<void>;
  /** The terminal has read what was written before a probe. */
  probeAnswered(): void;
}

/** The console's place on the terminal. */
export interface ConsoleScreen {
  readonly canvas: Canvas;
  /** Gives the terminal back and stops, until the shell lets us go on. */
  suspend(): void;
}

/** What `process.stdout` knows of its terminal. */
export interface SizedTerminal {
  readonly columns?: number;
  readonly rows?: number;
}

/** The parts of `process` that the screen needs. */
export interface ScreenProcess extends ProcessStop {
  on(event: 'SIGTSTP' | 'SIGCONT' | 'SIGWINCH', listener: () => void): unknown;
  off(event: 'SIGTSTP' | 'SIGCONT' | 'SIGWINCH', listener: () => void): unknown;
}

export interface ScreenOptions {
  /** `cells` sends changed cells only; `ink` leaves painting to Ink. */
  readonly painter: 'cells' | 'ink';
  /** ASCII alone; null: where the locale names another character set than UTF-8. */
  readonly ascii: boolean | null;
  readonly input: TerminalInput;
  readonly output: TerminalOutput;
  readonly screen: SizedTerminal;
  readonly process: ScreenProcess;
  readonly env: Environment;
  readonly timers: Timers;
  readonly shutdown: Shutdown;
  /** Makes Ink draw all of its frame with the next one. */
  readonly forgetFrame: () => void;
}

/** A terminal that does not say its size. */
const COLUMNS = 80;
const ROWS = 24;

/** Takes the terminal, with the alternate screen, and gives it back with `shutdown` (security rule 48). */
export function openConsoleScreen(options: ScreenOptions): ConsoleScreen {
  const {screen, shutdown} = options;
  const size = () => ({columns: screen.columns || COLUMNS, rows: screen.rows || ROWS});
  const canvas = options.painter === 'cells' ? cellCanvas(options, size()) : inkCanvas(options, size());
  const session = openTerminalSession({...options, onLeave: canvas.hold, onResume: canvas.repaint});
  // The signal, and not `resize` of the stream, which keeps quiet when the terminal is as large again as it was by the time we look:
  // what did not fit meanwhile is gone all the same.
  const resize = (): void => canvas.resize(size());
  options.process.on('SIGWINCH', resize);
  shutdown.defer(() => void options.process.off('SIGWINCH', resize));
  return {canvas, suspend: session.suspend};
}

function cellCanvas(options: ScreenOptions, size: TerminalSize): Canvas {
  const {output, timers, env} = options;
  const writer = {output, timers, size, term: env.TERM ?? '', hasProbes: true};
  return openTerminalWriter(isAscii(options) ? {...writer, spell: asciiText} : writer);
}

/** Is only ASCII to be written? */
export function isAscii({ascii, env}: Pick<ScreenOptions, 'ascii' | 'env'>): boolean {
  return ascii ?? isForeignCharset(env);
}

const CLEAR = '\x1b[H\x1b[2J';

/** Ink's own painting, for terminals that the cell writer does not suit. */
function inkCanvas(options: ScreenOptions, size: TerminalSize): Canvas {
  const {output, forgetFrame} = options;
  const spell = isAscii(options) ? asciiText : (text: string) => text;
  let isHeld = false;
  const stdout = new PaintedStream(size, text => {
    if (!isHeld) output.write(spell(text));
  });
  const repaint = (): void => {
    isHeld = true;
    forgetFrame();
    isHeld = false;
    output.write(CLEAR);
    stdout.emit('resize');
  };
  return {
    stdout,
    resize(next) {
      const isAsBefore = next.columns === stdout.columns && next.rows === stdout.rows;
      stdout.resize(next);
      if (isAsBefore && !isHeld) repaint();
    },
    send(bytes) {
      if (!isHeld) output.write(bytes);
    },
    repaint,
    async hold() {
      isHeld = true;
    },
    probeAnswered() {},
  };
}
