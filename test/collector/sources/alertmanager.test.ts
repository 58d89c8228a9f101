import {describe, expect, test} from 'vitest';
import {Fault} from '../../../src/domain/fault.ts';
import {DAY, HOUR} from '../../../src/domain/time.ts';
import {NIGHT} from '../../support/clock.ts';
import {parse, parseOne, payload, readList} from './context.ts';

const read = (name: string) => payload(`alertmanager/captured-webhook-${name}.json`);

/** A message of one alert with these labels. */
function message(
  labels: Record<string, unknown>,
  alert: Record<string, unknown> = {},
  body: Record<string, unknown> = {},
) {
  const startsAt = '2026-11-21T01:40:00Z';
  const alerts = [
    {status: 'firing', labels, annotations: {}, startsAt, endsAt: '0001-01-01T00:00:00Z', fingerprint: 'f1', ...alert},
  ];
  return {version: '4', alerts, ...body};
}

describe('captured webhooks', () => {
  test('a critical alert of 0.28', () => {
    expect(parseOne('alertmanager', read('0.28-critical-firing'))).toEqual({
      type: 'alert',
      address: {customer: 'acme', site: 'vienna', host: 'web-01', service: 'HostHighCpu'},
      source: 'src1',
      key: 'alertmanager:src1:0f05902ea16b1509',
      status: 'firing',
      severity: 'critical',
      summary: 'CPU 97% on web-01.acme.example:9100',
      output: null,
      labels: Object.assign(Object.create(null), {
        alertname: 'HostHighCpu',
        customer: 'acme',
        host: 'web-01',
        instance: 'web-01.acme.example:9100',
        job: 'node',
        severity: 'critical',
        site: 'vienna',
        team: 'ops',
      }),
      runbook: null,
      url: 'http://prometheus.example.net:9090/graph?g0.expr=nx_cpu_busy_percent+%3E+90&g0.tab=1',
      startedAt: Date.UTC(2026, 10, 21, 17, 1, 48, 91),
      endedAt: null,
    });
  });

  test('its end has the same key and the time it ended', () => {
    expect(parseOne('alertmanager', read('0.28-critical-resolved'))).toMatchObject({
      key: 'alertmanager:src1:0f05902ea16b1509',
      status: 'resolved',
      startedAt: Date.UTC(2026, 10, 21, 17, 1, 48, 91),
      endedAt: Date.UTC(2026, 10, 21, 17, 2, 0, 91),
    });
  });

  test('three full disks of one host are three services', () => {
    const {observations} = parse('alertmanager', read('firing-group-of-3'));
    expect(observations.map(one => one.address.service)).toEqual([
      'HostDiskAlmostFull /srv/größe "x"',
      'HostDiskAlmostFull /var',
      'HostDiskAlmostFull C:\\Daten',
    ]);
    expect(new Set(observations.map(one => one.type === 'alert' && one.key)).size).toBe(3);
  });

  test('a digest with every script, quotes and line breaks in its texts', () => {
    const {observations, rejected, ignored} = parse('alertmanager', read('0.28-customer-digest'));
    expect(observations).toHaveLength(6);
    expect([rejected, ignored]).toEqual([[], []]);
    expect(observations[1]).toMatchObject({
      address: {service: 'backup'},
      severity: 'warning',
      summary: 'Резервная копия / 備份 / Sauvegarde manquante — web-01.acme.example:9100 ⚠',
      output:
        'Letzte erfolgreiche Sicherung vor 31.5 Stunden. ↵ Bitte prüfen: Größe, Überlauf, „Quota“. Tab & <b>html</b> "quotes" \\ backslash',
    });
  });

  test('a missing severity is unknown, and the name of the alert its summary', () => {
    const alert = parseOne('alertmanager', read('firing-no-severity-label'));
    expect(alert).toMatchObject({severity: 'unknown', summary: 'NoSeverityLabel'});
  });

  test('an alert with nothing but a name is of the host that Alertmanager stands on, and unassigned', () => {
    expect(parseOne('alertmanager', read('bare-alertname-only'))).toMatchObject({
      address: {customer: 'unassigned', site: '', host: 'alertmanager.example.net', service: 'ImportedBare'},
      url: null,
      startedAt: Date.UTC(2026, 10, 21, 16, 59, 33, 850),
    });
  });

  test('the runbook is a link of its own', () => {
    const {observations} = parse('alertmanager', read('firing-two-hosts-down'));
    expect(observations.map(one => one.type === 'alert' && one.runbook)).toEqual([
      'https://wiki.example.net/runbooks/instance-down',
      'https://wiki.example.net/runbooks/instance-down',
    ]);
  });

  test('what max_alerts left out is told', () => {
    const {observations, ignored} = parse('alertmanager', read('truncated-max_alerts'));
    expect(observations).toHaveLength(2);
    expect(ignored).toEqual([{index: -1, code: 'TRUNCATED', message: '5 alerts were left out by max_alerts'}]);
  });

  test('every captured body is read whole', () => {
    for (const name of ['firing-per-alert-grouping', 'resolved-single']) {
      expect(parse('alertmanager', read(name))).toMatchObject({rejected: [], ignored: [], observations: [{}]});
    }
  });
});

