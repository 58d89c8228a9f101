import type {ToolProgress} from '../domain/backup/run-progress.ts';
import {Fault} from '../domain/fault.ts';
import {timeZone, type Zone} from '../domain/local-time/zone.ts';
import {type Instant, SECOND} from '../domain/time.ts';
import type {ToldRepository} from '../protocol/backup-output/repository.ts';
import {BACKUP_FORMATS, type BackupFormat, type ToolFacts} from '../protocol/backup-output/tool-facts.ts';
import {rfc3339} from '../view/rfc3339.ts';
import {type Flags, listFlag, onlyFlag, textFlag} from './command-spec.ts';

/** What the command line says of a backup, whatever the tool says. */
export interface BackupNames {
  readonly customer: string | null;
  readonly object: string | null;
  readonly job: string | null;
  readonly copies: readonly string[];
}

export function backupNames(flags: Flags): BackupNames {
  return {
    customer: onlyFlag(flags, 'customer'),
    object: textFlag(flags, 'object'),
    job: textFlag(flags, 'job'),
    copies: listFlag(flags, 'copy').flatMap(copy => copy.split(',')),
  };
}

/** Of the machine that the tool runs on, whose times it prints. */
export function localZone(): Zone {
  return timeZone(new Intl.DateTimeFormat().resolvedOptions().timeZone);
}

export function isBackupFormat(word: string): word is BackupFormat {
  return (BACKUP_FORMATS as readonly string[]).includes(word);
}

/** What a repository holds, as `POST /v1/reports` wants it. @throws {Fault} `USAGE_REQUIRED` as `backupReport` does. */
export function repositoryReport(told: ToldRepository, names: BackupNames, tool: string, at: Instant) {
  return {
    type: 'backup',
    kind: 'repository',
    customer: names.customer,
    object: objectOf(names, told),
    job: names.job,
    copies: names.copies,
    tool,
    at: rfc3339(at),
    points: told.points?.map(point => ({at: rfc3339(point.at), good: point.isGood})) ?? null,
    usedBytes: told.usedBytes,
    totalBytes: told.totalBytes,
  };
}

function objectOf(names: BackupNames, told: {readonly object: string | null}): string {
  const object = names.object ?? told.object;
  if (object === null)
    throw new Fault('USAGE_REQUIRED', 'report backup needs --object', {command: 'report backup', option: 'object'});
  return object;
}

function progressReport({remainingMs, ...done}: ToolProgress) {
  return {...done, remainingSeconds: remainingMs === null ? null : remainingMs / SECOND};
}

/**
 * One report as `POST /v1/reports` wants it.
 *
 * @param id - Tells a repeat of this report, and joins the end of a run to its start.
 * @throws {Fault} `USAGE_REQUIRED` when neither the tool nor the command line names the object.
 */
export function backupReport(facts: ToolFacts, names: BackupNames, tool: string, id: string | null) {
  const object = objectOf(names, facts);
  return {
    type: 'backup',
    kind: facts.kind,
    id,
    customer: names.customer,
    object,
    job: names.job ?? facts.job,
    copies: names.copies,
    tool,
    result: facts.result ?? 'running',
    startedAt: rfc3339(facts.startedAt),
    endedAt: rfc3339(facts.endedAt),
    durationSeconds: facts.durationMs === null ? null : facts.durationMs / SECOND,
    bytesProcessed: facts.sizeBytes,
    bytesAdded: facts.addedBytes,
    filesProcessed: facts.totalFiles,
    filesChanged: facts.changedFiles,
    compressionRatio: facts.compressionRatio,
    exitCode: facts.exitCode,
    errorCount: facts.errors,
    errors: facts.messages,
    snapshotId: facts.snapshot,
    ...(facts.progress === null ? {} : {progress: progressReport(facts.progress)}),
  };
}
