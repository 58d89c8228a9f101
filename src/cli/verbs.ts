import type {OccurrenceId} from '../domain/alert.ts';
import type {CommandBody, CommandKind} from '../domain/command.ts';
import {Fault} from '../domain/fault.ts';
import type {Instant} from '../domain/time.ts';
import {type Call, hasFlag} from './command-spec.ts';
import {resolveConnection} from './connection.ts';
import type {CliContext} from './context.ts';
import {EXIT} from './exit-code.ts';
import type {Found} from './find-targets.ts';
import {isComplete, isLive, type Links, mayQueue, openLinks, requireLink} from './links.ts';
import {exitCodeOfResults, notFound, nothing, printResults, type Result} from './results.ts';
import {inherited, openOutbox, send, tellInherited} from './send.ts';
import {byTag, candidates, mayCarryTag, parseTarget, type Target} from './targets.ts';

/** What a verb does to one alert; `now` is the collector's time. */
export type MakeBody = (occurrence: OccurrenceId, now: Instant) => CommandBody;

type IdTarget = Extract<Target, {type: 'id'}>;

/** Where a short id leads: the collector, the ids that may be meant there, and what the user calls it. */
interface Route {
  readonly url: string;
  readonly ids: readonly OccurrenceId[];
  readonly typed: string;
  readonly prefix: string;
}

/**
 * Runs a verb on the targets of a command line and tells what became of it.
 *
 * Short ids whose collector is known from its greeting need no picture: they are sent at once, and the collector says what
 * it does not know. Everything else is looked up in a snapshot first.
 */
export async function runVerb(context: CliContext, call: Call, kind: CommandKind, makeBody: MakeBody): Promise<number> {
  // `ack "$ID" --all` with nothing in it would mean every alert.
  if (call.args.some(arg => arg.trim() === '')) {
    throw new Fault('USAGE_MISSING', `${call.spec.path} needs TARGET`, {command: call.spec.path, name: 'TARGET'});
  }
  const connection = await resolveConnection(context, call.flags);
  const targets = call.args.map(parseTarget);
  if (hasFlag(call.flags, 'dry-run')) {
    await context.loadTexts();
    const links = await openLinks(context, connection, {wantsPicture: true});
    await requireLink(context, links);
    return dryRun(context, links, kind, await find(context, links, targets, true));
  }
  const keepsCommands = hasFlag(call.flags, 'queue');
  const outbox = openOutbox(context, keepsCommands);
  const isOnlyOne = connection.collectors.length === 1;
  const told = new Set<string>();
  const ids = targets.filter(target => target.type === 'id');
  if (ids.length === targets.length && (isOnlyOne || ids.every(mayCarryTag))) {
    const links = await openLinks(context, connection, {wantsPicture: false, outbox, keepsCommands});
    if (!mayQueue(links)) await requireLink(context, links, told);
    const routes = routesOf(links, ids);
    if (routes !== null) return finish(context, links, kind, () => sendAlong(context, links, routes, makeBody));
    await links.store.close();
  }
  const links = await openLinks(context, connection, {wantsPicture: true, outbox, keepsCommands});
  await requireLink(context, links, told);
  const found = await find(context, links, targets, hasFlag(call.flags, 'all'));
  return finish(context, links, kind, () => sendFound(context, links, makeBody, found));
}

async function finish(
  context: CliContext,
  links: Links,
  kind: CommandKind,
  sendAll: () => Promise<readonly Result[]>,
): Promise<number> {
  const left = inherited(links);
  const isEveryoneThere = isComplete(links);
  const results = await sendAll();
  await context.loadTexts();
  if (links.store.getSnapshot().collectors.some(isLive)) await tellInherited(context, links, left);
  printResults(context, kind, results);
  await links.store.close();
  return exitCodeOfResults(results, isEveryoneThere);
}

/** null when an id does not say by itself where it belongs. */
function routesOf({store}: Links, ids: readonly IdTarget[]): readonly Route[] | null {
  const {collectors} = store.getSnapshot();
  const routes: Route[] = [];
  for (const target of ids) {
    const [only, another] = collectors;
    if (only !== undefined && another === undefined) {
      routes.push({url: only.url, ids: candidates(target, only.tag, true), typed: target.typed, prefix: ''});
      continue;
    }
    const match = byTag(target, collectors.filter(isLive));
    if (match === null) return null;
    const {collector, id} = match;
    routes.push({url: collector.url, ids: [id], typed: target.typed, prefix: collector.tag});
  }
  return routes;
}

/** Loads the filter language only where a snapshot is searched. */
async function find(
  context: CliContext,
  {store}: Links,
  targets: readonly Target[],
  takesSeveral: boolean,
): Promise<readonly Found[]> {
  const {findTargets} = await import('./find-targets.ts');
  return findTargets(store.getSnapshot(), targets, takesSeveral, context.outside.clock.now());
}

/** Says what would be done, and changes nothing. */
async function dryRun(context: CliContext, links: Links, kind: CommandKind, found: readonly Found[]): Promise<number> {
  const isEveryoneThere = isComplete(links);
  await links.store.close();
  if (context.isJson) {
    const wouldBe = {outcome: 'done', code: 'DRY_RUN', by: null, at: null, seq: null} as const;
    context.sayJson({
      results: found.map(({label, alert}) => (alert === null ? notFound(label) : {id: label, ...wouldBe})),
    });
  } else {
    for (const {label, alert} of found) {
      if (alert === null) context.warn(context.t('cli.notFound', {id: label}));
      else context.say(context.t(`cli.dryRun.${kind}`, {id: label}));
    }
  }
  return found.some(({alert}) => alert === null) ? nothing(isEveryoneThere) : EXIT.done;
}

/** Lets each collector say which reading of a typed id it knows. Each alert is sent once, however often and however it was typed. */
async function sendAlong(
  context: CliContext,
  links: Links,
  routes: readonly Route[],
  makeBody: MakeBody,
): Promise<readonly Result[]> {
  const sent = new Map<string, Promise<Result>>();
  const sendOnce = (url: string, id: OccurrenceId, label: string): Promise<Result> => {
    const key = `${url} ${id}`;
    const result = sent.get(key) ?? send(context, links, url, label, now => makeBody(id, now));
    sent.set(key, result);
    return result;
  };
  const sendOne = async ({url, ids, typed, prefix}: Route): Promise<Result> => {
    for (const id of ids) {
      const result = await sendOnce(url, id, `${prefix}${id}`);
      if (result.outcome !== 'notFound') return result;
    }
    return notFound(typed);
  };
  const results = await Promise.all(routes.map(sendOne));
  return [...new Map(results.map(result => [result.id, result])).values()];
}

async function sendFound(
  context: CliContext,
  links: Links,
  makeBody: MakeBody,
  found: readonly Found[],
): Promise<readonly Result[]> {
  return Promise.all(
    found.map(({label, alert}) =>
      alert === null
        ? notFound(label)
        : send(context, links, alert.collector, label, now => makeBody(alert.occurrence, now)),
    ),
  );
}
