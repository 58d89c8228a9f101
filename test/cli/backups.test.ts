import {execFileSync} from 'node:child_process';
import {chmodSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {open} from 'node:fs/promises';
import {describe, expect, test} from 'vitest';
import {MINUTE, SECOND} from '../../src/domain/time.ts';
import {openSite, type Site} from './support/site.ts';

const BODY = `
customers: [{id: mueller, name: Müller}, {id: hofer, name: Hofer}]
backups:
  - customer: mueller
    object: fs-01
    jobs: [{name: nightly}]
    copies: [{name: NAS, device: nas-01, media: nas}]
  - {customer: hofer, object: nas-07, jobs: [{name: weekly}]}
`;

const OF = ['--customer', 'mueller', '--object', 'fs-01', '--job', 'nightly'];

/** A program that says and ends as a test wants it. */
function program(site: Site, name: string, script: string): string {
  const file = site.shell.home.file(name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o700);
  return file;
}

/** A pipe with a name: it opens for reader and writer at once, so that the one knows where the other is. */
function namedPipe(site: Site): string {
  const file = site.shell.home.file('held');
  execFileSync('sh', ['-c', 'mkfifo "$0"', file]);
  return file;
}

interface Row {
  readonly customer: string;
  readonly object: string;
  readonly job: string | null;
  readonly status: string;
  readonly posture: string;
}

async function rows(site: Site, ...more: readonly string[]): Promise<readonly Row[]> {
  return ((await site.shell.run(['backups', '--json', ...more])).json as {backups: Row[]}).backups;
}

const ingest = (site: Site) => ['--token-file', site.tokenFile('ingest')];

describe('run-backup', () => {
  test('tells of start and end, passes output and exit code on', async () => {
    await using site = await openSite(BODY);
    const summary =
      '{"message_type":"summary","files_new":1,"files_changed":2,"total_files_processed":9,"total_bytes_processed":77}';
    const restic = program(site, 'restic', `echo '${summary}'; echo 'open /x: permission denied' >&2; exit 3`);
    const answer = await site.shell.run([
      'run-backup',
      ...OF,
      ...ingest(site),
      '--copy',
      'NAS',
      '--',
      restic,
      'backup',
      '--json',
      '/srv',
    ]);
    expect(answer).toMatchObject({code: 3, out: `${summary}\n`, err: 'open /x: permission denied\n'});
    expect(await rows(site, '--customer', 'mueller')).toMatchObject([
      {object: 'fs-01', job: 'nightly', status: 'warning'},
    ]);
  });

  test('tells how far the tool says it has come, with the log no longer for it (`backups --json`)', async () => {
    await using site = await openSite(BODY);
    const {outside} = site.shell;
    const held = namedPipe(site);
    const status =
      '{"message_type":"status","percent_done":0.4287,"total_files":7,"files_done":3,"total_bytes":120000018,"bytes_done":56213194,"seconds_remaining":90}';
    const summary = '{"message_type":"summary","total_files_processed":7,"total_bytes_processed":120000018}';
    const tool = program(site, 'restic', `echo '${status}'; cat '${held}'; echo '${summary}'`);
    const console = await site.collector.console(site.collector.token('viewer'));
    await console.subscribe();
    const backup = site.shell.run(['run-backup', ...OF, ...ingest(site), '--', tool, 'backup', '--json']);
    // It opens when the tool has said how far it is.
    const hold = await open(held, 'w');
    const told = console.next(({t}) => t === 'progress');
    let isTold = false;
    void told.then(() => {
      isTold = true;
    });
    while (!isTold) await outside.advanceAsync(SECOND);
    expect(await rows(site, '--customer', 'mueller')).toMatchObject([
      {
        status: 'running',
        progress: {
          percent: 42.8,
          bytesDone: 56_213_194,
          bytesTotal: 120_000_018,
          filesDone: 3,
          filesTotal: 7,
          remainingSeconds: 90,
        },
      },
    ]);
    const {seq} = console;
    await outside.advanceAsync(10 * MINUTE);
    expect(console.seq).toBe(seq);
    await hold.close();
    expect(await backup).toMatchObject({code: 0, out: `${status}\n${summary}\n`});
    expect(await rows(site, '--customer', 'mueller')).toMatchObject([{status: 'success', progress: null}]);
  });

  test('passes every byte on as it came, also what is no text', async () => {
    await using site = await openSite(BODY);
    const tool = program(site, 'tar', "printf 'M\\374ller \\303'; printf '\\274\\000\\377\\n'");
    const answer = await site.shell.run(['run-backup', ...OF, ...ingest(site), '--', tool]);
    expect(answer.bytes).toEqual(Buffer.from([0x4d, 0xfc, ...Buffer.from('ller ü'), 0, 0xff, 0x0a]));
  });

  test.each([
    ['SIGTERM', 15, 143],
    ['SIGHUP', 1, 129],
    ['SIGUSR1', 10, 138],
  ] as const)('hands %s on to the tool, and ends as the tool did', async (signal, number, code) => {
    await using site = await openSite(BODY);
    const held = namedPipe(site);
    const script = `trap 'echo heard ${number}; trap - ${number}; kill -${number} $$' ${number}\nwhile :; do read -r line < '${held}' || :; done`;
    const tool = program(site, 'restic', script);
    const backup = site.shell.run(['run-backup', ...OF, ...ingest(site), '--', tool, 'backup']);
    const hold = await open(held, 'w');
    process.kill(process.pid, signal);
    await hold.close();
    expect(await backup).toMatchObject({code, out: `heard ${number}\n`});
    expect(await rows(site, '--customer', 'mueller')).toMatchObject([{status: 'failed'}]);
  });

  test('without a collector the backup runs, its result waits on disk, and goes out with the next one, once', async () => {
    await using site = await openSite(BODY);
    const tool = program(site, 'restic', 'echo \'{"message_type":"summary","total_bytes_processed":5}\'');
    const away = ['run-backup', ...OF, ...ingest(site), '--', tool, 'backup'];
    const url = site.shell.env.NOCTURNE_URL ?? '';
    await site.collector.stop();
    const offline = await site.shell.run([...away.slice(0, 1), '--url', url, ...away.slice(1)]);
    expect(offline.code).toBe(0);
    expect(offline.err).toMatch(/no collector answers/);
    const folder = site.shell.home.file('.local/state/nocturne/reports');
    const waiting = readdirSync(folder);
    expect(waiting).toHaveLength(2);
    expect(readFileSync(`${folder}/${waiting[0]}`, 'utf8')).not.toContain('Bearer');
  });

  test('a program that is not there: 127, and a failed backup is reported', async () => {
    await using site = await openSite(BODY);
    const answer = await site.shell.run([
      'run-backup',
      ...OF,
      ...ingest(site),
      '--format',
      'restic',
      '--',
      '/nowhere/restic',
      'backup',
    ]);
    expect(answer.code).toBe(127);
    expect(await rows(site, '--customer', 'mueller')).toMatchObject([{status: 'failed'}]);
  });

  test('a program that the system does not start: the same, as ENOTDIR comes another way than ENOENT', async () => {
    await using site = await openSite(BODY);
    const command = ['--format', 'restic', '--', '/etc/passwd/restic', 'backup'];
    const answer = await site.shell.run(['run-backup', ...OF, ...ingest(site), ...command]);
    expect(answer.code).toBe(127);
    expect(await rows(site, '--customer', 'mueller')).toMatchObject([{status: 'failed'}]);
  });

  test.each([
    ['restic', ['forget', '--tag', 'backup', '--prune'], 0],
    ['restic', ['snapshots', '--json'], 0],
    ['borg', ['prune', '--keep-daily', '7'], 2],
  ])('never green because nobody looked: %s %j runs, and is told as no backup', async (name, args, code) => {
    await using site = await openSite(BODY);
    const tool = program(site, name, `echo done; exit ${code}`);
    const answer = await site.shell.run(['run-backup', ...OF, ...ingest(site), '--', tool, ...args]);
    expect(answer).toMatchObject({code, out: 'done\n'});
    expect(answer.err).toMatch(/makes no backup/);
    expect(await rows(site, '--customer', 'mueller')).toMatchObject([{status: 'unknown', lastGoodAt: null}]);
  });

  test('BK-4: a check that met a lock takes no copy away, and ends as the tool did; one that finds damage does', async () => {
    await using site = await openSite(BODY);
    const saved = program(site, 'restic', 'echo "snapshot 0123abcd saved"');
    const to = [...OF, '--copy', 'NAS', ...ingest(site)];
    await site.shell.run(['run-backup', ...to, '--', saved, 'backup', '/srv']);
    const copies = async () =>
      ((await rows(site, '--customer', 'mueller'))[0] as Row & {rule321: {copies: number}}).rule321.copies;
    expect(await copies()).toBe(2);
    const locked = program(site, 'restic', 'echo "repository is already locked by PID 1 on x by y" >&2; exit 1');
    const check = ['run-backup', ...to, '--', locked, 'check'];
    expect(await site.shell.run(check)).toMatchObject({code: 1, err: expect.stringMatching(/check was not made/)});
    expect(await copies()).toBe(2);
    program(site, 'restic', 'echo "Fatal: repository contains errors" >&2; exit 1');
    expect(await site.shell.run(check)).toMatchObject({code: 1, err: 'Fatal: repository contains errors\n'});
    expect(await copies()).toBe(1);
  });

  test('BK-1: what is started by another program is read as what it is', async () => {
    await using site = await openSite(BODY);
    const restic = program(site, 'restic', 'echo "snapshot 0123abcd saved"; exit 3');
    const nice = program(site, 'nice', 'shift 2; exec "$@"');
    const command = [nice, '-n', '19', restic, 'backup', '/srv'];
    const answer = await site.shell.run(['run-backup', ...OF, ...ingest(site), '--', ...command]);
    expect(answer.code).toBe(3);
    expect(await rows(site, '--customer', 'mueller')).toMatchObject([{status: 'warning'}]);
  });

  test('without the right to report the backup runs all the same, and says so', async () => {
    await using site = await openSite(BODY);
    const tool = program(site, 'restic', 'exit 0');
    const answer = await site.shell.run([
      'run-backup',
      ...OF,
      '--token-file',
      site.tokenFile('viewer'),
      '--',
      tool,
      'backup',
    ]);
    expect(answer.code).toBe(0);
    expect(answer.err).toMatch(/backup runs, its report does not/);
  });
});

describe('report backup --repository', () => {
  test('a listing of recovery points raises what its retention would lose, and its end cures it (BK-8)', async () => {
    await using site = await openSite(BODY.replace('media: nas}', 'media: nas, keep: {last: 2}}'));
    const {outside} = site.shell;
    const list = (good: readonly boolean[]) => {
      const now = outside.clock.now();
      const points = good.map((isGood, night) => ({
        at: new Date(now - night * 86_400_000).toISOString(),
        good: isGood,
      }));
      return JSON.stringify({points, usedBytes: 850, totalBytes: 1000});
    };
    const say = (text: string, ...more: readonly string[]) =>
      site.shell.run(['report', 'backup', '--repository', ...OF, ...ingest(site), ...more], {stdin: text});
    const alerts = async () =>
      ((await site.shell.run(['alerts', '--json'])).json as {alerts: {service: string; summary: string}[]}).alerts;
    expect(await say(list([false, false, true]))).toMatchObject({code: 0});
    expect(await alerts()).toMatchObject([{service: 'backup-retention', severity: 'critical'}]);
    await outside.advanceAsync(MINUTE);
    expect(await say(list([true, false, false, true]))).toMatchObject({code: 0});
    expect(await alerts()).toEqual([]);
    expect(await say('no JSON')).toMatchObject({code: 1});
    expect(await say('[]', '--format', 'pbs')).toMatchObject({code: 1});
  });
});

describe('report backup', () => {
  test('an interrupted stream is a failed backup: exit 1', async () => {
    await using site = await openSite(BODY);
    const stdin = '{"message_type":"status","percent_done":0.4}\n'.repeat(1000);
    const answer = await site.shell.run(['report', 'backup', '--format', 'restic', ...OF, ...ingest(site)], {stdin});
    expect(answer.code).toBe(1);
    expect(await rows(site, '--customer', 'mueller')).toMatchObject([{status: 'failed'}]);
  });

  test('BK-4: a check that met a lock is no word about the copy', async () => {
    await using site = await openSite(BODY);
    const check = ['report', 'backup', '--format', 'restic', '--check', ...OF, ...ingest(site)];
    const words = 'unable to create lock in backend: repository is already locked by PID 1 on x by y\n';
    expect(await site.shell.run(check, {stdin: words})).toMatchObject({
      code: 1,
      err: expect.stringMatching(/not made/),
    });
    const told = [...check, '--exit-code', '11'];
    expect(await site.shell.run(told, {stdin: words})).toMatchObject({code: 11});
  });

  test('what waited goes out after the next report that is taken', async () => {
    await using site = await openSite(BODY);
    const line = ['report', 'backup', ...OF, ...ingest(site), '--result', 'success'];
    await site.collector.stop();
    expect((await site.shell.run([...line, '--url', site.url])).code).toBe(6);
    await site.collector.start();
    const url = `ws://127.0.0.1:${site.collector.port}`;
    const folder = site.shell.home.file('.local/state/nocturne/reports');
    for (const name of readdirSync(folder)) {
      const file = `${folder}/${name}`;
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/ws:\/\/127\.0\.0\.1:\d+/g, url));
    }
    site.shell.env.NOCTURNE_URL = url;
    const other = [
      'report',
      'backup',
      '--customer',
      'hofer',
      '--object',
      'nas-07',
      '--job',
      'weekly',
      '--result',
      'success',
    ];
    expect((await site.shell.run([...other, ...ingest(site)])).code).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
    expect((await rows(site)).map(({object, status}) => `${object} ${status}`).sort()).toEqual([
      'fs-01 success',
      'nas-07 success',
    ]);
  });

  test('what cannot be a report is refused before anything is sent', async () => {
    await using site = await openSite(BODY);
    for (const line of [
      ['backup', '--result', 'success'],
      ['backup', '--object', 'x'],
      ['restore-test', '--object', 'x'],
      ['restore-test', '--object', 'x', '--result', 'passed', '--point', 'yesterday'],
    ]) {
      expect([line, (await site.shell.run(['report', ...line, ...ingest(site)])).code]).toEqual([line, 2]);
    }
  });
});

