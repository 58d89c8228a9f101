import type {AlertSeverity} from '../severity.ts';
import {type OwnWord, ownCodes, type SafeText} from '../text.ts';
import type {Instant} from '../time.ts';
import type {AnomalyFlag} from './anomaly.ts';
import type {BackupRecord} from './backup-record.ts';
import {type JobVerdict, judgeObject, missingParts, type ObjectVerdict} from './judge-object.ts';
import type {RetentionAlarm} from './retention.ts';
import type {RulePart} from './rule-321.ts';

/** What an alert about backups found, as far as its priority goes. Source: PR-2, BK-6, BK-9. */
export type AlarmFinding =
  | 'backupFailed'
  | 'backupMissed'
  | 'rpo'
  | 'restoreFailed'
  | 'repository'
  | 'security'
  | 'warning';

/** Something about the backups of one object that somebody has to look at. */
export interface Alarm {
  /** The service of its alert, unique at the object. */
  readonly service: string;
  readonly severity: AlertSeverity;
  readonly word: OwnWord;
  readonly finding: AlarmFinding;
  /** The job it is about. */
  readonly job: string | null;
  readonly isRpoViolated: boolean;
  /** What exactly is missing or strange. */
  readonly details: readonly (RulePart | AnomalyFlag)[];
  /** The tool's own words. */
  readonly note: SafeText | null;
}

const QUIET = {job: null, isRpoViolated: false, details: [], note: null} as const;

/** Services of the alerts about an object as a whole. */
const OBJECT_SERVICES = [
  'backup-rpo',
  'backup-rule',
  'backup-verify',
  'backup-anomaly',
  'restore-test',
  'backup-retention',
  'backup-repository',
] as const;

export function jobService(job: string): string {
  return `backup ${job}`;
}

/** Whether the newest data is older than promised; an object that never had any has its time since it is known. */
function isOverdue({plan, knownSince}: BackupRecord, {rpo}: ObjectVerdict, now: Instant): boolean {
  if (rpo === null || !rpo.isViolated) return false;
  return rpo.dataAt !== null || now - knownSince > (plan?.rpoMs ?? 0);
}

/** null: the job says nothing new, so that what was wrong with it still is. */
function alarmOfJob(job: JobVerdict, isRpoViolated: boolean): Alarm | 'calm' | null {
  const service = jobService(job.name);
  const of = {
    ...QUIET,
    service,
    job: job.name,
    isRpoViolated,
    note: job.runs.find(({startedAt}) => startedAt === job.run?.startedAt)?.note ?? null,
  };
  switch (job.status) {
    case 'failed':
      return {...of, severity: 'critical', word: 'backup-failed', finding: 'backupFailed'};
    case 'missed':
      return {...of, severity: 'critical', word: 'backup-missed', finding: 'backupMissed', note: null};
    case 'late':
      return {...of, severity: 'warning', word: 'backup-late', finding: 'warning', note: null};
    case 'success':
    case 'warning':
    case 'disabled':
      return 'calm';
    case 'running':
    case 'pending':
    case 'unknown':
      return null;
    default:
      return job.status satisfies never;
  }
}

function alarmOfRpo(isRpoViolated: boolean): Alarm | null {
  if (!isRpoViolated) return null;
  return {...QUIET, service: 'backup-rpo', severity: 'critical', word: 'backup-rpo', finding: 'rpo', isRpoViolated};
}

/** What is missing of the rule, once something more than a first report that may still come is. */
function alarmOfRule({plan}: BackupRecord, {rule, hasReport, awaited}: ObjectVerdict): Alarm | null {
  const details = rule === null ? [] : missingParts(plan, rule);
  if (!hasReport || details.every(part => awaited.includes(part))) return null;
  return {...QUIET, service: 'backup-rule', severity: 'warning', word: 'backup-rule', finding: 'warning', details};
}

function alarmOfVerification(record: BackupRecord, {copies}: ObjectVerdict): Alarm | null {
  if (copies.every(({verifyOk}) => verifyOk !== false)) return null;
  const note = record.copies.find(({verifyOk}) => verifyOk === false)?.verifyNote ?? null;
  const base = {...QUIET, service: 'backup-verify', word: 'backup-verify'} as const;
  return {...base, severity: 'critical', finding: 'backupFailed', note};
}

function alarmOfHints({jobs}: ObjectVerdict, isSecurity: boolean): Alarm | null {
  const details = [...new Set(jobs.flatMap(({anomalies}) => anomalies))];
  if (details.length === 0) return null;
  const base = {...QUIET, service: 'backup-anomaly', details} as const;
  return isSecurity
    ? {...base, severity: 'critical', word: 'backup-security', finding: 'security'}
    : {...base, severity: 'warning', word: 'backup-anomaly', finding: 'warning'};
}

