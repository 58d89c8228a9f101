import type {Downtime} from '../../domain/downtime.ts';
import type {SafeText} from '../../domain/text.ts';
import {momentText} from '../../view/draw-context.ts';
import {rfc3339} from '../../view/rfc3339.ts';
import {type Line, part} from '../../view/tone.ts';
import {hasFlag, type RunCommand} from '../command-spec.ts';
import {resolveConnection} from '../connection.ts';
import type {CliContext} from '../context.ts';
import {EXIT} from '../exit-code.ts';
import {openLinks, requireLink} from '../links.ts';
import {printList} from '../list.ts';
import {plainTable} from '../plain-table.ts';

interface Entry {
  readonly collector: SafeText;
  readonly downtime: Downtime;
}

/** `nocturne downtime list`: what is planned or on, the next first; with `--all` what is over, too. */
export const runDowntimeList: RunCommand = async (context, {flags}) => {
  const links = await openLinks(context, await resolveConnection(context, flags), {wantsPicture: true});
  await requireLink(context, links);
  const entries = links.store
    .getSnapshot()
    .collectors.flatMap(({name, state}) =>
      [...(state?.downtimes.values() ?? [])].map(downtime => ({collector: name, downtime})),
    )
    .filter(({downtime: {state}}) => hasFlag(flags, 'all') || state === 'scheduled' || state === 'active')
    .sort((a, b) => a.downtime.start - b.downtime.start);
  printList(context, {key: 'downtimes', entries, json, record, table, empty: 'cli.empty.downtimes'});
  await links.store.close();
  return EXIT.done;
};

function json({collector, downtime}: Entry): object {
  const {id, customer, site, host, service, start, end, state, comment, by} = downtime;
  const [startsAt, endsAt] = [rfc3339(start), rfc3339(end)];
  return {id, collector, customer, site, host, service, startsAt, endsAt, state, comment, by};
}

/** Id, state, start, end, customer, host, service, by, comment. */
function record({downtime}: Entry): readonly string[] {
  const {id, customer, host, service, start, end, state, comment, by} = downtime;
  return [id, state, rfc3339(start), rfc3339(end), customer, host ?? '', service ?? '', by, comment];
}

function table(entries: readonly Entry[], width: number, context: CliContext): readonly Line[] {
  const {t, outside} = context;
  const now = outside.clock.now();
  const columns = ['id', 'state', 'start', 'end', 'scope', 'by', 'comment'] as const;
  return plainTable(
    columns.map(column => t(`cli.column.${column}`)),
    entries.map(({downtime: {id, customer, site, host, service, start, end, state, comment, by}}) => [
      part(id, 'key'),
      part(t(`cli.downtimeState.${state}`), state === 'active' ? 'strong' : 'plain'),
      part(momentText(start, {...context, now})),
      part(momentText(end, {...context, now})),
      part([customer, site, host, service].filter(Boolean).join(' / ')),
      part(by),
      part(comment),
    ]),
    width,
  );
}
