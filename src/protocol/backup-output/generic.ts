import type {ToolProgress} from '../../domain/backup/run-progress.ts';
import {genericResult} from '../../domain/backup/run-result.ts';
import {Fault} from '../../domain/fault.ts';
import {SECOND} from '../../domain/time.ts';
import {countOf, type Fields, fieldsOf, instantOf, isFields, listOf, textOf} from './fields.ts';
import {NO_FACTS, type ToolFacts} from './tool-facts.ts';

/** How far a run has come, as the report of a script says it. */
export function progressIn(item: Fields): ToolProgress | null {
  const told = fieldsOf(item, 'progress');
  if (told === null) return null;
  const percent = countOf(told, 'percent');
  const seconds = countOf(told, 'remainingSeconds');
  return {
    percent: percent === null ? null : Math.min(100, percent),
    bytesDone: countOf(told, 'bytesDone'),
    bytesTotal: countOf(told, 'bytesTotal'),
    filesDone: countOf(told, 'filesDone'),
    filesTotal: countOf(told, 'filesTotal'),
    remainingMs: seconds === null ? null : seconds * SECOND,
  };
}

function ofItem(item: Fields): ToolFacts {
  const result = textOf(item, 'result');
  if (result === null) throw new Fault('BACKUP_OUTPUT', 'result: success, warning, failed or running wanted');
  const errors = (listOf(item, 'errors') ?? []).filter(error => typeof error === 'string');
  return {
    ...NO_FACTS,
    kind: item.kind === 'check' ? 'check' : 'run',
    result: genericResult(result),
    object: textOf(item, 'object') ?? textOf(item, 'host'),
    job: textOf(item, 'job'),
    startedAt: instantOf(item.startedAt),
    endedAt: instantOf(item.endedAt),
    snapshot: textOf(item, 'snapshotId'),
    sizeBytes: countOf(item, 'bytesProcessed'),
    addedBytes: countOf(item, 'bytesAdded'),
    changedFiles: countOf(item, 'filesChanged'),
    totalFiles: countOf(item, 'filesProcessed'),
    exitCode: countOf(item, 'exitCode'),
    errors: errors.length,
    messages: errors.slice(0, 20).map(error => error.slice(0, 300)),
    progress: progressIn(item),
  };
}

/**
 * `net.nocturne.backup.v1`, in its envelope or without, one or several.
 *
 * @throws {Fault} `BACKUP_OUTPUT`. Source: integrations/generic-webhook.md.
 */
export function readGeneric(document: unknown): readonly ToolFacts[] {
  const items = (Array.isArray(document) ? document : [document]).filter(isFields);
  if (items.length === 0) throw new Fault('BACKUP_OUTPUT', 'a JSON object with result, object and job wanted');
  return items.map(item => ofItem(fieldsOf(item, 'data') ?? item));
}
