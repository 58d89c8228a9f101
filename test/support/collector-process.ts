import {type ChildProcess, execFile, spawn} from 'node:child_process';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {promisify} from 'node:util';
import {keptPort} from './kept-port.ts';
import {type TemporaryFolder, temporaryFolder} from './temporary-folder.ts';

const root = new URL('../../', import.meta.url).pathname;
/** The bundle that `bin/nocturne` starts; `test/support/build.ts` makes it before the first test. */
export const bundle = join(root, 'dist/nocturne.cjs');

/** What most system tests need: two customers, one Alertmanager and one generic source. */
export const TWO_CUSTOMERS = `
customers:
  - {id: mueller, name: Müller Maschinenbau GmbH, state: DE-BY, timezone: Europe/Berlin, match: [{label: tenant, value: mueller}]}
  - {id: hofer, name: Hofer KG, state: DE-HE, timezone: Europe/Berlin, match: [{label: tenant, value: hofer}]}
sources:
  - {name: alertmanager, type: alertmanager, customerLabel: tenant}
  - {name: custom, type: generic}
`;

/** A real collector in a process of its own, on loopback, with a data folder of its own. */
export class CollectorProcess implements AsyncDisposable {
  readonly folder: TemporaryFolder;
  readonly data: string;
  /** Standard error so far: the JSON log. */
  log = '';
  port = 0;
  #child: ChildProcess | undefined;

  private constructor(folder: TemporaryFolder) {
    this.folder = folder;
    this.data = folder.file('data');
  }

  /** @param body - YAML below `collector:`. */
  static async start(body = TWO_CUSTOMERS, name = 'berlin', tag = 'B'): Promise<CollectorProcess> {
    const folder = temporaryFolder();
    const collector = new CollectorProcess(folder);
    const head = `collector: {name: ${name}, tag: ${tag}, listen: "127.0.0.1:0", data: ${JSON.stringify(collector.data)}}\n`;
    await writeFile(folder.file('nocturne.yaml'), head + body, {mode: 0o600});
    collector.port = await keptPort();
    await collector.open();
    return collector;
  }

  get pid(): number {
    const pid = this.#child?.pid;
    if (pid === undefined) throw new Error('the collector is not running');
    return pid;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}`;
  }

  get http(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts it, on the same port each time; resolves with the milliseconds until it was ready. */
  async open(): Promise<number> {
    const begun = performance.now();
    const child = spawn(
      process.execPath,
      [bundle, 'collector', '--config', this.folder.file('nocturne.yaml'), '--listen', `127.0.0.1:${this.port}`],
      {stdio: ['ignore', 'pipe', 'pipe']},
    );
    this.#child = child;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.log += text;
    });
    const ended = new Promise<never>((_resolve, reject) => {
      child.once('exit', code =>
        reject(new Error(`the collector ended with ${code} before it was ready:\n${this.log}`)),
      );
    });
    const ready = (async () => {
      for await (const line of createInterface({input: child.stdout})) {
        const match = /^listening on ws:\/\/127\.0\.0\.1:(\d+)$/.exec(line);
        if (match?.[1] !== undefined) return Number(match[1]);
      }
      return ended;
    })();
    this.port = await Promise.race([ready, ended]);
    ended.catch(() => {});
    return performance.now() - begun;
  }

  /** Ends it by `signal` and resolves with its exit code, null when the signal ended it. */
  async kill(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const exit = new Promise<number | null>(resolve => child.once('exit', resolve));
    child.kill(signal);
    return exit;
  }

  /** Makes a token the way an administrator does, also while the collector runs. */
  async token(
    role: 'viewer' | 'technician' | 'admin' | 'ingest',
    name: string = role,
    customers: readonly string[] = [],
  ): Promise<string> {
    const scope = customers.flatMap(customer => ['--customer', customer]);
    const {stdout} = await promisify(execFile)(process.execPath, [
      bundle,
      'token',
      'create',
      '--data',
      this.data,
      '--name',
      name,
      '--role',
      role,
      ...scope,
    ]);
    return stdout.trim();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill('SIGKILL');
    this.folder[Symbol.dispose]();
  }
}
