import {ageText} from '../../view/durations.ts';
import {rfc3339} from '../../view/rfc3339.ts';
import {sourceJson} from '../../view/source-json.ts';
import {type SourceEntry, selectSources} from '../../view/sources.ts';
import {type Line, part} from '../../view/tone.ts';
import type {RunCommand} from '../command-spec.ts';
import {resolveConnection} from '../connection.ts';
import type {CliContext} from '../context.ts';
import {EXIT} from '../exit-code.ts';
import {openLinks, requireLink} from '../links.ts';
import {printList} from '../list.ts';
import {plainTable} from '../plain-table.ts';
import {waitForMark} from '../samples.ts';

/** `nocturne sources`: every input of every collector, and when it was last heard. */
export const runSources: RunCommand = async (context, {flags}) => {
  const links = await openLinks(context, await resolveConnection(context, flags), {wantsPicture: true});
  await requireLink(context, links);
  await waitForMark(context, links);
  const entries = selectSources(links.store.getSnapshot());
  printList(context, {key: 'sources', entries, json: sourceJson, record, table, empty: 'cli.empty.sources'});
  await links.store.close();
  return EXIT.done;
};

/** Collector, name, type, freshness, when last seen, errors. */
function record({origin, source, freshness, lastSeenAt, errors}: SourceEntry): readonly string[] {
  return [origin.name, source.name, source.type, freshness, rfc3339(lastSeenAt) ?? '', String(errors)];
}

function table(entries: readonly SourceEntry[], width: number, {t, outside}: CliContext): readonly Line[] {
  const now = outside.clock.now();
  const columns = ['collector', 'source', 'type', 'freshness', 'seen', 'errors'] as const;
  return plainTable(
    columns.map(column => t(`cli.column.${column}`)),
    entries.map(({origin, source, freshness, lastSeenAt, errors}) => [
      part(origin.name),
      part(source.name, 'strong'),
      part(source.type),
      part(t(`cli.freshness.${freshness}`), freshness === 'live' || freshness === 'never' ? 'plain' : 'warning'),
      part(lastSeenAt === null ? '–' : ageText(Math.max(0, now + origin.skewMs - lastSeenAt), t)),
      part(String(errors)),
    ]),
    width,
  );
}
