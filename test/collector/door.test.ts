import {once} from 'node:events';
import {rmSync, writeFileSync} from 'node:fs';
import {connect} from 'node:net';
import {afterEach, expect, test} from 'vitest';
import {createDoor, listen} from '../../src/collector/ingest/door.ts';
import {createMeters} from '../../src/collector/meters.ts';
import {parseCollectorConfig} from '../../src/runtime/collector-config-load.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

const open: ReturnType<typeof createDoor>[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

function collector(text = '') {
  const {config} = parseCollectorConfig(`collector: {name: a, ${text}}`, {folder: '/', env: {}, sourceTypes: null});
  if (config === null) throw new Error('bad configuration');
  return config.collector;
}

function door(text = '', meters = createMeters()) {
  const server = createDoor(collector(text), (_request, response) => response.end(), meters);
  open.push(server);
  return server;
}

test('rule 22: time-outs and caps are stated, none left to a default', () => {
  expect(door()).toMatchObject({
    headersTimeout: 10_000,
    requestTimeout: 15_000,
    keepAliveTimeout: 30_000,
    connectionsCheckingInterval: 1000,
    maxHeaderSize: 8192,
    maxConnections: 2000,
  });
});

test('rule 22: headers over 8 KiB are refused, and that is counted', async () => {
  const meters = createMeters();
  const server = door('', meters);
  const {port} = await listen(server, {host: '127.0.0.1', port: 0}, collector());
  const socket = connect(port, '127.0.0.1');
  socket.write(`GET / HTTP/1.1\r\nhost: x\r\nx-large: ${'x'.repeat(9000)}\r\n\r\n`);
  const [answer] = await once(socket, 'data');
  socket.destroy();
  expect(String(answer)).toMatch(/^HTTP\/1\.1 400 /);
  expect(await meters.render()).toContain('nocturne_refused_total{reason="unreadable"} 1');
});

test('rule 22: one address has a thousand connections at most, unless a proxy stands in front', async () => {
  for (const [text, most] of [
    ['', 1000],
    ['behindProxy: true', 1001],
  ] as const) {
    const meters = createMeters();
    const server = door(text, meters);
    const {port} = await listen(server, {host: '127.0.0.1', port: 0}, collector(text));
    using sockets = new DisposableStack();
    // One after the other, each taken by the server: the system calls a connection open that still waits behind its queue of 511.
    const open = async () => {
      const taken = once(server, 'connection');
      const socket = sockets.adopt(connect(port, '127.0.0.1'), it => it.destroy());
      await Promise.all([once(socket, 'connect'), taken]);
      return socket;
    };
    for (let count = 0; count < 1000; count++) await open();
    const last = await open();
    const answer = await new Promise<string>(resolve => {
      last.on('data', bytes => resolve(bytes.toString()));
      last.on('error', () => {});
      last.on('close', () => resolve('closed'));
      last.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    });
    expect(answer).toMatch(most > 1000 ? /^HTTP\/1\.1 200 / : /^closed$/);
    const refused = (await meters.render()).includes('nocturne_refused_total{reason="connections"} 1');
    expect(refused).toBe(most === 1000);
  }
});

test('rule 26: plain listening beyond loopback is refused, whatever the command line says', async () => {
  for (const host of ['0.0.0.0', '::', '192.0.2.1']) {
    await expect(listen(door(), {host, port: 0}, collector())).rejects.toMatchObject({code: 'LISTEN_PLAIN'});
  }
  for (const host of ['127.0.0.1', '127.1.2.3', 'localhost']) {
    expect((await listen(door(), {host, port: 0}, collector())).port).toBeGreaterThan(0);
  }
});

test('an address that is taken is a clear fault', async () => {
  const {port} = await listen(door(), {host: '127.0.0.1', port: 0}, collector());
  await expect(listen(door(), {host: '127.0.0.1', port}, collector())).rejects.toMatchObject({
    code: 'LISTEN',
    message: `cannot listen on 127.0.0.1:${port} (EADDRINUSE)`,
  });
});

test('TLS files that cannot be read, or used, are a clear fault', () => {
  using folder = temporaryFolder();
  const file = folder.file('cert.pem');
  writeFileSync(file, 'not a certificate');
  const written = collector(`tls: {cert: ${JSON.stringify(file)}, key: ${JSON.stringify(file)}}`);
  expect(() => createDoor(written, () => {}, createMeters())).toThrow(/tls: cannot be used/);
  rmSync(file);
  expect(() => createDoor(written, () => {}, createMeters())).toThrow(/tls: cannot be read \(ENOENT\)/);
});