test('backups --customer says when nobody knows that customer: exit 3, and 7 while a collector is missing', async () => {
  await using site = await openSite();
  expect(await site.shell.run('backups --customer nobody')).toMatchObject({
    code: 3,
    out: '',
    err: 'nocturne: no collector knows that customer\n',
  });
  expect(await site.shell.run('backups --customer nobody --json')).toMatchObject({
    code: 3,
    json: {backups: [], leftOut: []},
  });
  expect(await site.shell.run('backups --customer mueller')).toMatchObject({code: 0, out: ''});
  for (const list of ['backups', 'sla']) {
    const {code} = await site.shell.run(`${list} --customer nobody --url ${site.url} --url ws://127.0.0.1:1`);
    expect([list, code]).toEqual([list, 7]);
  }
});

test('backups: silence is unknown, never green; a token sees its customers alone (rule 19)', async () => {
  await using site = await openSite(BODY);
  expect(await rows(site)).toMatchObject([
    {customer: 'hofer', object: 'nas-07', job: 'weekly', status: 'unknown', posture: 'unknown'},
    {customer: 'mueller', object: 'fs-01', job: 'nightly', status: 'unknown', posture: 'unknown'},
  ]);
  const only = site.tokenFile('viewer', 'hofer-only', ['hofer']);
  expect((await rows(site, '--token-file', only)).map(({customer}) => customer)).toEqual(['hofer']);
  expect((await site.shell.run(['backups'])).out).toBe(
    'hofer\tnas-07\tweekly\tunknown\tunknown\tneverReported\nmueller\tfs-01\tnightly\tunknown\tunknown\tneverReported\n',
  );
  expect((await site.shell.run(['backups'], {columns: 120})).out).toContain('3·2·1·1·0');
});
