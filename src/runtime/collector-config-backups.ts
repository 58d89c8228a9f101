import {DEFAULT_MAX_DURATION, DEFAULT_START_GRACE} from '../domain/backup/job-status.ts';
import {DEFAULT_RESTORE_POLICY} from '../domain/backup/restore-test.ts';
import type {KeepRules} from '../domain/backup/retention.ts';
import {compileSchedule} from '../domain/backup/schedule.ts';
import {Fault} from '../domain/fault.ts';
import {WEEKDAYS} from '../domain/local-time/civil-date.ts';
import {DAY, type DurationMs, HOUR} from '../domain/time.ts';
import type {BackupConfig} from './collector-config.ts';
import {isTimezone, readDays} from './collector-config-hours.ts';
import {reportUnknown} from './collector-config-references.ts';
import type {ConfigReport} from './collector-config-report.ts';
import type {WrittenConfig} from './collector-config-schema.ts';
import type {ConfigPath} from './config-problem.ts';
import {parseDuration} from './duration.ts';

type WrittenBackup = NonNullable<WrittenConfig['backups']>[number];
type WrittenJob = NonNullable<WrittenBackup['jobs']>[number];

const PRIMARY = 'primary';
/** A nightly copy may be a little late and is still last night's. */
const DEFAULT_MAX_AGE: DurationMs = DAY + 2 * HOUR;

function duration<T>(text: string | undefined, otherwise: T): DurationMs | T {
  return text === undefined ? otherwise : (parseDuration(text) ?? otherwise);
}

/** A rule that is left out is no rule, not one of none. */
function definedOnly(keep: Readonly<Record<string, number | undefined>>): KeepRules {
  return Object.fromEntries(Object.entries(keep).filter(([, count]) => count !== undefined));
}

function whenOf(job: WrittenJob, at: ConfigPath, report: ConfigReport): BackupConfig['jobs'][number]['when'] {
  if (job.cron !== undefined) {
    if (job.time !== undefined || job.days !== undefined) report.error([...at, 'cron'], 'CONFIG_CRON_AND_TIME');
    try {
      compileSchedule({cron: job.cron, timeZone: 'UTC'});
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      report.error([...at, 'cron'], 'CONFIG_CRON', {given: job.cron}, 'cron');
    }
    return {cron: job.cron};
  }
  if (job.time === undefined) {
    if (job.days !== undefined) report.error([...at, 'days'], 'CONFIG_DAYS_ALONE');
    return null;
  }
  return {time: job.time, days: job.days === undefined ? WEEKDAYS : readDays(job.days)};
}

/** Fills in the defaults of one object, and reports what its parts say of each other. */
export function resolveBackup(written: WrittenBackup, at: ConfigPath, report: ConfigReport): BackupConfig {
  const {customer, object, site = '', timezone} = written;
  if (timezone !== undefined) isTimezone(timezone, [...at, 'timezone'], report);
  const jobs = (written.jobs ?? []).map((job, index) => ({
    name: job.name,
    when: whenOf(job, [...at, 'jobs', index], report),
    startGraceMs: duration(job.grace, DEFAULT_START_GRACE),
    maxDurationMs: duration(job.maxDuration, DEFAULT_MAX_DURATION),
    isEnabled: job.enabled ?? true,
    warningCounts: job.warningCounts ?? true,
  }));
  const names = jobs.map(({name}) => name);
  const copies = (written.copies ?? []).map((copy, index) => {
    if (copy.job !== undefined) {
      reportUnknown(copy.job, names, [...at, 'copies', index, 'job'], 'CONFIG_UNKNOWN_JOB', report);
    }
    return {
      name: copy.name,
      job: copy.job ?? null,
      device: copy.device,
      media: copy.media,
      site: copy.site ?? site,
      maxAgeMs: duration(copy.maxAge, DEFAULT_MAX_AGE),
      isImmutable: copy.immutable ?? false,
      isOffline: copy.offline ?? false,
      keep: copy.keep === undefined ? null : definedOnly(copy.keep),
      reachMs: duration(copy.reach, null),
    };
  });
  const {production} = written;
  return {
    customer,
    object,
    host: written.host ?? object,
    site,
    criticality: written.criticality ?? 'B',
    production: {
      device: production?.device ?? written.host ?? object,
      media: production?.media ?? PRIMARY,
      site: production?.site ?? site,
    },
    promised: written.promise ?? '3-2-1',
    rpoMs: duration(written.rpo, null),
    rtoMs: duration(written.rto, null),
    restoreEveryMonths: written.restoreTestMonths ?? DEFAULT_RESTORE_POLICY.everyMonths,
    timezone: timezone ?? null,
    jobs,
    copies,
    isExempt: written.exempt ?? false,
  };
}

function reportRepeats(names: readonly string[], at: ConfigPath, report: ConfigReport): void {
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) < index) report.error([...at, index, 'name'], 'CONFIG_TWICE', {given: name});
  }
}

/** Customers that are not there, objects, jobs and copies that are there twice, and exemptions that say more than that. */
export function reportBackups({backups = [], customers = []}: WrittenConfig, report: ConfigReport): void {
  const seen = new Set<string>();
  for (const [index, {customer, object, exempt, jobs = [], copies = []}] of backups.entries()) {
    const at = ['backups', index];
    const ids = customers.map(({id}) => id);
    reportUnknown(customer, ids, [...at, 'customer'], 'CONFIG_UNKNOWN_CUSTOMER', report);
    const key = JSON.stringify([customer, object]);
    if (seen.has(key)) report.error([...at, 'object'], 'CONFIG_TWICE', {given: object});
    seen.add(key);
    reportRepeats(
      jobs.map(({name}) => name),
      [...at, 'jobs'],
      report,
    );
    reportRepeats(
      copies.map(({name}) => name),
      [...at, 'copies'],
      report,
    );
    if (exempt === true && jobs.length + copies.length > 0) report.error([...at, 'exempt'], 'CONFIG_EXEMPT');
    if (exempt !== true && jobs.length === 0) report.warning([...at, 'object'], 'CONFIG_NO_JOB', {given: object});
  }
}
