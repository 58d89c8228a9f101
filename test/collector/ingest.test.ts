import {createHmac} from 'node:crypto';
import {once} from 'node:events';
import {connect} from 'node:net';
import {DatabaseSync} from 'node:sqlite';
import {gzipSync} from 'node:zlib';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {TWO_CUSTOMERS} from '../support/collector-process.ts';
import {HOSTILE} from './support/hostile.ts';
import {alert, OpenCollector} from './support/open-collector.ts';

const SIGNED = `${TWO_CUSTOMERS}  - {name: signed, type: generic, hmacKey: [{env: OLD}, {env: KEY}]}
  - {name: nearby, type: generic, allow: [192.0.2.0/24]}
`;

let collector: OpenCollector;
let token: string;

beforeAll(async () => {
  collector = await OpenCollector.start(SIGNED);
  token = collector.token('ingest');
});
afterAll(async () => collector[Symbol.asyncDispose]());

/** Events in the log. */
function stored(): number {
  const database = new DatabaseSync(`${collector.data}/collector.db`, {readOnly: true});
  try {
    return Number(database.prepare('SELECT count(*) AS count FROM events').get()?.count);
  } finally {
    database.close();
  }
}

/** A refusal says a code, a text and an id, and nothing of the inside (security rule 54). */
function expectRefusal(answer: {json: unknown; text: string}, code: string): void {
  expect(answer.json).toEqual({code, message: expect.any(String), id: expect.stringMatching(/^[0-9a-f-]{36}$/)});
  expect(answer.text).not.toMatch(/\.ts|node:|SELECT|at \w+ \(|0\.0\.0-test/);
}

describe('what can never be taken is refused with its reason, and nothing of it is kept', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const wide = JSON.stringify(Object.fromEntries(Array.from({length: 1001}, (_, key) => [`k${key}`, 1])));
  test.each<[string, number, string, string, Parameters<OpenCollector['http']>[2]]>([
    ['malformed JSON', 400, 'JSON', 'custom', {body: '{"key": '}],
    ['an empty body', 400, 'JSON', 'custom', {body: ''}],
    ['no object', 400, 'SOURCE_SCHEMA', 'custom', {body: '3'}],
    ['wrong types', 400, 'SOURCE_SCHEMA', 'alertmanager', {body: {version: '4', alerts: 'none'}}],
    ['another version', 400, 'SOURCE_SCHEMA', 'alertmanager', {body: {version: '3', alerts: []}}],
    ['a hundred thousand levels (rule 31)', 400, 'JSON_LIMITS', 'custom', {body: deep}],
    ['a thousand and one keys (rule 31)', 400, 'JSON_LIMITS', 'custom', {body: wide}],
    ['a string over 64 KiB (rule 31)', 400, 'JSON_LIMITS', 'custom', {body: alert('a', {summary: 'x'.repeat(65_537)})}],
    ['10 MB (rule 29)', 413, 'TOO_LARGE', 'custom', {body: Buffer.alloc(10_000_000, 0x20)}],
    ['gzip (rule 31)', 415, 'ENCODING', 'custom', {body: gzipSync('{}'), headers: {'content-encoding': 'gzip'}}],
    [
      'a form',
      415,
      'CONTENT_TYPE',
      'custom',
      {body: 'a=1', headers: {'content-type': 'application/x-www-form-urlencoded'}},
    ],
    ['an unknown source', 404, 'UNKNOWN_SOURCE', 'nobody', {body: {}}],
    ['an address that is not allowed (rule 30)', 403, 'ADDRESS', 'nearby', {body: alert('a')}],
    ['no signature where one is wanted (rule 30)', 401, 'SIGNATURE', 'signed', {body: alert('a')}],
  ])('%s: %i %s', async (_what, status, code, source, options) => {
    const before = stored();
    const answer = await collector.http('POST', `/v1/ingest/${source}`, {token, ...options});
    expect(answer.status).toBe(status);
    expectRefusal(answer, code);
    expect(stored()).toBe(before);
  });

  test.each([
    ['no token', {}],
    ['a wrong secret', {authorization: `Bearer noct_0123456789ab_${'x'.repeat(43)}`}],
    ['a token of another form', {authorization: 'Bearer letmein'}],
    ['a wrong password', {authorization: `Basic ${Buffer.from('prom:wrong').toString('base64')}`}],
    ['another scheme', {authorization: 'Digest x'}],
  ])('%s: 401, the same answer for all (rule 17)', async (_what, headers) => {
    const answer = await collector.http('POST', '/v1/ingest/custom', {headers, body: alert('a')});
    expect(answer.status).toBe(401);
    expectRefusal(answer, 'UNAUTHORIZED');
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  test.each([
    ['a form', 'a=1', {'content-type': 'application/x-www-form-urlencoded'}],
    ['gzip', gzipSync('{}'), {'content-encoding': 'gzip'}],
  ])('%s of a stranger: 401, since who it is comes before what it is (rule 29)', async (_what, body, headers) => {
    const answer = await collector.http('POST', '/v1/ingest/custom', {headers, body});
    expect(answer.status).toBe(401);
    expectRefusal(answer, 'UNAUTHORIZED');
  });

  test('a token in the URL is none (rule 16), and stands in no answer and no log line', async () => {
    const answer = await collector.http('POST', `/v1/ingest/custom?token=${token}`, {body: alert('a')});
    expect(answer.status).toBe(401);
    expect(answer.text + collector.log.join('')).not.toContain(token);
  });

  test('a revoked token opens nothing any more', async () => {
    const revoked = collector.token('ingest', null, 'old');
    expect((await collector.ingest(revoked, alert('revoked-1'))).status).toBe(202);
    collector.revoke('old');
    await collector.outside.advanceAsync(5000);
    expect((await collector.ingest(revoked, alert('revoked-2'))).status).toBe(401);
  });

  test.each(['viewer', 'technician'] as const)('a %s may not report', async role => {
    const answer = await collector.ingest(collector.token(role), alert('a'));
    expect(answer.status).toBe(403);
    expectRefusal(answer, 'FORBIDDEN');
  });

  test('a token for one customer may not report about another', async () => {
    const before = stored();
    const answer = await collector.ingest(collector.token('ingest', ['hofer'], 'hofer'), [
      alert('mine', {customer: 'hofer'}),
      alert('a'),
    ]);
    expect(answer.status).toBe(403);
    expectRefusal(answer, 'FORBIDDEN');
    expect(stored()).toBe(before);
  });

  test.each([
    ['PUT', '/v1/ingest/custom', 405, 'METHOD'],
    ['GET', '/v1/reports', 405, 'METHOD'],
    ['POST', '/healthz', 405, 'METHOD'],
    ['GET', '/', 404, 'NOT_FOUND'],
    ['GET', '/ws', 426, 'UPGRADE'],
    ['GET', '/metrics', 401, 'UNAUTHORIZED'],
  ])('%s %s: %i', async (method, path, status, code) => {
    const answer = await collector.http(method, path);
    expect(answer.status).toBe(status);
    expectRefusal(answer, code);
  });
});

test('what cannot be read of a message is told by its place, and the rest is taken', async () => {
  const answer = await collector.ingest(token, [alert('good-1'), {key: 'no host'}, alert('good-2')]);
  expect(answer).toMatchObject({status: 202, json: {accepted: 2, rejected: [{index: 1, code: 'SOURCE_ITEM'}]}});
});

test('HTTP Basic with the token as password, for senders that know nothing else', async () => {
  const authorization = `Basic ${Buffer.from(`anything:${token}`).toString('base64')}`;
  expect(
    (await collector.http('POST', '/v1/ingest/custom', {headers: {authorization}, body: alert('basic')})).status,
  ).toBe(202);
});

test('an unknown customer is nobody’s, and nothing is dropped; a token for one customer makes it that customer’s', async () => {
  await using watched = await OpenCollector.start();
  const console = await watched.console(watched.token('admin'));
  await console.subscribe();
  await watched.ingest(watched.token('ingest'), alert('stray', {customer: 'nobody'}));
  await watched.ingest(watched.token('ingest', ['hofer'], 'hofer'), alert('owned', {customer: undefined}));
  await console.until(frame => frame.t === 'd' && JSON.stringify(frame).includes('owned'));
  const placed = [...(console.state?.alerts.values() ?? [])].map(({host, customer}) => [host, customer]);
  expect(Object.fromEntries(placed)).toEqual({stray: 'unassigned', owned: 'hofer'});
});

test('rule 42: control characters in every field come out harmless', async () => {
  await using watched = await OpenCollector.start();
  const console = await watched.console(watched.token('admin'));
  await console.subscribe();
  const field = HOSTILE.join('');
  const labels = {[field]: field};
  const body = {
    key: field,
    host: `h${field}`,
    service: field,
    summary: field,
    output: field,
    site: field,
    labels,
    runbook: field,
    url: field,
    startedAt: field,
  };
  await watched.ingest(watched.token('ingest'), alert('x', body));
  await watched.ingest(watched.token('ingest'), alert('sound'));
  await console.until(frame => frame.t === 'd' && JSON.stringify(frame).includes('sound'));
  for (const character of HOSTILE) {
    expect(console.text).not.toContain(character);
    expect(console.text.toLowerCase()).not.toContain(JSON.stringify(character).slice(1, -1).toLowerCase());
  }
  for (const character of HOSTILE) expect(watched.log.join('')).not.toContain(character);
});

test('rule 32: keys of JavaScript’s own pollute nothing', async () => {
  for (const key of ['__proto__', 'constructor', 'prototype']) {
    const body = JSON.stringify({...alert(`polluted-${key}`), labels: {a: 'b'}}).replace(
      '"a":"b"',
      `"${key}":"x","polluted":"1"`,
    );
    const answer = await collector.http('POST', '/v1/ingest/custom', {
      token,
      body: body.replace('{', `{"${key}":{"polluted":true},`),
    });
    expect(answer.status).toBe(202);
  }
  expect(({} as {polluted?: unknown}).polluted).toBeUndefined();
});

describe('rule 30: a source with keys wants its bodies signed', () => {
  const sign = (key: string, timestamp: string, body: string) => ({
    'x-nocturne-timestamp': timestamp,
    'x-nocturne-signature': `sha256=${createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex')}`,
  });
  const seconds = (offset = 0) => String(Math.floor(collector.outside.clock.now() / 1000) + offset);
  const post = (body: string, headers: Record<string, string>) =>
    collector.http('POST', '/v1/ingest/signed', {body, headers});

  test('either key proves it while one is being replaced, and then no token is needed', async () => {
    for (const key of ['old', 'k']) {
      const body = JSON.stringify(alert(`signed-by-${key}`));
      expect((await post(body, sign(key, seconds(), body))).status).toBe(202);
    }
  });

  test.each([
    ['a wrong key', 'SIGNATURE', (body: string) => sign('wrong', seconds(), body)],
    ['a changed byte', 'SIGNATURE', (body: string) => sign('k', seconds(), `${body} `)],
    [
      'another time than the signed',
      'SIGNATURE',
      (body: string) => ({...sign('k', seconds(), body), 'x-nocturne-timestamp': seconds(1)}),
    ],
    ['too old', 'SIGNATURE_TIME', (body: string) => sign('k', seconds(-301), body)],
    ['from the future', 'SIGNATURE_TIME', (body: string) => sign('k', seconds(302), body)],
  ])('%s: 401 %s', async (what, code, headers) => {
    const before = stored();
    const body = JSON.stringify(alert(`unsigned ${what}`));
    const answer = await post(body, headers(body));
    expect(answer.status).toBe(401);
    expectRefusal(answer, code);
    expect(stored()).toBe(before);
  });

  test('the same message again is a replay', async () => {
    const body = JSON.stringify(alert('replayed'));
    const headers = sign('k', seconds(), body);
    expect((await post(body, headers)).status).toBe(202);
    const signature = headers['x-nocturne-signature'].replace('sha256=', '').toUpperCase();
    for (const repeated of [headers, {...headers, 'x-nocturne-signature': `sha256=${signature}`}]) {
      const again = await post(body, repeated);
      expect(again.status).toBe(401);
      expectRefusal(again, 'SIGNATURE_REPLAY');
    }
  });
});

test('rule 17: more than ten failed logins a minute are locked out, longer each time; a right token is let in', async () => {
  await using watched = await OpenCollector.start();
  const good = watched.token('ingest');
  const fail = () => watched.ingest('noct_wrong', alert('a'));
  for (let attempt = 0; attempt < 10; attempt++) expect((await fail()).status).toBe(401);
  expect(await fail()).toMatchObject({status: 429, headers: {'retry-after': '30'}});
  expect((await watched.ingest(good, alert('still-works'))).status).toBe(202);
  watched.outside.advance(31_000);
  expect(await fail()).toMatchObject({status: 429, headers: {'retry-after': '60'}});
  watched.outside.advance(40 * 60_000);
  expect((await fail()).status).toBe(401);
  const {text} = await watched.http('GET', '/metrics', {token: watched.token('viewer')});
  expect(text).toContain('nocturne_refused_total{reason="locked-out"} 2\n');
});

test('rule 33: a disk that refuses: 503, not ready, nothing kept; well again by itself', async () => {
  await using watched = await OpenCollector.start();
  const good = watched.token('ingest');
  const disk = new DatabaseSync(`${watched.data}/collector.db`);
  disk.exec('BEGIN IMMEDIATE');
  const refused = await watched.ingest(good, alert('refused'));
  expect(refused).toMatchObject({status: 503, json: {code: 'STORE_FAILED'}});
  expect(refused.headers['retry-after']).toBeDefined();
  expect((await watched.http('GET', '/readyz')).status).toBe(503);
  expect((await watched.http('GET', '/healthz')).status).toBe(200);
  disk.exec('ROLLBACK');
  disk.close();
  await watched.outside.advanceAsync(10_000);
  expect((await watched.http('GET', '/readyz')).status).toBe(200);
  const console = await watched.console(watched.token('viewer'));
  await console.subscribe();
  expect(console.state?.alerts.size).toBe(0);
  expect((await watched.ingest(good, alert('refused'))).status).toBe(202);
});

test('rule 22: five hundred requests that do not get on keep nobody waiting', async () => {
  const slow = Array.from({length: 500}, () => connect(collector.port, '127.0.0.1'));
  for (const socket of slow) {
    socket.on('error', () => {}).resume();
    socket.write('POST /v1/ingest/custom HTTP/1.1\r\nhost: x\r\n');
  }
  await Promise.all(slow.map(socket => once(socket, 'connect').catch(() => {})));
  expect((await collector.ingest(token, alert('healthy'))).status).toBe(202);
  // Answered while every one of them is still waited for.
  expect(slow.filter(socket => socket.closed)).toEqual([]);
  for (const socket of slow) socket.destroy();
});

test('rule 55: each refusal has its counter', async () => {
  const {text} = await collector.http('GET', '/metrics', {token: collector.token('viewer')});
  for (const reason of ['authentication', 'forbidden', 'address', 'signature', 'too-large', 'unreadable']) {
    expect(Number(new RegExp(`nocturne_refused_total\\{reason="${reason}"\\} (\\d+)`).exec(text)?.[1])).toBeGreaterThan(
      0,
    );
  }
  expect(text).toMatch(/nocturne_invariants_broken_total 0/);
});
