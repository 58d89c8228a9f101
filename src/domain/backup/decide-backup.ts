import type {CustomerId} from '../address.ts';
import type {Decision} from '../decision.ts';
import type {
  BackupCheckObservation,
  BackupObservation,
  BackupRepositoryObservation,
  BackupRunObservation,
  RestoreTestObservation,
} from '../observation.ts';
import type {SafeText} from '../text.ts';
import {type BackupPlan, type BackupRecord, backupKey, type RunRecord} from './backup-record.ts';
import {followBackup} from './follow-backup.ts';
import {judgePoints} from './repository.ts';

/** Objects that nobody configured, of one customer: more are somebody's mistake or somebody's attack. */
const MOST_UNPLANNED = 500;

/** The copies that a report is about: those it names, as the configuration spells them, else those of its job. */
function copiesOf(plan: BackupPlan | null, job: string, named: readonly SafeText[]): readonly SafeText[] {
  const planned = plan?.copies ?? [];
  if (named.length > 0) {
    const spelt = (name: SafeText) => planned.find(({id}) => id.toLowerCase() === name.toLowerCase())?.id ?? name;
    return [...new Set(named.map(spelt))];
  }
  const isOnlyJob = (plan?.jobs.length ?? 0) <= 1;
  return planned.filter(copy => copy.job === job || (copy.job === null && isOnlyJob)).map(({id}) => id);
}

/** The run as it is to be kept; null when nothing new is in the report. The end of a run keeps its start. */
function mergedRun(before: RunRecord | undefined, run: RunRecord): RunRecord | null {
  if (before === undefined) return run;
  if (before.end !== null && run.end === null) return null;
  const merged = before.end === null ? {...run, startedAt: Math.min(before.startedAt, run.startedAt)} : run;
  // Words are kept of the newest run alone, so they tell no repeat.
  const facts = (one: RunRecord) => JSON.stringify({...one, note: null, snapshot: null});
  return facts(before) === facts(merged) ? null : merged;
}

function reportRun(decision: Decision, record: BackupRecord | undefined, report: BackupRunObservation): void {
  const {object, job, address} = report;
  const plan = record?.plan ?? null;
  const before = record?.jobs.find(({name}) => name === job)?.runs.find(({id}) => id === report.run.id);
  const run = mergedRun(before, report.run);
  if (run === null) return;
  const isWarningGood = plan?.jobs.find(({name}) => name === job)?.warningCounts !== false;
  const isGood = run.end?.result === 'success' || (run.end?.result === 'warning' && isWarningGood);
  const copies = isGood ? copiesOf(plan, job, report.copies) : [];
  decision.draft(address.customer, {type: 'backup.reported', customer: address.customer, object, job, run, copies});
}

function reportCheck(decision: Decision, record: BackupRecord | undefined, report: BackupCheckObservation): void {
  const {object, job, address, verifiedAt, ok, errors, note} = report;
  const copies = copiesOf(record?.plan ?? null, job, report.copies);
  const isKnown = copies.every(id => {
    const facts = record?.copies.find(copy => copy.id === id);
    return facts?.verifiedAt === verifiedAt && facts.verifyOk === ok;
  });
  if (isKnown) return;
  const {customer} = address;
  decision.draft(customer, {type: 'backup.verified', customer, object, copies, verifiedAt, ok, errors, note});
}

/** The same listing again is no news. */
function reportRepository(
  decision: Decision,
  record: BackupRecord | undefined,
  {object, job, address, at, points, percent, copies: named}: BackupRepositoryObservation,
): void {
  const plan = record?.plan ?? null;
  const {customer} = address;
  const since = record?.knownSince ?? decision.now;
  const ids = copiesOf(plan, job, named);
  const factsOf = (id: SafeText) => record?.copies.find(copy => copy.id === id)?.repository;
  const isKnown = ids.every(id => {
    const facts = factsOf(id);
    const hasPoints = points === null || (facts?.points?.at ?? Number.NEGATIVE_INFINITY) >= at;
    return hasPoints && (percent === null || facts?.fill.some(sample => sample.at === at) === true);
  });
  if (isKnown) return;
  const copies = ids.map(id => {
    const copy = plan?.copies.find(it => it.id === id) ?? null;
    return {id, points: points === null ? null : judgePoints(points, copy, plan, since, at)};
  });
  const fill = percent === null ? null : {at, percent};
  decision.draft(customer, {type: 'backup.repositorySeen', customer, object, copies, fill});
}

/** A test with this end and this outcome is written down already. */
function reportTest(decision: Decision, record: BackupRecord | undefined, report: RestoreTestObservation): void {
  const {object, test, address} = report;
  if (record?.restoreTests.some(({at, ok}) => at === test.at && ok === test.ok) === true) return;
  decision.draft(address.customer, {type: 'backup.restoreTested', customer: address.customer, object, test});
}

function isTooMany({state}: Decision, customer: CustomerId): boolean {
  let count = 0;
  for (const record of state.backups.values()) if (record.customer === customer && record.plan === null) count += 1;
  return count >= MOST_UNPLANNED;
}

/**
 * What a report about backups changes. A repeat drafts nothing, and a start that comes after its end is old news.
 *
 * An object that nobody configured is kept all the same, up to 500 of a customer: it shows up as unplanned. Of more the collector
 * counts the reports (`backup.leftOut`). Source: BK-1, BK-3, BK-6.
 */
export function decideBackup(decision: Decision, report: BackupObservation): void {
  const {customer} = report.address;
  const key = backupKey({customer, object: report.object});
  const record = decision.state.backups.get(key);
  if (record === undefined && isTooMany(decision, customer)) return;
  switch (report.type) {
    case 'backup-run':
      reportRun(decision, record, report);
      break;
    case 'backup-check':
      reportCheck(decision, record, report);
      break;
    case 'backup-repository':
      reportRepository(decision, record, report);
      break;
    case 'restore-test':
      reportTest(decision, record, report);
      break;
    default:
      report satisfies never;
  }
  if (decision.drafts.length > 0) followBackup(decision, key);
}
