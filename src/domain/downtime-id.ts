import type {CommandId} from './command.ts';
import {occurrenceId} from './occurrence-id.ts';

/** As many different ids as five characters can be. */
const RANGE = 32 ** 5;

/** Ids of at least five characters are not mistaken for the first million alerts. */
const FIRST = 32 ** 4;

/**
 * A typeable id of the downtime that a command schedules: the same for the same command, and not one that is in use.
 *
 * @param isTaken - Whether another downtime has the id.
 */
export function downtimeId(cid: CommandId, isTaken: (id: string) => boolean): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < cid.length; index++) hash = Math.imul(hash ^ cid.charCodeAt(index), 0x01000193);
  let n = (hash >>> 0) % RANGE;
  while (isTaken(occurrenceId(FIRST + n))) n = (n + 1) % RANGE;
  return occurrenceId(FIRST + n);
}
