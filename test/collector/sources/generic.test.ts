import {describe, expect, test} from 'vitest';
import {Fault} from '../../../src/domain/fault.ts';
import {DAY, HOUR, MINUTE} from '../../../src/domain/time.ts';
import {NIGHT} from '../../support/clock.ts';
import {parse, parseOne, payload} from './context.ts';

const cloudEvent = {headers: {'content-type': 'application/cloudevents+json; charset=utf-8'}};
const alert = {host: 'ups-01', summary: 'Battery at 62 %', severity: 'warning', key: 'k1'};

describe('envelopes', () => {
  const wanted = {
    type: 'alert',
    address: {customer: 'acme', site: 'vienna', host: 'ups-01', service: 'battery'},
    key: 'generic:src1:ups-01/battery',
    status: 'firing',
    severity: 'warning',
    summary: 'Battery at 62 %',
    output: 'on battery since 08:55',
    startedAt: Date.UTC(2026, 0, 10, 8, 55, 2),
    endedAt: null,
  };
  const event = payload('generic-webhook/documented-cloudevent-alert.json') as Record<string, unknown>;

  test('CloudEvents, structured', () => {
    expect(parseOne('generic', event, cloudEvent)).toMatchObject(wanted);
  });

  test('CloudEvents sent as plain JSON are still CloudEvents', () => {
    expect(parseOne('generic', event, {headers: {'content-type': 'application/json'}})).toMatchObject(wanted);
  });

  test('CloudEvents, binary: attributes in headers, the body is the data', () => {
    const headers = {
      'content-type': 'application/json',
      'ce-specversion': '1.0',
      'ce-id': '1',
      'ce-source': '/scripts/ups-01',
      'ce-type': 'net.nocturne.alert.v1',
    };
    expect(parseOne('generic', event.data, {headers})).toMatchObject(wanted);
    expect(() => parse('generic', event.data, {headers: {...headers, 'ce-id': ''}})).toThrow(Fault);
  });

  test('CloudEvents, batch: each item stands for itself', () => {
    const headers = {'content-type': 'application/cloudevents-batch+json'};
    const {observations, rejected, ignored} = parse(
      'generic',
      [
        event,
        {...event, id: undefined},
        {...event, type: 'org.example.other'},
        payload('generic-webhook/documented-cloudevent-backup.json'),
      ],
      {headers},
    );
    expect(observations).toMatchObject([wanted, {type: 'backup-run', object: 'fs-01'}]);
    expect(rejected.map(one => one.index)).toEqual([1, 2]);
    expect(ignored).toEqual([]);
    expect(() => parse('generic', event, {headers})).toThrow(Fault);
  });

  test('plain JSON, the end of an alert', () => {
    expect(parseOne('generic', payload('generic-webhook/documented-plain-resolved.json'))).toMatchObject({
      key: 'generic:src1:ups-01/battery',
      status: 'resolved',
      startedAt: Date.UTC(2026, 0, 10, 8, 55, 2),
      endedAt: Date.UTC(2026, 0, 10, 9, 20, 40),
    });
  });

  test('plain JSON, several at once', () => {
    expect(parse('generic', [alert, {...alert, key: 'k2'}, {}])).toMatchObject({
      observations: [{key: 'generic:src1:k1'}, {key: 'generic:src1:k2'}],
      rejected: [{index: 2, message: 'host: missing'}],
    });
  });
});

