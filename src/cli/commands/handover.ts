import {HOUR} from '../../domain/time.ts';
import {parseDuration} from '../../runtime/duration.ts';
import {createHostSelector} from '../../view/hosts.ts';
import {handoverReport} from '../../view/report/handover.ts';
import {drawContext} from '../alert-rows.ts';
import {type RunCommand, textFlag} from '../command-spec.ts';
import {resolveConnection} from '../connection.ts';
import {EXIT} from '../exit-code.ts';
import {openLinks, requireLink} from '../links.ts';

/** The longest shift; what a collector keeps of closed alerts covers it. */
const SHIFT_MS = 8 * HOUR;

/** `nocturne handover [--since 8h]`: what the next shift has to know, in Markdown (HD-1). */
export const runHandover: RunCommand = async (context, {flags}) => {
  const links = await openLinks(context, await resolveConnection(context, flags), {wantsPicture: true});
  await requireLink(context, links);
  const view = links.store.getSnapshot();
  const now = context.outside.clock.now();
  const since = now - (parseDuration(textFlag(flags, 'since') ?? '') ?? SHIFT_MS);
  const lines = handoverReport({view, hosts: createHostSelector()(view, null, now), since}, drawContext(context));
  if (context.isJson) context.sayJson({markdown: lines.join('\n')});
  else for (const line of lines) context.say(line);
  await links.store.close();
  return EXIT.done;
};
