import type {BackupPlan} from '../domain/backup/backup-record.ts';
import type {BackupConfig, CollectorConfig} from '../runtime/collector-config.ts';
import {safeText} from '../runtime/safe-text.ts';

function planOf(config: BackupConfig, timeZone: string): BackupPlan {
  const {customer, criticality, production, promised, rpoMs, rtoMs, restoreEveryMonths, isExempt} = config;
  return {
    customer,
    object: safeText(config.object),
    host: safeText(config.host),
    site: safeText(config.site),
    criticality,
    production,
    promised,
    rpoMs,
    rtoMs,
    restoreEveryMonths,
    timeZone,
    isExempt,
    jobs: config.jobs.map(({name, when, ...job}) => ({
      name: safeText(name),
      schedule: when === null ? null : {...when, timeZone},
      ...job,
    })),
    copies: config.copies.map(({name, keep, reachMs, ...copy}) => ({
      id: safeText(name),
      ...copy,
      // Left out where nobody wrote them, so that a plan of before is the same plan.
      ...(keep === null ? {} : {keep}),
      ...(reachMs === null ? {} : {reachMs}),
    })),
  };
}

/** What the configuration expects of backups, in the words of the domain. */
export function backupPlans({backups, customers}: CollectorConfig): readonly BackupPlan[] {
  const zones = new Map(customers.map(({id, timezone}) => [id, timezone]));
  return backups.map(config => planOf(config, config.timezone ?? zones.get(config.customer) ?? 'Europe/Berlin'));
}
