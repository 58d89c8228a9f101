import type {CheckPolicy, CheckRecord} from './check.ts';
import type {FlapBits} from './flap.ts';
import type {Severity} from './severity.ts';
import {type Judgement, NEVER_CHECKED} from './soft-hard.ts';
import type {SafeText} from './text.ts';
import type {Instant} from './time.ts';

/** What moves with every result of a check and is not worth a line of the log. */
export interface ResultMemory {
  /** The judgement in force; while stale that is unknown, not the last result. Source: FR-2. */
  readonly judgement: Judgement;
  /** State of the last result itself. */
  readonly lastState: Severity;
  /** null: no result yet. */
  readonly executedAt: Instant | null;
  readonly receivedAt: Instant | null;
  readonly resultId: string | null;
  readonly flapBits: FlapBits;
  readonly flapping: boolean;
  readonly policy: CheckPolicy;
  /** When the bad results began that go on. */
  readonly badSince: Instant | null;
  /** First OK while an alert waits for the end of the clear grace. Source: AL-6. */
  readonly clearSince: Instant | null;
  /** Bad results that the alert has not been told of. */
  readonly untold: number;
  /** When the log last heard of this check, for the least time between mere refreshes. */
  readonly toldAt: Instant;
  /** Output last told. */
  readonly toldOutput: SafeText | null;
  /** The last result claimed to come from the future and was taken as of its receipt. Source: ST-5. */
  readonly hasClockSkew: boolean;
}

/** An upstream's word that a claim is over, kept so that an older message cannot bring it back. */
export interface EndedClaim {
  readonly key: string;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
}

/**
 * The volatile side of one fingerprint. It lives beside the state, is saved with the snapshot, and may be lost in a crash:
 * then the state and the next results make it again. Plain data that survives JSON.
 */
export interface CheckMemory {
  /** null until a check result came; upstream alerts need none. */
  readonly result: ResultMemory | null;
  readonly ended: readonly EndedClaim[];
}

const NOTHING: CheckMemory = {result: null, ended: []};

/** Memory of a fingerprint that nothing is remembered of. */
export function noMemory(): CheckMemory {
  return NOTHING;
}

/**
 * Memory of a check that is configured or known but has no result in memory: never run, or lost in a crash.
 *
 * @param record - What the state knows of it, if anything.
 */
export function memoryOfCheck(record: CheckRecord | undefined, policy: CheckPolicy, now: Instant): ResultMemory {
  const judgement: Judgement =
    record === undefined ? NEVER_CHECKED : {state: record.state, stateType: record.stateType, attempt: record.attempt};
  return {
    judgement,
    lastState: record?.lastState ?? 'pending',
    executedAt: null,
    receivedAt: null,
    resultId: null,
    flapBits: 0,
    flapping: record?.flapping ?? false,
    policy,
    badSince: null,
    clearSince: null,
    untold: 0,
    toldAt: now,
    toldOutput: record?.output ?? null,
    hasClockSkew: false,
  };
}
