import type {CollectorView, NocView} from '../client/noc.ts';
import type {CustomerId} from '../domain/address.ts';
import type {BackupRecord, JobPlan, RunRecord} from '../domain/backup/backup-record.ts';
import {type JobStatus, jobState} from '../domain/backup/job-status.ts';
import {judgeObject, missingParts, type ObjectVerdict, scheduleOf} from '../domain/backup/judge-object.ts';
import type {Posture} from '../domain/backup/posture.ts';
import type {EpochDay} from '../domain/local-time/civil-date.ts';
import {localDay, timeZone, type Zone} from '../domain/local-time/zone.ts';
import {DAY, type DurationMs, HOUR, type Instant} from '../domain/time.ts';
import {type BackupFigures, type BackupRow, NIGHTS, type NightResult} from './figures.ts';

/** The night of a date begins on the evening before, and what runs over the day belongs to it too. */
export const NIGHT_BEGINS_AT: DurationMs = 18 * HOUR;

/** What counts first when several jobs share a night. */
const WORST_FIRST: readonly NightResult[] = ['failed', 'missed', 'late', 'warning', 'unknown', 'success', 'none'];

const POSTURES: readonly Posture[] = ['unprotected', 'unknown', 'attention', 'protected'];

/** One object with what can be said of it. */
interface Judged {
  readonly record: BackupRecord;
  readonly verdict: ObjectVerdict;
}

/**
 * The nights of each customer, worst first; null when no collector knows of any backup. Of a silent collector's customers the
 * nights stay as they were known, and whether the rule is met is not known.
 */
export function selectBackups(
  view: NocView,
  isOurs: (customer: CustomerId) => boolean,
  now: Instant,
): BackupFigures | null {
  const rows = view.collectors.flatMap(collector => rowsOf(collector, isOurs, now));
  if (rows.length === 0) return null;
  return {rows: rows.sort((a, b) => a.rank - b.rank || (a.row.name < b.row.name ? -1 : 1)).map(({row}) => row)};
}

function rowsOf(
  {state, link, skewMs}: CollectorView,
  isOurs: (customer: CustomerId) => boolean,
  now: Instant,
): {readonly rank: number; readonly row: BackupRow}[] {
  if (state === null) return [];
  const theirs = now + skewMs;
  const byCustomer = new Map<CustomerId, Judged[]>();
  for (const record of state.backups.values()) {
    if (!isOurs(record.customer) || record.plan?.isExempt === true) continue;
    const judged = {record, verdict: judgeObject(record, theirs)};
    const others = byCustomer.get(record.customer);
    if (others === undefined) byCustomer.set(record.customer, [judged]);
    else others.push(judged);
  }
  const isStale = link !== 'live';
  return [...byCustomer].map(([customer, objects]) => ({
    rank: Math.min(...objects.map(({verdict}) => POSTURES.indexOf(verdict.posture))),
    row: {
      customer,
      name: state.customers.get(customer)?.name ?? customer,
      nights: nightsOf(objects, state.customers.get(customer)?.timezone ?? 'Europe/Berlin', theirs),
      isRuleMet: isStale ? null : isRuleMet(objects),
      oldestGoodAgeMs: oldestGoodAge(objects, theirs),
      isStale,
    },
  }));
}

function nightsOf(objects: readonly Judged[], zoneId: string, now: Instant): readonly NightResult[] {
  const zone = timeZone(zoneId);
  // Of the date whose evening has come, the night is tomorrow's.
  const last = localDay(zone, now + DAY - NIGHT_BEGINS_AT);
  return Array.from({length: NIGHTS}, (_, index) => {
    const day = last - (NIGHTS - 1) + index;
    const results = objects.flatMap(object => resultsOfNight(object, zone, day, now));
    return WORST_FIRST.find(result => results.includes(result)) ?? 'none';
  });
}

function resultsOfNight({record, verdict}: Judged, zone: Zone, day: EpochDay, now: Instant): readonly NightResult[] {
  const begin = zone.toInstant((day - 1) * DAY + NIGHT_BEGINS_AT);
  const end = zone.toInstant(day * DAY + NIGHT_BEGINS_AT);
  const at = Math.min(now, end - 1);
  return verdict.jobs.map(({plan, runs}) => resultOfJob(record, plan, runs, begin, at));
}

function resultOfJob(
  {knownSince}: BackupRecord,
  plan: JobPlan | null,
  runs: readonly RunRecord[],
  begin: Instant,
  at: Instant,
): NightResult {
  const schedule = plan === null ? null : scheduleOf(plan);
  const job = {
    schedule,
    startGraceMs: plan?.startGraceMs ?? 0,
    maxDurationMs: plan?.maxDurationMs ?? Number.POSITIVE_INFINITY,
    isEnabled: plan?.isEnabled ?? true,
    knownSince,
  };
  const {status, expectedAt, run} = jobState(job, runs, at);
  const since = expectedAt ?? run?.startedAt ?? null;
  if (since === null || since < begin) return 'none';
  // Runs before the oldest that is kept are forgotten, not missed.
  if (run === null && at < (runs[0]?.startedAt ?? Number.NEGATIVE_INFINITY)) return 'none';
  return RESULT[status];
}

/** A run that is under way, may still start or is switched off says nothing yet. */
const RESULT: Readonly<Record<JobStatus, NightResult>> = {
  success: 'success',
  warning: 'warning',
  failed: 'failed',
  missed: 'missed',
  late: 'late',
  unknown: 'unknown',
  running: 'none',
  pending: 'none',
  disabled: 'none',
};

/** Of every object what it was promised; one that cannot be judged leaves it open. Source: BK-4, BK-5. */
function isRuleMet(objects: readonly Judged[]): boolean | null {
  const verdicts = objects.map(({record, verdict}): boolean | null => {
    const {rule, awaited} = verdict;
    if (rule === null) return null;
    const missing = missingParts(record.plan, rule);
    return missing.length === 0 ? true : missing.every(part => awaited.includes(part)) ? null : false;
  });
  if (verdicts.includes(false)) return false;
  return verdicts.includes(null) ? null : true;
}

/** Of the object whose newest good run is the oldest; null when one has none. */
function oldestGoodAge(objects: readonly Judged[], now: Instant): number | null {
  const ages = objects.map(({verdict}) => {
    const good = verdict.jobs.flatMap(({lastGoodAt}) => (lastGoodAt === null ? [] : [now - lastGoodAt]));
    return good.length === 0 ? null : Math.min(...good);
  });
  return ages.includes(null) ? null : Math.max(...ages.map(age => age ?? 0));
}
