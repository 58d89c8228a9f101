import type {Decision} from '../decision.ts';
import {isSame} from '../is-same.ts';
import {type BackupPlan, backupKey} from './backup-record.ts';
import {closeBackupAlerts, followBackup} from './follow-backup.ts';

/**
 * Drafts what brings the known objects to what is configured. What is no longer configured goes with its history, as the log
 * keeps that; what only ever reported stays, because nobody took it away.
 */
export function defineBackups(decision: Decision, plans: readonly BackupPlan[]): void {
  const configured = new Set(plans.map(backupKey));
  for (const [key, record] of [...decision.state.backups.entries()]) {
    if (configured.has(key) || record.plan === null) continue;
    closeBackupAlerts(decision, record);
    decision.draft(record.customer, {type: 'backup.forgotten', customer: record.customer, object: record.object});
  }
  for (const plan of plans) {
    const key = backupKey(plan);
    const before = decision.state.backups.get(key);
    if (isSame(before?.plan ?? null, plan)) continue;
    // Under another host or site its alerts have other names: the old ones end here.
    if (before !== undefined && (before.plan?.host !== plan.host || before.plan.site !== plan.site)) {
      closeBackupAlerts(decision, before);
    }
    decision.draft(plan.customer, {type: 'backup.expected', plan});
    followBackup(decision, key);
  }
}

/** Forgets everything about the backups of a customer that is gone. */
export function removeBackups(decision: Decision, customer: string): void {
  for (const record of [...decision.state.backups.values()]) {
    if (record.customer !== customer) continue;
    closeBackupAlerts(decision, record);
    decision.draft(customer, {type: 'backup.forgotten', customer, object: record.object});
  }
}
