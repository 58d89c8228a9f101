import {join} from 'node:path';

/** Where the outbox of a state folder (`$XDG_STATE_HOME/nocturne`) stands. */
export function outboxFolder(stateFolder: string): string {
  return join(stateFolder, 'outbox');
}
