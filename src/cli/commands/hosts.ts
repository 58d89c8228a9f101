import {parseFilter} from '../../view/filter.ts';
import type {HostEntry} from '../../view/host-entry.ts';
import {hostJson} from '../../view/host-json.ts';
import {hostColumns, hostHeadLine, hostLine, NO_COURSE} from '../../view/host-lines.ts';
import {createHostSelector, hostVocabulary} from '../../view/hosts.ts';
import {rfc3339} from '../../view/rfc3339.ts';
import type {Line} from '../../view/tone.ts';
import {drawContext} from '../alert-rows.ts';
import type {RunCommand} from '../command-spec.ts';
import {resolveConnection} from '../connection.ts';
import type {CliContext} from '../context.ts';
import {EXIT} from '../exit-code.ts';
import {openLinks, requireLink} from '../links.ts';
import {printList} from '../list.ts';
import {waitForSamples} from '../samples.ts';

/** `nocturne hosts [FILTER…]`: every host with its newest figures, the worst first. */
export const runHosts: RunCommand = async (context, {args, flags}) => {
  const filter = parseFilter(args.join(' '), hostVocabulary);
  const links = await openLinks(context, await resolveConnection(context, flags), {wantsPicture: true});
  await requireLink(context, links);
  await waitForSamples(context, links);
  const entries = createHostSelector()(links.store.getSnapshot(), filter, context.outside.clock.now());
  printList(context, {key: 'hosts', entries, json: hostJson, record, table, empty: 'cli.empty.hosts'});
  await links.store.close();
  return EXIT.done;
};

/** Customer, site, host, state, when last seen, cpu, memory and disk in percent. */
function record(entry: HostEntry): readonly string[] {
  const {facts, sample, lastSeenAt} = entry;
  const figure = (value: number | null | undefined): string => (value == null ? '' : String(Math.round(value)));
  return [
    facts.customer,
    facts.site,
    facts.host,
    facts.state,
    rfc3339(lastSeenAt) ?? '',
    figure(sample?.cpuPercent),
    figure(sample?.memoryPercent),
    figure(sample?.diskPercent),
  ];
}

function table(entries: readonly HostEntry[], width: number, context: CliContext): readonly Line[] {
  const draw = drawContext(context);
  const columns = hostColumns(width).filter(({key}) => key !== 'trend' && key !== 'full');
  return [hostHeadLine(columns, draw), ...entries.map(entry => hostLine(columns, entry, NO_COURSE, draw))];
}
