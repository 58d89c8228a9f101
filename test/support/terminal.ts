import {execFile} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {writeFileSync} from 'node:fs';
import {setTimeout as pause} from 'node:timers/promises';
import {promisify} from 'node:util';
import {temporaryFolder} from './temporary-folder.ts';

const run = promisify(execFile);

/** A real terminal with a program in it: a tmux server of its own, gone with the test. */
export interface Terminal extends AsyncDisposable {
  /** Keys by tmux's names: `Enter`, `Escape`, `C-c`, `Up`, `a`. */
  press(...keys: readonly string[]): Promise<void>;
  /** Letter by letter, as typed; no names. */
  type(text: string): Promise<void>;
  /** As a terminal delivers it: bracketed when the program asked for that. */
  paste(text: string): Promise<void>;
  /** What stands on the screen now, without trailing blanks; `colours` with its escape sequences. */
  screen(look?: 'plain' | 'colours'): Promise<string>;
  /** The screen as soon as it shows `wanted`; fails with the last screen after `timeoutMs`. */
  see(wanted: string | RegExp, timeoutMs?: number): Promise<string>;
  /** The screen as soon as it no longer shows `unwanted`. */
  lose(unwanted: string | RegExp, timeoutMs?: number): Promise<string>;
  resize(columns: number, rows: number): Promise<void>;
  /** What the terminal itself knows, as a tmux format: `#{alternate_on} #{cursor_flag} #{mouse_any_flag}`. */
  ask(format: string): Promise<string>;
  /** Process number of the program that was started. */
  pid(): Promise<number>;
  /** Exit code when the program has ended; waits for it. */
  exit(timeoutMs?: number): Promise<number>;
}

export interface TerminalOptions {
  readonly command: readonly string[];
  readonly columns?: number;
  readonly rows?: number;
  /** Beside the environment of the test. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** A screen is looked at this often; nothing waits for a time, only for what is to be seen. */
const LOOK_MS = 30;
const PATIENCE_MS = 30_000;

/** Does anything of that session still run? `pgrep` fails where nothing does. */
const lives = (session: string): Promise<boolean> =>
  run('pgrep', ['-s', session, '-r', 'R,S,D,T']).then(
    () => true,
    () => false,
  );

export async function openTerminal(options: TerminalOptions): Promise<Terminal> {
  const {command, columns = 80, rows = 24, env = {}, cwd = process.cwd()} = options;
  const folder = temporaryFolder();
  const config = folder.file('tmux.conf');
  writeFileSync(
    config,
    'set -g remain-on-exit on\nset -g status off\nset -g default-terminal tmux-256color\nset -s escape-time 0\n',
  );
  const socket = `nocturne-${process.pid}-${randomBytes(4).toString('hex')}`;
  const tmux = async (...words: readonly string[]): Promise<string> => {
    const {stdout} = await run('tmux', ['-L', socket, '-f', config, ...words], {encoding: 'utf8'});
    return stdout;
  };
  const variables = Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  const size = ['-x', String(columns), '-y', String(rows)];
  await tmux('new-session', '-d', ...size, ...variables, '-c', cwd, '--', ...command);

  const screen = async (look: 'plain' | 'colours' = 'plain'): Promise<string> =>
    (await tmux('capture-pane', '-p', ...(look === 'colours' ? ['-e'] : []))).replace(/[ \n]+$/, '');
  const ask = async (format: string): Promise<string> => (await tmux('display-message', '-p', format)).trim();

  const until = async (isThere: (shown: string) => boolean, what: string, timeoutMs: number): Promise<string> => {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const shown = await screen();
      if (isThere(shown)) return shown;
      if (performance.now() > deadline) throw new Error(`${what} within ${timeoutMs} ms; the screen:\n${shown}`);
      await pause(LOOK_MS);
    }
  };
  const shows = (wanted: string | RegExp) => (shown: string) =>
    typeof wanted === 'string' ? shown.includes(wanted) : wanted.test(shown);

  return {
    press: async (...keys) => void (await tmux('send-keys', ...keys)),
    type: async text => void (await tmux('send-keys', '-l', '--', text)),
    async paste(text) {
      await tmux('set-buffer', '--', text);
      await tmux('paste-buffer', '-p');
    },
    screen,
    ask,
    see: (wanted, timeoutMs = PATIENCE_MS) => until(shows(wanted), `nothing like ${wanted}`, timeoutMs),
    lose: (unwanted, timeoutMs = PATIENCE_MS) =>
      until(shown => !shows(unwanted)(shown), `still ${unwanted}`, timeoutMs),
    resize: async (toColumns, toRows) =>
      void (await tmux('resize-window', '-x', String(toColumns), '-y', String(toRows))),
    pid: async () => Number(await ask('#{pane_pid}')),
    async exit(timeoutMs = PATIENCE_MS) {
      const deadline = performance.now() + timeoutMs;
      for (;;) {
        const [isDead, server, status = ''] = (await ask('#{pane_dead} #{pid} #{pane_dead_status}')).split(' ');
        if (isDead === '1' && status !== '') return Number(status);
        // tmux 3.3 sometimes sleeps through the end of its child, and looks again when it is told to.
        if (isDead === '1') process.kill(Number(server), 'SIGCHLD');
        if (performance.now() > deadline)
          throw new Error(`it has not ended within ${timeoutMs} ms; the screen:\n${await screen()}`);
        await pause(LOOK_MS);
      }
    },
    async [Symbol.asyncDispose]() {
      const session = await ask('#{pane_pid}').catch(() => 'none');
      await tmux('kill-server').catch(() => undefined);
      // What ran in it hears of the end after the server has answered, and may still be putting its files in order.
      while (await lives(session)) await pause(LOOK_MS);
      folder[Symbol.dispose]();
    },
  };
}
