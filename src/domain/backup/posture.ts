import type {AnomalyFlag} from './anomaly.ts';
import type {JobStatus, Rpo} from './job-status.ts';
import type {RestoreTestState} from './restore-test.ts';
import type {RuleVerdict} from './rule-321.ts';

/**
 * Whether an object could be restored today: `protected` as promised, `attention` not in every way, `unprotected` not at all,
 * `unknown` when nobody told us. Silence is never green.
 */
export type Posture = 'protected' | 'attention' | 'unprotected' | 'unknown';

/** Why, as a code that the catalogue puts into words. */
export type PostureReason =
  | 'noJob'
  | 'noValidCopy'
  | 'neverReported'
  | 'allDisabled'
  | 'restoreFailed'
  | 'jobFailed'
  | 'jobMissed'
  | 'rpoViolated'
  | 'rule321'
  | 'jobLate'
  | 'anomaly'
  | 'restoreOverdue'
  | 'restoreNever'
  | 'rule32110'
  | 'jobWarning'
  | 'jobUnknown';

/** What is known of a protected object. */
export interface ProtectedObject {
  /** Of every job that protects it; empty: nothing does. */
  readonly jobs: readonly JobStatus[];
  /** Whether any run or copy of it was ever reported. */
  readonly hasReport: boolean;
  /** null promises none. */
  readonly rpo: Rpo | null;
  /** null where no copies are configured, so that the rule cannot be judged. */
  readonly rule: RuleVerdict | null;
  /** What was promised: a miss of the other rule is no reason. */
  readonly promised: '3-2-1' | '3-2-1-1-0';
  readonly restoreTest: RestoreTestState['state'];
  readonly anomalies: readonly AnomalyFlag[];
}

/** All that speaks against an object, the worst first. */
function reasonsAgainst(object: ProtectedObject): readonly PostureReason[] {
  const {jobs, rule, restoreTest} = object;
  const hasJob = (status: JobStatus) => jobs.includes(status);
  const against: Readonly<Record<PostureReason, boolean>> = {
    noJob: jobs.length === 0,
    noValidCopy: jobs.length > 0 && object.hasReport && rule !== null && rule.copies <= 1,
    neverReported: jobs.length > 0 && !object.hasReport,
    allDisabled: jobs.length > 0 && jobs.every(status => status === 'disabled'),
    restoreFailed: restoreTest === 'failed',
    jobFailed: hasJob('failed'),
    jobMissed: hasJob('missed'),
    rpoViolated: object.rpo?.isViolated ?? false,
    rule321: rule !== null && !rule.rule321,
    jobLate: hasJob('late'),
    anomaly: object.anomalies.length > 0,
    restoreOverdue: restoreTest === 'overdue',
    restoreNever: restoreTest === 'never',
    rule32110: object.promised === '3-2-1-1-0' && rule !== null && rule.rule321 && !rule.rule32110,
    jobWarning: hasJob('warning'),
    jobUnknown: hasJob('unknown'),
  };
  return (Object.keys(against) as PostureReason[]).filter(reason => against[reason]);
}

const UNPROTECTED: readonly PostureReason[] = ['noJob', 'noValidCopy'];

/**
 * The posture of an object with every reason that speaks against it, the one to show first.
 *
 * Nothing that protects it, or no valid copy, is `unprotected`; never having heard of it is `unknown`; whatever else is missing
 * of what was promised is `attention`. A restore test that is due soon, a run that is under way or may still start is no fault.
 *
 * Source: BK-2 to BK-6, BK-9; the order is our own judgement.
 */
export function postureOf(object: ProtectedObject): {
  readonly posture: Posture;
  readonly reasons: readonly PostureReason[];
} {
  const reasons = reasonsAgainst(object);
  const [worst] = reasons;
  if (worst === undefined) return {posture: 'protected', reasons};
  if (UNPROTECTED.includes(worst)) return {posture: 'unprotected', reasons};
  return {posture: worst === 'neverReported' ? 'unknown' : 'attention', reasons};
}
