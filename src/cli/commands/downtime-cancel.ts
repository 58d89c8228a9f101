import {hasFlag, type RunCommand} from '../command-spec.ts';
import {resolveConnection} from '../connection.ts';
import {isComplete, isLive, mayQueue, openLinks, requireLink} from '../links.ts';
import {exitCodeOfResults, notFound, printResults} from '../results.ts';
import {openOutbox, send} from '../send.ts';

/** `nocturne downtime cancel ID…`: the window ends now, and what is bad counts again. */
export const runDowntimeCancel: RunCommand = async (context, {args, flags}) => {
  const keepsCommands = hasFlag(flags, 'queue');
  const outbox = openOutbox(context, keepsCommands);
  const options = {wantsPicture: true, outbox, keepsCommands};
  const links = await openLinks(context, await resolveConnection(context, flags), options);
  const {collectors} = links.store.getSnapshot();
  const isBlind = !collectors.some(isLive) && mayQueue(links);
  if (!isBlind) await requireLink(context, links);
  const isEveryoneThere = isComplete(links);
  const results = await Promise.all(
    [...new Set(args.map(typed => typed.toUpperCase()))].map(async id => {
      const owner = collectors.find(({state}) => isBlind || state?.downtimes.has(id));
      if (owner === undefined) return notFound(id);
      return send(context, links, owner.url, id, () => ({kind: 'downtime-cancel', id}));
    }),
  );
  printResults(context, 'downtime-cancel', results);
  await links.store.close();
  return exitCodeOfResults(results, isEveryoneThere);
};
