import {type ChildProcessByStdio, spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {constants} from 'node:os';
import type {Readable} from 'node:stream';
import {StringDecoder} from 'node:string_decoder';
import {LineSplitter} from '../protocol/backup-output/line-splitter.ts';
import type {OutputReader} from '../protocol/backup-output/tool-facts.ts';
import {fileError} from '../runtime/durable-file.ts';
import {withSystemWords} from '../runtime/system-words.ts';
import type {CliContext, Output} from './context.ts';

/** As a shell says it. */
const NOT_FOUND_CODE = 127;
const SIGNAL_BASE = 128;

/** What the tool is told as well. SIGUSR1 makes restic and borg print how far they are. */
const HANDED_ON: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'];

/**
 * Keys that a terminal turns into a signal for the whole foreground group, the tool included: handed on as well it would come
 * twice, and the second Ctrl-C tells borg to stop without a checkpoint.
 */
const FROM_KEYS: ReadonlySet<NodeJS.Signals> = new Set(['SIGINT', 'SIGQUIT']);

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** Whether keys of a terminal reach us. Fields of `/proc/self/stat`: our group is the third after the name, the terminal's the sixth. */
function isInForeground(): boolean {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return group === foreground;
  } catch {
    return process.stdin.isTTY === true;
  }
}

/**
 * Runs a program; its streams go on to ours byte by byte, and through the reader. Signals are handed on. Whoever reads our
 * output may go: the program runs on.
 *
 * @returns Its exit code as a shell tells it: 128 and the signal that ended it, 127 when it cannot be started.
 */
export function runThrough(
  context: CliContext,
  program: string,
  args: readonly string[],
  reader: OutputReader,
): Promise<number> {
  return new Promise(resolve => {
    process.stdout.removeAllListeners('error').on('error', () => {});
    process.stderr.on('error', () => {});
    const notStarted = (error: unknown) => {
      context.warn(context.t('cli.backupNotStarted', withSystemWords({program, reason: fileError(error)}, context.t)));
      return NOT_FOUND_CODE;
    };
    let child: Child;
    try {
      child = spawn(program, args, {stdio: ['inherit', 'pipe', 'pipe'], env: {...context.env}});
    } catch (error) {
      // Node reports ENOENT, EACCES and a few more by the event `error`, and throws the others.
      resolve(notStarted(error));
      return;
    }
    pass(child.stdout, context.stdout, reader);
    pass(child.stderr, context.stderr, reader);
    const handOn = (signal: NodeJS.Signals) => {
      if (!FROM_KEYS.has(signal) || !isInForeground()) child.kill(signal);
    };
    for (const signal of HANDED_ON) process.on(signal, handOn);
    const done = (code: number) => {
      for (const signal of HANDED_ON) process.off(signal, handOn);
      resolve(code);
    };
    child.on('error', error => done(notStarted(error)));
    child.on('close', (code, signal) =>
      done(code ?? SIGNAL_BASE + (signal === null ? 0 : (constants.signals[signal] ?? 0))),
    );
  });
}

function pass(stream: Readable, to: Output, reader: OutputReader): void {
  const lines = new LineSplitter(line => reader.line(line));
  const decoder = new StringDecoder('utf8');
  stream.on('data', (bytes: Buffer) => {
    to.write(bytes);
    lines.push(decoder.write(bytes));
  });
  stream.on('end', () => {
    lines.push(decoder.end());
    lines.end();
  });
}
