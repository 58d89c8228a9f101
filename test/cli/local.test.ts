import {execFileSync} from 'node:child_process';
import {chmodSync, existsSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {COMMANDS} from '../../src/cli/command-table.ts';
import {COMMON_OPTIONS} from '../../src/cli/options.ts';
import {openShell} from './support/shell.ts';
import {openSite} from './support/site.ts';

describe('help', () => {
  test.each(['de', 'en'])(
    'in %s names every command and option, in at most 80 columns, with no text missing',
    async lang => {
      using shell = openShell();
      const {out, code} = await shell.run(`--help --lang ${lang}`);
      expect(code).toBe(0);
      for (const {path} of COMMANDS) expect(out).toContain(path);
      for (const {name} of COMMON_OPTIONS) expect(out).toContain(`--${name}`);
      expect(out).not.toMatch(/\bcli\.[a-z]/);
      for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
      for (const {path} of COMMANDS) {
        const topic = await shell.run([...path.split(' '), '--help', '--lang', lang]);
        expect(topic.code).toBe(0);
        expect(topic.out).toContain(path);
        expect(topic.out).not.toMatch(/\bcli\.[a-z]/);
      }
    },
  );

  test('speaks the language of the environment', async () => {
    using shell = openShell({LANG: 'de_DE.UTF-8'});
    expect((await shell.run('--help')).out).toContain('Aufruf');
    expect((await shell.run('ack K7F3 --stiky')).err).toBe('nocturne: ack kennt --stiky nicht (gemeint: --sticky?)\n');
    expect((await shell.run('--lang en --help')).out).toContain('Usage');
  });

  test('a word that is no command: exit 2, and nothing on standard output', async () => {
    using shell = openShell();
    expect(await shell.run('alrts')).toMatchObject({code: 2, out: '', err: expect.stringContaining('alerts?')});
  });
});

test('--version says which', async () => {
  using shell = openShell();
  expect(await shell.run('--version')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^nocturne \d+\.\d+\.\d+\n$/),
  });
});

describe('completion', () => {
  test.each(['bash', 'zsh', 'fish'])('%s: every command and option', async name => {
    using shell = openShell();
    const {out, code} = await shell.run(`completion ${name}`);
    expect(code).toBe(0);
    for (const {path, options} of COMMANDS) {
      for (const word of path.split(' ')) expect(out).toContain(word);
      for (const option of options) expect(out).toContain(option.name);
    }
  });

  test('of bash completes in bash', async () => {
    using shell = openShell();
    const file = shell.home.file('completion.bash');
    writeFileSync(file, (await shell.run('completion bash')).out);
    const complete = (...words: readonly string[]): string[] => {
      const script = `source ${file}; COMP_WORDS=(nocturne "$@"); COMP_CWORD=$#; _nocturne; printf '%s\\n' "\${COMPREPLY[@]}"`;
      return execFileSync('bash', ['-c', script, 'bash', ...words], {encoding: 'utf8'})
        .split('\n')
        .filter(Boolean);
    };
    expect(complete('una')).toEqual(['unack']);
    expect(complete('token', '')).toEqual(expect.arrayContaining(['create', 'list', 'revoke']));
    expect(complete('ack', 'K7F3', '--st')).toEqual(['--sticky']);
    expect(complete('alerts', '--lang', '')).toEqual(['de', 'en']);
  });

  test('for another shell: exit 2', async () => {
    using shell = openShell();
    expect(await shell.run('completion tcsh')).toMatchObject({code: 2});
  });
});

