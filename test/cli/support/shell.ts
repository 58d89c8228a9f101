import type {Shell} from '../../../src/cli/context.ts';
import {runCli} from '../../../src/cli/main.ts';
import {type VirtualOutside, virtualOutside} from '../../support/clock.ts';
import {temporaryFolder} from '../../support/temporary-folder.ts';

/** What one command line gave. */
export interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Standard output as it was written. */
  readonly bytes: Buffer;
  /** Standard output as JSON. */
  readonly json: unknown;
}

export interface TestShell extends Disposable {
  /** Changed between commands as `export` does. */
  readonly env: Record<string, string>;
  readonly home: ReturnType<typeof temporaryFolder>;
  readonly outside: VirtualOutside;
  /** Types a command line, split at blanks where it is a text. */
  run(
    line: string | readonly string[],
    options?: {readonly stdin?: string; readonly columns?: number},
  ): Promise<Answer>;
}

/** A user's shell around the command line: a home of its own, an environment, and whatever is printed. */
export function openShell(env: Record<string, string> = {}, outside: VirtualOutside = virtualOutside()): TestShell {
  const home = temporaryFolder();
  const variables: Record<string, string> = {HOME: home.path, LANG: 'en_GB.UTF-8', TERM: 'xterm', ...env};
  return {
    env: variables,
    home,
    outside,
    async run(line, {stdin, columns} = {}) {
      const argv = typeof line === 'string' ? line.split(' ').filter(Boolean) : line;
      const written: Record<'out' | 'err', Buffer[]> = {out: [], err: []};
      const isTTY = columns !== undefined;
      const sink = (name: 'out' | 'err') => ({
        write: (text: string | Uint8Array) => void written[name].push(Buffer.from(text)),
        isTTY,
        columns: columns ?? 80,
      });
      const shell: Shell = {
        env: variables,
        stdout: sink('out'),
        stderr: sink('err'),
        readStdin: async () => stdin ?? null,
        streamStdin: async onText => {
          if (stdin !== undefined) onText(stdin);
          return stdin !== undefined;
        },
        outside,
      };
      const code = await runCli(argv, shell);
      const out = String(Buffer.concat(written.out));
      return {
        code,
        out,
        err: String(Buffer.concat(written.err)),
        bytes: Buffer.concat(written.out),
        get json() {
          return JSON.parse(out) as unknown;
        },
      };
    },
    [Symbol.dispose]: () => home[Symbol.dispose](),
  };
}
