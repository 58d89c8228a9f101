import {type ChildProcessByStdio, spawn} from 'node:child_process';
import {once} from 'node:events';
import {copyFileSync, writeFileSync} from 'node:fs';
import type {Readable} from 'node:stream';
import {type ConnectionOptions, connect} from 'node:tls';
import {expect, test} from 'vitest';
import {openTokens} from '../../src/collector/main.ts';
import {realOutside} from '../../src/runtime/outside-real.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';
import {alert} from './support/open-collector.ts';

const SCRIPT = new URL('support/run-daemon.ts', import.meta.url).pathname;
const HEAD = 'collector: {name: berlin, listen: "127.0.0.1:0", data: data}\n';

class Daemon implements AsyncDisposable {
  out = '';
  err = '';
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** It has ended, and all that it said has been read. */
  readonly #closed: Promise<unknown>;
  #isClosed = false;
  #more = Promise.withResolvers<void>();

  constructor(...args: readonly string[]) {
    this.child = spawn(process.execPath, [SCRIPT, ...args], {stdio: ['ignore', 'pipe', 'pipe']});
    this.#closed = once(this.child, 'close').finally(() => {
      this.#isClosed = true;
      this.#told();
    });
    this.child.stdout.setEncoding('utf8').on('data', text => {
      this.out += text;
      this.#told();
    });
    this.child.stderr.setEncoding('utf8').on('data', text => {
      this.err += text;
      this.#told();
    });
  }

  #told(): void {
    this.#more.resolve();
    this.#more = Promise.withResolvers();
  }

  /** Waits for a word on standard output or error. */
  async says(word: string): Promise<void> {
    while (!(this.out + this.err).includes(word)) {
      if (this.#isClosed) throw new Error(`it ended with ${this.child.exitCode}:\n${this.err}`);
      await this.#more.promise;
    }
  }

  get url(): string {
    return this.out.trim().replace('listening on ws', 'http');
  }

  async exit(): Promise<number | null> {
    await this.#closed;
    return this.child.exitCode;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.child.kill('SIGKILL');
    await this.#closed;
  }
}

test('it says one line when it is ready, logs JSON, reloads, stops cleanly, and knows after kill -9 what it knew', async () => {
  using folder = temporaryFolder();
  const config = folder.file('nocturne.yaml');
  writeFileSync(config, `${HEAD}customers: [{id: mueller}]\nsources: [{name: custom, type: generic}]\n`);
  await using first = new Daemon(config);
  await first.says('listening');
  expect(first.out).toMatch(/^listening on ws:\/\/127\.0\.0\.1:\d+\n$/);
  const tokens = openTokens(folder.file('data'), realOutside);
  const {secret} = tokens.create({name: 'prom', role: 'ingest', customers: null, expiresAt: null});
  tokens.close();
  const post = (daemon: Daemon, source: string) =>
    fetch(`${daemon.url}/v1/ingest/${source}`, {
      method: 'POST',
      headers: {authorization: `Bearer ${secret}`, 'content-type': 'application/json'},
      body: JSON.stringify(alert('srv-01')),
    });
  expect((await post(first, 'custom')).status).toBe(202);

  expect((await post(first, 'second')).status).toBe(404);
  writeFileSync(config, `${HEAD}customers: [{id: mueller}]\nsources: [{name: second, type: generic}]\n`);
  first.child.kill('SIGHUP');
  await first.says('config.reloaded');
  expect((await post(first, 'second')).status).toBe(202);
  expect((await post(first, 'custom')).status).toBe(404);
  writeFileSync(config, 'collector: {nam: x}\n');
  first.child.kill('SIGHUP');
  await first.says('config.refused');
  expect(first.err).toContain('"event":"config.problem"');
  expect((await post(first, 'second')).status).toBe(202);
  writeFileSync(config, `${HEAD}customers: [{id: mueller}]\nsources: [{name: second, type: generic}]\n`);

  first.child.kill('SIGKILL');
  await first.exit();
  await using second = new Daemon(config, folder.file('data'), '127.0.0.1:0');
  await second.says('listening');
  expect(second.err).toMatch(/"event":"store.opened","seq":\d+,"replayed":[1-9]/);
  expect((await post(second, 'second')).status).toBe(202);
  second.child.kill('SIGTERM');
  expect(await second.exit()).toBe(0);
  for (const line of second.err.trim().split('\n')) expect(() => JSON.parse(line), line).not.toThrow();
  expect(first.err + second.err + first.out + second.out).not.toContain(secret);
});

