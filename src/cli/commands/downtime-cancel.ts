import type {RunCommand} from '../command-spec.ts';
import {resolveConnection} from '../connection.ts';
import {openLinks, requireLink} from '../links.ts';
import {exitCodeOfResults, notFound, printResults} from '../results.ts';
import {send} from '../send.ts';

/** `nocturne downtime cancel ID…`: the window ends now, and what is bad counts again. */
export const runDowntimeCancel: RunCommand = async (context, {args, flags}) => {
  const links = await openLinks(context, await resolveConnection(context, flags), {wantsPicture: true});
  await requireLink(context, links);
  const {collectors} = links.store.getSnapshot();
  const results = await Promise.all(
    args.map(async typed => {
      const id = typed.toUpperCase();
      const owner = collectors.find(({state}) => state?.downtimes.has(id));
      if (owner === undefined) return notFound(typed);
      return send(context, links, owner.url, id, () => ({kind: 'downtime-cancel', id}));
    }),
  );
  printResults(context, 'downtime-cancel', results);
  await links.store.close();
  return exitCodeOfResults(results);
};
