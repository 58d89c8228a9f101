import {readFileSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {CollectorProcess} from '../support/collector-process.ts';
import {homeIn} from '../support/home.ts';
import {missingPrograms} from '../support/real-servers.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';
import {openTerminal} from '../support/terminal.ts';

const reason = missingPrograms('tmux');
const launcher = new URL('../../bin/nocturne', import.meta.url).pathname;
/** Nobody listens on port 1, and no kernel hands it out. */
const NOWHERE = 'ws://127.0.0.1:1';
const tls = join(import.meta.dirname, '../fixtures/tls');

/** A server whose certificate nobody here knows. */
async function strangeServer() {
  const server = createServer({
    cert: readFileSync(join(tls, 'good.pem')),
    key: readFileSync(join(tls, 'good.key')),
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as AddressInfo;
  return {port, [Symbol.dispose]: () => void server.close()};
}

test.skipIf(reason !== null)(
  `the first run tries every answer at once on the real collector, at 80x24 in German ${reason ?? ''}`,
  {timeout: 180_000},
  async () => {
    await using collector = await CollectorProcess.start();
    using strange = await strangeServer();
    using home = temporaryFolder();
    const file = (name: string, text: string): string => {
      writeFileSync(home.file(name), `${text}\n`, {mode: 0o600});
      return home.file(name);
    };
    const good = file('jana', await collector.token('technician', 'jana'));
    const wrong = file('wrong', 'noct_unknown');
    const env = {
      ...homeIn(home.path),
      LANG: 'de_DE.UTF-8',
    };
    await using terminal = await openTerminal({command: [launcher, '--lang', 'de'], env});
    const answer = async (text: string): Promise<void> => {
      await terminal.type(text);
      await terminal.press('Enter');
    };
    await terminal.see('Sprache / language');
    await answer('de');
    await terminal.see('Adresse des Sammlers');
    await answer(NOWHERE);
    await terminal.see('nicht erreichbar');
    await answer(`wss://127.0.0.1:${strange.port}`);
    await terminal.see('das Zertifikat passt nicht');
    await answer(collector.url);
    await terminal.see(/Datei mit dem Token/);
    await answer(wrong);
    await terminal.see('das Token ist unbekannt oder falsch');
    await answer(collector.url);
    await terminal.see(/Datei mit dem Token: *$/m);
    await answer(good);
    await terminal.see(/Farben/);
    expect(await terminal.screen()).toContain('Vier Fragen, jede Antwort wird sofort\ngeprüft.');
    await answer('');
    await terminal.see('Keine offenen Alarme');
    await terminal.press('q');
    expect(await terminal.exit()).toBe(0);

    await using again = await openTerminal({command: [launcher, '--lang', 'de'], env});
    await again.see('Keine offenen Alarme');
    await again.press('q');
    expect(await again.exit()).toBe(0);
  },
);
