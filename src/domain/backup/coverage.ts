import {type HostKey, hostKey} from '../address.ts';
import type {HostRecord} from '../check.ts';
import type {NocState} from '../state.ts';
import type {BackupRecord} from './backup-record.ts';

/** A backup job and the hosts whose data it keeps. */
export interface CoveringJob {
  readonly hosts: readonly HostKey[];
  readonly isEnabled: boolean;
}

/**
 * Monitored hosts that no enabled backup job keeps: the dangerous rows of the morning check, since no message exists for them.
 *
 * @param exempt - Hosts that need no backup by agreement.
 * @returns In the order of `monitored`.
 *
 * Source: BK-10, domain.md section 12 (15).
 */
export function coverageGaps(
  monitored: readonly HostKey[],
  jobs: readonly CoveringJob[],
  exempt: ReadonlySet<HostKey> = new Set(),
): readonly HostKey[] {
  const covered = new Set(jobs.filter(({isEnabled}) => isEnabled).flatMap(({hosts}) => hosts));
  return monitored.filter(host => !covered.has(host) && !exempt.has(host));
}

/** Hosts of customers whose backups are looked after that no job keeps and nobody exempted. Source: BK-10. */
export function uncoveredHosts({backups, hosts}: NocState): readonly HostRecord[] {
  const records = [...backups.values()];
  const looked = new Set(records.filter(({plan}) => plan !== null && !plan.isExempt).map(({customer}) => customer));
  if (looked.size === 0) return [];
  const watched = [...hosts.values()].filter(({customer}) => looked.has(customer));
  const keysOf = ({customer, object, plan}: BackupRecord) =>
    watched
      .filter(it => it.customer === customer && (it.host === object || it.host === plan?.host))
      .map(it => hostKey(it));
  const jobs = records.map(record => ({
    hosts: keysOf(record),
    isEnabled: record.plan === null ? record.jobs.length > 0 : record.plan.jobs.length > 0,
  }));
  const exempt = new Set(records.filter(({plan}) => plan?.isExempt === true).flatMap(keysOf));
  const listed = new Set(records.flatMap(keysOf));
  const gaps = new Set(coverageGaps(watched.map(hostKey), jobs, exempt));
  return watched.filter(host => gaps.has(hostKey(host)) && !listed.has(hostKey(host)));
}
