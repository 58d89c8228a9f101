import {readFileSync} from 'node:fs';
import {createServer as createHttpServer, type RequestListener} from 'node:http';
import {createServer as createHttpsServer} from 'node:https';
import {type AddressInfo, createServer as createTcpServer, type Server} from 'node:net';
import {createServer as createTlsServer} from 'node:tls';
import {afterEach, describe, expect, test} from 'vitest';
import {type ActiveCheck, runCheck} from '../../../src/collector/checks/run-check.ts';
import {certificateOutcome} from '../../../src/collector/checks/run-tls.ts';
import {DAY} from '../../../src/domain/time.ts';
import {NIGHT, virtualOutside} from '../../support/clock.ts';
import {probe} from './probe.ts';

const folder = new URL('../../fixtures/tls/', import.meta.url);
const pem = (name: string) => readFileSync(new URL(name, folder));
const identity = (name: string) => ({key: pem(`${name}.key`), cert: pem(`${name}.pem`)});
const ca = new URL('ca.pem', folder).pathname;

const opened: Server[] = [];
afterEach(() => {
  for (const server of opened.splice(0)) server.close();
});

async function listening(server: Server): Promise<number> {
  opened.push(server);
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Runs a check in standing time; `waitMs` lets that much pass once `until` has happened. */
async function run(check: ActiveCheck, {waitMs = 0, until}: {waitMs?: number; until?: Promise<unknown>} = {}) {
  const {clock, timers, advance, pending} = virtualOutside();
  const tools = {clock, timers, pluginDirs: [], pluginUser: () => null};
  const result = runCheck(check, new AbortController().signal, tools);
  await until;
  if (waitMs > 0) advance(waitMs);
  const found = await result;
  await expect.poll(pending).toBe(0);
  return found;
}

const tcp = (port: number, address = '127.0.0.1') => run({...probe, type: 'tcp', address, port});

type HttpChange = Partial<Extract<ActiveCheck, {type: 'http'}>>;
const httpCheck = (url: string, change: HttpChange = {}): ActiveCheck => ({
  ...probe,
  type: 'http',
  url,
  expectStatus: null,
  expectText: null,
  ca: null,
  ...change,
});

async function site(listener: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listening(createHttpServer(listener))}/`;
}

/** Nobody listens there, and no kernel hands it out meanwhile. */
const CLOSED_PORT = 1;

describe('tcp', () => {
  test('a connection that is taken is ok', async () => {
    const port = await listening(createTcpServer(socket => socket.end()));
    expect(await tcp(port)).toMatchObject({state: 'ok', output: `connected to port ${port} in 0 ms`});
  });

  test('a refused one is critical, and says so', async () => {
    expect(await tcp(CLOSED_PORT)).toMatchObject({state: 'critical', output: 'connection refused'});
  });

  test('a name that cannot be is critical or, without a name server, unknown', async () => {
    const {state, output} = await tcp(80, 'no-such-host.invalid');
    expect([`${state}: ${output}`]).toEqual([
      expect.stringMatching(/^(critical: name not found|unknown: name server does not answer)$/),
    ]);
  });
});

describe('http', () => {
  test.each([
    [200, 'ok'],
    [204, 'ok'],
    [301, 'ok'],
    [404, 'warning'],
    [503, 'critical'],
  ])('status %i is %s when nothing is expected', async (status, state) => {
    const url = await site((_request, response) => response.writeHead(status, {location: 'http://127.0.0.1:1/'}).end());
    expect(await run(httpCheck(url))).toMatchObject({state, output: expect.stringContaining(`HTTP ${status}`)});
  });

  test('configured statuses are the only good ones', async () => {
    const url = await site((_request, response) => response.writeHead(401).end('x'));
    expect(await run(httpCheck(url, {expectStatus: [401]}))).toMatchObject({
      state: 'ok',
      output: 'HTTP 401 Unauthorized, 1 B in 0 ms',
    });
    expect(await run(httpCheck(url, {expectStatus: [200, 302]}))).toMatchObject({state: 'critical'});
  });

  test('the expected text is looked for', async () => {
    const url = await site((_request, response) => response.end('alles in Größe XL'));
    expect(await run(httpCheck(url, {expectText: 'Größe'}))).toMatchObject({state: 'ok'});
    expect(await run(httpCheck(url, {expectText: 'Kleine'}))).toMatchObject({
      state: 'critical',
      output: 'HTTP 200 OK, expected text not found in 19 B',
    });
  });

  test('rule 37: a redirect is not followed, also not to ourselves', async () => {
    let asked = 0;
    const url = await site((request, response) => {
      asked += 1;
      response.writeHead(302, {location: `http://${request.headers.host}/next`}).end();
    });
    await run(httpCheck(url));
    expect(asked).toBe(1);
  });

  test('rule 38: an endless answer is read to 256 KiB and no further', async () => {
    const url = await site((_request, response) => {
      const more = () => {
        while (response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    });
    expect(await run(httpCheck(url))).toMatchObject({state: 'ok', output: 'HTTP 200 OK, > 262144 B in 0 ms'});
  });

  test('rule 38: a server that hangs is given up', async () => {
    const silent = Promise.withResolvers<void>();
    const url = await site(() => silent.resolve());
    const found = await run(httpCheck(url), {waitMs: 10_000, until: silent.promise});
    expect(found).toMatchObject({state: 'critical', output: 'no answer within 10 s'});
  });

  test('rule 38: an answer that never ends is given up', async () => {
    const begun = Promise.withResolvers<void>();
    const url = await site((_request, response) => {
      response.write('x');
      begun.resolve();
    });
    expect(await run(httpCheck(url), {waitMs: 10_000, until: begun.promise})).toMatchObject({state: 'critical'});
  });

  test('rule 38: a connection that does not stand after 5 s is given up', async () => {
    const taken = Promise.withResolvers<void>();
    // Takes the connection and never speaks TLS.
    const port = await listening(createTcpServer(() => taken.resolve()));
    const found = await run(httpCheck(`https://127.0.0.1:${port}/`), {waitMs: 5000, until: taken.promise});
    expect(found).toMatchObject({state: 'critical', output: 'no connection in time'});
  });

  test('what is no HTTP is critical', async () => {
    const port = await listening(createTcpServer(socket => socket.end('SSH-2.0-OpenSSH_9.2\r\n')));
    expect(await run(httpCheck(`http://127.0.0.1:${port}/`))).toMatchObject({state: 'critical'});
  });

  test('credentials in the address are refused and not repeated', async () => {
    const {state, output} = await run(httpCheck('http://user:canary@127.0.0.1/'));
    expect([state, output]).toEqual(['unknown', 'credentials in the address']);
    expect(await run(httpCheck('ftp://127.0.0.1/'))).toMatchObject({state: 'unknown', output: 'http or https wanted'});
  });

  test('rule 26: TLS is verified, by the configured authority too', async () => {
    const server = createHttpsServer(identity('good'), (_request, response) => response.end('ok'));
    const url = `https://127.0.0.1:${await listening(server)}/`;
    expect(await run(httpCheck(url, {ca}))).toMatchObject({state: 'ok'});
    expect(await run(httpCheck(url))).toMatchObject({state: 'critical', output: expect.stringContaining('authority')});
    expect(await run(httpCheck(url, {ca: '/nonexistent.pem'}))).toMatchObject({
      state: 'unknown',
      output: 'the file of the extra authority (ca) cannot be read',
    });
  });
});

