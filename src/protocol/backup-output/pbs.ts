import {pbsTaskResult, type RunResult} from '../../domain/backup/run-result.ts';
import {Fault} from '../../domain/fault.ts';
import {type Instant, SECOND} from '../../domain/time.ts';
import {countOf, type Fields, fieldsOf, isFields, listOf, textOf} from './fields.ts';
import {NO_FACTS, type ToolFacts} from './tool-facts.ts';

function instantAt(fields: Fields, name: string): Instant | null {
  const seconds = countOf(fields, name);
  return seconds === null ? null : seconds * SECOND;
}

/** `store1:vm/100` and `store1:ns/mueller:vm/100`: the datastore, and what was backed up. */
function workerParts(id: string): {readonly store: string; readonly object: string} {
  const [store = '', ...rest] = id.split(':');
  return {store, object: rest.at(-1) ?? store};
}

/** A task of `GET /nodes/…/tasks`; null for one that neither backs up nor verifies. */
function ofTask(task: Fields): ToolFacts | null {
  const type = textOf(task, 'worker_type');
  const {store, object} = workerParts(textOf(task, 'worker_id') ?? '');
  const status = textOf(task, 'status');
  const isCheck = type === 'verify' || type === 'verificationjob';
  if (type !== 'backup' && !isCheck) return null;
  const result = status === null ? null : pbsTaskResult(status);
  const told = {
    ...NO_FACTS,
    object: isCheck ? store : object,
    job: store,
    startedAt: instantAt(task, 'starttime'),
    endedAt: instantAt(task, 'endtime'),
    snapshot: textOf(task, 'upid'),
    errors: result === 'success' || result === null ? 0 : 1,
    messages: result === 'success' || status === null ? [] : [status],
  };
  if (!isCheck) return {...told, kind: 'run', result};
  // A verification with warnings found something that is not as it was.
  return result === null ? null : {...told, kind: 'check', result: result === 'success' ? 'success' : 'failed'};
}

/** A snapshot is a run that was finished, and its verification, if there was one. */
function ofSnapshot(snapshot: Fields): readonly ToolFacts[] {
  const object = `${textOf(snapshot, 'backup-type')}/${textOf(snapshot, 'backup-id')}`;
  const startedAt = instantAt(snapshot, 'backup-time');
  const told = {...NO_FACTS, object, startedAt, endedAt: startedAt};
  const run: ToolFacts = {...told, kind: 'run', result: 'success', sizeBytes: countOf(snapshot, 'size')};
  const verification = fieldsOf(snapshot, 'verification');
  if (verification === null) return [run];
  return [run, {...told, kind: 'check', result: textOf(verification, 'state') === 'ok' ? 'success' : 'failed'}];
}

const BY_SEVERITY: Readonly<Record<string, RunResult>> = {info: 'success', notice: 'success', warning: 'warning'};

/** A notification; `fields.type` says of what. Only verifications and the runs of Proxmox VE are about backups of customers. */
function ofNotification(body: Fields, fields: Fields): readonly ToolFacts[] {
  const type = textOf(fields, 'type');
  const result = BY_SEVERITY[textOf(body, 'severity') ?? ''] ?? 'failed';
  const isCheck = type === 'verify' || type === 'verification';
  if (!isCheck && type !== 'vzdump') return [];
  const told = {
    ...NO_FACTS,
    job: textOf(fields, 'job-id') ?? textOf(fields, 'datastore'),
    endedAt: instantAt(body, 'timestamp'),
    errors: result === 'success' ? 0 : 1,
    messages: result === 'success' ? [] : [textOf(body, 'title') ?? 'failed'],
  };
  if (!isCheck) return [{...told, kind: 'run', result, object: textOf(fields, 'hostname')}];
  const named = [...(textOf(body, 'message') ?? '').matchAll(/\b((?:vm|ct|host)\/[\w.-]{1,64})\//g)].map(
    match => match[1] ?? '',
  );
  const objects = result === 'success' || named.length === 0 ? [textOf(fields, 'datastore')] : [...new Set(named)];
  const checked = result === 'success' ? 'success' : 'failed';
  return objects.map(object => ({...told, kind: 'check', result: checked, object}));
}

/**
 * What Proxmox Backup Server says: its notification, or a list of tasks or snapshots from its API.
 *
 * @returns None for what is not about backups (pruning, garbage collection, updates).
 * @throws {Fault} `BACKUP_OUTPUT`. Source: integrations/backup-proxmox-backup-server.md.
 */
export function readPbs(document: unknown): readonly ToolFacts[] {
  const body = isFields(document) ? document : null;
  const fields = body === null ? null : fieldsOf(body, 'fields');
  if (body !== null && fields !== null) return ofNotification(body, fields);
  const data = body === null ? null : (listOf(body, 'data') ?? (fieldsOf(body, 'data') === null ? null : [body.data]));
  const items = Array.isArray(document) ? document : data;
  if (items === null) throw new Fault('BACKUP_OUTPUT', 'a notification, tasks or snapshots of Proxmox wanted');
  return items.filter(isFields).flatMap(item => {
    if (textOf(item, 'backup-type') !== null) return ofSnapshot(item);
    return ofTask(item) ?? [];
  });
}
