import type {JobVerdict, ObjectVerdict} from '../domain/backup/judge-object.ts';
import type {RunProgress} from '../domain/backup/run-progress.ts';
import {timeZone} from '../domain/local-time/zone.ts';
import {DAY, SECOND} from '../domain/time.ts';
import {progressOf} from './backup-progress.ts';
import type {BackupEntry} from './backups.ts';
import {rfc3339} from './rfc3339.ts';

const NO_RULE = {copies: 0, media: 0, offsite: 0, immutable: 0, zeroErrors: false, ok: null, missing: []} as const;

function rule321({record, verdict}: BackupEntry) {
  const rule = verdict?.rule ?? null;
  if (rule === null) return NO_RULE;
  const {copies, media, offsite, immutable, zeroErrors, missing} = rule;
  const ok = record?.plan?.promised === '3-2-1-1-0' ? rule.rule32110 : rule.rule321;
  return {copies, media, offsite, immutable, zeroErrors, ok, missing};
}

function restoreTest({record}: BackupEntry, verdict: ObjectVerdict | null) {
  const last = record?.restoreTests.at(-1) ?? null;
  const {state = 'never', dueOn = null} = verdict?.restoreTest ?? {};
  const zone = timeZone(record?.plan?.timeZone ?? 'Europe/Berlin');
  return {
    state,
    lastAt: rfc3339(last?.at ?? null),
    dueAt: dueOn === null ? null : rfc3339(zone.toInstant(dueOn * DAY)),
    rtoSeconds: last?.durationMs === null || last === null ? null : last.durationMs / SECOND,
  };
}

function progressJson(progress: RunProgress | null) {
  if (progress === null) return null;
  const {at, percent, bytesDone, bytesTotal, filesDone, filesTotal, remainingMs} = progress;
  const remainingSeconds = remainingMs === null ? null : remainingMs / SECOND;
  const done = percent === null ? null : Math.floor(percent * 10) / 10;
  return {at: rfc3339(at), percent: done, bytesDone, bytesTotal, filesDone, filesTotal, remainingSeconds};
}

function jobJson(entry: BackupEntry, job: JobVerdict | null) {
  const {record, verdict, posture} = entry;
  const rpo = verdict?.rpo ?? null;
  const limitMs = record?.plan?.rpoMs ?? null;
  return {
    customer: entry.customer,
    object: entry.object,
    job: job?.name ?? null,
    status: job?.status ?? 'unknown',
    lastGoodAt: rfc3339(job?.lastGoodAt ?? null),
    expectedAt: rfc3339(job?.expectedAt ?? null),
    rpo: {
      ageSeconds: rpo?.ageMs === null || rpo === null ? null : Math.floor(rpo.ageMs / SECOND),
      limitSeconds: limitMs === null ? null : limitMs / SECOND,
      violated: rpo?.isViolated ?? null,
    },
    progress: job === null ? null : progressJson(progressOf(entry, job)),
    posture,
    reason: verdict === null ? 'noJob' : (verdict.reasons[0] ?? null),
    rule321: rule321(entry),
    restoreTest: restoreTest(entry, verdict),
  };
}

/** Reports that found no place among the objects of their customer, by customer. */
export function leftOutJson({customer, leftOut}: BackupEntry) {
  if (leftOut === null) return [];
  const {reports, since, lastAt} = leftOut;
  return [{customer, reports, since: rfc3339(since), lastAt: rfc3339(lastAt)}];
}

/** Rows of `nocturne backups --json`: one for each job, and one for what no job keeps. Source: contract.md. */
export function backupJson(entry: BackupEntry) {
  if (entry.leftOut !== null) return [];
  const jobs = entry.verdict?.jobs ?? [];
  return jobs.length === 0 ? [jobJson(entry, null)] : jobs.map(job => jobJson(entry, job));
}
