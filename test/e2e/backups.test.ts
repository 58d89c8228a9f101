import {execFileSync, spawnSync} from 'node:child_process';
import {readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {openDirect} from '../../src/client/open-direct.ts';
import {DAY, HOUR, MINUTE} from '../../src/domain/time.ts';
import {openSite, type Site} from '../cli/support/site.ts';
import {virtualOutside} from '../support/clock.ts';
import {openConsole} from '../support/console.tsx';
import {missingPrograms} from '../support/real-servers.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

const missing = missingPrograms('restic', 'borg');

/** One file server with two copies on two media, one of them elsewhere; its job starts a few minutes after the test does. */
const body = (minute: number) => `
customers: [{id: mueller, name: Müller Maschinenbau GmbH, timezone: UTC}]
backups:
  - customer: mueller
    object: fs-01
    criticality: A
    production: {device: fs-01, media: primary, site: werk}
    site: werk
    rpo: 26h
    rto: 4h
    jobs:
      - {name: nightly, cron: "${minute} * * * *", grace: 10m, maxDuration: 30m}
    copies:
      - {name: NAS, device: nas-01, media: nas, site: werk, maxAge: 26h}
      - {name: CLOUD, device: s3, media: cloud, site: cloud, maxAge: 26h, immutable: true}
`;

interface Row {
  readonly status: string;
  readonly posture: string;
  readonly reason: string | null;
  readonly rule321: {readonly copies: number; readonly ok: boolean | null; readonly missing: readonly string[]};
  readonly rpo: {readonly violated: boolean | null};
  readonly restoreTest: {readonly state: string; readonly rtoSeconds: number | null};
}

async function row(site: Site): Promise<Row> {
  const {backups} = (await site.shell.run(['backups', '--json'])).json as {backups: Row[]};
  const [first] = backups;
  if (first === undefined) throw new Error('no backup is listed');
  return first;
}

const alerts = async (site: Site) =>
  (
    (await site.shell.run(['alerts', '--json'])).json as {
      alerts: {service: string; priority: string; severity: string}[];
    }
  ).alerts;

/** A folder to back up, a restic and a borg repository beside it. */
function repositories(folder: ReturnType<typeof temporaryFolder>) {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    HOME: folder.path,
    RESTIC_REPOSITORY: folder.file('restic'),
    RESTIC_PASSWORD: 'geheim',
    BORG_REPO: folder.file('borg'),
    BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK: 'yes',
    BORG_RELOCATED_REPO_ACCESS_IS_OK: 'yes',
  };
  const source = folder.file('data');
  execFileSync('mkdir', [source]);
  for (let n = 0; n < 8; n++) writeFileSync(join(source, `datei ${n}.txt`), `Inhalt ${n}\n`.repeat(2000));
  const call = (program: string, ...args: readonly string[]) => {
    const {stdout, stderr, status} = spawnSync(program, args, {env, encoding: 'utf8'});
    return {stdin: `${stdout}${stderr}`, code: String(status ?? 1)};
  };
  execFileSync('restic', ['init'], {env, stdio: 'ignore'});
  execFileSync('borg', ['init', '-e', 'none'], {env, stdio: 'ignore'});
  return {source, call, env};
}

/** What a technician sees of the backups at 80 columns, list and detail, through a real link and the real console; in one line. */
async function screen(site: Site): Promise<string> {
  const {outside} = site.shell;
  const token = site.collector.token('technician', null, `screen ${outside.random.next()}`);
  const store = openDirect({
    outside,
    as: null,
    wantsPicture: true,
    collectors: [{url: `${site.url}/ws`, token, name: null, ca: null}],
  });
  await new Promise<void>(resolve => {
    const look = () => store.getSnapshot().collectors[0]?.link === 'live' && resolve();
    store.subscribe(look);
    look();
  });
  using console = openConsole({store, outside, lang: 'de'});
  await console.do('pane.backups');
  const list = await console.frame();
  await console.press('enter');
  const detail = await console.frame();
  await store.close();
  return [...list, ...detail].join(' ').replaceAll(/ +/g, ' ');
}

