import {readFileSync} from 'node:fs';
import {createServer as createHttpServer, type IncomingMessage, type Server} from 'node:http';
import {createServer as createHttpsServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {type WebSocket, WebSocketServer} from 'ws';
import {collectorUrl, dialWebSocket, SOCKET_OPTIONS, type SocketEnd, type Target} from '../../src/client/socket.ts';

const tls = join(import.meta.dirname, '../fixtures/tls');
const pem = (name: string): string => readFileSync(join(tls, name), 'utf8');

const open: {close(): void}[] = [];
afterEach(() => {
  for (const it of open.splice(0)) it.close();
});

interface Served {
  readonly port: number;
  readonly requests: IncomingMessage[];
  readonly connected: Promise<WebSocket>;
}

async function serve(server: Server, protocols = 'nocturne.v1'): Promise<Served> {
  const requests: IncomingMessage[] = [];
  const wss = new WebSocketServer({server, perMessageDeflate: true, handleProtocols: () => protocols});
  const connected = new Promise<WebSocket>(resolve => {
    wss.on('connection', (ws, request) => {
      requests.push(request);
      resolve(ws);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close: () => {
      for (const client of wss.clients) client.terminate();
      wss.close();
      server.close();
    },
  });
  return {port: (server.address() as AddressInfo).port, requests, connected};
}

/** Dials and waits for what comes first: the open line, or its end. */
function dial(target: Partial<Target> & {readonly url: string}) {
  const texts: string[] = [];
  let pings = 0;
  let onEnd: (end: SocketEnd) => void = () => {};
  const end = new Promise<SocketEnd>(resolve => {
    onEnd = resolve;
  });
  let socket!: ReturnType<typeof dialWebSocket>;
  const opened = new Promise<boolean>(resolve => {
    socket = dialWebSocket(
      {token: 'canary-token', ca: null, ...target},
      {
        onOpen: () => resolve(true),
        onText: text => texts.push(text),
        onPing: () => {
          pings++;
        },
        onEnd: it => {
          onEnd(it);
          resolve(false);
        },
      },
    );
  });
  open.push({close: () => socket.terminate()});
  return {socket, opened, end, texts, pings: () => pings};
}

describe('the address of a collector', () => {
  test.each([
    ['ws://127.0.0.1:7420', 'ws://127.0.0.1:7420/ws'],
    ['http://localhost:7420/', 'ws://localhost:7420/ws'],
    ['ws://[::1]:7420', 'ws://[::1]:7420/ws'],
    ['wss://noc.example', 'wss://noc.example/ws'],
    ['https://noc.example:8443/berlin/ws#x', 'wss://noc.example:8443/berlin/ws'],
  ])('%s is dialled as %s', (given, url) => expect(collectorUrl(given)).toBe(url));

  test.each([
    ['ws://noc.example:7420', 'URL_INSECURE'],
    ['http://10.0.0.1', 'URL_INSECURE'],
    ['ws://127.0.0.1.evil.example', 'URL_INSECURE'],
    ['wss://jana:secret@noc.example', 'URL_SECRET'],
    ['wss://noc.example/ws?token=x', 'URL_SECRET'],
    ['noc.example:7420', 'URL_INVALID'],
    ['ftp://noc.example', 'URL_INVALID'],
    ['', 'URL_INVALID'],
  ])('%s is refused with %s (security rules 16 and 26)', (given, code) => {
    expect(() => collectorUrl(given)).toThrow(expect.objectContaining({code}));
  });
});

describe('the line', () => {
  test('states every option of security rules 2, 20 and 26', () => {
    expect(SOCKET_OPTIONS).toEqual({
      perMessageDeflate: false,
      maxPayload: 65_536,
      maxFragments: 16,
      maxBufferedChunks: 256,
      closeTimeout: 2_000,
      handshakeTimeout: 10_000,
      followRedirects: false,
      skipUTF8Validation: false,
      autoPong: true,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
    });
  });

  test('carries the token in its header alone, offers nocturne.v1 and no compression (rules 16, 20, 21)', async () => {
    const {port, requests, connected} = await serve(createHttpServer());
    const {opened, texts, pings} = dial({url: `ws://127.0.0.1:${port}/ws`});
    expect(await opened).toBe(true);
    const [request] = requests;
    expect(request?.headers).toMatchObject({
      authorization: 'Bearer canary-token',
      'sec-websocket-protocol': 'nocturne.v1',
    });
    expect(request?.headers['sec-websocket-extensions']).toBeUndefined();
    expect(request?.url).toBe('/ws');
    const peer = await connected;
    peer.ping();
    peer.send('{"t":"live"}');
    await expect.poll(() => [texts, pings()]).toEqual([['{"t":"live"}'], 1]);
  });

  test.each([401, 403, 404, 429, 503])('an answer of HTTP %i ends it with that number', async status => {
    const server = createHttpServer();
    server.on('upgrade', (_request, socket) => socket.end(`HTTP/1.1 ${status} No\r\nConnection: close\r\n\r\n`));
    const {port} = await new Promise<AddressInfo>(resolve => {
      server.listen(0, '127.0.0.1', () => resolve(server.address() as AddressInfo));
    });
    open.push(server);
    expect(await dial({url: `ws://127.0.0.1:${port}/ws`}).end).toEqual({type: 'answered', status});
  });

  test('does not follow a redirect with its token (rule 16)', async () => {
    const thief = await serve(createHttpServer());
    const server = createHttpServer();
    server.on('upgrade', (_request, socket) => {
      socket.end(`HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.1:${thief.port}/ws\r\n\r\n`);
    });
    const {port} = await new Promise<AddressInfo>(resolve => {
      server.listen(0, '127.0.0.1', () => resolve(server.address() as AddressInfo));
    });
    open.push(server);
    expect(await dial({url: `ws://127.0.0.1:${port}/ws`}).end).toEqual({type: 'answered', status: 302});
    expect(thief.requests).toEqual([]);
  });

  test('a server of another protocol is none of ours', async () => {
    const {port} = await serve(createHttpServer(), 'nocturne.v2');
    expect(await dial({url: `ws://127.0.0.1:${port}/ws`}).end).toMatchObject({type: 'failed', code: 'SUBPROTOCOL'});
  });

  test('nobody there is told by Node’s code', async () => {
    // No kernel hands this port out to somebody else meanwhile.
    expect(await dial({url: 'ws://127.0.0.1:1/ws'}).end).toMatchObject({type: 'failed', code: 'ECONNREFUSED'});
  });

  test.each([
    ['65,537 bytes', (peer: WebSocket) => peer.send('x'.repeat(65_537)), 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'],
    [
      '17 fragments',
      (peer: WebSocket) => {
        for (let part = 0; part < 17; part++) peer.send('x', {fin: part === 16});
      },
      'WS_ERR_TOO_MANY_BUFFERED_PARTS',
    ],
  ])('ends at %s (rule 20)', async (_what, misbehave, code) => {
    const {port, connected} = await serve(createHttpServer());
    const {opened, end, texts} = dial({url: `ws://127.0.0.1:${port}/ws`});
    await opened;
    misbehave(await connected);
    expect(await end).toMatchObject({type: 'failed', code});
    expect(texts).toEqual([]);
  });

  test('tells the code that the collector closed it with', async () => {
    const {port, connected} = await serve(createHttpServer());
    const {opened, end} = dial({url: `ws://127.0.0.1:${port}/ws`});
    await opened;
    (await connected).close(4100, 'revoked');
    expect(await end).toEqual({type: 'closed', code: 4100, reason: 'revoked'});
  });
});

describe('TLS (security rule 26)', () => {
  const secure = (name: string): Server => createHttpsServer({cert: pem(`${name}.pem`), key: pem(`${name}.key`)});

  test('holds with the authority that was named', async () => {
    const {port} = await serve(secure('good'));
    expect(await dial({url: `wss://localhost:${port}/ws`, ca: pem('ca.pem')}).opened).toBe(true);
  });

  test.each([
    ['an unknown authority', 'good', null, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['another authority', 'good', 'other-ca.pem', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['an expired certificate', 'expired', 'ca.pem', 'CERT_HAS_EXPIRED'],
    ['another name', 'wrong-name', 'ca.pem', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('refuses %s', async (_what, name, ca, code) => {
    const {port, requests} = await serve(secure(name));
    const {end} = dial({url: `wss://localhost:${port}/ws`, ca: ca === null ? null : pem(ca)});
    expect(await end).toMatchObject({type: 'failed', code});
    expect(requests).toEqual([]);
  });
});
