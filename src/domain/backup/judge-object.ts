import type {FillJudgement} from '../forecast/fill-forecast.ts';
import {addMonths} from '../local-time/civil-date.ts';
import {localDay, timeZone} from '../local-time/zone.ts';
import type {SafeText} from '../text.ts';
import {DAY, type Instant} from '../time.ts';
import {type AnomalyFlag, backupAnomalies} from './anomaly.ts';
import type {BackupPlan, BackupRecord, JobPlan, RunRecord} from './backup-record.ts';
import {type JobState, jobState, type Rpo, rpoState} from './job-status.ts';
import {type Posture, type PostureReason, postureOf} from './posture.ts';
import {judgeRepository, type ListedPoints} from './repository.ts';
import {DEFAULT_RESTORE_POLICY, type RestoreTestState, restoreTestState} from './restore-test.ts';
import {type BackupCopy, isVerified, judge321, type RulePart, type RuleVerdict, VERIFY_EVERY} from './rule-321.ts';
import {compileSchedule, type Schedule} from './schedule.ts';

/** Zone of the dates of an object that nobody configured. */
const DEFAULT_ZONE = 'Europe/Berlin';

/** Where one job of an object stands. */
export interface JobVerdict extends JobState {
  readonly name: string;
  readonly plan: JobPlan | null;
  /** Oldest first. */
  readonly runs: readonly RunRecord[];
  /** When it is to run next; null where no schedule says so. */
  readonly nextAt: Instant | null;
  /** Start of its newest good run. */
  readonly lastGoodAt: Instant | null;
  /** Hints in its newest good run against those before. Source: BK-9. */
  readonly anomalies: readonly AnomalyFlag[];
}

/** What can be said of the repository that holds one copy. Source: BK-8, BK-10. */
export interface RepositoryVerdict {
  readonly copy: SafeText;
  readonly points: ListedPoints | null;
  /** Newest fill, in percent; null: never told. */
  readonly percent: number | null;
  readonly fill: FillJudgement | null;
}

/** All that can be said of an object at one instant. */
export interface ObjectVerdict {
  readonly jobs: readonly JobVerdict[];
  /** null promises none. */
  readonly rpo: Rpo | null;
  /** Configured copies with what is known of them. */
  readonly copies: readonly BackupCopy[];
  /** null where no copies are configured. */
  readonly rule: RuleVerdict | null;
  /** Parts of the rule that are missing only because something was never reported and may still come: nothing is held against them yet. */
  readonly awaited: readonly RulePart[];
  /** What was told of the repositories of configured copies. */
  readonly repositories: readonly RepositoryVerdict[];
  readonly restoreTest: RestoreTestState;
  /** The first instant at which a restore test is overdue. One that never was is due as if one had passed when the object became known. */
  readonly restoreOverdueAt: Instant;
  readonly hasReport: boolean;
  readonly posture: Posture;
  readonly reasons: readonly PostureReason[];
}

const schedules = new WeakMap<JobPlan, Schedule | null>();

/** The schedule of a job that can be asked; made once for each plan. */
export function scheduleOf(plan: JobPlan): Schedule | null {
  let schedule = schedules.get(plan);
  if (schedule === undefined) {
    schedule = plan.schedule === null ? null : compileSchedule(plan.schedule);
    schedules.set(plan, schedule);
  }
  return schedule;
}

/** Is it over by `now`, and is there something to restore from? */
function isGood(run: RunRecord, plan: JobPlan | null, now: Instant): boolean {
  if (run.end === null || run.end.at > now) return false;
  return run.end.result === 'success' || (run.end.result === 'warning' && plan?.warningCounts !== false);
}

function judgeJob(record: BackupRecord, name: string, plan: JobPlan | null, now: Instant): JobVerdict {
  const runs = record.jobs.find(job => job.name === name)?.runs ?? [];
  const schedule = plan === null ? null : scheduleOf(plan);
  const state = jobState(
    {
      schedule,
      startGraceMs: plan?.startGraceMs ?? 0,
      maxDurationMs: plan?.maxDurationMs ?? Number.POSITIVE_INFINITY,
      isEnabled: plan?.isEnabled ?? true,
      knownSince: record.knownSince,
    },
    runs,
    now,
  );
  const good = runs.filter(run => isGood(run, plan, now));
  const last = good.at(-1);
  return {
    ...state,
    run: state.run,
    name,
    plan,
    runs,
    nextAt: plan?.isEnabled === false ? null : (schedule?.nextDue(now) ?? null),
    lastGoodAt: last?.startedAt ?? null,
    anomalies:
      last === undefined
        ? []
        : backupAnomalies(
            good.slice(0, -1).map(({figures}) => figures),
            last.figures,
          ),
  };
}

/** Jobs in the order of the plan, then those that only report. */
function judgeJobs(record: BackupRecord, now: Instant): readonly JobVerdict[] {
  const planned = record.plan?.jobs ?? [];
  const others = record.jobs.filter(({name}) => !planned.some(plan => plan.name === name));
  return [
    ...planned.map(plan => judgeJob(record, plan.name, plan, now)),
    ...others.map(({name}) => judgeJob(record, name, null, now)),
  ];
}

