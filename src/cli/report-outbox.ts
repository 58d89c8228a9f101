import {readdirSync, readFileSync, renameSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import type {CollectorAddress} from '../client/collector-address.ts';
import {Fault} from '../domain/fault.ts';
import type {DurationMs, Instant} from '../domain/time.ts';
import {makePrivateFolder, writeDurably} from '../runtime/durable-file.ts';
import {stateFolder} from '../runtime/folders.ts';
import {rfc3339} from '../view/rfc3339.ts';
import type {Connection} from './connection.ts';
import type {CliContext} from './context.ts';
import {post} from './post-body.ts';

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
  return error instanceof Fault && (error.code === 'UNREACHED' || error.code === 'REPORT_FAILED');
}

/** Sends what waits for this collector, oldest first, until it does not answer. */
async function flush(context: CliContext, target: CollectorAddress, timeoutMs: DurationMs): Promise<void> {
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

/** What a report that waits would otherwise be dated by its arrival. */
const TIME_FIELDS: Readonly<Record<string, string>> = {alert: 'startedAt', heartbeat: 'at', 'restore-test': 'at'};

/** With the instant at which it was made, where it names none: sent hours later it must not pass for news. */
function dated(report: object, now: Instant): object {
  if (Array.isArray(report)) return report.map(it => dated(it as object, now));
  const {type, status, severity} = report as Readonly<Record<string, unknown>>;
  const isEnd = type === 'alert' && (status === 'resolved' || (status == null && severity === 'ok'));
  const field = isEnd ? 'endedAt' : TIME_FIELDS[String(type)];
  return field === undefined ? report : {[field]: rfc3339(now), ...withoutNulls(report)};
}

function withoutNulls(report: object): object {
  return Object.fromEntries(Object.entries(report).filter(([, value]) => value !== null));
}

/**
 * Sends a report to the first of the collectors that takes it, and after it those that wait for that one.
 *
 * @param isKept - Without an answer it waits on disk until the next report goes out.
 * @returns Whether a collector has it; false: it waits.
 * @throws {Fault} `REPORT_REFUSED`, `REPORT_INVALID`; `REPORTS_FULL` when it is to be kept; `UNREACHED`, `REPORT_FAILED` when not.
 */
export async function sendReport(
  context: CliContext,
  {collectors, timeoutMs}: Pick<Connection, 'collectors' | 'timeoutMs'>,
  report: object,
  {isKept}: {readonly isKept: boolean},
): Promise<boolean> {
  const body = JSON.stringify(report);
  let failure: unknown = new Fault('NO_LINK', 'no collector can be reached');
  for (const collector of collectors) {
    try {
      await post(collector, body, timeoutMs);
      await flush(context, collector, timeoutMs);
      return true;
    } catch (error) {
      if (!mayMend(error)) throw error;
      failure = error;
    }
  }
  const [first] = collectors;
  if (!isKept || first === undefined) throw failure;
  const now = context.outside.clock.now();
  keep(context, now, {url: first.url, body: JSON.stringify(dated(report, now))});
  return false;
}
