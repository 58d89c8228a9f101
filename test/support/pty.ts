import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import type {Readable, Writable} from 'node:stream';
import {type HeadlessTerminal, headlessTerminal} from './headless-terminal.ts';

/** A terminal that somebody looks at: what arrives is drawn, what is typed and what the terminal answers goes back. */
export interface LiveScreen {
  readonly screen: HeadlessTerminal;
  /** Everything the program wrote so far. */
  readonly raw: () => string;
  type(keys: string): void;
  /** Resolves when the condition holds, looked at after each piece of output. */
  until(condition: () => boolean): Promise<void>;
  /** Stops or goes on reading, as a terminal after Ctrl-S and Ctrl-Q does. */
  setReading(isReading: boolean): void;
}

/** A program on a terminal of its own, its screen in a headless emulator. */
export interface Pty extends LiveScreen, AsyncDisposable {
  /** Of the program that holds the terminal; ours is its child. */
  readonly pid: number;
  /** Takes the terminal away, as a closed window does. */
  hangUp(): void;
  /** Exit code, 128 + the signal for one that a signal ended; known when the program is gone, not only its terminal. */
  readonly exit: Promise<number>;
}

/** The program below that process: of a `Pty` the one on its terminal. */
export function childOf(pid: number): number {
  const [child = '0'] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
  return Number(child);
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** The size and the environment of a terminal. */
export interface PtyOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Starts a command on a terminal of that size, which util-linux `script` makes; what it draws and what is typed are the
 * child's pipes. The fourth pipe is nobody's but held by the program itself, which outlives `script` when its terminal
 * goes away: so `close` comes when both have ended.
 */
export function spawnOnPty(
  command: readonly string[],
  {columns = 80, rows = 24, env = {}}: PtyOptions = {},
): ChildProcess {
  const inside = `stty cols ${columns} rows ${rows}; exec ${command.map(quoted).join(' ')}`;
  return spawn('script', ['-q', '-e', '-f', '-c', inside, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit', 'pipe'],
    env: {...process.env, TERM: 'xterm-256color', SHELL: '/bin/sh', ...env},
  });
}

/** A program takes the screen: what stood on it before is looked at, also when both came in one piece. */
const TAKES_SCREEN = /(?=\x1b\[\?1049h)/;

/** Looks at what comes out of `output`; `ended` resolves when nothing more will. */
export function liveScreen(
  output: Readable,
  input: Writable,
  {columns, rows}: {readonly columns: number; readonly rows: number},
  ended: Promise<unknown>,
): LiveScreen {
  const screen = headlessTerminal(columns, rows);
  const waiting = new Set<() => void>();
  let raw = '';
  const look = (): void => {
    for (const check of waiting) check();
  };
  let drawn = Promise.resolve();
  const draw = async (data: string): Promise<void> => {
    for (const piece of data.split(TAKES_SCREEN)) {
      await screen.write(piece);
      look();
    }
  };
  // A program that has ended takes no answer to what it asked last.
  input.on('error', () => {});
  screen.onReply(reply => void input.write(reply));
  output.setEncoding('utf8');
  output.on('data', (data: string) => {
    raw += data;
    drawn = drawn.then(() => draw(data));
  });
  void ended.then(look);
  return {
    screen,
    raw: () => raw,
    type: keys => void input.write(keys),
    until: condition =>
      new Promise(resolve => {
        const check = (): void => {
          if (!condition()) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    setReading: isReading => void (isReading ? output.resume() : output.pause()),
  };
}

/** Starts a command on a terminal of that size, and looks at it. */
export function openPty(command: readonly string[], options: PtyOptions = {}): Pty {
  const {columns = 80, rows = 24} = options;
  const child = spawnOnPty(command, options);
  const {stdout, stdin} = child;
  if (stdout === null || stdin === null) throw new Error('no pipe');
  const exit = once(child, 'close').then(([code]) => Number(code));
  const live = liveScreen(stdout, stdin, {columns, rows}, exit);
  return {
    ...live,
    pid: child.pid ?? 0,
    hangUp: () => void child.kill('SIGKILL'),
    exit,
    async [Symbol.asyncDispose]() {
      stdout.resume();
      child.kill('SIGKILL');
      await exit;
      live.screen.dispose();
    },
  };
}