function copiesOf({plan, copies}: BackupRecord): readonly BackupCopy[] {
  return (plan?.copies ?? []).map(({id, device, media, site, maxAgeMs, isImmutable, isOffline}) => {
    const facts = copies.find(copy => copy.id === id);
    return {
      id,
      device,
      media,
      site,
      maxAge: maxAgeMs,
      isImmutable,
      isOffline,
      lastGoodAt: facts?.lastGoodAt ?? null,
      verifyOk: facts?.verifyOk ?? null,
      lastVerifyAt: facts?.verifiedAt ?? null,
    };
  });
}

function judgeRestore(record: BackupRecord, now: Instant): Pick<ObjectVerdict, 'restoreTest' | 'restoreOverdueAt'> {
  const zone = timeZone(record.plan?.timeZone ?? DEFAULT_ZONE);
  const lastDay = (ok: boolean) => {
    const test = record.restoreTests.findLast(it => it.ok === ok && it.at <= now);
    return test === undefined ? null : localDay(zone, test.at);
  };
  const policy = {
    ...DEFAULT_RESTORE_POLICY,
    everyMonths: record.plan?.restoreEveryMonths ?? DEFAULT_RESTORE_POLICY.everyMonths,
  };
  const passed = lastDay(true);
  const restoreTest = restoreTestState(passed, lastDay(false), localDay(zone, now), policy);
  const dueOn = addMonths(passed ?? localDay(zone, record.knownSince), policy.everyMonths);
  const restoreOverdueAt = zone.toInstant((dueOn + 1) * DAY);
  return {restoreTest, restoreOverdueAt};
}

function judgeRpo(record: BackupRecord, jobs: readonly JobVerdict[], now: Instant): Rpo | null {
  const rpoMs = record.plan?.rpoMs ?? null;
  return rpoMs === null
    ? null
    : rpoState(
        jobs.flatMap(job => job.runs.filter(run => isGood(run, job.plan, now))),
        rpoMs,
        now,
      );
}

/** What is missing of the rule that was promised. Source: BK-4, BK-5. */
export function missingParts(plan: BackupPlan | null, {missing}: RuleVerdict): readonly RulePart[] {
  const isAll = plan?.promised === '3-2-1-1-0';
  return missing.filter(part => isAll || part === 'copies' || part === 'media' || part === 'offsite');
}

/**
 * What is missing of the rule for no other reason than that it may still come: a copy before its first age is over, a first
 * verification within its month, a first restore test before it is due. So history that arrives bit by bit, or an object
 * of today, raises nothing that is cured a moment later.
 */
function awaitedParts(
  {knownSince}: BackupRecord,
  copies: readonly BackupCopy[],
  rule: RuleVerdict | null,
  isTestBad: boolean,
  now: Instant,
): readonly RulePart[] {
  if (rule === null) return [];
  const isToCome = ({lastGoodAt, maxAge}: BackupCopy) => lastGoodAt === null && now <= knownSince + maxAge;
  const awaitsCopy = copies.some(isToCome);
  const isSound = (copy: BackupCopy) =>
    copy.verifyOk === null ? now <= knownSince + VERIFY_EVERY : isVerified(copy, now);
  const awaitsProof =
    !isTestBad &&
    copies.every(
      copy => isSound(copy) && (isToCome(copy) || (copy.lastGoodAt !== null && now - copy.lastGoodAt <= copy.maxAge)),
    );
  return rule.missing.filter(part => (part === 'zeroErrors' ? awaitsProof : awaitsCopy));
}

function judgeRepositories({plan, copies}: BackupRecord, now: Instant): readonly RepositoryVerdict[] {
  return copies.flatMap(({id, repository}): readonly RepositoryVerdict[] => {
    if (repository === undefined || plan?.copies.some(copy => copy.id === id) !== true) return [];
    const percent = repository.fill.at(-1)?.percent ?? null;
    return [{copy: id, points: repository.points, percent, fill: judgeRepository(repository, now)}];
  });
}

/** Judges an object from its record alone, as of `now`. Source: BK-2 to BK-6, BK-9. */
export function judgeObject(record: BackupRecord, now: Instant): ObjectVerdict {
  const {plan} = record;
  const jobs = judgeJobs(record, now);
  const copies = copiesOf(record);
  const {restoreTest, restoreOverdueAt} = judgeRestore(record, now);
  const rule = plan === null || copies.length === 0 ? null : judge321(plan.production, copies, restoreTest.state, now);
  const isTestBad = restoreTest.state === 'failed' || now >= restoreOverdueAt;
  const rpo = judgeRpo(record, jobs, now);
  const hasReport = record.jobs.length > 0 || record.copies.length > 0;
  const promised = plan?.promised ?? '3-2-1';
  const anomalies = jobs.flatMap(job => job.anomalies);
  const statuses = jobs.map(({status}) => status);
  return {
    jobs,
    rpo,
    copies,
    rule,
    awaited: awaitedParts(record, copies, rule, isTestBad, now),
    repositories: judgeRepositories(record, now),
    restoreTest,
    restoreOverdueAt,
    hasReport,
    ...postureOf({jobs: statuses, hasReport, rpo, rule, promised, restoreTest: restoreTest.state, anomalies}),
  };
}
