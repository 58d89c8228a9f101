import {median} from '../forecast/median.ts';
import {modifiedZ, OUTLIER_THRESHOLD} from '../forecast/outlier.ts';
import {DAY, type DurationMs, type Instant, MINUTE} from '../time.ts';

/** What a finished run measured; null where its tool does not say. */
export interface RunFigures {
  readonly sizeBytes: number | null;
  readonly changedFiles: number | null;
  readonly totalFiles: number | null;
  readonly durationMs: DurationMs | null;
  /** Size of the source by size as stored: what does not compress any more may be encrypted. */
  readonly compressionRatio: number | null;
  /** Files that went since the run before, by type (`.docx`), of how many there were. */
  readonly deletions: readonly {readonly type: string; readonly deleted: number; readonly before: number}[];
}

/**
 * A hint that something is wrong though the job says success. `zero_change` is a silent failure, `mass_change`, `mass_deletion`
 * and `compression_drop` are hints of ransomware. Source: BK-9.
 */
export type AnomalyFlag =
  | 'size_drop'
  | 'size_drop_critical'
  | 'size_growth'
  | 'zero_change'
  | 'mass_change'
  | 'duration_high'
  | 'mass_deletion'
  | 'compression_drop';

/** Good runs of the past that are looked at, and how few are too few. Source: BK-9. */
const MAX_HISTORY = 14;
const MIN_HISTORY = 5;

/** Factors of BK-9 against the median. */
const LIMITS = {
  sizeDrop: 0.5,
  sizeDropCritical: 0.2,
  sizeGrowth: 2,
  changedShare: 0.5,
  changedFactor: 3,
  durationFactor: 2,
  durationSlack: 15 * MINUTE,
  deletedFiles: 100,
  deletedShare: 0.5,
  compressionKept: 0.7,
} as const;

/** What rounding adds to a difference of shares: 0.9 is three times 0.3, which in binary comes out a hair less. */
const QUOTIENT_NOISE = 1e-12;

/** The figure of enough past runs, or none. */
function known(
  history: readonly RunFigures[],
  figure: (run: RunFigures) => number | null,
): {readonly values: readonly number[]; readonly middle: number} | null {
  const values = history.flatMap(run => figure(run) ?? []);
  const middle = median(values);
  return middle === null || values.length < MIN_HISTORY ? null : {values, middle};
}

function sizeFlag(history: readonly RunFigures[], run: RunFigures): AnomalyFlag | null {
  const past = known(history, ({sizeBytes}) => sizeBytes);
  const size = run.sizeBytes;
  if (past === null || size === null) return null;
  if (size < LIMITS.sizeDropCritical * past.middle) return 'size_drop_critical';
  if (size < LIMITS.sizeDrop * past.middle) return 'size_drop';
  const isOut = (modifiedZ(past.values, size) ?? 0) > OUTLIER_THRESHOLD;
  return isOut && size > LIMITS.sizeGrowth * past.middle ? 'size_growth' : null;
}

function changedShare({changedFiles, totalFiles}: RunFigures): number | null {
  return changedFiles === null || totalFiles === null || totalFiles <= 0 ? null : changedFiles / totalFiles;
}

function changeFlag(history: readonly RunFigures[], run: RunFigures): AnomalyFlag | null {
  const changed = known(history, ({changedFiles}) => changedFiles);
  if (run.changedFiles === 0) return changed !== null && changed.middle > 0 ? 'zero_change' : null;
  const shares = known(history, changedShare);
  const share = changedShare(run);
  if (shares === null || share === null) return null;
  const excess = share - LIMITS.changedFactor * shares.middle;
  return share > LIMITS.changedShare && excess > QUOTIENT_NOISE ? 'mass_change' : null;
}

function durationFlag(history: readonly RunFigures[], run: RunFigures): AnomalyFlag | null {
  const past = known(history, ({durationMs}) => durationMs);
  if (past === null || run.durationMs === null) return null;
  const isHigh =
    run.durationMs > LIMITS.durationFactor * past.middle && run.durationMs > past.middle + LIMITS.durationSlack;
  return isHigh ? 'duration_high' : null;
}

/** Needs no history: it compares with the run just before. */
function deletionFlag({deletions}: RunFigures): AnomalyFlag | null {
  const isMass = deletions.some(
    ({deleted, before}) => deleted >= LIMITS.deletedFiles && deleted > LIMITS.deletedShare * before,
  );
  return isMass ? 'mass_deletion' : null;
}

function compressionFlag(history: readonly RunFigures[], run: RunFigures): AnomalyFlag | null {
  const past = known(history, ({compressionRatio}) => compressionRatio);
  if (past === null || run.compressionRatio === null) return null;
  return run.compressionRatio < LIMITS.compressionKept * past.middle ? 'compression_drop' : null;
}

/**
 * Compares a run with what its job usually does.
 *
 * @param history - Good runs before it of the same type (full or incremental), oldest first; the last 14 count, and a figure
 *   that fewer than 5 of them have is not judged.
 * @returns Hints in the order of BK-9. None is proof; one alone is a warning.
 *
 * Source: BK-9.
 */
export function backupAnomalies(history: readonly RunFigures[], run: RunFigures): readonly AnomalyFlag[] {
  const recent = history.slice(-MAX_HISTORY);
  const flags = [
    sizeFlag(recent, run),
    changeFlag(recent, run),
    durationFlag(recent, run),
    deletionFlag(run),
    compressionFlag(recent, run),
  ];
  return flags.filter(flag => flag !== null);
}

/** A hint, and where and when it was seen. */
export interface AnomalyHint {
  readonly at: Instant;
  readonly object: string;
  readonly flag: AnomalyFlag;
}

/** Hints at one customer within so long are taken together. Source: BK-9. */
const HINTS_WITHIN: DurationMs = DAY;

/**
 * Whether the hints at one customer make a security incident candidate (P1, to be assessed as NI-7 says): two different ones
 * within 24 hours. One hint told twice is one.
 *
 * Source: BK-9.
 */
export function isSecurityCandidate(hints: readonly AnomalyHint[], now: Instant): boolean {
  const recent = hints.filter(({at}) => at <= now && now - at <= HINTS_WITHIN);
  return new Set(recent.map(({object, flag}) => `${flag} ${object}`)).size >= 2;
}
