import {resolve} from 'node:path';
import {createInterface} from 'node:readline/promises';
import type {CollectorAddress} from '../client/collector-address.ts';
import type {CollectorView} from '../client/noc.ts';
import {SECOND} from '../domain/time.ts';
import type {Translate} from '../runtime/i18n.ts';
import {settingsFile} from '../runtime/settings.ts';
import {openSettings} from '../runtime/settings-store.ts';
import {defaultThemeName} from '../runtime/theme.ts';
import {wrapText} from '../view/cells.ts';
import type {CliContext} from './context.ts';
import {type FirstRun, firstRun} from './first-run.ts';
import {isLive, openLinks, reasonText} from './links.ts';

const PATIENCE_MS = 5 * SECOND;

/** Nobody's: a collector answers that it does not know it. */
const NO_TOKEN = '-';

async function tryLink(context: CliContext, collector: CollectorAddress): Promise<CollectorView | undefined> {
  const connection = {collectors: [collector], as: null, timeoutMs: PATIENCE_MS};
  const {store} = await openLinks(context, connection, {wantsPicture: false});
  const [view] = store.getSnapshot().collectors;
  await store.close();
  return view;
}

function problemOf(context: CliContext, view: CollectorView | undefined, t: Translate): string | null {
  if (view === undefined || isLive(view)) return null;
  return t('cli.link.missing', {name: view.name, reason: reasonText({...context, t}, view)});
}

/** Asks the first questions on the terminal, and tries the answers on the real collector. */
export async function askFirst(context: CliContext): Promise<FirstRun> {
  const lines = createInterface({input: process.stdin, output: process.stdout});
  const closed = new Promise<null>(done => lines.once('close', () => done(null)));
  try {
    return await firstRun({
      ask: question => Promise.race([lines.question(question), closed]),
      say: text => {
        for (const line of wrapText(text, context.stdout.columns)) context.say(line);
      },
      language: context.language,
      defaultTheme: defaultThemeName(context.env),
      async reach(url, t) {
        const view = await tryLink(context, {url, token: NO_TOKEN, ca: null, name: null});
        return view?.reason?.code === 'UNAUTHORIZED' ? null : problemOf(context, view, t);
      },
      async connect(collector, t) {
        return problemOf(context, await tryLink(context, collector), t);
      },
      keep({profiles = {}, ...settings}) {
        const absolute = Object.entries(profiles).map(([name, profile]) => [
          name,
          {...profile, tokenFile: profile.tokenFile === null ? null : resolve(profile.tokenFile)},
        ]);
        openSettings(settingsFile(context.env)).change({...settings, profiles: Object.fromEntries(absolute)});
      },
    });
  } finally {
    lines.close();
  }
}
