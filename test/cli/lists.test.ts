import {describe, expect, test} from 'vitest';
import {openSite} from './support/site.ts';

describe('alerts', () => {
  test('on a pipe: one record a line, tabs between fields, no escape sequence', async () => {
    await using site = await openSite();
    const bad = await site.alert({summary: 'Platte /var 97 %', service: 'disk'});
    const worse = await site.alert({severity: 'warning', customer: 'hofer'});
    const {out, code} = await site.shell.run('alerts');
    expect(code).toBe(0);
    expect(out).not.toMatch(/\x1b/);
    expect(out.split('\n').map(line => line.split('\t').slice(0, 7))).toEqual([
      [bad, 'critical', 'open', '2026-11-21T01:47:00Z', 'mueller', 'srv-1', 'disk'],
      [worse, 'warning', 'open', '2026-11-21T01:47:00Z', 'hofer', 'srv-2', ''],
      [''],
    ]);
  });

  test('on a terminal: a table with ids, in colour unless told otherwise', async () => {
    await using site = await openSite();
    const id = await site.alert({summary: 'Platte /var 97 %'});
    const coloured = await site.shell.run('alerts --lang de', {columns: 100});
    expect(coloured.out).toContain('\x1b[31m');
    site.shell.env.NO_COLOR = '1';
    const plain = await site.shell.run('alerts --lang de', {columns: 100});
    expect(plain.out).not.toMatch(/\x1b/);
    const [head, row] = plain.out.split('\n');
    expect(head).toMatch(/^ID +.*KUNDE.*WER/);
    expect(row).toMatch(new RegExp(`^${id} .*KRIT.*Müller.*srv-1.*Platte /var 97 %.*–`));
    for (const line of plain.out.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  test('hostile text from a source comes out safe everywhere (security rule 42)', async () => {
    await using site = await openSite();
    await site.alert({summary: 'x\u001b]0;canary\u0007\u009d0;canary\u009cy\u202e'});
    for (const line of ['alerts', 'alerts --json']) {
      const {out} = await site.shell.run(line);
      expect(out).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]/);
    }
  });

  test('nothing open is said beside the answer, and the answer is empty', async () => {
    await using site = await openSite();
    expect(await site.shell.run('alerts')).toMatchObject({code: 0, out: '', err: 'nocturne: no matching alerts\n'});
    expect((await site.shell.run('alerts --json')).json).toEqual({alerts: []});
  });

  test('a filter that cannot be read needs no link to be refused', async () => {
    await using site = await openSite();
    await site.collector.stop();
    expect(await site.shell.run(['alerts', 'severity:loud'])).toMatchObject({code: 2, out: ''});
  });
});

test('customers: every one, with what is on its plate', async () => {
  await using site = await openSite();
  const id = await site.alert();
  await site.alert();
  await site.shell.run(`ack ${id}`);
  const {json} = await site.shell.run('customers --json');
  expect(json).toEqual({
    customers: [
      {
        id: 'mueller',
        name: 'Müller Maschinenbau GmbH',
        worst: 'critical',
        open: 1,
        acked: 1,
        hosts: expect.any(Number),
        stale: false,
        nextDueAt: null,
        onCall: [],
      },
      {
        ...{id: 'hofer', name: 'Hofer KG', worst: 'ok', open: 0, acked: 0, hosts: 0, stale: false, nextDueAt: null},
        onCall: [],
      },
    ],
  });
  const {out} = await site.shell.run('customers', {columns: 80});
  expect(out).toContain('Hofer KG');
});

test('hosts: with the contract’s keys, null where nobody told', async () => {
  await using site = await openSite();
  await site.shell.run([
    'report',
    'heartbeat',
    '--host',
    'job-1',
    '--customer',
    'mueller',
    '--every',
    '24h',
    '--token-file',
    site.tokenFile('ingest'),
  ]);
  const {json} = await site.shell.run('hosts --json');
  expect(json).toMatchObject({hosts: [{customer: 'mueller', site: '', host: 'job-1'}]});
  const [host] = (json as {hosts: Record<string, object>[]}).hosts;
  expect(Object.keys(host ?? {})).toEqual([
    'customer',
    'site',
    'host',
    'state',
    'stale',
    'lastSeenAt',
    'services',
    'metrics',
  ]);
  expect(Object.keys(host?.metrics ?? {})).toEqual([
    'cpuPercent',
    'memoryPercent',
    'diskPercent',
    'loadPerCore',
    'uptimeSeconds',
  ]);
  expect((await site.shell.run('hosts', {columns: 90})).out).toContain('job-1');
});

test('sources: each with its freshness', async () => {
  await using site = await openSite();
  await site.alert();
  const {json} = await site.shell.run('sources --json');
  expect(json).toMatchObject({
    sources: expect.arrayContaining([
      expect.objectContaining({name: 'custom', type: 'generic', collector: 'berlin', errors: 0}),
    ]),
  });
});

describe('downtime', () => {
  test('is scheduled for a customer or a host, listed, and cancelled', async () => {
    await using site = await openSite();
    const id = await site.alert({host: 'web-1'});
    const scheduled = await site.shell.run([
      'downtime',
      '--host',
      'web-1',
      '--customer',
      'mueller',
      '--for',
      '2h',
      '-m',
      'Umbau',
      '--json',
    ]);
    expect(scheduled.json).toMatchObject({results: [{outcome: 'done', id: expect.stringMatching(/^[0-9A-Z]{5,}$/)}]});
    expect((await site.shell.run('alerts --json')).json).toMatchObject({alerts: [{id, suppressed: ['downtime']}]});
    const {downtimes} = (await site.shell.run('downtime list --json')).json as {downtimes: {id: string}[]};
    expect(downtimes).toEqual([
      {
        id: expect.any(String),
        collector: 'berlin',
        customer: 'mueller',
        site: null,
        host: 'web-1',
        service: null,
        startsAt: '2026-11-21T01:47:00Z',
        endsAt: '2026-11-21T03:47:00Z',
        state: 'active',
        comment: 'Umbau',
        by: 'jana',
      },
    ]);
    const window = downtimes[0]?.id ?? '';
    expect(await site.shell.run(`downtime cancel ${window.toLowerCase()}`)).toMatchObject({code: 0});
    expect((await site.shell.run('downtime list --json')).json).toEqual({downtimes: []});
    expect((await site.shell.run('downtime list --all', {columns: 100})).out).toContain('Umbau');
    expect(await site.shell.run('downtime cancel ZZZZZ')).toMatchObject({
      code: 3,
      err: 'nocturne: ZZZZZ: no such maintenance window\n',
    });
  });

  test('that cannot be meant is not scheduled', async () => {
    await using site = await openSite();
    const lines = {
      'downtime --for 2h -m x': 2,
      'downtime --customer mueller -m x': 2,
      'downtime --customer mueller --for 2h': 2,
      'downtime --customer mueller --service disk --for 2h -m x': 2,
      'downtime --customer nobody --for 2h -m x': 3,
      'downtime --host nobody --for 2h -m x': 3,
    };
    for (const [line, code] of Object.entries(lines))
      expect([line, (await site.shell.run(line)).code]).toEqual([line, code]);
    expect((await site.shell.run('downtime list --all --json')).json).toEqual({downtimes: []});
  });
});

test('alerts --watch ends with exit 5 when its token is revoked, and says why', async () => {
  await using site = await openSite();
  await site.alert();
  const watching = site.shell.run('alerts --watch');
  await site.collector.outside.advanceAsync(1000);
  site.collector.revoke('jana');
  let isOver = false;
  void watching.then(() => {
    isOver = true;
  });
  for (let second = 0; second < 60 && !isOver; second++) await site.collector.outside.advanceAsync(1000);
  const {code, out, err} = await watching;
  expect(code).toBe(5);
  expect(out).toContain('srv-1');
  expect(err).toMatch(/revoked/);
});