describe('Watchdog', () => {
  test('FR-4: with expectEvery it is a heartbeat, whose silence the domain raises', () => {
    expect(parseOne('alertmanager', read('watchdog'), {expectEveryMs: 4 * HOUR})).toMatchObject({
      type: 'check',
      address: {customer: 'acme', host: 'alertmanager.example.net', service: 'Watchdog'},
      state: 'ok',
      output: 'Alerting pipeline is alive',
      executedAt: NIGHT,
      policy: {intervalMs: 4 * HOUR, isHeartbeat: true},
    });
  });

  test('without a period, and when it ends, it is a sign of life alone, and counted', () => {
    const wanted = {observations: [], rejected: [], ignored: [{index: 0, code: 'INFORMATIONAL'}]};
    expect(parse('alertmanager', read('watchdog'))).toMatchObject(wanted);
    const ended = message({alertname: 'Watchdog'}, {status: 'resolved'});
    expect(parse('alertmanager', ended, {expectEveryMs: DAY})).toMatchObject(wanted);
  });
});

describe('mapping', () => {
  test.each([
    [['critical', 'PAGE', 'emergency', 'error', 'High', 'P1', ' critical '], 'critical'],
    [['warning', 'WARN', 'medium', 'P2', 'p3'], 'warning'],
    [['desaster', '', 7, null, 'constructor', '__proto__'], 'unknown'],
  ])('severities %j are %s', (words, severity) => {
    for (const word of words) {
      expect(parseOne('alertmanager', message({alertname: 'A', severity: word}))).toMatchObject({severity});
    }
  });

  test.each(['info', 'None', 'OK'])('severity %s raises no alert, and is counted', word => {
    const {observations, ignored} = parse('alertmanager', message({alertname: 'A', severity: word}));
    expect(observations).toEqual([]);
    expect(ignored).toEqual([{index: 0, code: 'INFORMATIONAL', message: `A: severity ${word}`}]);
  });

  test.each([
    [{host: 'a', hostname: 'b', instance: 'c:1'}, 'a'],
    [{hostname: 'b', nodename: 'n'}, 'b'],
    [{nodename: 'n', instance: 'c:1'}, 'n'],
    [{instance: 'c.example:9100'}, 'c.example'],
    [{instance: '10.0.0.7:9100'}, '10.0.0.7'],
    [{instance: '[2001:db8::7]:9100'}, '2001:db8::7'],
    [{instance: '2001:db8::7'}, '2001:db8::7'],
    [{instance: 'https://shop.example:8443/x'}, 'https://shop.example:8443/x'],
    [{host: ''}, 'src1'],
  ])('host of %j is %s', (labels, host) => {
    expect(parseOne('alertmanager', message({alertname: 'A', ...labels})).address.host).toBe(host);
  });

  test.each([
    [{service: 's', check: 'c'}, 's'],
    [{check: 'c'}, 'c'],
    [{device: 'eth0', mountpoint: '/'}, 'A / eth0'],
    [{name: 'spooler', volume: 'C:'}, 'A spooler C:'],
  ])('service of %j is %s', (labels, service) => {
    expect(parseOne('alertmanager', message({alertname: 'A', ...labels})).address.service).toBe(service);
  });

  test('the customer is named by the first known label, by the configured one alone, or by a rule', () => {
    const labels = {alertname: 'A', customer: 'acme', tenant: 'globex'};
    expect(parseOne('alertmanager', message(labels)).address.customer).toBe('acme');
    expect(parseOne('alertmanager', message(labels), {customerLabel: 'tenant'}).address.customer).toBe('globex');
    expect(parseOne('alertmanager', message(labels), {customerLabel: 'mandant'}).address.customer).toBe('unassigned');
    expect(parseOne('alertmanager', message({alertname: 'A', org: 'g'})).address.customer).toBe('globex');
    expect(parseOne('alertmanager', message({alertname: 'A'}), {customer: 'acme'}).address.customer).toBe('acme');
  });

  test.each([
    [{summary: 's', message: 'm', title: 't'}, 's'],
    [{message: 'm', title: 't'}, 'm'],
    [{title: 't', summary: ' '}, 't'],
    [{summary: 7}, 'A'],
  ])('summary of %j is %s', (annotations, summary) => {
    expect(parseOne('alertmanager', message({alertname: 'A'}, {annotations}))).toMatchObject({summary});
  });

  test('links are http or https, without credentials, or none', () => {
    for (const url of [
      'javascript:alert(1)',
      'file:///etc/passwd',
      'https://u:p@x.example/',
      'no link',
      7,
      'x'.repeat(5000),
    ]) {
      const alert = message({alertname: 'A'}, {generatorURL: url, annotations: {runbook_url: url}});
      expect(parseOne('alertmanager', alert)).toMatchObject({url: null, runbook: null});
    }
  });

  test('a resolved alert without an end ended now; a start that is not set is now', () => {
    const ended = message({alertname: 'A'}, {status: 'resolved'});
    expect(parseOne('alertmanager', ended)).toMatchObject({endedAt: NIGHT});
    expect(parseOne('alertmanager', message({alertname: 'A'}, {startsAt: undefined}))).toMatchObject({
      startedAt: NIGHT,
    });
  });
});

