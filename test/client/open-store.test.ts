import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {type WebSocket, WebSocketServer} from 'ws';
import type {NocStore} from '../../src/client/noc.ts';
import {openStore} from '../../src/client/open-store.ts';
import {digest} from '../../src/domain/digest.ts';
import {fromItems, type SnapItem} from '../../src/domain/snapshot.ts';
import type {ClientFrame, ServerFrame} from '../../src/protocol/frames.ts';
import {realOutside} from '../../src/runtime/outside-real.ts';
import {hello, text} from '../support/frames.ts';
import {type TemporaryFolder, temporaryFolder} from '../support/temporary-folder.ts';

const items: readonly SnapItem[] = ['a', 'b', 'c'].map(name => ({
  kind: 'source',
  value: {name, type: 'generic', capabilities: [], freshness: 'live'},
}));
const snapDigest = digest(fromItems(5, 0, items), () => true);

/** A server that knows one snapshot, and acknowledges every command. */
class Server {
  readonly #http = createServer();
  readonly #wss = new WebSocketServer({server: this.#http, handleProtocols: () => 'nocturne.v1'});
  readonly heard: ClientFrame[] = [];
  peer: WebSocket | null = null;

  async listen(): Promise<string> {
    this.#wss.on('connection', peer => {
      this.peer = peer;
      this.say(hello({head: 5}));
      peer.on('message', data => this.#answer(JSON.parse(String(data)) as ClientFrame));
    });
    await new Promise<void>(resolve => this.#http.listen(0, '127.0.0.1', resolve));
    return `ws://127.0.0.1:${(this.#http.address() as AddressInfo).port}/ws`;
  }

  say(...frames: readonly ServerFrame[]): void {
    for (const frame of frames) this.peer?.send(JSON.stringify(frame));
  }

  close(): void {
    for (const client of this.#wss.clients) client.terminate();
    this.#wss.close();
    this.#http.close();
  }

  #answer(frame: ClientFrame): void {
    this.heard.push(frame);
    if (frame.t === 'sub') {
      this.say(
        {t: 'snap', seq: 5, epoch: 'e1', occurrences: 0},
        {t: 'item', items},
        {t: 'snapend', seq: 5, count: items.length, digest: snapDigest},
        {t: 'live'},
      );
    }
    if (frame.t === 'cmd') {
      const {cid} = frame;
      this.say({t: 'cack', cid, outcome: 'applied', code: 'OK', by: text('jana'), at: 0, seq: 6, message: null});
    }
  }
}

let folder: TemporaryFolder;
let server: Server;
let store: NocStore;

beforeEach(async () => {
  folder = temporaryFolder();
  server = new Server();
  const url = await server.listen();
  store = openStore({
    collectors: [{url, token: 'token', ca: null, name: null}],
    stateFolder: folder.path,
    as: text('jana'),
    outside: realOutside,
  });
});

afterEach(async () => {
  await store.close();
  server.close();
  folder[Symbol.dispose]();
});

const only = () => {
  const [collector] = store.getSnapshot().collectors;
  if (collector === undefined) throw new Error('no collector');
  return collector;
};

test('the links live in a thread of their own, the picture and the verdicts come over', async () => {
  await expect.poll(() => only().link, {interval: 10}).toBe('live');
  expect([...(only().state?.sources.keys() ?? [])]).toEqual(['a', 'b', 'c']);
  expect(only()).toMatchObject({name: 'berlin', tag: 'B', who: {name: 'jana'}});

  const cid = store.send(only().url, {kind: 'unack', occurrence: 'K7F3'}, 3);
  expect(store.getSnapshot().commands).toMatchObject([{cid, status: 'queued'}]);
  await expect
    .poll(() => store.getSnapshot().commands, {interval: 10})
    .toMatchObject([{cid, status: 'settled', verdict: {outcome: 'applied'}}]);
  expect(server.heard.find(frame => frame.t === 'cmd')).toMatchObject({cid, as: 'jana', expectedVersion: 3});
});

test('a thread that blocks loses no link and no frame', async () => {
  await expect.poll(() => only().link, {interval: 10}).toBe('live');
  const peer = server.peer;
  server.say({t: 'd', prev: 5, seq: 6, events: []});
  // The terminal hangs: nothing runs in this thread, and nothing may be lost for it.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  server.say(
    {t: 'd', prev: 6, seq: 7, events: []},
    {t: 'mark', prev: 7, seq: 9, at: 0, digest: snapDigest, sources: []},
  );
  await expect.poll(() => only().state?.seq, {interval: 10}).toBe(9);
  expect(server.peer).toBe(peer);
});
