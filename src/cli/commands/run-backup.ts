import {spawn} from 'node:child_process';
import {constants} from 'node:os';
import {basename} from 'node:path';
import type {Readable} from 'node:stream';
import {Fault} from '../../domain/fault.ts';
import {LineSplitter} from '../../protocol/backup-output/line-splitter.ts';
import {openReader} from '../../protocol/backup-output/open-reader.ts';
import {NO_FACTS, type OutputReader, type ToolFacts} from '../../protocol/backup-output/tool-facts.ts';
import {backupNames, backupReport, isBackupFormat, localZone} from '../backup-report.ts';
import {type Call, type RunCommand, textFlag} from '../command-spec.ts';
import {resolveConnection} from '../connection.ts';
import {type CliContext, explain, type Output} from '../context.ts';
import {sendOrKeep} from '../report-outbox.ts';

/** As a shell says it. */
const NOT_FOUND_CODE = 127;
const SIGNAL_BASE = 128;

/**
 * `nocturne run-backup --customer C --object O --job J --copy NAS -- restic backup --json /srv`
 *
 * Tells the collector that the job starts, runs it with its output passed through, and tells how it ended. The backup comes first:
 * it runs when no collector answers, when the token is wrong and when nothing is configured; what cannot be sent waits in the outbox.
 *
 * @returns The exit code of the backup, whatever became of the reports.
 */
export const runRunBackup: RunCommand = async (context, call) => {
  const [program = '', ...args] = call.args;
  const names = {...backupNames(call.flags)};
  const tool = textFlag(call.flags, 'format') ?? basename(program);
  const format = isBackupFormat(tool) ? tool : 'restic';
  const isCheck = args.includes('check') && !args.includes('create') && !args.includes('backup');
  const id = context.outside.random.uuid(context.outside.clock.now());
  const startedAt = context.outside.clock.now();
  const send = (facts: ToolFacts) => tell(context, call, () => backupReport(facts, names, tool, id));
  if (!isCheck) await send({...NO_FACTS, startedAt});
  const reader: OutputReader = isBackupFormat(tool) ? openReader(format, isCheck, localZone()) : new SilentReader();
  const exitCode = await runThrough(context, program, args, reader);
  const [facts = NO_FACTS] = factsOf(reader, exitCode);
  const endedAt = context.outside.clock.now();
  const run = {startedAt: facts.startedAt ?? startedAt, endedAt: facts.endedAt ?? endedAt};
  const durationMs = facts.durationMs ?? endedAt - startedAt;
  await send({...facts, ...run, durationMs, kind: isCheck ? 'check' : 'run'});
  return exitCode;
};

/** A program whose words mean nothing to us: its exit code says it all. */
class SilentReader implements OutputReader {
  line(): void {}

  progress(): null {
    return null;
  }

  end(exitCode: number | null): readonly ToolFacts[] {
    return [{...NO_FACTS, exitCode, result: exitCode === 0 ? 'success' : 'failed'}];
  }
}

function factsOf(reader: OutputReader, exitCode: number): readonly ToolFacts[] {
  try {
    return reader.end(exitCode);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return [{...NO_FACTS, exitCode, result: exitCode === 0 ? 'success' : 'failed'}];
  }
}

/** Nothing that goes wrong with a report may stop or fail a backup. */
async function tell(context: CliContext, {flags}: Call, report: () => object): Promise<void> {
  try {
    const {collectors, timeoutMs} = await resolveConnection(context, flags);
    const [collector] = collectors;
    if (collector === undefined) throw new Fault('USAGE_NO_URL', 'no collector named');
    const isThere = await sendOrKeep(context, collector, JSON.stringify(report()), timeoutMs);
    if (!isThere) context.warn(context.t('cli.reportWaits'));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    context.warn(context.t('cli.reportNotSent', {reason: explain(error, context.t)}));
  }
}

/** Runs the program; both of its streams go on to ours and through the reader. */
function runThrough(
  context: CliContext,
  program: string,
  args: readonly string[],
  reader: OutputReader,
): Promise<number> {
  return new Promise(resolve => {
    const child = spawn(program, args, {stdio: ['inherit', 'pipe', 'pipe'], env: {...context.env}});
    pass(child.stdout, context.stdout, reader);
    pass(child.stderr, context.stderr, reader);
    const forward = (signal: NodeJS.Signals) => void child.kill(signal);
    process.on('SIGINT', forward);
    process.on('SIGTERM', forward);
    const done = (code: number) => {
      process.off('SIGINT', forward);
      process.off('SIGTERM', forward);
      resolve(code);
    };
    child.on('error', error => {
      context.warn(context.t('cli.backupNotStarted', {program, reason: 'code' in error ? String(error.code) : ''}));
      done(NOT_FOUND_CODE);
    });
    child.on('close', (code, signal) =>
      done(code ?? SIGNAL_BASE + (signal === null ? 0 : (constants.signals[signal] ?? 0))),
    );
  });
}

function pass(stream: Readable, to: Output, reader: OutputReader): void {
  const lines = new LineSplitter(line => reader.line(line));
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    to.write(text);
    lines.push(text);
  });
  stream.on('end', () => lines.end());
}
