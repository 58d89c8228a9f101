import type {PendingCommand} from '../client/noc.ts';

/**
 * Is what this command does not to be seen yet? It is done only when its event came back: the collector having it on disk
 * is not enough to say so while our own picture is older.
 *
 * @param seq - Number of the last entry folded into the picture of the command's collector.
 */
export function isOnItsWay(command: PendingCommand, seq: number): boolean {
  if (command.status !== 'settled') return true;
  const {verdict} = command;
  return verdict !== null && verdict.outcome === 'applied' && verdict.seq !== null && verdict.seq > seq;
}
