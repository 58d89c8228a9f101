import type {ToolProgress} from '../../domain/backup/run-progress.ts';
import type {RunResult} from '../../domain/backup/run-result.ts';
import type {DurationMs, Instant} from '../../domain/time.ts';

/** Backup tools whose output can be read. */
export const BACKUP_FORMATS = ['restic', 'borg', 'pbs', 'veeam', 'generic'] as const;

export type BackupFormat = (typeof BACKUP_FORMATS)[number];

/**
 * What the output of a tool says, whatever the tool. Its texts are hostile still.
 *
 * A `check` read copies back; its `result` is `success` or `failed`.
 */
export interface ToolFacts {
  readonly kind: 'run' | 'check';
  /** null: it runs, or never said that it ended. */
  readonly result: RunResult | null;
  /** As the tool names them; null where it does not. */
  readonly object: string | null;
  readonly job: string | null;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly durationMs: DurationMs | null;
  readonly snapshot: string | null;
  readonly sizeBytes: number | null;
  readonly addedBytes: number | null;
  readonly changedFiles: number | null;
  readonly totalFiles: number | null;
  readonly compressionRatio: number | null;
  readonly exitCode: number | null;
  /** How many things went wrong, of which `messages` are the first. */
  readonly errors: number;
  readonly messages: readonly string[];
  /** How far it has come, of one that runs; null: it does not say. */
  readonly progress: ToolProgress | null;
}

/** Facts of which nothing is known yet. */
export const NO_FACTS: ToolFacts = {
  kind: 'run',
  result: null,
  object: null,
  job: null,
  startedAt: null,
  endedAt: null,
  durationMs: null,
  snapshot: null,
  sizeBytes: null,
  addedBytes: null,
  changedFiles: null,
  totalFiles: null,
  compressionRatio: null,
  exitCode: null,
  errors: 0,
  messages: [],
  progress: null,
};

/** As a shell tells of what it could not start (126, 127), and of what a signal ended. Modern borg warns up to 107. */
export function wasStopped(exitCode: number | null): boolean {
  return exitCode !== null && exitCode >= 126;
}

/** Reads the output of one tool line by line; what it holds meanwhile is bounded, however much comes. */
export interface OutputReader {
  line(text: string): void;
  /** The newest word of how far it has come; null before the first, and of a tool that says none. */
  progress(): ToolProgress | null;
  /**
   * What it all says.
   *
   * @param exitCode - The tool's own; null where it is not known.
   * @returns One for a run or a check; none for a check that was not made, which says nothing of the copy; one for each task of a list.
   * @throws {Fault} `BACKUP_OUTPUT` when nothing can be made of it.
   */
  end(exitCode: number | null): readonly ToolFacts[];
}
