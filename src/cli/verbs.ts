import type {OccurrenceId} from '../domain/alert.ts';
import type {CommandBody, CommandKind} from '../domain/command.ts';
import type {Instant} from '../domain/time.ts';
import {type Call, hasFlag} from './command-spec.ts';
import {resolveConnection} from './connection.ts';
import type {CliContext} from './context.ts';
import {EXIT} from './exit-code.ts';
import type {Found} from './find-targets.ts';
import {isLive, type Links, openLinks, requireLink} from './links.ts';
import {exitCodeOfResults, notFound, printResults, type Result} from './results.ts';
import {inherited, openOutbox, send, tellInherited} from './send.ts';
import {candidates, parseTarget, type Target} from './targets.ts';

/** What a verb does to one alert; `now` is the collector's time. */
export type MakeBody = (occurrence: OccurrenceId, now: Instant) => CommandBody;

type IdTarget = Extract<Target, {type: 'id'}>;

/**
 * Runs a verb on the targets of a command line and tells what became of it.
 *
 * Short ids at one collector need no picture: they are sent as soon as the collector has greeted, and it says what it does
 * not know. Everything else is looked up in a snapshot first.
 */
export async function runVerb(context: CliContext, call: Call, kind: CommandKind, makeBody: MakeBody): Promise<number> {
  const connection = await resolveConnection(context, call.flags);
  const targets = call.args.map(parseTarget);
  const ids = targets.filter(target => target.type === 'id');
  if (hasFlag(call.flags, 'dry-run')) {
    const links = await openLinks(context, connection, {wantsPicture: true});
    requireLink(context, links);
    return dryRun(context, links, kind, await find(context, links, targets, true));
  }
  const isDirect = connection.collectors.length === 1 && ids.length === targets.length;
  const keepsCommands = hasFlag(call.flags, 'queue');
  const outbox = openOutbox(context, keepsCommands);
  const links = await openLinks(context, connection, {wantsPicture: !isDirect, outbox, keepsCommands});
  const left = inherited(links);
  const canQueue = isDirect && keepsCommands && !links.store.getSnapshot().collectors.some(isLive);
  if (!canQueue) requireLink(context, links);
  const results = isDirect
    ? await Promise.all(ids.map(target => sendById(context, links, target, makeBody)))
    : await sendFound(context, links, makeBody, await find(context, links, targets, hasFlag(call.flags, 'all')));
  if (!canQueue) await tellInherited(context, links, left);
  printResults(context, kind, results);
  await links.store.close();
  return exitCodeOfResults(results);
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
  return found.some(({alert}) => alert === null) ? EXIT.nothing : EXIT.done;
}

/** Lets the one collector say which reading of the typed id it knows. */
async function sendById(context: CliContext, links: Links, target: IdTarget, makeBody: MakeBody): Promise<Result> {
  const [collector] = links.store.getSnapshot().collectors;
  if (collector === undefined) return notFound(target.typed);
  for (const id of candidates(target, collector.tag, true)) {
    const result = await send(context, links, collector.url, id, now => makeBody(id, now));
    if (result.outcome !== 'notFound') return result;
  }
  return notFound(target.typed);
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
