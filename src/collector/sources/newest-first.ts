import type {BackupObservation, Observation} from '../../domain/observation.ts';
import type {Instant} from '../../domain/time.ts';

function isBackup(observation: Observation): observation is BackupObservation {
  const {type} = observation;
  return type === 'backup-run' || type === 'backup-check' || type === 'backup-repository' || type === 'restore-test';
}

function toldAt(observation: BackupObservation): Instant {
  switch (observation.type) {
    case 'backup-run':
      return observation.run.startedAt;
    case 'backup-check':
      return observation.verifiedAt;
    case 'backup-repository':
      return observation.at;
    case 'restore-test':
      return observation.test.at;
    default:
      return observation satisfies never;
  }
}

/**
 * What one message says of backups, the newest of it first. A list of tasks or snapshots tells a past, and each of it is judged by
 * itself: told from its beginning every object would look overdue for a moment, and raise what the next line cures.
 */
export function newestFirst(observations: readonly Observation[]): readonly Observation[] {
  const backups = observations.filter(isBackup);
  if (backups.length < 2) return observations;
  const others = observations.filter(observation => !isBackup(observation));
  return [...others, ...backups.sort((a, b) => toldAt(b) - toldAt(a))];
}
