import {spawn} from 'node:child_process';
import {existsSync, readdirSync, statSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {createInterface} from 'node:readline';
import {afterAll, expect, test} from 'vitest';
import {bundle} from '../../support/collector-process.ts';
import {nocturne} from '../../support/nocturne.ts';
import {temporaryFolder} from '../../support/temporary-folder.ts';

// The whole demo as a user starts it, with its collector: some seconds, most of them two starts of Node.

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

/** `nocturne demo --headless`, its temporary files in a folder of the test. */
function demo(...options: readonly string[]) {
  const child = spawn(process.execPath, [bundle, 'demo', '--headless', '--json', ...options], {
    env: {PATH: process.env.PATH ?? '', HOME: folder.path, TMPDIR: folder.path, LANG: 'de_DE.UTF-8'},
  });
  const exit = new Promise<number | null>(resolve => child.once('exit', resolve));
  const ready = new Promise<{url: string; tokenFile: string}>((resolve, reject) => {
    createInterface({input: child.stdout}).once('line', line => resolve(JSON.parse(line)));
    void exit.then(code => reject(new Error(`the demo ended with ${code}`)));
  });
  ready.catch(() => {});
  return {child, exit, ready};
}

interface AlertsAnswer {
  readonly alerts: readonly {
    readonly customer: string;
    readonly host: string;
    readonly service: string;
    readonly suppressed: readonly string[];
    readonly source: string;
  }[];
}

test('the night is there at once, over the real collector, and a signal leaves nothing behind', async () => {
  const {child, exit, ready} = demo();
  const {url, tokenFile} = await ready;
  const home = dirname(tokenFile);
  expect(statSync(home).mode & 0o777).toBe(0o700);
  for (const file of ['token', 'nocturne.yaml']) expect(statSync(join(home, file)).mode & 0o777).toBe(0o600);

  const ask = async (): Promise<AlertsAnswer['alerts']> => {
    const {stdout} = await nocturne(['alerts', '--json', '--url', url, '--token-file', tokenFile]);
    return stdout === '' ? [] : (JSON.parse(stdout) as AlertsAnswer).alerts;
  };
  /** Without the evening's backups, and without this machine, which is busy with tests. */
  const ofNight = async () => (await ask()).filter(({source, customer}) => source !== 'backup' && customer !== 'eigen');
  await expect.poll(async () => (await ofNight()).length).toBeGreaterThanOrEqual(25);
  const alerts = await ofNight();
  expect(new Set(alerts.map(alert => alert.customer)).size).toBe(8);
  expect(alerts.filter(alert => alert.suppressed.includes('unreachable'))).toHaveLength(14);
  expect(alerts.map(alert => `${alert.host} ${alert.service}`)).toContain('srv-db-01 disk /var');
  expect(new Set(alerts.map(alert => alert.source))).toEqual(new Set(['alertmanager', 'skripte', 'standorte']));

  child.kill('SIGTERM');
  expect(await exit).toBe(0);
  expect(existsSync(home)).toBe(false);
});

test('--seconds ends it by itself', async () => {
  const {exit, ready} = demo('--seconds', '1');
  await ready;
  expect(await exit).toBe(0);
  expect(readdirSync(folder.path).filter(name => name.startsWith('nocturne-demo-'))).toEqual([]);
});
