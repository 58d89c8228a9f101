import type {Instant} from '../time.ts';

/** How a backup run ended. What was cancelled is no backup and counts as failed. Source: BK-1. */
export type RunResult = 'success' | 'warning' | 'failed';

/** One run of a backup job as its tool reported it. */
export interface BackupRun {
  /** The state of the data that the backup holds. Source: BK-3. */
  readonly startedAt: Instant;
  /** null while it runs, or when it never said that it ended. */
  readonly end: {readonly at: Instant; readonly result: RunResult} | null;
}

/** restic: 3 wrote a snapshot and could not read some source data; any code that is not known failed. Source: BK-1. */
export function resticResult(exitCode: number): RunResult {
  if (exitCode === 0) return 'success';
  return exitCode === 3 ? 'warning' : 'failed';
}

/**
 * Borg, classic and `BORG_EXIT_CODES=modern`: 1 and 100 to 127 are warnings with an archive written, 2 to 99 are errors,
 * from 128 on a signal ended it. Source: BK-1.
 */
export function borgResult(exitCode: number): RunResult {
  if (exitCode === 0) return 'success';
  return exitCode === 1 || (exitCode >= 100 && exitCode <= 127) ? 'warning' : 'failed';
}

/** Proxmox Backup Server, `status` of a finished task: `OK`, `WARNINGS: 2`, an error text, or `unknown`. Source: BK-1. */
export function pbsTaskResult(status: string): RunResult {
  if (status === 'OK') return 'success';
  return /^warnings?\b/i.test(status) ? 'warning' : 'failed';
}

/** Veeam, `result` of a session; null for `None`, which has not finished. What is not known failed. Source: BK-1. */
export function veeamResult(result: string): RunResult | null {
  switch (result.toLowerCase()) {
    case 'success':
      return 'success';
    case 'warning':
      return 'warning';
    case 'none':
      return null;
    default:
      return 'failed';
  }
}

/** The words of the generic report: `success`, `warning`, `failed`, `canceled`; null for `running`. Source: BK-1. */
export function genericResult(result: string): RunResult | null {
  switch (result) {
    case 'success':
    case 'warning':
      return result;
    case 'running':
      return null;
    default:
      return 'failed';
  }
}
