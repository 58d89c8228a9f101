import {existsSync, readdirSync, writeFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {hasQueuedCommands} from '../../src/client/outbox.ts';
import {CollectorProcess} from '../support/collector-process.ts';
import {openGate} from './support/gate.ts';
import {openShell} from './support/shell.ts';
import {openSite} from './support/site.ts';

const RESULT_KEYS = ['id', 'outcome', 'code', 'by', 'at', 'seq'];

describe('ack', () => {
  test('is done once, and tells the second who was first, and when: exit 4 (AL-4)', async () => {
    await using site = await openSite();
    const id = await site.alert();
    const first = await site.shell.run(['ack', id, '-m', 'übernehme']);
    expect(first).toMatchObject({code: 0, out: `${id} acknowledged\n`, err: ''});
    const ben = site.tokenFile('technician', 'ben');
    const second = await site.shell.run(`ack ${id} --token-file ${ben}`);
    expect(second.code).toBe(4);
    expect(second.err).toMatch(/already acknowledged by jana at \d\d:\d\d/);
    const {json} = await site.shell.run(`ack ${id} --token-file ${ben} --json`);
    expect(json).toEqual({
      results: [
        {id, outcome: 'already', code: 'ALREADY', by: 'jana', at: '2026-11-21T01:47:00Z', seq: expect.anything()},
      ],
    });
    const alerts = await site.shell.run('alerts --json');
    expect(alerts.json).toMatchObject({
      alerts: [{id, state: 'acked', acked: {by: 'jana', note: 'übernehme', sticky: false}}],
    });
  });

  test('--json has every key, whatever the outcome', async () => {
    await using site = await openSite();
    const id = await site.alert();
    const {json, code} = await site.shell.run(`ack ${id} ZZZZ --json`);
    expect(code).toBe(3);
    const {results} = json as {results: Record<string, unknown>[]};
    for (const result of results) expect(Object.keys(result)).toEqual(RESULT_KEYS);
    expect(results).toMatchObject([
      {id, outcome: 'done', code: 'OK', by: 'jana', at: '2026-11-21T01:47:00Z'},
      {id: 'ZZZZ', outcome: 'notFound', code: 'NOT_FOUND'},
    ]);
  });

  test('--for ends by itself in the collector’s time, --sticky is kept, --as stands beside the token', async () => {
    await using site = await openSite();
    const id = await site.alert();
    await site.shell.run(`ack ${id} --for 1h30m --sticky --as Ben`);
    const {json} = await site.shell.run('alerts --json');
    expect(json).toMatchObject({alerts: [{acked: {by: 'Ben', until: '2026-11-21T03:17:00Z', sticky: true}}]});
  });

  test('takes ids in any case, with letters that look alike, with and without the collector’s tag', async () => {
    await using site = await openSite();
    for (const typed of [
      (id: string) => id.toLowerCase(),
      (id: string) => `B-${id}`,
      (id: string) => `b-${id.toLowerCase()}`,
      (id: string) => `B${id}`,
      (id: string) => id.replaceAll('1', 'l').replaceAll('0', 'o'),
    ]) {
      const id = await site.alert();
      const {code, out} = await site.shell.run(`ack ${typed(id)}`);
      expect([code, out]).toEqual([0, `${id} acknowledged\n`]);
    }
  });

  test('typed twice is done once, however it is typed: exit 0', async () => {
    await using site = await openSite();
    const id = await site.alert();
    const other = await site.alert();
    const {code, json} = await site.shell.run(`ack ${id} ${other} B-${id.toLowerCase()} B${id} ${id} --json`);
    expect(json).toMatchObject({
      results: [
        {id, outcome: 'done'},
        {id: other, outcome: 'done'},
      ],
    });
    expect(code).toBe(0);
  });

  test('another collector’s tag is not ours: exit 3', async () => {
    await using site = await openSite();
    const id = await site.alert();
    expect(await site.shell.run(`ack H-${id}`)).toMatchObject({code: 3});
  });
});

describe('a filter as target', () => {
  test('takes one alert at once, several only with --all, and --dry-run changes nothing', async () => {
    await using site = await openSite();
    const ids = [await site.alert({host: 'web-1'}), await site.alert({host: 'web-2'})];
    const several = await site.shell.run(['ack', 'customer:mueller']);
    expect(several.code).toBe(2);
    for (const id of ids) expect(several.err).toContain(id);

    const dry = await site.shell.run(['ack', 'customer:mueller', '--dry-run']);
    expect(dry.code).toBe(0);
    expect(dry.out.split('\n').filter(Boolean)).toHaveLength(2);
    expect((await site.shell.run('alerts --json')).json).toMatchObject({alerts: [{acked: null}, {acked: null}]});

    const one = await site.shell.run(['ack', 'host:web-1']);
    expect(one).toMatchObject({code: 0, out: `${ids[0]} acknowledged\n`});
    const rest = await site.shell.run(['ack', 'severity:critical !acked', '--all', '--json']);
    expect(rest.json).toMatchObject({results: [{id: ids[1], outcome: 'done'}]});
    expect(await site.shell.run(['ack', 'host:nobody'])).toMatchObject({code: 3});
  });

  test('is not empty: an unset variable of a script with --all means nothing, and not everything', async () => {
    await using site = await openSite();
    await site.alert();
    for (const typed of ['', ' ']) {
      const {code, out, err} = await site.shell.run(['resolve', typed, '--all']);
      expect([code, out, err]).toEqual([2, '', 'nocturne: resolve needs TARGET\n']);
    }
    expect((await site.shell.run('alerts --json')).json).toMatchObject({alerts: [{state: 'open'}]});
  });

  test('that cannot be read says where: exit 2', async () => {
    await using site = await openSite();
    const {code, err} = await site.shell.run(['ack', 'colour:red']);
    expect(code).toBe(2);
    expect(err).toContain('colour');
  });
});

test('every verb does what it says, and the pictures show it', async () => {
  await using site = await openSite();
  const id = await site.alert();
  const run = async (line: readonly string[]) => expect((await site.shell.run(line)).code).toBe(0);
  await run(['ack', id]);
  await run(['unack', id]);
  await run(['escalate', id, '--to', '2']);
  await run(['note', id, '-m', 'Logs wachsen', '--customer-visible']);
  await run(['snooze', id, '--for', '30m']);
  const open = (await site.shell.run('alerts --json')).json;
  expect(open).toMatchObject({
    alerts: [
      {
        state: 'open',
        acked: null,
        escalation: {level: 2},
        notes: [{by: 'jana', text: 'Logs wachsen', customerVisible: true}],
        suppressed: ['silenced'],
        silencedUntil: '2026-11-21T02:17:00Z',
      },
    ],
  });
  await run(['resolve', id]);
  expect((await site.shell.run('alerts --json')).json).toEqual({alerts: []});
  expect((await site.shell.run('alerts --all --json')).json).toMatchObject({alerts: [{id, state: 'resolved'}]});
  expect(await site.shell.run(['ack', id])).toMatchObject({code: 5});
});

describe('without the right or the link', () => {
  test('a viewer is refused: exit 5', async () => {
    await using site = await openSite();
    const id = await site.alert();
    const viewer = site.tokenFile('viewer');
    const {code, json} = await site.shell.run(`ack ${id} --json --token-file ${viewer}`);
    expect(code).toBe(5);
    expect(json).toMatchObject({results: [{outcome: 'refused', code: 'FORBIDDEN'}]});
  });

  test('a foreign customer’s alert is refused or unknown, never named', async () => {
    await using site = await openSite();
    const id = await site.alert({summary: 'canary-summary'});
    const foreign = site.tokenFile('technician', 'hofer-only', ['hofer']);
    for (const line of [
      ['ack', id],
      ['ack', id, '--dry-run'],
      ['alerts', '--all', '--json'],
    ]) {
      const {out, err} = await site.shell.run([...line, '--token-file', foreign]);
      expect(out + err).not.toContain('canary');
    }
    expect((await site.shell.run(['ack', id, '--token-file', foreign])).code).toBeGreaterThanOrEqual(3);
  });

  test('an unknown token is refused: exit 5, and stands in no output (security rule 10)', async () => {
    await using site = await openSite();
    site.shell.env.NOCTURNE_TOKEN = 'noct_canary_secret';
    delete site.shell.env.NOCTURNE_TOKEN_FILE;
    const {code, out, err} = await site.shell.run('ack K7F3');
    expect(code).toBe(5);
    expect(out + err).not.toContain('canary');
  });

  test('nobody there: exit 7; with --queue exit 6, and the next command with a link sends it', async () => {
    await using site = await openSite();
    await using gate = await openGate(site.collector.port);
    const ids = [await site.alert(), await site.alert()] as const;
    site.shell.env.NOCTURNE_URL = gate.url;
    gate.isOpen = false;
    const {code, err} = await site.shell.run(`ack ${ids[0]}`);
    expect([code, err.split('\n').length]).toEqual([7, 3]);
    const queued = await site.shell.run(`ack ${ids[0]} --queue --json`);
    expect(queued.code).toBe(6);
    expect(queued.json).toEqual({
      results: [{id: ids[0], outcome: 'queued', code: 'QUEUED', by: null, at: null, seq: null}],
    });
    const outbox = site.shell.home.file('.local/state/nocturne/outbox');
    expect(readdirSync(outbox)).toHaveLength(1);

    gate.isOpen = true;
    const next = await site.shell.run(`ack ${ids[1]}`);
    expect(next).toMatchObject({code: 0, out: `${ids[1]} acknowledged\n`});
    expect(next.err).toContain(`given earlier, done now: acknowledge ${ids[0]}`);
    expect(readdirSync(outbox)).toEqual([]);
    const {json} = await site.shell.run('alerts --json');
    expect(json).toMatchObject({alerts: [{state: 'acked'}, {state: 'acked'}]});
  });

  test('a maintenance window waits too, when its customer is named, and so does its end', async () => {
    await using site = await openSite();
    await using gate = await openGate(site.collector.port);
    const id = await site.alert();
    site.shell.env.NOCTURNE_URL = gate.url;
    gate.isOpen = false;
    const window = ['downtime', '--for', '2h', '-m', 'Umbau', '--queue'];
    expect(await site.shell.run([...window, '--host', 'srv-1'])).toMatchObject({code: 2});
    expect((await site.shell.run(window.slice(0, -1).concat('--customer', 'mueller'))).code).toBe(7);
    expect((await site.shell.run([...window, '--customer', 'mueller', '--host', 'srv-1'])).code).toBe(6);
    gate.isOpen = true;
    expect((await site.shell.run(`ack ${id}`)).code).toBe(0);
    const listed = () => site.shell.run('downtime list --json');
    const {downtimes} = (await listed()).json as {downtimes: {id: string}[]};
    expect(downtimes).toMatchObject([{customer: 'mueller', host: 'srv-1', state: 'active', by: 'jana'}]);
    gate.isOpen = false;
    expect((await site.shell.run(`downtime cancel ${downtimes[0]?.id} --queue`)).code).toBe(6);
    gate.isOpen = true;
    expect((await site.shell.run(`unack ${id}`)).code).toBe(0);
    expect((await listed()).json).toEqual({downtimes: []});
  });

  test('a command that is not to be kept leaves nothing behind', async () => {
    await using site = await openSite();
    await site.collector.stop();
    await site.shell.run('ack K7F3');
    expect(existsSync(site.shell.home.file('.local'))).toBe(false);
  });

  test('a collector that refuses the token gets nothing queued: exit 5', async () => {
    await using site = await openSite();
    site.shell.env.NOCTURNE_TOKEN = 'noct_wrong';
    delete site.shell.env.NOCTURNE_TOKEN_FILE;
    expect((await site.shell.run('ack K7F3 --queue')).code).toBe(5);
    expect(hasQueuedCommands(site.shell.home.file('.local/state/nocturne/outbox'))).toBe(false);
  });

  test('of several collectors every one is asked, and the missing one is named', async () => {
    await using berlin = await openSite();
    const id = await berlin.alert();
    berlin.shell.env.NOCTURNE_URL = `${berlin.url} ws://127.0.0.1:1`;
    const {code, out, err} = await berlin.shell.run('alerts');
    expect([code, out.split('\t')[0]]).toEqual([0, `B${id}`]);
    expect(err).toContain('127.0.0.1:1');
    expect((await berlin.shell.run(`ack ${id}`)).out).toBe(`B${id} acknowledged\n`);
    expect((await berlin.shell.run(`ack B${id}`)).code).toBe(4);
  });

  test('of two, each with a token of its own, an id with its tag leads to its collector', async () => {
    await using berlin = await openSite();
    await using wien = await CollectorProcess.start(undefined, 'wien', 'W');
    const id = await berlin.alert();
    const ingest = berlin.shell.home.file('wien-ingest');
    const token = berlin.shell.home.file('wien');
    writeFileSync(ingest, await wien.token('ingest', 'upstream'), {mode: 0o600});
    writeFileSync(token, await wien.token('technician', 'lena'), {mode: 0o600});
    const there = ['--url', wien.url, '--token-file', ingest];
    await berlin.shell.run(['report', 'alert', '--host', 'donau', '--summary', 'voll', ...there]);
    const own = String(berlin.shell.env.NOCTURNE_TOKEN_FILE);
    const both = `--url ${berlin.url} --url ${wien.url} --token-file ${own} --token-file ${token}`;
    const listed = (await berlin.shell.run(`alerts --json ${both}`)).json as {
      alerts: {id: string; collector: string}[];
    };
    expect(listed.alerts.map(it => [it.collector, it.id]).sort()).toEqual([
      ['berlin', `B${id}`],
      ['wien', `W${id}`],
    ]);
    const ambiguous = await berlin.shell.run(`ack ${id} ${both}`);
    expect(ambiguous).toMatchObject({code: 2, err: expect.stringContaining(`B${id}, W${id}`)});
    const {code, json} = await berlin.shell.run(`ack w-${id} B${id} --json ${both}`);
    expect([code, json]).toMatchObject([
      0,
      {
        results: [
          {id: `W${id}`, outcome: 'done', by: 'lena'},
          {id: `B${id}`, outcome: 'done', by: 'jana'},
        ],
      },
    ]);
  });

  test('what may stand at a collector that is missing is not said to be nowhere: exit 7, and why once', async () => {
    await using berlin = await openSite();
    const id = await berlin.alert();
    berlin.shell.env.NOCTURNE_URL = `${berlin.url} ws://127.0.0.1:1`;
    for (const target of ['ZZZZ', 'H-ZZZZ', 'HZZZZ', 'host:nobody']) {
      const {code, json, err} = await berlin.shell.run(['ack', target, '--json']);
      expect([target, code]).toEqual([target, 7]);
      expect(json).toMatchObject({results: [{id: target, outcome: 'notFound'}]});
      expect(err.trim().split('\n')).toEqual([expect.stringContaining('127.0.0.1:1: ')]);
    }
    expect((await berlin.shell.run(['ack', 'ZZZZ', '--dry-run'])).code).toBe(7);
    expect((await berlin.shell.run(['downtime', '--host', 'nobody', '--for', '1h', '-m', 'x'])).code).toBe(7);
    // It is here, so nobody has to be asked what is there.
    expect((await berlin.shell.run(`ack ${id}`)).code).toBe(0);
  });
});

describe('downtime', () => {
  const line = (...words: readonly string[]) => ['downtime', '--for', '2h', '-m', 'Umbau', '--json', ...words];

  test('a host that only has alerts has a customer too', async () => {
    await using site = await openSite();
    await site.alert({host: 'srv-01'});
    const {code, json} = await site.shell.run(line('--host', 'srv-01'));
    expect([code, json]).toMatchObject([0, {results: [{outcome: 'done'}]}]);
    expect((await site.shell.run('downtime list --json')).json).toMatchObject({
      downtimes: [{customer: 'mueller', host: 'srv-01'}],
    });
    expect((await site.shell.run('alerts --json')).json).toMatchObject({alerts: [{suppressed: ['downtime']}]});
  });

  test('without a scope is a mistake of the line, whoever is there: exit 2', async () => {
    using shell = openShell({NOCTURNE_URL: 'ws://127.0.0.1:1', NOCTURNE_TOKEN: 'x'});
    expect(await shell.run(line())).toMatchObject({code: 2, err: 'nocturne: downtime needs --customer\n'});
    expect((await shell.run(line('--customer', 'mueller', '--service', 'http'))).code).toBe(2);
  });

  test('of several customers says which nobody knows: exit 3', async () => {
    await using site = await openSite();
    const {code, json} = await site.shell.run(line('--customer', 'nobody', '--customer', 'mueller'));
    expect(code).toBe(3);
    expect(json).toMatchObject({
      results: [
        {outcome: 'done', seq: expect.any(Number)},
        {id: 'nobody', outcome: 'notFound'},
      ],
    });
    const alone = await site.shell.run(line('--customer', 'nobody'));
    expect(alone).toMatchObject({code: 3, json: {results: [{id: 'nobody', outcome: 'notFound', code: 'NOT_FOUND'}]}});
    const host = await site.shell.run(line('--host', 'nobody'));
    expect(host).toMatchObject({code: 3, json: {results: [{id: 'nobody', outcome: 'notFound'}]}});
    const told = await site.shell.run('downtime --for 2h -m Umbau --customer nobody');
    expect(told).toMatchObject({code: 3, out: '', err: 'nocturne: nobody: no collector knows that customer or host\n'});
  });

  test.each([
    ['--customer', 'mueller', '--host', ''],
    ['--customer', 'mueller', '--host', 'srv-1', '--service', ''],
    ['--customer', ''],
  ])('a scope that a script left empty is no scope: %s %s %s %s, exit 2', async (...words) => {
    await using site = await openSite();
    const {code, err} = await site.shell.run(line(...words));
    expect([code, err]).toEqual([2, expect.stringMatching(/--\w+ needs a value/)]);
    expect((await site.shell.run('downtime list --json')).json).toEqual({downtimes: []});
  });
});
