import type {Stats} from 'node:fs';
import type {Readable} from 'node:stream';
import {Fault} from '../domain/fault.ts';
import type {DurationMs} from '../domain/time.ts';
import type {Timers} from '../runtime/outside.ts';

/** A report is at most this large. Source: security rule 29. */
const MOST_BYTES = 1024 * 1024;
/** A socket as standard input is what programs hand to their children, mostly with nothing to say and without ever closing it. */
const SOCKET_PATIENCE_MS: DurationMs = 300;

/**
 * Reads standard input to its end: of a pipe or a file, and of a socket when something comes in time.
 *
 * @returns null for a terminal and whatever else cannot be meant as input.
 * @throws {Fault} `USAGE_INPUT_SIZE` beyond 1 MiB.
 */
export async function readInput(stdin: Readable, kind: Stats, timers: Timers): Promise<string | null> {
  let text = '';
  const wasRead = await streamInput(stdin, kind, timers, chunk => {
    text += chunk;
    if (text.length > MOST_BYTES) throw new Fault('USAGE_INPUT_SIZE', 'standard input is larger than 1 MiB');
  });
  return wasRead ? text : null;
}

/** As `readInput`, piece by piece and without a limit: what a backup tool tells of its progress has none. */
export async function streamInput(
  stdin: Readable,
  kind: Stats,
  timers: Timers,
  onText: (text: string) => void,
): Promise<boolean> {
  if (!kind.isFIFO() && !kind.isFile() && !kind.isSocket()) return false;
  if (kind.isSocket() && !(await hasNews(stdin, timers))) return false;
  stdin.setEncoding('utf8');
  for await (const chunk of stdin) onText(chunk);
  return true;
}

function hasNews(stdin: Readable, timers: Timers): Promise<boolean> {
  return new Promise(resolve => {
    const decide = (isThere: boolean): void => {
      cancel();
      stdin.off('readable', onNews);
      stdin.off('end', onEnd);
      resolve(isThere);
    };
    const onNews = (): void => decide(true);
    const onEnd = (): void => decide(false);
    const cancel = timers.after(SOCKET_PATIENCE_MS, () => decide(false));
    stdin.once('readable', onNews);
    stdin.once('end', onEnd);
  });
}
