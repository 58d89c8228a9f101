import * as v from 'valibot';
import type {CheckAddress} from '../../domain/address.ts';
import {genericResult} from '../../domain/backup/run-result.ts';
import type {BackupObservation} from '../../domain/observation.ts';
import type {SafeText} from '../../domain/text.ts';
import {type DurationMs, type Instant, SECOND} from '../../domain/time.ts';
import {progressIn} from '../../protocol/backup-output/generic.ts';
import {MOST_POINTS} from '../../protocol/backup-output/repository.ts';
import type {ToolFacts} from '../../protocol/backup-output/tool-facts.ts';
import {safeText} from '../../runtime/safe-text.ts';
import {foldedLines} from '../folded-lines.ts';
import {checked, instant, nameText} from './fields.ts';
import type {Item} from './items.ts';
import type {ItemContext} from './reported-items.ts';

const MOST_NAME = 255;
const MOST_COPIES = 8;
const MOST_MESSAGES = 20;
const ID_BYTES = 80;
const NOTE_BYTES = 300;
const LONGEST_SECONDS = 31 * 24 * 3600;

const optionalName = v.nullish(v.pipe(v.string(), v.maxLength(MOST_NAME)));
const count = v.nullish(v.pipe(v.number(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER)));
const texts = v.pipe(v.array(v.string()), v.maxLength(1000));

/** What every report of a backup may say; the generic webhook calls the object `host`. */
const BackupItem = v.object({
  customer: optionalName,
  object: optionalName,
  host: optionalName,
  labels: v.optional(v.unknown()),
  job: optionalName,
  kind: v.nullish(v.picklist(['run', 'check'])),
  copies: v.nullish(v.pipe(texts, v.maxLength(MOST_COPIES))),
  tool: optionalName,
  result: v.picklist(['success', 'warning', 'failed', 'running', 'canceled', 'unknown']),
  id: optionalName,
  key: optionalName,
  startedAt: instant,
  endedAt: instant,
  durationSeconds: v.nullish(v.pipe(v.number(), v.minValue(0), v.maxValue(LONGEST_SECONDS))),
  bytesProcessed: count,
  bytesAdded: count,
  filesProcessed: count,
  filesChanged: count,
  compressionRatio: count,
  deletions: v.nullish(
    v.pipe(v.array(v.object({type: v.string(), deleted: v.number(), before: v.number()})), v.maxLength(10)),
  ),
  exitCode: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255))),
  errorCount: count,
  errors: v.nullish(texts),
  snapshotId: optionalName,
  /** Read part by part, and passed over where it is none: a sample may not cost the fact that carries it. */
  progress: v.optional(v.unknown()),
});

const RestoreTestItem = v.object({
  customer: optionalName,
  object: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(MOST_NAME)),
  labels: v.optional(v.unknown()),
  result: v.picklist(['passed', 'failed']),
  scope: v.nullish(v.picklist(['file', 'application', 'full'])),
  rtoSeconds: v.nullish(v.pipe(v.number(), v.minValue(0), v.maxValue(LONGEST_SECONDS))),
  point: instant,
  at: instant,
  job: optionalName,
  by: optionalName,
  note: v.nullish(v.string()),
});

const RepositoryItem = v.object({
  customer: optionalName,
  object: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(MOST_NAME)),
  labels: v.optional(v.unknown()),
  job: optionalName,
  copies: v.nullish(v.pipe(texts, v.maxLength(MOST_COPIES))),
  at: instant,
  points: v.nullish(v.pipe(v.array(v.object({at: instant, good: v.nullish(v.boolean())})), v.maxLength(MOST_POINTS))),
  usedBytes: count,
  totalBytes: count,
});

/** A report that was read, whichever door it came through. */
interface Told {
  readonly facts: ToolFacts;
  readonly customer: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly id: string | null;
  readonly tool: string;
  readonly copies: readonly string[];
  readonly deletions: readonly {readonly type: string; readonly deleted: number; readonly before: number}[];
}