describe('tls', () => {
  const tls = async (name: string, change: Partial<Extract<ActiveCheck, {type: 'tls'}>> = {}) => {
    const port = await listening(createTlsServer(identity(name), socket => socket.end()));
    return run({...probe, type: 'tls', address: '127.0.0.1', port, serverName: 'localhost', ca, ...change});
  };

  test('a good certificate is ok, by name and by address', async () => {
    const wanted = {state: 'ok', output: expect.stringMatching(/^certificate valid for \d+ d, until 2124-01-01$/)};
    expect(await tls('good')).toMatchObject(wanted);
    expect(await tls('good', {serverName: '127.0.0.1'})).toMatchObject(wanted);
  });

  test.each([
    ['expired', {}, 'certificate expired'],
    ['wrong-name', {}, 'certificate is for another name'],
    ['good', {ca: null}, 'chain incomplete or authority unknown'],
    ['good', {ca: new URL('other-ca.pem', folder).pathname}, 'chain incomplete or authority unknown'],
  ])('rule 26: %s with %j is critical: %s', async (name, change, output) => {
    expect(await tls(name, change)).toMatchObject({state: 'critical', output});
  });

  test('no TLS is critical', async () => {
    const port = await listening(createTcpServer(socket => socket.end('220 mail ESMTP\r\n')));
    const found = await run({...probe, type: 'tls', address: '127.0.0.1', port, serverName: 'localhost', ca});
    expect(found).toMatchObject({state: 'critical', output: 'no TLS spoken'});
  });

  test('a server that takes the connection and is silent is given up', async () => {
    const taken = Promise.withResolvers<void>();
    const port = await listening(createTcpServer(() => taken.resolve()));
    const check = {...probe, type: 'tls', address: '127.0.0.1', port, serverName: 'localhost', ca} as const;
    expect(await run(check, {waitMs: 10_000, until: taken.promise})).toMatchObject({
      state: 'critical',
      output: 'no answer',
    });
  });

  const date = (instant: number) => new Date(instant).toUTCString();
  test.each([
    [200, 40, 'ok', 'certificate valid for 40 d, until 2026-12-31'],
    [200, 30, 'warning', 'certificate valid for 30 d, until 2026-12-21'],
    [200, 7, 'critical', 'certificate valid for 7 d, until 2026-11-28'],
    [47, 20, 'ok', 'certificate valid for 20 d, until 2026-12-11'],
    [47, -1, 'critical', 'certificate expired on 2026-11-20'],
    [47, 50, 'critical', 'certificate not yet valid'],
  ])('SE-4: of %i days, %i left, is %s', (lifetime, left, state, output) => {
    const end = NIGHT + left * DAY;
    const validity = {valid_from: date(end - lifetime * DAY), valid_to: date(end)};
    expect(certificateOutcome(validity, NIGHT)).toMatchObject({state, output});
  });

  test('a certificate without dates is unknown', () => {
    expect(certificateOutcome({valid_from: '', valid_to: 'soon'}, NIGHT)).toMatchObject({state: 'unknown'});
  });
});
