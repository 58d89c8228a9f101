import type {BackupEvent} from '../../src/domain/backup/backup-event.ts';
import type {BackupPlan, CopyPlan, JobPlan, RunRecord} from '../../src/domain/backup/backup-record.ts';
import type {RunResult} from '../../src/domain/backup/run-result.ts';
import {HOUR, type Instant, MINUTE} from '../../src/domain/time.ts';
import {text} from './frames.ts';

/** A nightly job at 22:00 in Berlin. */
export function jobPlan(over: Partial<JobPlan> = {}): JobPlan {
  return {
    name: text('nightly'),
    schedule: {cron: '0 22 * * *', timeZone: 'Europe/Berlin'},
    startGraceMs: HOUR,
    maxDurationMs: 4 * HOUR,
    isEnabled: true,
    warningCounts: true,
    ...over,
  };
}

function copyPlan(id: string, device: string, media: string, site: string, isImmutable: boolean): CopyPlan {
  return {id: text(id), job: null, device, media, site, maxAgeMs: 26 * HOUR, isImmutable, isOffline: false};
}

/** One server with a copy on a NAS in the house and an immutable one in the cloud. */
export function backupPlan(over: Partial<BackupPlan> & {readonly object: BackupPlan['object']}): BackupPlan {
  return {
    customer: 'mueller',
    host: over.object,
    site: text(''),
    criticality: 'A',
    production: {device: over.object, media: 'primary', site: 'werk'},
    jobs: [jobPlan()],
    copies: [copyPlan('NAS', 'nas-01', 'nas', 'werk', false), copyPlan('CLOUD', 's3', 'cloud', 'cloud', true)],
    promised: '3-2-1',
    rpoMs: 26 * HOUR,
    rtoMs: 4 * HOUR,
    restoreEveryMonths: 3,
    timeZone: 'Europe/Berlin',
    isExempt: false,
    ...over,
  };
}

/** A finished run of half an hour. */
export function run(startedAt: Instant, result: RunResult, over: Partial<RunRecord> = {}): RunRecord {
  return {
    id: text(`run ${startedAt}`),
    tool: text('restic'),
    startedAt,
    end: {at: startedAt + 30 * MINUTE, result},
    figures: {
      sizeBytes: 120e9,
      changedFiles: 400,
      totalFiles: 90_000,
      durationMs: 30 * MINUTE,
      compressionRatio: 1.6,
      deletions: [],
    },
    addedBytes: 2e9,
    exitCode: result === 'success' ? 0 : 1,
    errors: result === 'success' ? 0 : 3,
    note: result === 'success' ? null : text('Fatal: repository is locked'),
    snapshot: text('3da7ffea'),
    ...over,
  };
}

/** What a run that was reported becomes in the log. */
export function reported(
  {customer, object, copies}: BackupPlan,
  record: RunRecord,
  written: readonly string[] = copies.map(({id}) => id),
): BackupEvent {
  const isGood = record.end?.result === 'success' || record.end?.result === 'warning';
  const ids = isGood ? copies.map(({id}) => id).filter(id => written.includes(id)) : [];
  return {type: 'backup.reported', customer, object, job: text('nightly'), run: record, copies: ids};
}
