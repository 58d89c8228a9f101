import {writeFileSync} from 'node:fs';
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

function door(text = '') {
  const server = createDoor(collector(text), () => {}, createMeters());
  open.push(server);
  return server;
}

test('rule 22: time-outs and caps are stated, none left to a default', () => {
  expect(door()).toMatchObject({
    headersTimeout: 10_000,
    requestTimeout: 15_000,
    keepAliveTimeout: 30_000,
    maxConnections: 2000,
  });
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

test('TLS files that cannot be read are a clear fault', () => {
  using folder = temporaryFolder();
  writeFileSync(folder.file('cert.pem'), 'not a certificate');
  expect(() => door('tls: {cert: nowhere.pem, key: nowhere.pem}')).toThrow(/tls: cannot be read \(ENOENT\)/);
  const both = JSON.stringify(folder.file('cert.pem'));
  expect(() => door(`tls: {cert: ${both}, key: ${both}}`)).toThrow(/tls: cannot be used/);
});