/** Source: BK-6. */
function alarmOfRestoreTest({plan}: BackupRecord, verdict: ObjectVerdict, now: Instant): Alarm | null {
  const {restoreTest, jobs, restoreOverdueAt} = verdict;
  const base = {...QUIET, service: 'restore-test'} as const;
  switch (restoreTest.state) {
    case 'failed':
      return {...base, severity: 'critical', word: 'restore-failed', finding: 'restoreFailed'};
    case 'overdue':
      return {...base, severity: 'warning', word: 'restore-overdue', finding: 'warning'};
    case 'never':
      // What is not even configured to be saved has nothing to restore.
      if (plan === null || jobs.length === 0 || now < restoreOverdueAt) return null;
      return {...base, severity: 'warning', word: 'restore-never', finding: 'warning'};
    case 'ok':
    case 'dueSoon':
      return null;
    default:
      return restoreTest.state satisfies never;
  }
}

/** The contract's reach, and what would be pruned that must not be. Source: BK-8. */
function alarmOfRetention({repositories}: ObjectVerdict): Alarm | null {
  const of = (wanted: RetentionAlarm) => repositories.find(({points}) => points?.alarms.includes(wanted))?.copy;
  const base = {...QUIET, service: 'backup-retention'} as const;
  const pruned = of('lastGoodPruned');
  if (pruned !== undefined)
    return {...base, severity: 'critical', word: 'backup-prune', finding: 'backupFailed', note: pruned};
  const short = of('tooShort');
  return short === undefined
    ? null
    : {...base, severity: 'warning', word: 'backup-retention', finding: 'warning', note: short};
}

/** Nothing was told of a repository for days: that it fills no more nobody has said. Source: PF-5. */
function isFillStale({repositories}: ObjectVerdict): boolean {
  return repositories.some(({fill}) => fill?.type === 'none' && fill.reason === 'stale');
}

/** The repository that will be full first. Source: BK-10, PF-2. */
function alarmOfRepository({repositories}: ObjectVerdict): Alarm | null {
  const filling = repositories.flatMap(({copy, fill}) =>
    fill?.type === 'forecast' && fill.level !== 'ok' ? [{copy, ...fill}] : [],
  );
  const [first] = filling.sort((a, b) => a.fullInSeconds - b.fullInSeconds);
  if (first === undefined) return null;
  const base = {...QUIET, service: 'backup-repository', word: 'repository-full', note: first.copy} as const;
  return first.level === 'critical'
    ? {...base, severity: 'critical', finding: 'repository'}
    : {...base, severity: 'warning', finding: 'warning'};
}

/**
 * What is wrong with the backups of one object at `now`, and of which services that is all there is to say.
 *
 * A job that is about to run or running has not said that what was wrong before is mended, so nothing is settled about it.
 *
 * @param isSecurity - Hints at its customer come together to a security incident candidate.
 *
 * Source: BK-2 to BK-6, BK-9, PR-2.
 */
export function alarmsOf(
  record: BackupRecord,
  now: Instant,
  isSecurity: boolean,
): {readonly alarms: readonly Alarm[]; readonly settled: readonly string[]} {
  const verdict = judgeObject(record, now);
  const isRpoViolated = isOverdue(record, verdict, now);
  const ofJobs = verdict.jobs.map(job => ({job, alarm: alarmOfJob(job, isRpoViolated)}));
  const heard = ofJobs.filter(({alarm}) => alarm !== null);
  const ofObject = [
    alarmOfRpo(isRpoViolated),
    alarmOfRule(record, verdict),
    alarmOfVerification(record, verdict),
    alarmOfHints(verdict, isSecurity),
    alarmOfRestoreTest(record, verdict, now),
    alarmOfRetention(verdict),
    alarmOfRepository(verdict),
  ];
  return {
    alarms: [
      ...heard.flatMap(({alarm}) => (alarm === null || alarm === 'calm' ? [] : [alarm])),
      ...ofObject.filter(alarm => alarm !== null),
    ],
    settled: [
      ...heard.map(({job}) => jobService(job.name)),
      ...OBJECT_SERVICES.filter(service => service !== 'backup-repository' || !isFillStale(verdict)),
    ],
  };
}

/** Every service that an alert about this object can have. */
export function servicesOf({plan, jobs}: BackupRecord): readonly string[] {
  const names = new Set<string>([...(plan?.jobs ?? []), ...jobs].map(({name}) => name));
  return [...[...names].map(jobService), ...OBJECT_SERVICES];
}

/** Labels of the alert: they say what a message in one word cannot, and carry what its priority needs. */
export function labelsOf(
  {object, plan}: BackupRecord,
  {finding, isRpoViolated, details}: Alarm,
): Readonly<Record<string, SafeText>> {
  return {
    object,
    finding: ownCodes([finding]),
    criticality: ownCodes([plan?.criticality ?? 'B']),
    ...(isRpoViolated ? {rpo: ownCodes(['rpo'])} : {}),
    ...(details.length > 0 ? {details: ownCodes(details)} : {}),
  };
}
