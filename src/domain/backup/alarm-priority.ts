import type {Alert} from '../alert.ts';
import {defaultPriority, type Priority} from '../sla/priority.ts';
import type {AlarmFinding} from './alarms.ts';

/** Source of the alerts that the collector raises about backups; no configured one may have its name. */
export const BACKUP_SOURCE = 'backup';

/**
 * What monitoring makes of an alert about backups; null for any other alert.
 *
 * Source: PR-2 (backup failed or missed, RPO violated raises), BK-6 (a failed restore test is P2), BK-9 (security candidate is P1).
 */
export function priorityOfAlarm({source, labels}: Pick<Alert, 'source' | 'labels'>): Priority | null {
  if (source !== BACKUP_SOURCE) return null;
  const {criticality = 'B', finding, rpo} = labels as Readonly<Record<string, string | undefined>>;
  const grade = criticality === 'A' || criticality === 'C' ? criticality : 'B';
  switch (finding as AlarmFinding | undefined) {
    case 'backupFailed':
      return defaultPriority('backupFailed', grade, rpo !== undefined);
    case 'backupMissed':
      return defaultPriority('backupMissed', grade, rpo !== undefined);
    case 'rpo':
      return defaultPriority('backupMissed', grade, true);
    case 'repository':
      return defaultPriority('critical', grade);
    case 'restoreFailed':
      return 'P2';
    case 'security':
      return 'P1';
    default:
      return defaultPriority('warning', grade);
  }
}
