import {readdirSync, readFileSync, renameSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import type {Target} from '../client/socket.ts';
import {Fault} from '../domain/fault.ts';
import type {DurationMs, Instant} from '../domain/time.ts';
import {makePrivateFolder, writeDurably} from '../runtime/durable-file.ts';
import {stateFolder} from '../runtime/folders.ts';
import type {CliContext} from './context.ts';
import {post} from './post-report.ts';

/** Beyond this nobody has read reports for months, and a full disk would stop the backups themselves. */
const MOST_WAITING = 1000;
const WAITING = /^\d{13,15}-[0-9a-f-]{36}\.json$/;
const REFUSED = '.refused';

interface Waiting {
  readonly url: string;
  readonly body: string;
}

function folderOf(context: CliContext): string {
  return join(stateFolder(context.env), 'reports');
}

function waitingFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter(name => WAITING.test(name))
      .sort();
  } catch {
    return [];
  }
}

/** Keeps a report for when the collector answers again; written to disk before this returns. */
function keep(context: CliContext, at: Instant, waiting: Waiting): void {
  const folder = folderOf(context);
  makePrivateFolder(folder);
  if (waitingFiles(folder).length >= MOST_WAITING) {
    throw new Fault('REPORTS_FULL', 'too many reports wait for a collector already', {most: MOST_WAITING});
  }
  writeDurably(
    join(folder, `${at}-${context.outside.random.uuid(context.outside.clock.now())}.json`),
    JSON.stringify(waiting),
  );
}

/** Only what time may mend is kept: a report that can never be taken is told of at once. */
function mayMend(error: unknown): boolean {
  return error instanceof Fault && (error.code === 'NO_LINK' || error.code === 'REPORT_FAILED');
}

/** Sends what waits for this collector, oldest first, until it does not answer. */
async function flush(context: CliContext, target: Target, timeoutMs: DurationMs): Promise<void> {
  const folder = folderOf(context);
  for (const name of waitingFiles(folder)) {
    const file = join(folder, name);
    const waiting = readWaiting(file);
    if (waiting === null) renameSync(file, `${file}${REFUSED}`);
    else if (waiting.url === target.url) {
      try {
        await post(target, waiting.body, timeoutMs);
        rmSync(file, {force: true});
      } catch (error) {
        if (mayMend(error)) return;
        renameSync(file, `${file}${REFUSED}`);
        context.warn(context.t('cli.reportSetAside', {file: `${name}${REFUSED}`}));
      }
    }
  }
}

function readWaiting(file: string): Waiting | null {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const isWaiting = typeof value === 'object' && value !== null && 'url' in value && 'body' in value;
    return isWaiting && typeof value.url === 'string' && typeof value.body === 'string' ? (value as Waiting) : null;
  } catch {
    return null;
  }
}

/**
 * Sends a report, and after it those that wait. Without an answer it waits on disk until the next report goes out.
 *
 * @returns Whether the collector has it; false: it waits.
 * @throws {Fault} `REPORT_REFUSED`, `REPORT_INVALID`, `REPORTS_FULL`.
 */
export async function sendOrKeep(
  context: CliContext,
  target: Target,
  body: string,
  timeoutMs: DurationMs,
): Promise<boolean> {
  try {
    await post(target, body, timeoutMs);
  } catch (error) {
    if (!mayMend(error)) throw error;
    keep(context, context.outside.clock.now(), {url: target.url, body});
    return false;
  }
  await flush(context, target, timeoutMs);
  return true;
}