describe('what cannot be read', () => {
  test.each([
    null,
    7,
    'text',
    [],
    {},
    {version: '3', alerts: []},
    {version: '4'},
    {version: '4', alerts: {}},
    {version: '4', alerts: [7]},
  ])('%j is refused', body => {
    expect(() => parse('alertmanager', body)).toThrow(Fault);
  });

  test('one bad alert takes no other with it, and the answer says which field', () => {
    const bad = [
      {},
      {status: 'burning'},
      {status: 'firing', labels: []},
      {status: 'firing', labels: {}, fingerprint: ''},
      7,
    ];
    const good = message({alertname: 'A'}).alerts;
    const {observations, rejected} = parse('alertmanager', {version: '4', alerts: [...bad, ...good]});
    expect(observations).toHaveLength(1);
    expect(rejected.map(one => one.index)).toEqual([0, 1, 2, 3, 4]);
    expect(rejected[1]).toEqual({index: 1, code: 'SOURCE_ITEM', message: 'status: ("firing" | "resolved") wanted'});
  });

  test.each(['yesterday', '2026-11-21T01:40:00', '2026-11-21', 7, '2026-99-99T00:00:00Z', '1'.repeat(1e5)])(
    'a start %j is refused',
    startsAt => {
      expect(() => parse('alertmanager', message({alertname: 'A'}, {startsAt}))).toThrow(
        'startsAt: an RFC 3339 time with a zone wanted',
      );
    },
  );

  test('rule 54: the refusal repeats nothing of what was sent', () => {
    const canary = 'canary-\u001b[31m';
    const body = {
      version: '4',
      alerts: [{status: canary, labels: {[canary]: canary}, fingerprint: canary, startsAt: canary}],
    };
    try {
      parse('alertmanager', body);
      expect.unreachable();
    } catch (error) {
      expect(String(error)).not.toContain('canary');
    }
  });

  test('an empty message says nothing', () => {
    expect(parse('alertmanager', {version: '4', alerts: []})).toEqual({observations: [], rejected: [], ignored: []});
  });
});

describe('captured answers of the API', () => {
  const list = (name: string) =>
    readList((payload(`alertmanager/captured-api-${name}.json`) as {response: {body: unknown}}).response.body);

  test('rule 3: what is asked for says of an alert what its webhook said, so that nothing opens twice', () => {
    const webhooks = ['firing-group-of-3', 'firing-two-hosts-down', 'firing-no-severity-label'];
    const told = webhooks.flatMap(name => parse('alertmanager', read(name)).observations);
    expect(told).toHaveLength(6);
    expect(list('0.25-alerts-all').told).toEqual(expect.arrayContaining(told));
  });

  test('gotcha 1: what is silenced over there fires, and is not told; Watchdog is no alert', () => {
    const all = list('0.25-alerts-all');
    expect(all.firing.size).toBe(9);
    expect(all.told.map(({summary}) => summary)).toHaveLength(7);
    expect(all.told.map(({key}) => key)).not.toContain('alertmanager:src1:0f05902ea16b1509');
    expect(list('0.25-alerts-silenced')).toMatchObject({firing: {size: 3}, told: {length: 2}});
    expect(list('0.28-alerts-silenced')).toMatchObject({firing: {size: 2}, told: []});
  });
});
