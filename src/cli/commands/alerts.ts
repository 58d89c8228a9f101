import {Fault} from '../../domain/fault.ts';
import type {AlertEntry} from '../../view/alert-entry.ts';
import {alertJson} from '../../view/alert-json.ts';
import {alertVocabulary} from '../../view/alert-vocabulary.ts';
import {ALL_SCOPE, OPEN_SCOPE, selectAlerts} from '../../view/alerts.ts';
import {parseFilter} from '../../view/filter.ts';
import {alertRecord, alertTable} from '../alert-rows.ts';
import {hasFlag, type RunCommand} from '../command-spec.ts';
import {resolveConnection} from '../connection.ts';
import type {CliContext} from '../context.ts';
import {EXIT} from '../exit-code.ts';
import {isLive, type Links, openLinks, reasonText, requireLink} from '../links.ts';
import {printList} from '../list.ts';

/** `nocturne alerts [FILTER…]`: what is open, the most urgent first. */
export const runAlerts: RunCommand = async (context, {args, flags}) => {
  const filter = parseFilter(args.join(' '), alertVocabulary);
  const scope = hasFlag(flags, 'all') ? ALL_SCOPE : OPEN_SCOPE;
  const links = await openLinks(context, await resolveConnection(context, flags), {wantsPicture: true});
  await requireLink(context, links);
  const select = () => selectAlerts(links.store.getSnapshot(), filter, scope, context.outside.clock.now());
  const first = select();
  print(context, first);
  if (hasFlag(flags, 'watch')) await follow(context, links, first, select);
  await links.store.close();
  return EXIT.done;
};

function print(context: CliContext, entries: readonly AlertEntry[]): void {
  printList(context, {
    key: 'alerts',
    entries,
    json: entry => alertJson(entry, context.outside.clock.now()),
    record: alertRecord,
    table: alertTable,
    empty: 'cli.empty.alerts',
  });
}

/**
 * Prints each alert again when it changed; one that left the list comes a last time, as it left. Goes on while any collector may
 * come back.
 *
 * @throws {Fault} `LINK_REFUSED` when all of them refuse.
 */
function follow(
  context: CliContext,
  {store}: Links,
  first: readonly AlertEntry[],
  select: () => readonly AlertEntry[],
): Promise<never> {
  let refuse = (_fault: Fault): void => {};
  const refused = new Promise<never>((_resolve, reject) => {
    refuse = reject;
  });
  let known = new Map(first.map(entry => [entry.key, entry]));
  let live = liveOf(store);
  store.subscribe(() => {
    live = tellLinks(context, store, live);
    const entries = select();
    const changed = entries.filter(entry => known.get(entry.key)?.alert !== entry.alert);
    const next = new Map(entries.map(entry => [entry.key, entry]));
    const left = [...known.values()]
      .filter(entry => !next.has(entry.key))
      .map(entry => latest(store.getSnapshot(), entry));
    known = next;
    const news = [...changed, ...left.filter(entry => entry !== null)];
    if (news.length > 0) print(context, news);
    if (store.getSnapshot().collectors.every(({link}) => link === 'refused')) {
      refuse(new Fault('LINK_REFUSED', 'the collector refuses this token'));
    }
  });
  return refused;
}

function liveOf(store: Links['store']): ReadonlySet<string> {
  return new Set(
    store
      .getSnapshot()
      .collectors.filter(isLive)
      .map(({url}) => url),
  );
}

/** A list that goes on says when a part of it is no longer fed. */
function tellLinks(context: CliContext, store: Links['store'], before: ReadonlySet<string>): ReadonlySet<string> {
  const after = liveOf(store);
  for (const collector of store.getSnapshot().collectors) {
    const {url, name, link} = collector;
    if (before.has(url) && (link === 'down' || link === 'refused')) {
      context.warn(context.t('cli.link.missing', {name, reason: reasonText(context, collector)}));
    }
    if (!before.has(url) && after.has(url)) context.warn(context.t('cli.link.back', {name}));
  }
  // A link that is only loading anew was neither lost nor won.
  const loading = store.getSnapshot().collectors.filter(({link, url}) => link === 'loading' && before.has(url));
  return new Set([...after, ...loading.map(({url}) => url)]);
}

/** An entry as its collector knows it now; null when it is forgotten. */
function latest(view: ReturnType<Links['store']['getSnapshot']>, entry: AlertEntry): AlertEntry | null {
  const state = view.collectors.find(collector => collector.url === entry.origin.url)?.state;
  const alert = state?.alerts.get(entry.alert.occurrence);
  return alert === undefined || alert === entry.alert ? null : {...entry, alert};
}