describe('alerts', () => {
  test('what is not said is now, unknown, unassigned', () => {
    expect(parseOne('generic', {host: ' srv ', summary: ' kaputt '})).toEqual({
      type: 'alert',
      address: {customer: 'unassigned', site: '', host: 'srv', service: ''},
      source: 'src1',
      key: 'generic:src1:unassigned||srv|',
      status: 'firing',
      severity: 'unknown',
      summary: 'kaputt',
      output: null,
      labels: Object.create(null),
      runbook: null,
      url: null,
      startedAt: NIGHT,
      endedAt: null,
    });
  });

  test.each([
    ['ok', 'resolved'],
    ['critical', 'firing'],
    [undefined, 'firing'],
  ])('without a status, severity %s is %s', (severity, status) => {
    expect(parseOne('generic', {...alert, severity})).toMatchObject({status});
  });

  test('firing and ok at once is no alert, and is told', () => {
    const {observations, ignored} = parse('generic', {...alert, status: 'firing', severity: 'ok'});
    expect(observations).toEqual([]);
    expect(ignored).toMatchObject([{index: 0, code: 'INFORMATIONAL'}]);
  });

  test('a severity that is no text is unknown, never dropped', () => {
    expect(parseOne('generic', {...alert, severity: {level: 3}})).toMatchObject({severity: 'unknown'});
  });

  test.each([
    [{summary: ''}, 'summary'],
    [{summary: 7}, 'summary'],
    [{host: '  '}, 'host'],
    [{host: 'x'.repeat(256)}, 'host'],
    [{status: 'burning'}, 'status'],
    [{startedAt: 'gestern'}, 'startedAt'],
    [{key: 'x'.repeat(256)}, 'key'],
    [{customer: 7}, 'customer'],
    [{type: 'riot'}, 'type'],
    [{type: 7}, 'type'],
  ])('%j is refused by name', (change, field) => {
    expect(() => parse('generic', {...alert, ...change})).toThrow(`${field}: `);
  });

  test('long texts are cut, not refused', () => {
    const observation = parseOne('generic', {...alert, summary: 'ä'.repeat(5000), output: 'x'.repeat(60_000)});
    if (observation.type !== 'alert') throw new Error(observation.type);
    expect(Buffer.byteLength(observation.summary)).toBeLessThanOrEqual(1024);
    expect(Buffer.byteLength(observation.output ?? '')).toBeLessThanOrEqual(8192);
    expect(observation.summary.endsWith('…')).toBe(true);
  });

  test('labels are bounded in number and size', () => {
    const labels = Object.fromEntries(Array.from({length: 500}, (_, index) => [`label${index}`, 'x'.repeat(2000)]));
    const observation = parseOne('generic', {...alert, labels});
    if (observation.type !== 'alert') throw new Error(observation.type);
    expect(Buffer.byteLength(JSON.stringify(observation.labels))).toBeLessThan(10_000);
    expect(Object.keys(observation.labels).length).toBeGreaterThan(5);
  });
});

describe('health and heartbeat', () => {
  test('a health result is a hard result of a check', () => {
    const body = {type: 'health', host: 'srv', service: 'queue', state: 'warning', output: 'a\nb', everySeconds: 300};
    expect(parseOne('generic', {...body, at: '2026-11-21T02:40:00+01:00'})).toMatchObject({
      type: 'check',
      address: {host: 'srv', service: 'queue'},
      state: 'warning',
      output: 'a ↵ b',
      executedAt: NIGHT - 7 * MINUTE,
      receivedAt: NIGHT,
      policy: {intervalMs: 5 * MINUTE, retryIntervalMs: 5 * MINUTE, maxAttempts: 1, graceMs: null, isHeartbeat: false},
    });
  });

  test('FR-4: a heartbeat is due again after its period, a day when it does not say', () => {
    const event = {specversion: '1.0', id: '7', source: '/job', type: 'net.nocturne.heartbeat.v1'};
    const data = {host: 'srv', service: 'nightly', everySeconds: 3600, graceSeconds: 60};
    expect(parseOne('generic', {...event, data}, cloudEvent)).toMatchObject({
      state: 'ok',
      output: 'OK',
      resultId: '7 /job',
      policy: {intervalMs: HOUR, graceMs: MINUTE, isHeartbeat: true, maxAttempts: 1},
    });
    const plain = parseOne('generic', {type: 'heartbeat', host: 'srv'}, {headers: {'idempotency-key': 'once'}});
    expect(plain).toMatchObject({resultId: 'once', policy: {intervalMs: DAY, graceMs: null}});
  });

  test.each([
    {type: 'health', host: 'srv'},
    {type: 'health', host: 'srv', state: 'pending'},
    {type: 'heartbeat', host: 'srv', everySeconds: 0},
    {type: 'heartbeat', host: 'srv', everySeconds: 1e12},
    {type: 'heartbeat', host: 'srv', everySeconds: '60'},
  ])('%j is refused', body => {
    expect(() => parse('generic', body)).toThrow(Fault);
  });

  test('BK-1: a backup result, its times and figures, with the tool’s own words', () => {
    const {data} = payload('generic-webhook/documented-cloudevent-backup.json') as {data: unknown};
    const {observations} = parse('generic', data);
    expect(observations).toMatchObject([
      {
        type: 'backup-run',
        address: {customer: 'acme', host: 'fs-01'},
        object: 'fs-01',
        job: 'nightly',
        run: {
          tool: 'restic',
          startedAt: Date.UTC(2026, 0, 10, 1, 0),
          end: {at: Date.UTC(2026, 0, 10, 1, 14, 8), result: 'warning'},
          figures: {sizeBytes: 120_000_029, totalFiles: 8},
          exitCode: 3,
          note: 'open /data/shares/secret.kdbx: permission denied',
        },
      },
    ]);
  });
});

test.each([null, 7, 'text', undefined, [7]])('%j is refused', body => {
  expect(() => parse('generic', body)).toThrow(Fault);
});
