import {once} from 'node:events';
import {type IncomingHttpHeaders, request} from 'node:http';
import {type ClientOptions, WebSocket} from 'ws';
import {type RunningCollector, startCollector} from '../../../src/collector/collector.ts';
import {openTokens} from '../../../src/collector/tokens.ts';
import {Fault} from '../../../src/domain/fault.ts';
import {type Role, SUBPROTOCOL} from '../../../src/protocol/frames.ts';
import type {CollectorConfig} from '../../../src/runtime/collector-config.ts';
import {parseCollectorConfig} from '../../../src/runtime/collector-config-load.ts';
import {createLog} from '../../../src/runtime/log.ts';
import {type VirtualOutside, virtualOutside} from '../../support/clock.ts';
import {TWO_CUSTOMERS} from '../../support/collector-process.ts';
import {temporaryFolder} from '../../support/temporary-folder.ts';
import {TestConsole} from './test-console.ts';

/** What came back over HTTP. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON; undefined when it is none. */
  readonly json: unknown;
}

/** A real collector in this process: real sockets, real SQLite, time that stands until it is told. */
export class OpenCollector implements AsyncDisposable {
  readonly outside: VirtualOutside;
  /** Lines of its log so far. */
  readonly log: string[] = [];
  readonly #folder: ReturnType<typeof temporaryFolder>;
  readonly #body: string;
  #running: RunningCollector | null = null;

  private constructor(body: string, outside: VirtualOutside) {
    this.#body = body;
    this.outside = outside;
    this.#folder = temporaryFolder();
  }

  /** @param body - YAML below `collector:`. */
  static async start(body: string = TWO_CUSTOMERS, outside: VirtualOutside = virtualOutside()): Promise<OpenCollector> {
    const collector = new OpenCollector(body, outside);
    await collector.start();
    return collector;
  }

  get data(): string {
    return this.#folder.file('data');
  }

  get port(): number {
    return this.running.address.port;
  }

  get running(): RunningCollector {
    if (this.#running === null) throw new Error('the collector is not running');
    return this.#running;
  }

  config(body: string = this.#body): CollectorConfig {
    const text = `collector: {name: berlin, tag: B, listen: "127.0.0.1:0", data: ${JSON.stringify(this.data)}}\n${body}`;
    const sourceTypes = new Set(['alertmanager', 'generic', 'report']);
    const {config, problems} = parseCollectorConfig(text, {
      folder: this.#folder.path,
      env: {KEY: 'k', OLD: 'old'},
      sourceTypes,
    });
    if (config === null) throw new Fault('TEST', JSON.stringify(problems));
    return config;
  }

  async start(): Promise<void> {
    const log = createLog({clock: this.outside.clock, sink: {write: line => void this.log.push(line)}});
    const environment = {outside: this.outside, log, version: '0.0.0-test', uid: 1000, isThreaded: false};
    this.#running = await startCollector(this.config(), environment);
  }

  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    await running?.stop();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Makes a token beside the running collector, as `nocturne token create` does. */
  token(role: Role, customers: readonly string[] | null = null, name: string = role): string {
    const tokens = openTokens(this.data, this.outside);
    try {
      return tokens.create({name, role, customers, expiresAt: null}).secret;
    } finally {
      tokens.close();
    }
  }

  revoke(name: string): void {
    const tokens = openTokens(this.data, this.outside);
    try {
      tokens.revoke(name);
    } finally {
      tokens.close();
    }
  }

  /** @param body - Sent as JSON unless it is text or bytes already. */
  async http(
    method: string,
    path: string,
    options: {readonly token?: string; readonly headers?: Record<string, string>; readonly body?: unknown} = {},
  ): Promise<Answer> {
    const {token, body} = options;
    const bytes =
      body === undefined || typeof body === 'string' || body instanceof Buffer ? body : JSON.stringify(body);
    const headers = {
      ...(bytes === undefined ? {} : {'content-type': 'application/json', 'content-length': Buffer.byteLength(bytes)}),
      ...(token === undefined ? {} : {authorization: `Bearer ${token}`}),
      ...options.headers,
    };
    const call = request({host: '127.0.0.1', port: this.port, method, path, headers});
    call.on('error', () => {});
    call.end(bytes);
    const [response] = (await once(call, 'response')) as [import('node:http').IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    return {status: response.statusCode ?? 0, headers: response.headers, text, json: parsed(text)};
  }

  ingest(token: string, body: unknown, source = 'custom'): Promise<Answer> {
    return this.http('POST', `/v1/ingest/${source}`, {token, body});
  }

  /** Opens a console's socket; resolves once `hello` is there. */
  async console(token: string, options: ClientOptions = {}): Promise<TestConsole> {
    const socket = new WebSocket(`ws://127.0.0.1:${this.port}/ws`, [SUBPROTOCOL], {
      headers: {authorization: `Bearer ${token}`},
      perMessageDeflate: false,
      ...options,
    });
    const opened = new TestConsole(socket);
    await opened.until(frame => frame.t === 'hello');
    return opened;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    this.#folder[Symbol.dispose]();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One alert as the generic source takes it. */
export function alert(host: string, over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    key: host,
    status: 'firing',
    severity: 'critical',
    customer: 'mueller',
    host,
    summary: `${host} ist krank`,
    ...over,
  };
}