describe('config', () => {
  test('init writes an example that check finds good, and never writes over a file', async () => {
    using shell = openShell();
    const file = shell.home.file('nocturne.yaml');
    expect((await shell.run(['config', 'init', file])).code).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain('#');
    expect(await shell.run(['config', 'check', file])).toMatchObject({code: 0, out: expect.stringContaining('good')});
    expect(await shell.run(['config', 'init', file])).toMatchObject({code: 2});
  });

  test('check names file, line, column and a hint: exit 2', async () => {
    using shell = openShell();
    const file = shell.home.file('broken.yaml');
    writeFileSync(file, 'collector: {name: berlin, tag: B, listen: 127.0.0.1:7420, data: ./data}\ncustomrs: []\n');
    const {code, err, out} = await shell.run(['config', 'check', file]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(`${file}:2:1: `);
    expect(err).toContain('customers');
    const {json} = await shell.run(['config', 'check', file, '--json']);
    expect(json).toMatchObject({
      ok: false,
      problems: expect.arrayContaining([expect.objectContaining({line: 2, column: 1})]),
    });
  });

  test('path says where settings live, whether there are any or not', async () => {
    using shell = openShell();
    expect((await shell.run('config path')).out).toBe(`${shell.home.file('.config/nocturne/config.json')}\n`);
    shell.env.XDG_CONFIG_HOME = shell.home.file('xdg');
    expect((await shell.run('config path')).out).toBe(`${shell.home.file('xdg/nocturne/config.json')}\n`);
    expect(existsSync(shell.home.file('xdg'))).toBe(false);
  });
});

describe('token', () => {
  test('create prints the secret alone, list never does, revoke ends it', async () => {
    using shell = openShell();
    const data = shell.home.file('data');
    const created = await shell.run([
      'token',
      'create',
      '--data',
      data,
      '--name',
      'jana',
      '--role',
      'technician',
      '--customer',
      'mueller',
    ]);
    expect(created).toMatchObject({code: 0, out: expect.stringMatching(/^noct_\S+\n$/)});
    shell.outside.advance(1000);
    const {json} = await shell.run(['token', 'create', '--data', data, '--name', 'ben', '--role', 'viewer', '--json']);
    expect(json).toEqual({
      id: expect.any(String),
      secret: expect.stringMatching(/^noct_/),
      role: 'viewer',
      customers: [],
    });
    const list = await shell.run(['token', 'list', '--data', data, '--json']);
    expect(list.json).toMatchObject({
      tokens: [{name: 'jana', role: 'technician', customers: ['mueller'], revokedAt: null}, {name: 'ben'}],
    });
    expect(list.out).not.toContain(created.out.trim());
    expect((await shell.run(['token', 'revoke', 'jana', '--data', data])).code).toBe(0);
    expect((await shell.run(['token', 'list', '--data', data], {columns: 100})).out).toContain('revoked');
    expect((await shell.run(['token', 'revoke', 'jana', '--data', data])).code).toBe(3);
  });

  test.each([
    ['token create --name x --role technician', 2],
    ['token create --data d --name x --role king', 2],
    ['token create --data d --role viewer', 2],
    ['token create --data d --name x --role admin --customer y', 2],
    ['token create --data d --name x --role viewer --customer=', 2],
  ])('%s: exit %i', async (line, code) => {
    using shell = openShell();
    expect((await shell.run(line)).code).toBe(code);
    expect(existsSync(join(process.cwd(), 'd'))).toBe(false);
  });
});

test.each(['token list', 'token revoke jana'])(
  '%s of a folder that holds no tokens says so and makes none: exit 2',
  async line => {
    using shell = openShell();
    const data = shell.home.file('datta');
    const {code, out, err} = await shell.run(`${line} --data ${data}`);
    expect([code, out, err]).toEqual([
      2,
      '',
      `nocturne: ${data} is no data folder of a collector: there is no tokens.db in it\n`,
    ]);
    expect(existsSync(data)).toBe(false);
  },
);

describe('doctor', () => {
  interface Check {
    readonly name: string;
    readonly status: string;
    readonly remedy: string | null;
  }

  test('finds all well, and says who we are', async () => {
    await using site = await openSite();
    const {code, json} = await site.shell.run('doctor --json');
    const {checks} = json as {checks: Check[]};
    expect(code).toBe(0);
    expect(checks.map(({name, status}) => [name, status])).toEqual([
      ['version', 'ok'],
      ['terminal', 'ok'],
      ['link', 'ok'],
      ['token', 'ok'],
      ['clock', 'ok'],
      ['collectorVersion', 'warning'],
    ]);
    expect((await site.shell.run('doctor')).out).toContain('jana');
  });

  test('names what is wrong and what to do about it: exit 1', async () => {
    await using site = await openSite();
    await site.collector.stop();
    site.shell.env.XDG_STATE_HOME = site.shell.home.file('state');
    await site.shell.run('ack K7F3 --queue');
    chmodSync(site.shell.home.file('state/nocturne'), 0o755);
    const {code, json} = await site.shell.run('doctor --json');
    const {checks} = json as {checks: Check[]};
    expect(code).toBe(1);
    expect(checks.filter(({status}) => status !== 'ok')).toEqual([
      expect.objectContaining({name: 'permissions', remedy: expect.stringContaining('chmod')}),
      expect.objectContaining({name: 'outbox', status: 'warning'}),
      expect.objectContaining({name: 'link', status: 'failed', remedy: expect.any(String)}),
    ]);
  });

  test('without any settings says what to set', async () => {
    using shell = openShell();
    const {code, out} = await shell.run('doctor');
    expect(code).toBe(1);
    expect(out).toContain('NOCTURNE_URL');
  });
});

test('rule 52: audit verify proves the log of a running collector, and finds an edit, and an end that the anchor knew', async () => {
  await using site = await openSite();
  await site.alert();
  const verify = (...more: string[]) => site.shell.run(['audit', 'verify', '--data', site.collector.data, ...more]);
  const sound = await verify('--json');
  expect(sound).toMatchObject({code: 0, json: {result: 'sound', what: null, seq: expect.any(Number)}});
  const {seq, mac} = sound.json as {seq: number; mac: string};
  expect(await verify()).toMatchObject({code: 0, out: expect.stringContaining(`${seq}`)});

  const anchor = site.shell.home.file('anchors');
  const line = (proof: object) => JSON.stringify({level: 'info', event: 'audit.anchor', epoch: 'x', ...proof});
  writeFileSync(anchor, `noise\n${line({seq: 1, mac: 'old'})}\n${line({seq, mac})}\n`);
  expect((await verify('--anchor', anchor)).code).toBe(0);
  writeFileSync(anchor, line({seq: seq + 1, mac}));
  expect(await verify('--anchor', anchor, '--json')).toMatchObject({
    code: 1,
    json: {what: 'truncated', seq, mac: null},
  });
  writeFileSync(anchor, line({seq, mac: 'f'.repeat(64)}));
  expect(await verify('--anchor', anchor)).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('not what was'),
  });
  writeFileSync(anchor, 'nothing');
  expect((await verify('--anchor', anchor)).code).toBe(2);
  expect((await site.shell.run('audit verify')).code).toBe(2);
  expect(await site.shell.run(['audit', 'verify', '--data', site.shell.home.path])).toMatchObject({
    code: 1,
    err: expect.stringContaining(`${site.shell.home.file('keys')} is damaged`),
  });
});
