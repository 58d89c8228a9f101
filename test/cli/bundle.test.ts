import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, cpSync, existsSync, mkdirSync, openSync, statSync, symlinkSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {createInterface} from 'node:readline';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {bundle, CollectorProcess} from '../support/collector-process.ts';
import {nocturne} from '../support/nocturne.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

// What only the bundles can get wrong: parts of the program that are loaded from one another.

let collector: CollectorProcess;
let home: ReturnType<typeof temporaryFolder>;
let env: Record<string, string>;

beforeAll(async () => {
  home = temporaryFolder();
  collector = await CollectorProcess.start();
  env = {HOME: home.path, NOCTURNE_URL: collector.url, NOCTURNE_TOKEN: await collector.token('technician', 'jana')};
});
afterAll(async () => {
  await collector[Symbol.asyncDispose]();
  home[Symbol.dispose]();
});

describe('without a terminal (security rule 50)', () => {
  test.each(['console', 'wall'])('%s: exit 2 with one line', async face => {
    const {code, stdout, stderr} = await nocturne([face], {env});
    expect([code, stdout, stderr.trim().split('\n').length]).toEqual([2, '', 1]);
    expect(stderr).toMatch(/^nocturne: .*Terminal/);
  });
});

test('a verb on an alert needs none of the other bundles beside its own', async () => {
  using alone = temporaryFolder();
  const here = dirname(bundle);
  mkdirSync(alone.file('dist'));
  cpSync(bundle, alone.file('dist/nocturne.cjs'));
  symlinkSync(join(here, '../config'), alone.file('config'));
  const run = (args: readonly string[]) =>
    spawnSync(process.execPath, [alone.file('dist/nocturne.cjs'), ...args], {env, encoding: 'utf8'});
  expect(run(['ack', '0000', '--lang', 'de'])).toMatchObject({
    status: 3,
    stderr: 'nocturne: 0000: kein solcher Alarm\n',
  });
  expect(run(['alerts']).stderr).toContain('lists.cjs');
});

test('a fault of the collector’s bundle is told like one of our own', async () => {
  const answer = await nocturne(['token', 'revoke', 'nobody', '--data', collector.data], {env});
  expect(answer).toMatchObject({code: 3, stdout: '', stderr: 'nocturne: kein Token heißt „nobody“\n'});
});

test('what we write is for its owner alone, under any umask (security rule 8)', async () => {
  const before = process.umask(0);
  try {
    await nocturne(['ack', 'K7F3', '--queue', '--url', 'ws://127.0.0.1:1'], {env});
  } finally {
    process.umask(before);
  }
  for (const folder of ['.local', '.local/state', '.local/state/nocturne', '.local/state/nocturne/outbox']) {
    expect(existsSync(home.file(folder))).toBe(true);
    expect(statSync(home.file(folder)).mode & 0o077).toBe(0);
  }
});

test('an answer that cannot be written is a failure: exit 1', () => {
  const full = openSync('/dev/full', 'w');
  const {status, stderr} = spawnSync(process.execPath, [bundle, '--help', '--lang', 'de'], {
    stdio: ['ignore', full, 'pipe'],
    encoding: 'utf8',
  });
  closeSync(full);
  expect([status, stderr]).toEqual([1, 'nocturne: die Antwort lässt sich nicht schreiben (kein Platz mehr, ENOSPC)\n']);
});

test('standard output that nobody reads any more is no failure', async () => {
  const child = spawn(process.execPath, [bundle, '--help'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const code = await new Promise(resolve => child.once('close', resolve));
  expect([code, stderr]).toEqual([0, '']);
});

test('no token stands in the output of a quick command (security rule 10)', async () => {
  const {stdout, stderr} = await nocturne(['doctor', '--json'], {env});
  expect(stdout + stderr).not.toContain(env.NOCTURNE_TOKEN);
});

test('an answer larger than a pipe arrives whole, however late it is read', async () => {
  const ingest = await collector.token('ingest', 'many');
  const alerts = Array.from({length: 100}, (_, index) => ({
    key: `many-${index}`,
    status: 'firing',
    severity: 'warning',
    customer: 'hofer',
    host: `many-${index}`,
    summary: 'Lüfter langsam '.repeat(60),
  }));
  const answer = await fetch(`${collector.http}/v1/ingest/custom`, {
    method: 'POST',
    headers: {authorization: `Bearer ${ingest}`, 'content-type': 'application/json'},
    body: JSON.stringify(alerts),
  });
  expect(answer.status).toBe(202);
  const command = `${process.execPath} ${bundle} alerts --json customer:hofer | (sleep 1; cat)`;
  const child = spawn('sh', ['-c', command], {env: {PATH: process.env.PATH, ...env}});
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  await new Promise(resolve => child.once('close', resolve));
  expect(text.length).toBeGreaterThan(100_000);
  expect(JSON.parse(text).alerts).toHaveLength(100);
});

test('alerts --watch prints each alert again when it changes, one a line', async () => {
  const ingest = await collector.token('ingest');
  const report = (status: string) =>
    fetch(`${collector.http}/v1/ingest/custom`, {
      method: 'POST',
      headers: {authorization: `Bearer ${ingest}`, 'content-type': 'application/json'},
      body: JSON.stringify({key: 'k', status, severity: 'critical', customer: 'mueller', host: 'srv-1', summary: 'x'}),
    });
  await report('firing');
  const child = spawn(process.execPath, [bundle, 'alerts', '--watch', 'host:srv-1'], {
    env: {PATH: process.env.PATH, ...env},
  });
  const lines = createInterface({input: child.stdout})[Symbol.asyncIterator]();
  const next = async (): Promise<string[]> => String((await lines.next()).value).split('\t');
  const [id = '', , state] = await next();
  expect(state).toBe('open');
  await nocturne(['ack', id], {env});
  expect((await next()).slice(0, 3)).toEqual([id, 'critical', 'acked']);
  await report('resolved');
  expect((await next()).slice(0, 3)).toEqual([id, 'critical', 'resolved']);
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
});
