import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {type HeadlessTerminal, headlessTerminal} from './headless-terminal.ts';

/** A program on a terminal of its own (util-linux `script` makes it), its screen in a headless emulator. */
export interface Pty extends AsyncDisposable {
  readonly screen: HeadlessTerminal;
  /** Everything the program wrote so far. */
  readonly raw: () => string;
  type(keys: string): void;
  /** Resolves when the condition holds, looked at after each piece of output. */
  until(condition: () => boolean): Promise<void>;
  /** Stops or goes on reading, as a terminal after Ctrl-S and Ctrl-Q does. */
  setReading(isReading: boolean): void;
  /** Takes the terminal away, as a closed window does. */
  hangUp(): void;
  /** Exit code, 128 + the signal for one that a signal ended. */
  readonly exit: Promise<number>;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** Starts a command on a terminal of that size. */
export function openPty(command: readonly string[], {columns = 80, rows = 24, env = {}} = {}): Pty {
  const inside = `stty cols ${columns} rows ${rows}; exec ${command.map(quoted).join(' ')}`;
  const child: ChildProcess = spawn('script', ['-q', '-e', '-f', '-c', inside, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {...process.env, TERM: 'xterm-256color', SHELL: '/bin/sh', ...env},
  });
  const screen = headlessTerminal(columns, rows);
  const output = child.stdout;
  if (output === null) throw new Error('no pipe');
  const waiting = new Set<() => void>();
  let raw = '';
  const exit = once(child, 'close').then(([code]) => Number(code));
  const look = (): void => {
    for (const check of waiting) check();
  };
  screen.onReply(reply => void child.stdin?.write(reply));
  output.setEncoding('utf8');
  output.on('data', (data: string) => {
    raw += data;
    void screen.write(data).then(look);
  });
  void exit.then(() => screen.write('')).then(look);

  return {
    screen,
    raw: () => raw,
    type: keys => void child.stdin?.write(keys),
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
    hangUp: () => void child.kill('SIGKILL'),
    exit,
    async [Symbol.asyncDispose]() {
      output.resume();
      child.kill('SIGKILL');
      await exit;
      screen.dispose();
    },
  };
}
