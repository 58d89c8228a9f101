import {once} from 'node:events';
import {request} from 'node:http';
import {connect} from 'node:net';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {SERVER_OPTIONS} from '../../src/collector/hub/upgrade.ts';
import {alert, OpenCollector} from './support/open-collector.ts';

let collector: OpenCollector;

beforeAll(async () => {
  collector = await OpenCollector.start();
});
afterAll(async () => collector[Symbol.asyncDispose]());

/** Asks for an upgrade; resolves with the status, 101 when it was let through. */
async function upgrade(
  headers: Record<string, string>,
  path = '/ws',
): Promise<{status: number; text: string; subprotocol?: string}> {
  const call = request({
    host: '127.0.0.1',
    port: collector.port,
    path,
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      ...headers,
    },
  });
  call.end();
  const upgraded = once(call, 'upgrade').then(([response, socket]) => {
    socket.on('error', () => {});
    socket.destroy();
    return {
      status: 101,
      text: '',
      subprotocol: response.headers['sec-websocket-protocol'],
      extensions: response.headers['sec-websocket-extensions'],
    };
  });
  const answered = once(call, 'response').then(async ([response]) => {
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    return {status: response.statusCode, text: Buffer.concat(chunks).toString()};
  });
  return Promise.race([upgraded, answered]);
}

const bearer = (token: string) => ({authorization: `Bearer ${token}`});
const PROTOCOL = {'sec-websocket-protocol': 'nocturne.v1'};

test('who has a token and speaks nocturne.v1 is let in; compression is not agreed to (rule 20)', async () => {
  const headers = {
    ...bearer(collector.token('viewer')),
    'sec-websocket-protocol': 'nocturne.v2, nocturne.v1',
    'sec-websocket-extensions': 'permessage-deflate',
  };
  expect(await upgrade(headers)).toMatchObject({status: 101, subprotocol: 'nocturne.v1', extensions: undefined});
});

test.each<[string, number, string, () => Record<string, string>, string?]>([
  ['no token', 401, 'UNAUTHORIZED', () => PROTOCOL],
  ['a token in the URL (rule 16)', 401, 'UNAUTHORIZED', () => PROTOCOL, '/ws?token=TOKEN'],
  [
    'a token as subprotocol (rule 16)',
    401,
    'UNAUTHORIZED',
    () => ({'sec-websocket-protocol': `nocturne.v1, ${collector.token('viewer')}`}),
  ],
  ['a wrong token', 401, 'UNAUTHORIZED', () => ({...PROTOCOL, ...bearer('noct_000000000000_wrong')})],
  ['a browser', 403, 'ORIGIN', () => ({...PROTOCOL, ...bearer(collector.token('admin')), origin: 'http://127.0.0.1'})],
  ['a token that only reports', 403, 'FORBIDDEN', () => ({...PROTOCOL, ...bearer(collector.token('ingest'))})],
  ['no subprotocol', 400, 'SUBPROTOCOL', () => bearer(collector.token('viewer'))],
  [
    'another subprotocol',
    400,
    'SUBPROTOCOL',
    () => ({...bearer(collector.token('viewer')), 'sec-websocket-protocol': 'nocturne.v2'}),
  ],
  ['another path', 404, 'NOT_FOUND', () => ({...PROTOCOL, ...bearer(collector.token('viewer'))}), '/'],
])('rule 21: %s: %i before any WebSocket is made', async (_what, status, code, headers, path) => {
  const token = collector.token('viewer');
  const answer = await upgrade(headers(), path?.replace('TOKEN', token));
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.text)).toEqual({code, message: expect.any(String), id: expect.any(String)});
  expect(answer.text).not.toContain('noct_');
  expect(collector.log.join('')).not.toContain(token);
});

test('rule 55: browsers and senders that are turned away are counted', async () => {
  await upgrade({...PROTOCOL, origin: 'https://example.org'});
  await upgrade({...PROTOCOL, ...bearer(collector.token('ingest'))});
  const {text} = await collector.http('GET', '/metrics', {token: collector.token('viewer')});
  expect(text).toMatch(/nocturne_refused_total\{reason="origin"\} [1-9]/);
  expect(text).toMatch(/nocturne_refused_total\{reason="forbidden"\} [1-9]/);
});

test('rule 23: who breaks off while his upgrade is refused or taken harms nobody', async () => {
  const token = collector.token('viewer');
  const lines = [
    'GET /ws HTTP/1.1',
    'host: x',
    'upgrade: websocket',
    'connection: upgrade',
    'sec-websocket-version: 13',
  ];
  const key = 'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==';
  const full = [key, 'sec-websocket-protocol: nocturne.v1', `authorization: Bearer ${token}`];
  for (const rest of [[], [key], full]) {
    for (let attempt = 0; attempt < 30; attempt++) {
      const socket = connect(collector.port, '127.0.0.1');
      socket.on('error', () => {});
      await once(socket, 'connect');
      socket.write(`${[...lines, ...rest].join('\r\n')}\r\n\r\n`, () => socket.resetAndDestroy());
      await once(socket, 'close');
    }
  }
  expect((await upgrade({...PROTOCOL, ...bearer(token)})).status).toBe(101);
});

test('what offers another protocol, as Java’s HTTP client offers HTTP/2, is answered in this one', async () => {
  const headers = {connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAMAAABkAAQAAP__'};
  const token = collector.token('ingest', null, 'java');
  const answer = await collector.http('POST', '/v1/ingest/custom', {token, headers, body: alert('srv-01')});
  expect(answer.status).toBe(202);
});

test('rule 20: every option is stated', () => {
  expect(SERVER_OPTIONS).toMatchObject({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: 65_536,
    maxFragments: 16,
    maxBufferedChunks: 256,
    closeTimeout: 2000,
  });
});
