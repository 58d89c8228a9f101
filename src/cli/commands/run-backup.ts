import {PROGRESS_EVERY, type ToolProgress} from '../../domain/backup/run-progress.ts';
import {Fault} from '../../domain/fault.ts';
import {openReader} from '../../protocol/backup-output/open-reader.ts';
import {NO_FACTS, type OutputReader, type ToolFacts} from '../../protocol/backup-output/tool-facts.ts';
import {readBackupCommand} from '../backup-command.ts';
import {backupNames, backupReport, isBackupFormat, localZone} from '../backup-report.ts';
import {type Call, type RunCommand, textFlag} from '../command-spec.ts';
import {resolveConnection} from '../connection.ts';
import {type CliContext, explain} from '../context.ts';
import {sendReport} from '../report-outbox.ts';
import {runThrough} from '../run-through.ts';

/**
 * `nocturne run-backup --customer C --object O --job J --copy NAS -- restic backup --json /srv`
 *
 * Tells the collector that the job starts, runs it with its output passed through, tells how far it has come, and how it ended. The
 * backup comes first: it runs when no collector answers, when the token is wrong and when nothing is configured; what cannot be sent
 * waits in the outbox. What is no backup, such as `restic forget`, is run and told to nobody: its success would count as one.
 *
 * @returns The exit code of the backup, whatever became of the reports.
 */
export const runRunBackup: RunCommand = async (context, call) => {
  const [program = '', ...args] = call.args;
  const names = {...backupNames(call.flags)};
  const {tool, does, isDryRun} = readBackupCommand(call.args, textFlag(call.flags, 'format'));
  if (does === 'other') {
    context.warn(context.t('cli.noBackup', {tool}));
    return runThrough(context, program, args, new SilentReader());
  }
  const isCheck = does === 'check';
  const id = context.outside.random.uuid(context.outside.clock.now());
  const startedAt = context.outside.clock.now();
  const reportOf = (facts: ToolFacts) => () => backupReport(facts, names, tool, id);
  if (!isCheck) await tell(context, call, reportOf({...NO_FACTS, startedAt}));
  const reader: OutputReader = isBackupFormat(tool) ? openReader(tool, isCheck, localZone()) : new SilentReader();
  const settled = isCheck
    ? () => Promise.resolve()
    : tellProgress(context, call, reader, progress => reportOf({...NO_FACTS, startedAt, progress}));
  const exitCode = await runThrough(context, program, args, reader);
  await settled();
  const [read] = factsOf(reader, exitCode);
  if (read === undefined) {
    context.warn(context.t('cli.checkNotMade'));
    return exitCode;
  }
  const facts: ToolFacts = isDryRun ? {...read, result: 'failed', messages: [DRY_RUN]} : read;
  const endedAt = context.outside.clock.now();
  const run = {startedAt: facts.startedAt ?? startedAt, endedAt: facts.endedAt ?? endedAt};
  const durationMs = facts.durationMs ?? endedAt - startedAt;
  await tell(context, call, reportOf({...facts, ...run, durationMs, kind: isCheck ? 'check' : 'run'}));
  return exitCode;
};

const DRY_RUN = 'dry run: nothing was saved';

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
    const isThere = await sendReport(context, await resolveConnection(context, flags), report(), {isKept: true});
    if (!isThere) context.warn(context.t('cli.reportWaits'));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    context.warn(context.t('cli.reportNotSent', {reason: explain(error, context.t)}));
  }
}

/**
 * Tells every half minute how far the tool says it has come, and nothing while it says nothing new. Samples: one that nobody takes is
 * lost without a word, because the next one is better.
 *
 * @returns Ends it, and waits for what is on its way.
 */
function tellProgress(
  context: CliContext,
  {flags}: Call,
  reader: OutputReader,
  reportOf: (progress: ToolProgress) => () => object,
): () => Promise<void> {
  let told = '';
  let sending: Promise<void> | null = null;
  const send = async (report: () => object) => {
    try {
      await sendReport(context, await resolveConnection(context, flags), report(), {isKept: false});
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
  };
  const cancel = context.outside.timers.every(PROGRESS_EVERY, () => {
    const progress = reader.progress();
    const words = JSON.stringify(progress);
    if (progress === null || words === told || sending !== null) return;
    told = words;
    sending = send(reportOf(progress)).finally(() => {
      sending = null;
    });
  });
  return async () => {
    cancel();
    await sending;
  };
}