/** Nothing is from the future: a clock that is ahead says now. Source: ST-5. */
function notAfter(at: Instant, now: Instant): Instant {
  return Math.min(at, now);
}

/** When the run began and ended, as far as the report and its arrival tell. */
function timesOf(
  facts: ToolFacts,
  now: Instant,
): {startedAt: Instant; endedAt: Instant; durationMs: DurationMs | null} {
  const endedAt = notAfter(facts.endedAt ?? now, now);
  const startedAt = notAfter(facts.startedAt ?? endedAt - (facts.durationMs ?? 0), endedAt);
  const isMeasured = facts.startedAt !== null && facts.endedAt !== null;
  return {startedAt, endedAt, durationMs: facts.durationMs ?? (isMeasured ? endedAt - startedAt : null)};
}

function noteOf({messages, errors}: ToolFacts): SafeText | null {
  const [first] = messages;
  if (first === undefined) return null;
  return foldedLines(errors > 1 ? `${first} (+${errors - 1})` : first, NOTE_BYTES);
}

/** The observation of a run or a check; nothing can be made of one that names no object. */
function observe(told: Told, {request, source, place}: ItemContext): Item {
  const {facts} = told;
  const now = request.receivedAt;
  const object = nameText(facts.object);
  const job = nameText(facts.job) || nameText('backup');
  if (object === '') return {kind: 'ignored', code: 'UNSUPPORTED', message: 'it names no object'};
  const customer = place({host: object, labels: told.labels, customer: told.customer}, source);
  const address: CheckAddress = {customer, site: '', host: object, service: `backup ${job}`};
  const copies = told.copies.map(nameText).filter(name => name !== '');
  const {startedAt, endedAt, durationMs} = timesOf(facts, now);
  const note = noteOf(facts);
  const base = {address, source: source.name, object, job, copies};
  if (facts.kind === 'check') {
    const ok = facts.result === 'success' || facts.result === 'warning';
    const observation: BackupObservation = {
      ...base,
      type: 'backup-check',
      verifiedAt: endedAt,
      ok,
      errors: facts.errors,
      note,
    };
    return {kind: 'observation', observation};
  }
  const id = safeText(told.id ?? facts.snapshot ?? `${job} ${startedAt}`, {bytes: ID_BYTES});
  const observation: BackupObservation = {
    ...base,
    type: 'backup-run',
    progress: facts.progress === null || facts.result !== null ? null : {...facts.progress, at: now},
    run: {
      id,
      tool: safeText(told.tool, {bytes: ID_BYTES}),
      startedAt,
      end: facts.result === null ? null : {at: endedAt, result: facts.result},
      figures: {
        sizeBytes: facts.sizeBytes,
        changedFiles: facts.changedFiles,
        totalFiles: facts.totalFiles,
        durationMs: facts.result === null ? null : durationMs,
        compressionRatio: facts.compressionRatio,
        deletions: told.deletions
          .slice(0, 3)
          .map(({type, deleted, before}) => ({type: nameText(type), deleted, before})),
      },
      addedBytes: facts.addedBytes,
      exitCode: facts.exitCode,
      errors: facts.errors,
      note,
      snapshot: facts.snapshot === null ? null : safeText(facts.snapshot, {bytes: ID_BYTES}),
    },
  };
  return {kind: 'observation', observation};
}

function labelsIn(labels: unknown): Readonly<Record<string, string>> {
  const texts: Record<string, string> = Object.create(null);
  if (typeof labels !== 'object' || labels === null) return texts;
  for (const [name, value] of Object.entries(labels).slice(0, 64)) if (typeof value === 'string') texts[name] = value;
  return texts;
}

