import {resolve} from 'node:path';
import {createInterface} from 'node:readline/promises';
import {SECOND} from '../domain/time.ts';
import {settingsFile} from '../runtime/settings.ts';
import {openSettings} from '../runtime/settings-store.ts';
import {defaultThemeName} from '../runtime/theme.ts';
import type {CliContext} from './context.ts';
import {type FirstRun, firstRun} from './first-run.ts';
import {isLive, openLinks, reasonText} from './links.ts';

const PATIENCE_MS = 5 * SECOND;

/** Asks the first questions on the terminal, and tries the answers on the real collector. */
export async function askFirst(context: CliContext): Promise<FirstRun> {
  const lines = createInterface({input: process.stdin, output: process.stdout});
  const closed = new Promise<null>(done => lines.once('close', () => done(null)));
  try {
    return await firstRun({
      ask: question => Promise.race([lines.question(question), closed]),
      say: line => context.say(line),
      language: context.language,
      defaultTheme: defaultThemeName(context.env),
      async connect(collector, t) {
        const connection = {collectors: [collector], as: null, timeoutMs: PATIENCE_MS};
        const {store} = await openLinks(context, connection, {wantsPicture: false});
        const [view] = store.getSnapshot().collectors;
        await store.close();
        if (view === undefined || isLive(view)) return null;
        return t('cli.link.missing', {name: view.name, reason: reasonText({...context, t}, view)});
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
