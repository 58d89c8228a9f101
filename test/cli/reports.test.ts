import {readdirSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {openGate} from './support/gate.ts';
import {openSite, type Site} from './support/site.ts';

const report = (site: Site, line: readonly string[], stdin?: string) =>
  site.shell.run(['report', ...line, '--token-file', site.tokenFile('ingest')], stdin === undefined ? {} : {stdin});

const listed = async (site: Site, ...filter: readonly string[]) =>
  ((await site.shell.run(['alerts', '--all', '--json', ...filter])).json as {alerts: object[]}).alerts;

describe('report alert', () => {
  test('opens an alert and ends it by its key; standard input is its output', async () => {
    await using site = await openSite();
    const same = [
      '--customer',
      'mueller',
      '--host',
      'srv-9',
      '--service',
      'raid',
      '--key',
      'raid-9',
      '--summary',
      'RAID degradiert',
    ];
    const opened = await report(
      site,
      ['alert', ...same, '--severity', 'warning', '--label', 'rack=7', '--json'],
      'sda3[0]\n',
    );
    expect(opened).toMatchObject({
      code: 0,
      json: {results: [{id: 'raid-9', outcome: 'done', code: 'OK', by: null, at: null, seq: null}]},
    });
    expect(await listed(site)).toMatchObject([
      {customer: 'mueller', host: 'srv-9', service: 'raid', severity: 'warning', source: 'report'},
    ]);
    expect(await listed(site, 'output:sda3')).toHaveLength(1);
    expect(await listed(site, 'label.rack:7')).toHaveLength(1);
    expect((await report(site, ['alert', ...same, '--resolved'])).code).toBe(0);
    expect(await listed(site)).toMatchObject([{state: 'resolved'}]);
  });

  test('JSON on standard input is a whole report, or several', async () => {
    await using site = await openSite();
    const reports = ['a', 'b'].map(host => ({
      type: 'alert',
      customer: 'mueller',
      host,
      summary: 'x',
      severity: 'critical',
    }));
    expect((await report(site, ['alert'], JSON.stringify(reports))).code).toBe(0);
    expect(await listed(site)).toHaveLength(2);
  });

  test('several on standard input have a result each', async () => {
    await using site = await openSite();
    const several = [
      {type: 'alert', host: 'a', summary: 'x', customer: 'mueller'},
      {type: 'heartbeat', host: 'b', service: 'cron', everySeconds: 60, customer: 'mueller'},
    ];
    const {code, json} = await report(site, ['alert', '--json'], JSON.stringify(several));
    expect([code, json]).toMatchObject([
      0,
      {
        results: [
          {id: 'a', outcome: 'done'},
          {id: 'b/cron', outcome: 'done'},
        ],
      },
    ]);
  });

  test('one of several that cannot be read is not said to be reported: exit 1 with its place; the rest is taken', async () => {
    await using site = await openSite();
    const several = [{type: 'alert', host: 'a', summary: 'x', customer: 'mueller'}, {type: 'nonsense'}];
    const {code, out, err} = await report(site, ['alert', '--json'], JSON.stringify(several));
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/cannot be taken: \[1\] type: .* wanted/);
    expect(await listed(site)).toMatchObject([{host: 'a'}]);
  });

  test('that lacks something is refused before anything is sent: exit 2', async () => {
    await using site = await openSite();
    for (const line of [
      ['alert', '--summary', 'x'],
      ['alert', '--host', 'x'],
      ['alert', '--host', 'x', '--summary', 'y', '--label', 'novalue'],
      ['alert', '--host', 'x', '--summary', 'y', '--severity', 'awful'],
      ['heartbeat', '--every', '1h'],
      ['heartbeat', '--host', 'x', '--every', '0s'],
      ['heartbeat', '--host', 'x', '--every', '1h', '--grace', '0m'],
    ]) {
      expect([line, (await report(site, line)).code]).toEqual([line, 2]);
    }
    expect(await listed(site)).toEqual([]);
  });

  test.each([
    ['alert', '--host', 'a', '--summary', 'b'],
    ['heartbeat', '--host', 'a'],
    ['backup', '--object', 'a', '--result', 'success'],
    ['restore-test', '--object', 'a', '--result', 'passed'],
  ])('report %s is about one customer: a second one is not dropped, exit 2', async (...line) => {
    await using site = await openSite();
    const {code, err} = await report(site, [...line, '--customer', 'mueller', '--customer', 'hofer']);
    expect([code, err]).toEqual([2, 'nocturne: --customer is given more than once\n']);
    expect(await listed(site)).toEqual([]);
  });

  test('without the right: exit 5; nobody there: exit 7; what cannot be read: exit 1 with the reason', async () => {
    await using site = await openSite();
    const line = ['report', 'alert', '--host', 'x', '--summary', 'y', '--customer', 'mueller'];
    expect((await site.shell.run([...line, '--token-file', site.tokenFile('viewer')])).code).toBe(5);
    const foreign = site.tokenFile('ingest', 'hofer-in', ['hofer']);
    expect((await site.shell.run([...line, '--token-file', foreign])).code).toBe(5);
    const german = await site.shell.run([...line, '--token-file', foreign, '--lang', 'de']);
    expect(german.err).toBe('nocturne: der Sammler lehnt die Meldung ab: dieses Token darf das nicht melden\n');
    const broken = await report(site, ['alert'], '{"type":"alert","host":7}');
    expect(broken.code).toBe(1);
    expect(broken.err).toMatch(/report cannot be taken: .+/);
    expect(await site.shell.run([...line, '--url', 'ws://127.0.0.1:1'])).toMatchObject({
      code: 7,
      err: 'nocturne: the collector cannot be reached: connection refused, ECONNREFUSED\n',
    });
  });
});

