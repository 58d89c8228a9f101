import type {CustomerId} from '../address.ts';
import type {SafeText} from '../text.ts';
import {type DurationMs, type Instant, SECOND} from '../time.ts';
import {type BackupRecord, backupKey} from './backup-record.ts';

/** How far a run has come, in its tool's own words; null where the tool does not say. */
export interface ToolProgress {
  readonly percent: number | null;
  readonly bytesDone: number | null;
  readonly bytesTotal: number | null;
  readonly filesDone: number | null;
  readonly filesTotal: number | null;
  /** Until its end. */
  readonly remainingMs: DurationMs | null;
}

/** A sample, not a fact: the newest one wins, and none of them is in the log. */
export interface RunProgress extends ToolProgress {
  /** When it was told, by the collector's clock. */
  readonly at: Instant;
}

/** Progress of one run with its place. */
export interface RunPulse {
  readonly customer: CustomerId;
  readonly object: SafeText;
  readonly job: SafeText;
  /** Id of the run. */
  readonly run: SafeText;
  readonly progress: RunProgress;
}

/** The wrapper tells at most this often how far a run has come. */
export const PROGRESS_EVERY: DurationMs = 30 * SECOND;

/** Two missed words in a row: nothing is known any more but how far it was. */
const SILENT_AFTER: DurationMs = 3 * PROGRESS_EVERY;

/** Key of one job: its newest word replaces the one before, also that of an earlier run. */
export function progressKey({customer, object, job}: Pick<RunPulse, 'customer' | 'object' | 'job'>): string {
  return JSON.stringify([backupKey({customer, object}), job]);
}

/** Whether the run has not ended, as far as the record knows. What speaks of another run is old news. */
export function isUnderWay({jobs}: Pick<BackupRecord, 'jobs'>, {job, run}: Pick<RunPulse, 'job' | 'run'>): boolean {
  return jobs.some(({name, runs}) => name === job && runs.some(({id, end}) => id === run && end === null));
}

/** It told of its progress and does so no more: then it is not known to go on. */
export function isSilent({at}: RunProgress, now: Instant): boolean {
  return now - at > SILENT_AFTER;
}
