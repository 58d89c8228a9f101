import {DEFAULT_MAX_DURATION, DEFAULT_START_GRACE, jobState, rpoState} from '../../../src/domain/backup/job-status.ts';
import {type BackupRun, genericResult} from '../../../src/domain/backup/run-result.ts';
import {compileSchedule, type ScheduleDefinition} from '../../../src/domain/backup/schedule.ts';
import {WEEKDAYS} from '../../../src/domain/local-time/civil-date.ts';
import {HOUR, MINUTE} from '../../../src/domain/time.ts';
import type {ExampleRunner} from './example-file.ts';
import {instant} from './shapes.ts';

interface Run {
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly result: string | null;
}

interface Input {
  readonly schedule: Partial<ScheduleDefinition>;
  readonly startGraceMinutes?: number | null;
  readonly maxDurationMinutes?: number | null;
  readonly rpoHours: number;
  readonly enabled?: boolean;
  readonly disabled?: boolean;
  /** Per-job switch of BK-3. */
  readonly warningCounts?: boolean;
  readonly runs: readonly Run[];
  readonly now: string;
}

function toRun({startedAt, finishedAt, result}: Run): BackupRun {
  const known = result === null ? null : genericResult(result);
  const end = finishedAt === null || known === null ? null : {at: instant(finishedAt), result: known};
  return {startedAt: instant(startedAt), end};
}

export const backupJob: ExampleRunner = ({input}) => {
  const {schedule, startGraceMinutes, maxDurationMinutes, rpoHours, enabled, disabled, warningCounts, ...given} =
    input as unknown as Input;
  const job = {
    schedule: compileSchedule({timeZone: 'Europe/Berlin', days: WEEKDAYS, ...schedule} as ScheduleDefinition),
    startGraceMs: (startGraceMinutes ?? DEFAULT_START_GRACE / MINUTE) * MINUTE,
    maxDurationMs: (maxDurationMinutes ?? DEFAULT_MAX_DURATION / MINUTE) * MINUTE,
    isEnabled: (enabled ?? true) && disabled !== true,
    knownSince: null,
  };
  const runs = given.runs.map(toRun);
  const now = instant(given.now);
  const {expectedAt, status} = jobState(job, runs, now);
  const {ageMs, isViolated} = rpoState(runs, rpoHours * HOUR, now, warningCounts);
  return {expectedAt, status, rpoAgeHours: ageMs === null ? null : ageMs / HOUR, rpoViolated: isViolated};
};
