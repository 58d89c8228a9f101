import {expect, test} from 'vitest';
import {CollectorProcess} from '../support/collector-process.ts';
import {homeIn} from '../support/home.ts';
import {missingPrograms} from '../support/real-servers.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';
import {openTerminal} from '../support/terminal.ts';

const reason = missingPrograms('tmux');
const launcher = new URL('../../bin/nocturne', import.meta.url).pathname;

/** A mark every ten seconds, five of grace, and what starting a collector takes. */
const SILENCE_MS = 60_000;
/** Names stand there in letters of several rows. */
const CUSTOMERS_PAGE = /▲ KRIT Müller Maschinenbau GmbH +1 offen[\s\S]*○ Lage +● Kunden/;

async function raise(collector: CollectorProcess, token: string, tenant: string, host: string): Promise<void> {
  const alert = {
    status: 'firing',
    labels: {alertname: 'RaidFailed', tenant, instance: `${host}:9100`, severity: 'critical'},
    annotations: {summary: 'RAID ausgefallen'},
    startsAt: new Date().toISOString(),
    endsAt: '0001-01-01T00:00:00Z',
    generatorURL: '',
    fingerprint: host,
  };
  const answer = await fetch(`${collector.http}/v1/ingest/alertmanager`, {
    method: 'POST',
    headers: {authorization: `Bearer ${token}`, 'content-type': 'application/json'},
    body: JSON.stringify({version: '4', status: 'firing', receiver: 'nocturne', groupKey: host, alerts: [alert]}),
  });
  expect(answer.status).toBe(202);
}

test.skipIf(reason !== null)(
  `the wall shows a new alert at once, goes blind with its collector, and gives the terminal back ${reason ?? ''}`,
  {timeout: 240_000},
  async () => {
    await using collector = await CollectorProcess.start();
    const ingest = await collector.token('ingest');
    using home = temporaryFolder();
    const env = {
      ...homeIn(home.path),
      NOCTURNE_URL: collector.url,
    };
    const wallOf = (token: string, ...flags: readonly string[]) =>
      openTerminal({
        command: [launcher, 'wall', '--lang', 'de', '--pages', 'now,customers', '--rotate', '1h', ...flags],
        env: {...env, NOCTURNE_TOKEN: token},
        columns: 100,
        rows: 30,
      });
    await using wall = await wallOf(await collector.token('viewer', 'wand'));
    // The lobby's token may see all; the collector is asked for one customer all the same.
    await using lobby = await wallOf(await collector.token('viewer', 'empfang'), '--customer', 'hofer');
    await wall.see('Keine offenen Alarme');
    await lobby.see('Keine offenen Alarme');
    expect(await wall.ask('#{alternate_on}')).toBe('1');

    await raise(collector, ingest, 'mueller', 'srv-db-01');
    await wall.see(/NEU UND DRINGEND[\s\S]*RAID ausgefallen/);
    await raise(collector, ingest, 'hofer', 'nas-01');
    expect(await lobby.see(/NEU UND DRINGEND[\s\S]*nas-01/)).not.toMatch(/Müller|srv-db-01/);

    // The last that interrupts is there: what is turned to now stays.
    await wall.see('nas-01');
    await wall.press('Right');
    await wall.see(CUSTOMERS_PAGE);
    await collector.kill('SIGKILL');
    const blind = await wall.see('KEIN SAMMLER ANTWORTET', SILENCE_MS);
    expect(blind).not.toMatch(/KRIT|Müller/);
    expect(await wall.screen('colours')).not.toMatch(/\x1b\[[0-9;]*\b32m/);

    await collector.open();
    await wall.see(CUSTOMERS_PAGE, SILENCE_MS);
    await wall.press('q');
    expect(await wall.exit()).toBe(0);
    expect(await wall.ask('#{alternate_on}')).toBe('0');
  },
);

test.skipIf(reason === null)('the reason why the end-to-end test was skipped is said', () => {
  expect(reason).toMatch(/^skipped/);
});
