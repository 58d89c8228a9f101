import type {ToolProgress} from '../../domain/backup/run-progress.ts';
import {type RunResult, veeamResult} from '../../domain/backup/run-result.ts';
import {Fault} from '../../domain/fault.ts';
import {countOf, type Fields, fieldsOf, instantOf, isFields, listOf, textOf} from './fields.ts';
import {NO_FACTS, type ToolFacts} from './tool-facts.ts';

const NO_PROGRESS: Omit<ToolProgress, 'percent'> = {
  bytesDone: null,
  bytesTotal: null,
  filesDone: null,
  filesTotal: null,
  remainingMs: null,
};

/** Sessions that save nothing. Newer releases add kinds, which count as jobs. */
const OTHER_SESSIONS: ReadonlySet<string> = new Set([
  'Infrastructure',
  'Automation',
  'RepositoryMaintenance',
  'RepositoryEvacuate',
  'InfrastructureItemDeletion',
  'RestoreVm',
  'InstantRecovery',
]);

/** A session that stopped without a result never finished. */
function resultOf(result: string, state: string | null, isCanceled: boolean): RunResult | null {
  if (isCanceled) return 'failed';
  return veeamResult(result) ?? (state === 'Stopped' ? 'failed' : null);
}

/** A session of the REST API; null for one that is no backup. */
function ofSession(session: Fields): ToolFacts | null {
  const told = fieldsOf(session, 'result');
  const name = textOf(session, 'name');
  if (name === null || OTHER_SESSIONS.has(textOf(session, 'sessionType') ?? '')) return null;
  const result = resultOf(
    told === null ? 'None' : (textOf(told, 'result') ?? 'None'),
    textOf(session, 'state'),
    told?.isCanceled === true,
  );
  const message = told === null ? null : textOf(told, 'message');
  const isBad = result === 'failed' || result === 'warning';
  const percent = countOf(session, 'progressPercent');
  return {
    ...NO_FACTS,
    result,
    object: name,
    job: name,
    startedAt: instantOf(session.creationTime),
    endedAt: instantOf(session.endTime),
    snapshot: textOf(session, 'id'),
    errors: isBad ? 1 : 0,
    messages: isBad && message !== null ? [message] : [],
    progress: percent === null ? null : {...NO_PROGRESS, percent: Math.min(100, percent)},
  };
}

/** What a script after the job sends of `Get-VBRBackupSession`. */
function ofScript(session: Fields): ToolFacts {
  const name = textOf(session, 'JobName');
  const stats = fieldsOf(session, 'BackupStats') ?? {};
  const result = resultOf(textOf(session, 'Result') ?? 'None', textOf(session, 'State'), false);
  return {
    ...NO_FACTS,
    result,
    object: name,
    job: name,
    startedAt: instantOf(session.CreationTime),
    endedAt: instantOf(session.EndTime),
    sizeBytes: countOf(stats, 'DataSize'),
    addedBytes: countOf(stats, 'BackupSize'),
    errors: result === 'failed' || result === 'warning' ? 1 : 0,
  };
}

/**
 * Sessions of Veeam Backup & Replication, from its REST API or a script after the job.
 *
 * @throws {Fault} `BACKUP_OUTPUT`. Source: integrations/backup-veeam.md.
 */
export function readVeeam(document: unknown): readonly ToolFacts[] {
  const data = isFields(document) ? listOf(document, 'data') : null;
  const items = Array.isArray(document) ? document : (data ?? [document]);
  const sessions = items.filter(isFields);
  const isSession = (item: Fields) => textOf(item, 'name') !== null || textOf(item, 'JobName') !== null;
  if (sessions.length === 0 ? data === null : !sessions.some(isSession))
    throw new Fault('BACKUP_OUTPUT', 'sessions of Veeam wanted');
  return sessions.flatMap(item => (textOf(item, 'JobName') === null ? (ofSession(item) ?? []) : [ofScript(item)]));
}
