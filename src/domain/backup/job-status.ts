import type {DurationMs, Instant} from '../time.ts';
import {HOUR, MINUTE} from '../time.ts';
import type {BackupRun, RunResult} from './run-result.ts';
import type {Schedule} from './schedule.ts';

/**
 * Where a job stands. `missed` did not start in its grace, `late` has run too long, `pending` may still start; `disabled` and
 * `unknown` are never green. Source: BK-2.
 */
export type JobStatus = RunResult | 'running' | 'pending' | 'missed' | 'late' | 'disabled' | 'unknown';

/** What is expected of a backup job. */
export interface BackupJob {
  /** null: it runs when it likes, and its last run is all there is to say. */
  readonly schedule: Schedule | null;
  readonly startGraceMs: DurationMs;
  readonly maxDurationMs: DurationMs;
  readonly isEnabled: boolean;
  /** Nothing is held against a job from before it was known; null has always been known. */
  readonly knownSince: Instant | null;
}

/** Shipped defaults of BK-2. */
export const DEFAULT_START_GRACE: DurationMs = 60 * MINUTE;
export const DEFAULT_MAX_DURATION: DurationMs = 4 * HOUR;

/** A run may start a little early and still be the expected one: clocks differ. Source: BK-2. */
const EARLY_START: DurationMs = 15 * MINUTE;

export interface JobState {
  /** The latest instant at which it should have started; null when none is behind us. */
  readonly expectedAt: Instant | null;
  readonly status: JobStatus;
  /** The run that the status speaks of. */
  readonly run: BackupRun | null;
}

function newest(runs: readonly BackupRun[]): BackupRun | null {
  return runs.reduce<BackupRun | null>(
    (latest, run) => (latest === null || run.startedAt >= latest.startedAt ? run : latest),
    null,
  );
}

function statusOf(run: BackupRun, job: BackupJob, now: Instant): JobStatus {
  if (run.end !== null && run.end.at <= now) return run.end.result;
  return now > run.startedAt + job.maxDurationMs ? 'late' : 'running';
}

/**
 * Where a job stands at `now`, as far as it was reported by then.
 *
 * The expected run is the newest that started no earlier than 15 minutes before its time. An older one says nothing about
 * tonight: silence is `missed`, never the success of yesterday.
 *
 * @param runs - In any order; runs after `now` are not looked at.
 *
 * Source: BK-2.
 */
export function jobState(job: BackupJob, runs: readonly BackupRun[], now: Instant): JobState {
  const due = job.schedule?.lastDue(now) ?? null;
  const expectedAt = due !== null && due >= (job.knownSince ?? due) ? due : null;
  const known = runs.filter(run => run.startedAt <= now);
  const run = newest(
    expectedAt === null ? known : known.filter(({startedAt}) => startedAt >= expectedAt - EARLY_START),
  );
  if (!job.isEnabled) return {expectedAt, status: 'disabled', run};
  if (run !== null) return {expectedAt, status: statusOf(run, job, now), run};
  if (expectedAt === null) return {expectedAt, status: job.schedule === null ? 'unknown' : 'pending', run};
  return {expectedAt, status: now < expectedAt + job.startGraceMs ? 'pending' : 'missed', run};
}

/** How old the data is that could be restored. */
export interface Rpo {
  /** Start of the newest good run; null without any. */
  readonly dataAt: Instant | null;
  readonly ageMs: DurationMs | null;
  /** Older than promised, or nothing there at all. */
  readonly isViolated: boolean;
}

/**
 * Age of the recoverable data: from the **start** of the newest finished good run, since a backup that ended two minutes
 * ago may hold the data of last night.
 *
 * @param warningCounts - Whether a run with warnings is a recovery point; the default of a job.
 *
 * Source: BK-3.
 */
export function rpoState(runs: readonly BackupRun[], rpoMs: DurationMs, now: Instant, warningCounts = true): Rpo {
  const good = runs.filter(({startedAt, end}) => {
    if (startedAt > now || end === null || end.at > now) return false;
    return end.result === 'success' || (end.result === 'warning' && warningCounts);
  });
  const dataAt = newest(good)?.startedAt ?? null;
  const ageMs = dataAt === null ? null : now - dataAt;
  return {dataAt, ageMs, isViolated: ageMs === null || ageMs > rpoMs};
}