/** A result as `nocturne report backup` and the generic webhook send it. @throws {Fault} `SOURCE_ITEM`. */
export function readBackupItem(raw: unknown, context: ItemContext): Item {
  const item = checked(BackupItem, raw, 'SOURCE_ITEM');
  const messages = (item.errors ?? []).slice(0, MOST_MESSAGES);
  const facts: ToolFacts = {
    kind: item.kind ?? 'run',
    result: genericResult(item.result),
    object: item.object ?? item.host ?? null,
    job: item.job ?? null,
    startedAt: item.startedAt ?? null,
    endedAt: item.endedAt ?? null,
    durationMs:
      item.durationSeconds === null || item.durationSeconds === undefined ? null : item.durationSeconds * SECOND,
    snapshot: item.snapshotId ?? null,
    sizeBytes: item.bytesProcessed ?? null,
    addedBytes: item.bytesAdded ?? null,
    changedFiles: item.filesChanged ?? null,
    totalFiles: item.filesProcessed ?? null,
    compressionRatio: item.compressionRatio ?? null,
    exitCode: item.exitCode ?? null,
    errors: item.errorCount ?? messages.length,
    messages,
    progress: progressIn({progress: item.progress}),
  };
  return observe(
    {
      facts,
      customer: item.customer ?? null,
      labels: labelsIn(item.labels),
      id: item.id ?? item.snapshotId ?? null,
      tool: item.tool ?? 'generic',
      copies: item.copies ?? [],
      deletions: item.deletions ?? [],
    },
    context,
  );
}

/** What a tool's own output or webhook said, read by `src/protocol/backup-output`. */
export function observeFacts(facts: ToolFacts, tool: string, context: ItemContext): Item {
  return observe({facts, customer: null, labels: {}, id: facts.snapshot, tool, copies: [], deletions: []}, context);
}

/** What a repository holds. Source: BK-8, BK-10. @throws {Fault} `SOURCE_ITEM`. */
export function readRepositoryItem(raw: unknown, {request, source, place}: ItemContext): Item {
  const item = checked(RepositoryItem, raw, 'SOURCE_ITEM');
  const object = nameText(item.object);
  const job = nameText(item.job) || nameText('backup');
  const customer = place({host: object, labels: labelsIn(item.labels), customer: item.customer ?? null}, source);
  const {usedBytes, totalBytes} = item;
  const isTold = typeof usedBytes === 'number' && typeof totalBytes === 'number' && totalBytes > 0;
  const observation: BackupObservation = {
    type: 'backup-repository',
    address: {customer, site: '', host: object, service: `backup ${job}`},
    source: source.name,
    object,
    job,
    copies: (item.copies ?? []).map(nameText).filter(name => name !== ''),
    at: notAfter(item.at ?? request.receivedAt, request.receivedAt),
    points:
      item.points?.flatMap(({at, good}, index) =>
        at === null || at === undefined ? [] : [{id: String(index), at, isGood: good !== false}],
      ) ?? null,
    percent: isTold ? Math.min(100, (100 * usedBytes) / totalBytes) : null,
  };
  if (observation.points === null && observation.percent === null)
    return {kind: 'ignored', code: 'UNSUPPORTED', message: 'neither points nor a size'};
  return {kind: 'observation', observation};
}

/** A restore that was tried, with its evidence. Source: BK-6. @throws {Fault} `SOURCE_ITEM`. */
export function readRestoreTestItem(raw: unknown, {request, source, place}: ItemContext): Item {
  const item = checked(RestoreTestItem, raw, 'SOURCE_ITEM');
  const object = nameText(item.object);
  const customer = place({host: object, labels: labelsIn(item.labels), customer: item.customer ?? null}, source);
  const now = request.receivedAt;
  const observation: BackupObservation = {
    type: 'restore-test',
    address: {customer, site: '', host: object, service: 'restore-test'},
    source: source.name,
    object,
    test: {
      at: notAfter(item.at ?? now, now),
      ok: item.result === 'passed',
      scope: item.scope ?? 'file',
      durationMs: item.rtoSeconds === null || item.rtoSeconds === undefined ? null : item.rtoSeconds * SECOND,
      point: item.point ?? null,
      job: nameText(item.job) || null,
      by: nameText(item.by) || safeText(source.name),
      note: foldedLines(item.note, NOTE_BYTES),
    },
  };
  return {kind: 'observation', observation};
}
