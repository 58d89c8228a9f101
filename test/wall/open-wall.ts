import {EventEmitter} from 'node:events';
import {onTestFinished} from 'vitest';
import type {CustomerId} from '../../src/domain/address.ts';
import type {Language} from '../../src/runtime/i18n.ts';
import {createShutdown} from '../../src/runtime/shutdown.ts';
import type {TerminalOutput} from '../../src/runtime/terminal-output.ts';
import type {WallStore} from '../../src/wall/picture.ts';
import {openWallSession} from '../../src/wall/session.ts';
import type {WallFlags} from '../../src/wall/settings.ts';
import {wallSettings} from '../../src/wall/settings.ts';
import {type VirtualOutside, virtualOutside} from '../support/clock.ts';
import {type HeadlessTerminal, headlessTerminal} from '../support/headless-terminal.ts';

// Clocks on the wall show the zone of the machine: that of these frames is Berlin.
process.env.TZ = 'Europe/Berlin';

/** Keyboard and size of a terminal, as a process sees them. */
class FakeTty extends EventEmitter {
  readonly isTTY = true;
  columns: number;
  rows: number;
  isRaw = false;

  constructor(columns: number, rows: number) {
    super();
    this.columns = columns;
    this.rows = rows;
  }

  getColorDepth(): number {
    return 24;
  }

  setRawMode(isRaw: boolean): void {
    this.isRaw = isRaw;
  }

  setEncoding(): void {}
}

/** The way to a terminal that a test can stop. */
class FakeOutput implements TerminalOutput {
  bytes = '';
  isIdle = true;
  readonly #take: (bytes: string) => void;
  readonly #listeners: (() => void)[] = [];

  constructor(take: (bytes: string) => void) {
    this.#take = take;
  }

  write(bytes: string): void {
    this.bytes += bytes;
    this.#take(bytes);
  }

  writeLast(bytes: string): void {
    this.write(bytes);
  }

  onIdle(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** It takes no more, as after Ctrl-S, or takes it all. */
  setIdle(isIdle: boolean): void {
    this.isIdle = isIdle;
    if (isIdle) for (const listener of this.#listeners) listener();
  }

  close(): void {}
}

export interface OpenWallOptions {
  readonly store: WallStore;
  readonly columns?: number;
  readonly rows?: number;
  readonly lang?: Language;
  readonly flags?: WallFlags;
  readonly customer?: CustomerId;
  readonly env?: Readonly<Record<string, string>>;
  readonly outside?: VirtualOutside;
}

/** A running wall, and everything around it in the hands of a test. */
export interface OpenWall extends Disposable {
  readonly outside: VirtualOutside;
  readonly terminal: HeadlessTerminal;
  readonly tty: FakeTty;
  readonly output: FakeOutput;
  /** Signals and exceptions come from here. */
  readonly process: EventEmitter;
  /** Exit code, once it has left. */
  readonly exit: Promise<number>;
  /** What it said after it had left. */
  readonly reports: readonly unknown[];
  press(key: string): void;
  resize(columns: number, rows: number): void;
  /** Rows on the screen when all that was written has arrived. */
  lines(): Promise<readonly string[]>;
  /** Bytes written since the last call. */
  written(): string;
}

export function openWall(options: OpenWallOptions): OpenWall {
  const {store, columns = 120, rows = 40, lang = 'de', flags = {}, customer = null, env = {}} = options;
  const outside = options.outside ?? virtualOutside();
  const terminal = headlessTerminal(columns, rows);
  const tty = new FakeTty(columns, rows);
  let arrived: Promise<void> = Promise.resolve();
  const output = new FakeOutput(bytes => {
    arrived = terminal.write(bytes);
  });
  const left = Promise.withResolvers<number>();
  const process = Object.assign(new EventEmitter(), {pid: 4711, kill: () => true, exit: left.resolve});
  const reports: unknown[] = [];
  const shutdown = createShutdown({process, timers: outside.timers, report: error => reports.push(error)});
  openWallSession({
    store,
    lang,
    settings: wallSettings({dim: 'off', ...flags}),
    customer,
    input: tty,
    output,
    screen: tty,
    process,
    env: {TERM: 'xterm-256color', ...env},
    outside,
    shutdown,
  });
  let read = 0;
  return {
    outside,
    terminal,
    tty,
    output,
    process,
    exit: left.promise,
    reports,
    press: key => void tty.emit('data', key),
    resize(toColumns, toRows) {
      terminal.resize(toColumns, toRows);
      tty.columns = toColumns;
      tty.rows = toRows;
      process.emit('SIGWINCH');
      outside.advance(50);
    },
    async lines() {
      await arrived;
      return terminal.lines();
    },
    written() {
      const bytes = output.bytes.slice(read);
      read = output.bytes.length;
      return bytes;
    },
    [Symbol.dispose]() {
      shutdown.exit(0);
      terminal.dispose();
    },
  };
}

/** A wall that is put away with the test that opened it. */
export function wallOf(options: OpenWallOptions): OpenWall {
  const wall = openWall(options);
  onTestFinished(() => wall[Symbol.dispose]());
  return wall;
}
