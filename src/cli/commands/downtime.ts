import type {CollectorView} from '../../client/noc.ts';
import type {Downtime} from '../../domain/downtime.ts';
import {Fault} from '../../domain/fault.ts';
import type {SafeText} from '../../domain/text.ts';
import type {DurationMs, Instant} from '../../domain/time.ts';
import {parseDuration} from '../../runtime/duration.ts';
import {type Flags, hasFlag, listFlag, type RunCommand, textFlag} from '../command-spec.ts';
import {resolveConnection} from '../connection.ts';
import type {CliContext} from '../context.ts';
import {isComplete, isLive, type Links, mayQueue, openLinks, requireLink, until} from '../links.ts';
import {messageOf} from '../message.ts';
import {exitCodeOfResults, notFound, printResults, type Result} from '../results.ts';
import {openOutbox, send} from '../send.ts';

/** What a maintenance window is for. */
interface Scope {
  readonly customer: string;
  readonly site: string | null;
  readonly host: string | null;
  readonly service: string | null;
}

/** `nocturne downtime --customer C | --host H … --for 2h -m TEXT`: planned work, from now on. */
export const runDowntime: RunCommand = async (context, {flags}) => {
  const comment = messageOf(flags);
  if (comment === null) {
    throw new Fault('USAGE_REQUIRED', 'downtime needs --message', {command: 'downtime', option: 'message'});
  }
  checkScope(flags);
  const forMs = parseDuration(textFlag(flags, 'for') ?? '') ?? 0;
  const keepsCommands = hasFlag(flags, 'queue');
  const outbox = openOutbox(context, keepsCommands);
  const links = await openLinks(context, await resolveConnection(context, flags), {
    wantsPicture: true,
    outbox,
    keepsCommands,
  });
  const isBlind = !links.store.getSnapshot().collectors.some(isLive) && mayQueue(links);
  if (!isBlind) await requireLink(context, links);
  const scopes = links.store
    .getSnapshot()
    .collectors.filter(collector => isBlind || isLive(collector))
    .flatMap(collector => scopesAt(collector, flags, isBlind).map(scope => ({collector, scope})));
  const customers = new Set(scopes.map(({scope}) => scope.customer));
  const named = listFlag(flags, 'customer');
  if (named.length === 0 && customers.size > 1) {
    const names = [...customers].join(', ');
    throw new Fault('USAGE_WHOSE_HOST', `several customers have this host: ${names}; add --customer`, {
      customers: names,
    });
  }
  const isEveryoneThere = isComplete(links);
  const scheduled = await Promise.all(
    scopes.map(({collector, scope}) => schedule(context, links, collector.url, scope, forMs, comment)),
  );
  const wanted = named.length > 0 ? named : customers.size > 0 ? [] : [textFlag(flags, 'host') ?? ''];
  const results = [...scheduled, ...wanted.filter(id => !customers.has(id)).map(notFound)];
  printResults(context, 'downtime', results);
  await links.store.close();
  return exitCodeOfResults(results, isEveryoneThere);
};

/**
 * What is wrong without asking anybody. `--host "$HOST"` with nothing in it would be a window that covers nothing.
 *
 * @throws {Fault} `USAGE_VALUE`, `USAGE_REQUIRED`
 */
function checkScope(flags: Flags): void {
  const named = listFlag(flags, 'customer');
  const [host, service] = [textFlag(flags, 'host'), textFlag(flags, 'service')];
  const given = {customer: named.some(isBlank) ? '' : null, host, service};
  for (const [option, value] of Object.entries(given)) {
    if (value === null || !isBlank(value)) continue;
    throw new Fault('USAGE_VALUE', `--${option} needs a value`, {option, value: option.toUpperCase()});
  }
  if (service !== null && host === null) {
    throw new Fault('USAGE_REQUIRED', '--service needs --host', {command: 'downtime --service', option: 'host'});
  }
  if (host === null && named.length === 0) throw customerWanted();
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}

function customerWanted(): Fault {
  const values = {command: 'downtime', option: 'customer'};
  return new Fault('USAGE_REQUIRED', 'downtime needs --customer or --host', values);
}

/**
 * The windows that the flags mean at one collector: one for each customer named, or for each that has the host. Blind, without
 * its picture, the customers have to be named, and the collector says later which it does not know.
 */
function scopesAt({state}: CollectorView, flags: Flags, isBlind: boolean): readonly Scope[] {
  const site = textFlag(flags, 'site');
  const host = textFlag(flags, 'host');
  const service = textFlag(flags, 'service');
  const named = listFlag(flags, 'customer');
  if (named.length > 0) {
    return [...new Set(named)]
      .filter(id => isBlind || state?.customers.has(id))
      .map(customer => ({customer, site, host, service}));
  }
  if (host === null || isBlind) throw customerWanted();
  const owners = new Set<string>();
  for (const check of state?.checks.values() ?? []) {
    if (check.host === host && (site === null || check.site === site)) owners.add(check.customer);
  }
  for (const record of state?.hosts.values() ?? []) {
    if (record.host === host && (site === null || record.site === site)) owners.add(record.customer);
  }
  // Of what an upstream watches there are only alerts.
  for (const alert of state?.alerts.values() ?? []) {
    if (alert.host === host && (site === null || alert.site === site)) owners.add(alert.customer);
  }
  return [...owners].map(customer => ({customer, site, host, service}));
}

async function schedule(
  context: CliContext,
  links: Links,
  url: string,
  scope: Scope,
  forMs: DurationMs,
  comment: SafeText,
): Promise<Result> {
  let start = 0;
  const result = await send(context, links, url, scope.host ?? scope.customer, now => {
    start = now;
    return {kind: 'downtime', ...scope, start, end: start + forMs, comment};
  });
  if (result.outcome !== 'done') return result;
  return {...result, id: (await idOf(context, links, url, scope, start)) ?? result.id};
}

/** The collector names the window in the event, which follows the verdict. */
async function idOf(
  context: CliContext,
  {store, deadline}: Links,
  url: string,
  {customer, host, service}: Scope,
  start: Instant,
): Promise<string | undefined> {
  const find = (): Downtime | undefined => {
    const state = store.getSnapshot().collectors.find(collector => collector.url === url)?.state;
    const windows = [...(state?.downtimes.values() ?? [])];
    return windows.find(
      it => it.start === start && it.customer === customer && it.host === host && it.service === service,
    );
  };
  await until(context, store, deadline, () => find() !== undefined);
  return find()?.id;
}
