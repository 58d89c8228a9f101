import type {CollectorView, NocView} from '../client/noc.ts';
import {openDirect} from '../client/open-direct.ts';
import type {Outbox} from '../client/outbox.ts';
import type {Store} from '../client/store.ts';
import {Fault} from '../domain/fault.ts';
import type {Instant} from '../domain/time.ts';
import {reasonText as linkReasonText} from '../view/reason-text.ts';
import type {Connection} from './connection.ts';
import type {CliContext} from './context.ts';

/** Links of one command, up as far as they came up. */
export interface Links {
  readonly store: Store;
  /** When the command gives up waiting. */
  readonly deadline: Instant;
  /** What has no verdict by then waits in the outbox. */
  readonly keepsCommands: boolean;
}

export interface LinkOptions {
  /** Without a picture a link is ready as soon as the collector has greeted: enough for a command by its short id. */
  readonly wantsPicture: boolean;
  /** What other processes left in it is sent too. */
  readonly outbox?: Outbox | null;
  /** New commands are kept in the outbox as well. */
  readonly keepsCommands?: boolean;
}

/** Opens a link to every collector and waits until each is there or has said why not, or time is up. */
export async function openLinks(context: CliContext, connection: Connection, options: LinkOptions): Promise<Links> {
  const {outside} = context;
  const {collectors, as, timeoutMs} = connection;
  const deadline = outside.clock.now() + timeoutMs;
  const {keepsCommands = false} = options;
  const store = openDirect({collectors, as, outside, ...options, keepsCommands});
  await until(context, store, deadline, view => view.collectors.every(isDecided));
  return {store, deadline, keepsCommands};
}

export function isLive(collector: CollectorView): boolean {
  return collector.link === 'live';
}

function isDecided({link}: CollectorView): boolean {
  return link === 'live' || link === 'down' || link === 'refused';
}

/** Whether every collector is there: what is not found then is nowhere. */
export function isComplete({store}: Links): boolean {
  return store.getSnapshot().collectors.every(isLive);
}

/**
 * Says on standard error which collectors are not there.
 *
 * @param told - What was said before, and is not said again.
 * @throws {Fault} `NO_LINK` when none is, `LINK_REFUSED` when all that answer refuse.
 */
export async function requireLink(context: CliContext, {store}: Links, told = new Set<string>()): Promise<void> {
  const {collectors} = store.getSnapshot();
  const missing = collectors.filter(collector => !isLive(collector));
  if (missing.length > 0) await context.loadTexts();
  for (const collector of missing) {
    const line = context.t('cli.link.missing', {name: collector.name, reason: reasonText(context, collector)});
    if (!told.has(line)) context.warn(line);
    told.add(line);
  }
  if (missing.length < collectors.length) return;
  const isRefused = missing.some(({link, reason}) => link === 'refused' && reason?.code !== 'UNSUPPORTED');
  throw isRefused
    ? new Fault('LINK_REFUSED', 'the collector refuses this token')
    : new Fault('NO_LINK', 'no collector can be reached');
}

/** Without a link a command for the one collector can wait in the outbox; not when the collector refuses us. */
export function mayQueue({store, keepsCommands}: Links): boolean {
  const [only, another] = store.getSnapshot().collectors;
  return keepsCommands && only !== undefined && another === undefined && only.link !== 'refused';
}

/** Why a link is not there, in the user's language. */
export function reasonText({t}: CliContext, collector: Pick<CollectorView, 'reason'>): string {
  return linkReasonText(collector, t) ?? t('cli.reason.TIMEOUT');
}

/** Waits until the view is as wanted; false when time was up before. */
export function until(
  {outside}: Pick<CliContext, 'outside'>,
  store: Store,
  deadline: Instant,
  isThere: (view: NocView) => boolean,
): Promise<boolean> {
  if (isThere(store.getSnapshot())) return Promise.resolve(true);
  return new Promise(resolve => {
    const finish = (result: boolean): void => {
      cancelTimeout();
      unsubscribe();
      resolve(result);
    };
    const cancelTimeout = outside.timers.after(deadline - outside.clock.now(), () => finish(false));
    const unsubscribe = store.subscribe(() => {
      if (isThere(store.getSnapshot())) finish(true);
    });
  });
}
