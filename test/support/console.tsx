import {EventEmitter} from 'node:events';
import {PassThrough} from 'node:stream';
import {expect} from 'vitest';
import type {NocStore} from '../../src/client/noc.ts';
import {type ConsoleParts, drawConsole} from '../../src/console/draw-console.tsx';
import {type ActionName, keymap} from '../../src/console/keymap.ts';
import type {Language} from '../../src/runtime/i18n.ts';
import {createShutdown} from '../../src/runtime/shutdown.ts';
import type {TerminalOutput} from '../../src/runtime/terminal-output.ts';
import {PaintedStream} from '../../src/runtime/terminal-writer/painted-stream.ts';
import {openTerminalWriter} from '../../src/runtime/terminal-writer/writer.ts';
import type {VirtualOutside} from './clock.ts';
import {type HeadlessTerminal, headlessTerminal} from './headless-terminal.ts';
import type {HeldLine} from './held-line.ts';
import {cellsOutside, cutWords} from './screen-faults.ts';

// Clocks on the screen show the zone of the machine: that of these frames is Berlin.
process.env.TZ = 'Europe/Berlin';

/** What a terminal sends for the keys of the keymap that are no letters. */
const BYTES: Readonly<Record<string, string>> = {
  enter: '\r',
  escape: '\x1b',
  tab: '\t',
  'shift+tab': '\x1b[Z',
  space: ' ',
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
  pageUp: '\x1b[5~',
  pageDown: '\x1b[6~',
  home: '\x1b[H',
  end: '\x1b[F',
  backspace: '\x7f',
  delete: '\x1b[3~',
};

function bytesOf(key: string): string {
  if (key.startsWith('ctrl+')) return String.fromCharCode(key.charCodeAt(5) & 0x1f);
  return BYTES[key] ?? key;
}

export interface OpenConsoleOptions extends Partial<Pick<ConsoleParts, 'me' | 'isReadOnly' | 'depth' | 'telling'>> {
  readonly store: NocStore;
  readonly outside: VirtualOutside;
  readonly columns?: number;
  readonly rows?: number;
  readonly lang?: Language;
  /** The variable TERM; `xterm-256color` unless told otherwise. */
  readonly term?: string;
  /** A line that holds bytes back, with a terminal that answers; without one everything arrives at once, and nothing is asked. */
  readonly line?: HeldLine;
}

/** A running console, with everything around it in the hands of a test. */
export interface OpenConsole extends Disposable {
  readonly terminal: HeadlessTerminal;
  /** How often the console asked to be stopped, or to be drawn anew. */
  readonly asked: {suspends: number; repaints: number};
  /** Signals and exceptions come from here. */
  readonly process: EventEmitter;
  /** Exit code, once it has left. */
  readonly exit: Promise<number>;
  readonly reports: readonly unknown[];
  /** Every byte written to the terminal so far. */
  bytes(): string;
  /** Presses the key of an action. */
  do(action: ActionName): Promise<void>;
  /** Presses keys by their names. */
  press(...keys: readonly string[]): Promise<void>;
  /** Types letter by letter. */
  type(text: string): Promise<void>;
  paste(text: string): Promise<void>;
  /** What the terminal sends, as it is. */
  input(bytes: string): Promise<void>;
  resize(columns: number, rows: number): Promise<void>;
  /** Without waiting for what is painted. */
  inputSoon(bytes: string): void;
  /** Without waiting for what is painted. */
  resizeSoon(columns: number, rows: number): void;
  /** The signal of a new size arrives: the size is what it is by now. */
  hearSize(): void;
  /** Moves time on, painting on the way. */
  pass(ms: number): Promise<void>;
  /** Rows on the screen when everything so far is painted. */
  frame(): Promise<readonly string[]>;
  /** Compares the screen with the file of that name in test/frames/console, and looks for faults that no eye must find. */
  toMatchFrame(name: string): Promise<void>;
  /** The same at every size, one after the other (`name-80x24-de`, `name-120x40-de`, …), and back to the size it had. */
  toMatchFrames(name: string, sizes?: readonly FrameSize[]): Promise<void>;
}

type FrameSize = readonly [columns: number, rows: number];

/** Every pane and every dialogue is compared at these. */
export const FRAME_SIZES: readonly FrameSize[] = [
  [80, 24],
  [120, 40],
  [200, 60],
];

