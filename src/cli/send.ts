import type {NocView, PendingCommand} from '../client/noc.ts';
import {hasQueuedCommands, Outbox} from '../client/outbox.ts';
import {outboxFolder} from '../client/outbox-folder.ts';
import type {CommandBody, CommandId} from '../domain/command.ts';
import {Fault} from '../domain/fault.ts';
import type {Instant} from '../domain/time.ts';
import {stateFolder} from '../runtime/folders.ts';
import type {CliContext} from './context.ts';
import {type Links, until} from './links.ts';
import {queued, type Result, settled} from './results.ts';

/** The outbox, when this command is to be kept there or an earlier one waits in it. */
export function openOutbox({env}: CliContext, keepsCommands: boolean): Outbox | null {
  const folder = outboxFolder(stateFolder(env));
  return keepsCommands || hasQueuedCommands(folder) ? new Outbox(folder) : null;
}

/**
 * Sends one command and waits for its verdict.
 *
 * @param label - What the result is called.
 * @param makeBody - Gets the collector's time, as far as it is known.
 * @returns `queued` when no verdict came in time and the command waits in the outbox.
 * @throws {Fault} `NOT_CONFIRMED` when none came in time and the command is not kept: it may have been done, and giving it
 *   again does no harm.
 */
export async function send(
  context: CliContext,
  {store, deadline, keepsCommands}: Links,
  url: string,
  label: string,
  makeBody: (now: Instant) => CommandBody,
): Promise<Result> {
  const collector = store.getSnapshot().collectors.find(it => it.url === url);
  const cid = store.send(url, makeBody(context.outside.clock.now() + (collector?.skewMs ?? 0)), null);
  await context.loadTexts();
  const canWait = collector?.link === 'live';
  if (canWait) await until(context, store, deadline, view => commandOf(view, cid)?.status === 'settled');
  const verdict = commandOf(store.getSnapshot(), cid)?.verdict ?? null;
  if (verdict !== null) return settled(label, verdict);
  if (keepsCommands) return queued(label);
  throw new Fault('NOT_CONFIRMED', 'the collector has not confirmed in time; try again');
}

/** Commands that an earlier process left, as they stand right after the links are up. */
export function inherited({store}: Links): readonly CommandId[] {
  return store.getSnapshot().commands.map(({cid}) => cid);
}

/** Waits for what became of inherited commands, and says it beside the answer. */
export async function tellInherited(context: CliContext, links: Links, cids: readonly CommandId[]): Promise<void> {
  if (cids.length === 0) return;
  const isSettled = (view: NocView): boolean => cids.every(cid => commandOf(view, cid)?.status === 'settled');
  await until(context, links.store, links.deadline, isSettled);
  for (const cid of cids) {
    const command = commandOf(links.store.getSnapshot(), cid);
    if (command?.verdict == null) continue;
    const {outcome} = settled('', command.verdict);
    const id = 'occurrence' in command.body ? command.body.occurrence : '';
    context.warn(context.t(`cli.inherited.${outcome}`, {what: context.t(`cli.kind.${command.body.kind}`), id}));
  }
}

function commandOf(view: NocView, cid: CommandId): PendingCommand | undefined {
  return view.commands.find(command => command.cid === cid);
}