const of = ['--customer', 'mueller', '--object', 'fs-01', '--job', 'nightly'];

describe.skipIf(missing !== null)(`real restic and borg${missing === null ? '' : `, ${missing}`}`, () => {
  test('BK-2 to BK-6: unknown, protected by both copies, damaged, cured, tested, and missed at its time', async () => {
    using folder = temporaryFolder();
    const {source, call} = repositories(folder);
    const outside = virtualOutside({now: Date.now()});
    const minute = new Date(outside.clock.now()).getUTCMinutes();
    await using site = await openSite(body((minute + 40) % 60), outside);
    const token = ['--token-file', site.tokenFile('ingest')];
    const report =
      (format: string, ...more: readonly string[]) =>
      (output: {stdin: string; code: string}) =>
        site.shell.run(
          ['report', 'backup', '--format', format, ...of, '--exit-code', output.code, ...more, ...token],
          output,
        );

    expect(await row(site)).toMatchObject({status: 'pending', posture: 'unknown', reason: 'neverReported'});
    expect(await screen(site)).toMatch(/\? Müller Masch… fs-01 +· steht an +nie .*…·…·…·…·…/);

    expect(await report('restic', '--copy', 'NAS')(call('restic', 'backup', '--json', source))).toMatchObject({
      code: 0,
    });
    expect(await row(site)).toMatchObject({
      posture: 'attention',
      rule321: {copies: 2, missing: expect.arrayContaining(['copies', 'offsite'])},
    });
    const borg = call('borg', '--log-json', 'create', '--json', '::first', source);
    expect(await report('borg', '--copy', 'cloud')(borg)).toMatchObject({code: 0});
    expect(await row(site)).toMatchObject({
      status: 'success',
      rule321: {copies: 3, ok: true},
      rpo: {violated: false},
      reason: 'restoreNever',
    });
    const tested = ['report', 'restore-test', '--customer', 'mueller', '--object', 'fs-01', '--result', 'passed'];
    const evidence = ['--rto', '42m', '--scope', 'full', '--point', '2026-11-20T01:00Z', '-m', 'Hash stimmt'];
    expect((await site.shell.run([...tested, ...evidence, ...token])).code).toBe(0);
    expect(await row(site)).toMatchObject({
      posture: 'protected',
      reason: null,
      restoreTest: {state: 'ok', rtoSeconds: 2520},
    });
    expect((await report('restic', '--check', '--copy', 'NAS')(call('restic', 'check', '--json'))).code).toBe(0);
    expect(
      (await report('borg', '--check', '--copy', 'CLOUD')(call('borg', '--log-json', 'check', '--info'))).code,
    ).toBe(0);
    expect(await alerts(site)).toEqual([]);
    const snapshots = call('restic', 'snapshots', '--json');
    expect((await report('restic', '--repository', '--copy', 'NAS')(snapshots)).code).toBe(0);
    const archives = call('borg', 'list', '--json');
    expect((await report('borg', '--repository', '--copy', 'CLOUD')(archives)).code).toBe(0);
    const whole = await screen(site);
    expect(whole).toMatch(/✓ Müller Masch… fs-01 +✓ gut .*3·2·1·1·0 +✓ /);
    expect(whole).toMatch(/✓ geschützt/);
    expect(whole).toMatch(/Ziel +NAS +1 Stand, vom/);
    expect(whole).toMatch(/CLOUD +1 Stand, vom/);

    damage(folder.file('restic/data'));
    const damaged = await report('restic', '--check', '--copy', 'NAS')(call('restic', 'check', '--read-data'));
    expect(damaged.code).toBe(1);
    expect(await row(site)).toMatchObject({posture: 'attention', reason: 'rule321', rule321: {copies: 2, ok: false}});
    expect((await alerts(site)).map(({service, priority}) => `${service} ${priority}`).sort()).toEqual([
      'backup-rule P2',
      'backup-verify P2',
    ]);
    expect(await screen(site)).toMatch(/● Müller Masch… fs-01 .*✗·2·1·1·✗.*geprüft ▲ defekt/);

    const sound = {stdin: 'no errors were found\n', code: '0'};
    expect((await report('restic', '--check', '--copy', 'NAS')(sound)).code).toBe(0);
    expect(await row(site)).toMatchObject({posture: 'protected'});
    expect(await alerts(site)).toEqual([]);

    await outside.advanceAsync(49 * MINUTE);
    expect(await alerts(site)).toEqual([]);
    await outside.advanceAsync(MINUTE);
    expect(await row(site)).toMatchObject({status: 'missed', posture: 'attention', reason: 'jobMissed'});
    expect(await alerts(site)).toMatchObject([{service: 'backup nightly', severity: 'critical', priority: 'P2'}]);
    expect(await screen(site)).toMatch(/● Müller Masch… fs-01 +○ ausgefallen.*Sicherung ausgefallen/);
    await outside.advanceAsync(DAY + 2 * HOUR);
    expect(await row(site)).toMatchObject({rpo: {violated: true}});
    expect((await alerts(site)).map(({service, priority}) => `${service} ${priority}`).sort()).toEqual([
      'backup nightly P1',
      'backup-rpo P1',
      'backup-rule P1',
    ]);
    // A dozen calls of real tools and a day of timers, on a machine that may be busy.
  }, 240_000);

  test('BK-9: files that all changed at once raise the hint, through the wrapper and the real restic', async () => {
    using folder = temporaryFolder();
    const {source, env} = repositories(folder);
    const outside = virtualOutside({now: Date.now()});
    const minute = new Date(outside.clock.now()).getUTCMinutes();
    await using site = await openSite(body((minute + 40) % 60), outside);
    for (const name of ['RESTIC_REPOSITORY', 'RESTIC_PASSWORD', 'PATH'] as const)
      site.shell.env[name] = env[name] ?? '';
    const token = ['--token-file', site.tokenFile('ingest')];
    const backup = () =>
      site.shell.run(['run-backup', ...of, '--copy', 'NAS', ...token, '--', 'restic', 'backup', '--json', source]);
    for (let night = 0; night < 5; night++) {
      writeFileSync(join(source, 'datei 0.txt'), `Nacht ${night}\n`);
      expect((await backup()).code).toBe(0);
      await outside.advanceAsync(MINUTE);
    }
    const hints = async () => (await alerts(site)).filter(({service}) => service === 'backup-anomaly');
    expect(await hints()).toEqual([]);
    for (const name of readdirSync(source)) writeFileSync(join(source, name), 'Geheim 1\n'.repeat(2000));
    expect((await backup()).code).toBe(0);
    expect(await hints()).toMatchObject([{severity: 'warning'}]);
    expect(await row(site)).toMatchObject({status: 'success', posture: 'attention'});
    expect(await screen(site)).toMatch(/fs-01 +● auffällig.*massenhaft geändert, Verschlüsselung möglich/);
  }, 240_000);
});

/** Turns over bytes in the largest pack of a repository. */
function damage(folder: string): void {
  const files = readdirSync(folder, {recursive: true, encoding: 'utf8'}).map(name => join(folder, name));
  const packs = files.filter(file => statSync(file).isFile()).sort((a, b) => statSync(b).size - statSync(a).size);
  const [pack = ''] = packs;
  const bytes = readFileSync(pack);
  bytes[Math.floor(bytes.length / 3)] = (bytes[Math.floor(bytes.length / 3)] ?? 0) ^ 0xff;
  execFileSync('chmod', ['u+w', pack]);
  writeFileSync(pack, bytes);
}