test('what is only warned of is a line of the log like any other', async () => {
  using folder = temporaryFolder();
  const config = folder.file('nocturne.yaml');
  writeFileSync(config, `${HEAD}sources: [{name: signed, type: generic, hmacKey: canary}]\n`);
  await using daemon = new Daemon(config);
  await daemon.says('listening');
  daemon.child.kill('SIGTERM');
  expect(await daemon.exit()).toBe(0);
  const lines = daemon.err.trim().split('\n');
  for (const line of lines) expect(() => JSON.parse(line), line).not.toThrow();
  expect(lines.filter(line => line.includes('clear text'))).toHaveLength(1);
  expect(daemon.err).not.toContain('canary');
});

test('an address that is none is a mistake of the command line: exit 2', async () => {
  using folder = temporaryFolder();
  const config = folder.file('nocturne.yaml');
  writeFileSync(config, HEAD);
  await using daemon = new Daemon(config, folder.file('data'), 'bogus');
  expect(await daemon.exit()).toBe(2);
});

test('a bad configuration is exit 2, with file, line, column and a hint', async () => {
  using folder = temporaryFolder();
  const config = folder.file('nocturne.yaml');
  writeFileSync(config, 'collector:\n  name: berlin\n  lissten: x\n');
  await using daemon = new Daemon(config);
  expect(await daemon.exit()).toBe(2);
  expect(daemon.err).toBe(`${config}:3:3: unknown key "lissten" (did you mean "listen"?)\n`);
  expect(daemon.out).toBe('');
});

test('an address beyond loopback on the command line is refused, too (rule 26)', async () => {
  using folder = temporaryFolder();
  const config = folder.file('nocturne.yaml');
  writeFileSync(config, HEAD);
  await using daemon = new Daemon(config, folder.file('data'), '0.0.0.0:0');
  expect(await daemon.exit()).toBe(2);
  expect(daemon.err).toContain('LISTEN_PLAIN');
});

test('a second one on the same folder is exit 1 and says why; the first goes on', async () => {
  using folder = temporaryFolder();
  const config = folder.file('nocturne.yaml');
  writeFileSync(config, HEAD);
  await using first = new Daemon(config);
  await first.says('listening');
  await using second = new Daemon(config);
  expect(await second.exit()).toBe(1);
  expect(second.err).toContain('another collector runs on');
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
  first.child.kill('SIGINT');
  expect(await first.exit()).toBe(0);
});

test('rule 26: with TLS it says wss, speaks 1.2 and newer, and takes up a renewed certificate on SIGHUP', async () => {
  using folder = temporaryFolder();
  const config = folder.file('nocturne.yaml');
  const fixture = (name: string) => new URL(`../fixtures/tls/${name}`, import.meta.url);
  copyFileSync(fixture('good.pem'), folder.file('cert.pem'));
  copyFileSync(fixture('good.key'), folder.file('key.pem'));
  writeFileSync(
    config,
    'collector: {name: a, listen: "127.0.0.1:0", data: data, tls: {cert: cert.pem, key: key.pem}}\n',
  );
  await using daemon = new Daemon(config);
  await daemon.says('listening');
  expect(daemon.out).toMatch(/^listening on wss:\/\/127\.0\.0\.1:\d+\n$/);
  const port = Number(/(\d+)\n$/.exec(daemon.out)?.[1]);
  const subject = (options: ConnectionOptions = {}) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect({port, host: '127.0.0.1', rejectUnauthorized: false, ...options}, () => {
        resolve(JSON.stringify(socket.getPeerCertificate().fingerprint256));
        socket.destroy();
      });
      socket.once('error', reject);
    });
  const before = await subject();
  await expect(subject({maxVersion: 'TLSv1.1', minVersion: 'TLSv1'})).rejects.toThrow();
  copyFileSync(fixture('wrong-name.pem'), folder.file('cert.pem'));
  copyFileSync(fixture('wrong-name.key'), folder.file('key.pem'));
  daemon.child.kill('SIGHUP');
  await daemon.says('config.reloaded');
  expect(await subject()).not.toBe(before);
});
