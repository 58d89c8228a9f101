import {Fault} from '../../domain/fault.ts';
import {LineSplitter} from '../../protocol/backup-output/line-splitter.ts';
import {openReader} from '../../protocol/backup-output/open-reader.ts';
import {readRepository} from '../../protocol/backup-output/repository.ts';
import {type BackupFormat, NO_FACTS, type ToolFacts} from '../../protocol/backup-output/tool-facts.ts';
import {backupNames, backupReport, isBackupFormat, localZone, repositoryReport} from '../backup-report.ts';
import {type Flags, hasFlag, type RunCommand, textFlag} from '../command-spec.ts';
import {type Connection, resolveConnection} from '../connection.ts';
import type {CliContext} from '../context.ts';
import {EXIT} from '../exit-code.ts';
import {sendReport} from '../report-outbox.ts';
import {printResults, queued, reported} from '../results.ts';

/** Tasks of a list go in bodies well below the collector's limit of 1 MiB, though each may carry 20 messages. */
const MOST_AT_ONCE = 50;

/**
 * `restic backup --json | nocturne report backup --format restic --customer C --object O --job J --copy NAS`.
 *
 * Reads the tool's words as they come and keeps nothing of them but what they come to, so that hours of progress cost no memory.
 * Without input the flags say how it went: `--result`, or `--exit-code` by the rules of the format.
 *
 * @returns The tool's own exit code where it is known; else 1 for a failed backup, 6 for a report that waits in the outbox.
 */
export const runReportBackup: RunCommand = async (context, {flags}) => {
  const connection = await resolveConnection(context, flags);
  const format = textFlag(flags, 'format') ?? 'generic';
  if (!isBackupFormat(format)) throw new Fault('USAGE_VALUE', 'unknown format', {option: 'format', value: 'FORMAT'});
  if (hasFlag(flags, 'repository')) return reportRepository(context, flags, format, connection);
  const all = await readFacts(context, flags, format);
  if (all.length === 0 && hasFlag(flags, 'check')) {
    context.warn(context.t('cli.checkNotMade'));
    return Number(textFlag(flags, 'exit-code') ?? 0) || EXIT.failed;
  }
  const names = backupNames(flags);
  const reports = all.map(facts => {
    const id = all.length === 1 ? context.outside.random.uuid(context.outside.clock.now()) : null;
    return backupReport(facts, names, format, id);
  });
  let isThere = true;
  for (let at = 0; at < reports.length; at += MOST_AT_ONCE) {
    const some = reports.slice(at, at + MOST_AT_ONCE);
    isThere = (await sendReport(context, connection, some, {isKept: true})) && isThere;
  }
  const labels = reports.map(({object, job}) => (job === null ? object : `${object}/${job}`));
  printResults(context, 'report', labels.map(isThere ? reported : queued));
  const toolCode = all.map(({exitCode}) => exitCode).find(code => code !== null && code !== 0);
  if (toolCode !== undefined && toolCode !== null) return toolCode;
  if (all.some(({result}) => result === 'failed')) return EXIT.failed;
  return isThere ? EXIT.done : EXIT.queued;
};

/** Listings are one document, of a line or of many. */
const MOST_LISTING_UNITS = 16 * 1024 * 1024;

/** `restic snapshots --json | nocturne report backup --format restic --repository …`: recovery points, or how full it is. */
async function reportRepository(
  context: CliContext,
  flags: Flags,
  format: BackupFormat,
  connection: Connection,
): Promise<number> {
  const pieces: string[] = [];
  let units = 0;
  await context.streamStdin(text => {
    units += text.length;
    if (units <= MOST_LISTING_UNITS) pieces.push(text);
  });
  if (units > MOST_LISTING_UNITS) throw new Fault('BACKUP_OUTPUT', 'the document is larger than 16 MiB');
  const names = backupNames(flags);
  const now = context.outside.clock.now();
  const told = readRepository(format, parsed(pieces.join('')), localZone());
  const reports = told.map(one => repositoryReport(one, names, format, now));
  let isThere = true;
  // A listing of thousands of points fills a body by itself.
  for (const report of reports) isThere = (await sendReport(context, connection, report, {isKept: true})) && isThere;
  printResults(context, 'report', reports.map(({object}) => object).map(isThere ? reported : queued));
  return isThere ? EXIT.done : EXIT.queued;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Fault('BACKUP_OUTPUT', 'the input is no JSON document');
  }
}

async function readFacts(context: CliContext, flags: Flags, format: Parameters<typeof openReader>[0]) {
  const written = textFlag(flags, 'exit-code');
  const exitCode = written === null ? null : Number(written);
  const said = textFlag(flags, 'result');
  const kind = hasFlag(flags, 'check') ? 'check' : 'run';
  if (said !== null) return [{...NO_FACTS, kind, exitCode, result: wordOf(said)} satisfies ToolFacts];
  const reader = openReader(format, kind === 'check', localZone());
  let isEmpty = true;
  const lines = new LineSplitter(line => {
    isEmpty = false;
    reader.line(line);
  });
  await context.streamStdin(text => lines.push(text));
  lines.end();
  if (isEmpty && exitCode === null && (format === 'generic' || kind === 'check')) {
    throw new Fault('USAGE_NO_RESULT', 'nothing was said: pipe the tool in, or give --result or --exit-code');
  }
  return reader.end(exitCode);
}

function wordOf(said: string): ToolFacts['result'] {
  return said === 'success' || said === 'warning' ? said : said === 'running' ? null : 'failed';
}