/** Opens the real console on a terminal emulator. */
export function openConsole(options: OpenConsoleOptions): OpenConsole {
  const {store, outside, columns = 80, rows = 24, lang = 'de', term = 'xterm-256color'} = options;
  const {me = null, isReadOnly = false, depth = '256', telling = null, line} = options;
  const terminal = headlessTerminal(columns, rows);
  let written = '';
  let arrived: Promise<void> = Promise.resolve();
  const arrive = (bytes: string): void => {
    written += bytes;
    arrived = terminal.write(bytes);
  };
  const output: TerminalOutput = line?.lead(arrive) ?? {
    write: arrive,
    isIdle: true,
    onIdle() {},
    writeLast: arrive,
    close() {},
  };
  // What the terminal session does: a screen without history, no cursor, no wrapping at the edge.
  arrive('\x1b[?1049h\x1b[?25l\x1b[?7l');
  const left = Promise.withResolvers<number>();
  const process = Object.assign(new EventEmitter(), {pid: 4711, kill: () => true, exit: left.resolve});
  const reports: unknown[] = [];
  const shutdown = createShutdown({process, timers: outside.timers, report: error => void reports.push(error)});
  const writer = openTerminalWriter({
    output,
    timers: outside.timers,
    size: {columns, rows},
    term,
    hasProbes: line !== undefined,
  });
  const asked = {suspends: 0, repaints: 0};
  const keyboard = new PassThrough();
  const drawn: string[] = [];
  // What Ink draws, before our writer makes it fit.
  const stdout = new PaintedStream({columns, rows}, text => {
    drawn.push(text);
    writer.stdout.write(text);
  });
  const running = drawConsole({
    store,
    lang,
    me,
    isReadOnly,
    depth,
    telling,
    canvas: {
      ...writer,
      stdout,
      repaint() {
        asked.repaints++;
        writer.repaint();
      },
    },
    suspend: () => void asked.suspends++,
    keyboard,
    outside,
    shutdown,
  });
  const settle = async (): Promise<void> => {
    await outside.advanceAsync(0);
    if (!shutdown.isEnding) await running.settled();
    await outside.advanceAsync(0);
    await arrived;
  };
  const input = async (bytes: string): Promise<void> => {
    keyboard.write(bytes);
    // Ink waits a moment for the rest of a sequence before it takes a lone Esc for a key. Its timer has to be running before ours,
    // which is longer, however busy the machine is.
    if (bytes.endsWith('\x1b')) {
      for (let turn = 0; turn < 5; turn++) await new Promise<void>(resolve => setImmediate(resolve));
      await new Promise(resolve => setTimeout(resolve, ESCAPE_MS));
    }
    await settle();
  };
  const opened: OpenConsole = {
    terminal,
    asked,
    process,
    exit: left.promise,
    reports,
    bytes: () => written,
    do: action => {
      const binding = keymap.find(candidate => candidate.action === action);
      return input(bytesOf(binding?.keys[0] ?? ''));
    },
    async press(...keys) {
      for (const key of keys) await input(bytesOf(key));
    },
    async type(text) {
      for (const character of text) await input(character);
    },
    paste: text => input(`\x1b[200~${text}\x1b[201~`),
    input,
    inputSoon: bytes => void keyboard.write(bytes),
    resizeSoon(toColumns, toRows) {
      terminal.resize(toColumns, toRows);
      opened.hearSize();
    },
    hearSize() {
      const size = {columns: terminal.columns, rows: terminal.rows};
      writer.resize(size);
      stdout.resize(size);
    },
    async resize(toColumns, toRows) {
      opened.resizeSoon(toColumns, toRows);
      await settle();
    },
    async pass(ms) {
      await outside.advanceAsync(ms);
      await settle();
    },
    async frame() {
      await settle();
      return terminal.lines();
    },
    async toMatchFrame(name) {
      const lines = await opened.frame();
      expect(cutWords(lines, lang)).toEqual([]);
      expect(cellsOutside(drawn, terminal)).toEqual([]);
      const file = `../frames/console/${name}.txt`;
      await expect(`${lines.map(line => `${line.trimEnd()}|`).join('\n')}\n`).toMatchFileSnapshot(file);
    },
    async toMatchFrames(name, sizes = FRAME_SIZES) {
      for (const [toColumns, toRows] of sizes) {
        await opened.resize(toColumns, toRows);
        await opened.toMatchFrame(`${name}-${toColumns}x${toRows}-${lang}`);
      }
      await opened.resize(columns, rows);
    },
    [Symbol.dispose]() {
      shutdown.exit(0);
      terminal.dispose();
    },
  };
  return opened;
}

/** Ink's own wait, and a little. */
const ESCAPE_MS = 25;