describe('a report without a link', () => {
  const OF = ['--customer', 'mueller', '--host', 'srv-9', '--service', 'raid', '--key', 'raid-9', '--summary', 'RAID'];

  test('goes to the next collector that is named', async () => {
    await using site = await openSite();
    const urls = ['--url', 'ws://127.0.0.1:1', '--url', site.url];
    expect(await report(site, ['alert', ...OF, ...urls])).toMatchObject({code: 0, out: 'raid-9 reported\n', err: ''});
    expect(await listed(site)).toMatchObject([{host: 'srv-9'}]);
  });

  test('waits with --queue: exit 6; sent later it is as old as it is, and opens nothing that has ended since', async () => {
    await using site = await openSite();
    await using gate = await openGate(site.collector.port);
    site.shell.env.NOCTURNE_URL = gate.url;
    gate.isOpen = false;
    expect((await report(site, ['alert', ...OF])).code).toBe(7);
    const queued = await report(site, ['alert', ...OF, '--queue', '--json']);
    expect(queued).toMatchObject({code: 6, json: {results: [{id: 'raid-9', outcome: 'queued', code: 'QUEUED'}]}});
    const restored = ['restore-test', '--customer', 'mueller', '--object', 'fs-01', '--result', 'passed'];
    expect((await report(site, [...restored, '--queue'])).code).toBe(6);
    await site.collector.outside.advanceAsync(60_000);

    gate.isOpen = true;
    expect((await report(site, ['alert', ...OF, '--resolved'])).code).toBe(0);
    expect(readdirSync(site.shell.home.file('.local/state/nocturne/reports'))).toEqual([]);
    expect(await listed(site)).toEqual([]);
  });

  test('a heartbeat that waited is no sign of life of now (FR-4)', async () => {
    await using site = await openSite();
    await using gate = await openGate(site.collector.port);
    site.shell.env.NOCTURNE_URL = gate.url;
    const beat = ['heartbeat', '--customer', 'mueller', '--host', 'srv-9', '--every', '1h', '--grace', '1m'];
    expect((await report(site, [...beat, '--service', 'nightly', '--url', site.url])).code).toBe(0);
    gate.isOpen = false;
    expect((await report(site, [...beat, '--service', 'nightly', '--queue'])).code).toBe(6);
    await site.collector.outside.advanceAsync(50 * 60_000);
    gate.isOpen = true;
    expect((await report(site, [...beat, '--service', 'other'])).code).toBe(0);
    await site.collector.outside.advanceAsync(20 * 60_000);
    expect(await listed(site)).toMatchObject([{service: 'nightly', severity: 'critical'}]);
  });
});

test('report heartbeat keeps a job alive, and its silence is critical (FR-4)', async () => {
  await using site = await openSite();
  expect(
    (
      await report(site, [
        'heartbeat',
        '--customer',
        'mueller',
        '--host',
        'srv-9',
        '--service',
        'nightly',
        '--every',
        '1h',
      ])
    ).code,
  ).toBe(0);
  expect((await site.shell.run('hosts --json')).json).toMatchObject({hosts: [{host: 'srv-9', services: {ok: 1}}]});
  await site.collector.outside.advanceAsync(3 * 3_600_000);
  expect(await listed(site)).toMatchObject([{host: 'srv-9', service: 'nightly', severity: 'critical'}]);
});
