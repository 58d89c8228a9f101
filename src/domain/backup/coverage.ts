import type {HostKey} from '../address.ts';

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
