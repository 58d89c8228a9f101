import fc from 'fast-check';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {CollectorView} from '../../src/client/noc.ts';
import {openDirect} from '../../src/client/open-direct.ts';
import {hasQueuedCommands, Outbox} from '../../src/client/outbox.ts';
import type {Store} from '../../src/client/store.ts';
import {digest} from '../../src/domain/digest.ts';
import type {DomainEvent} from '../../src/domain/event.ts';
import type {Severity} from '../../src/domain/severity.ts';
import {NIGHT, type VirtualOutside, virtualOutside} from '../support/clock.ts';
import {text} from '../support/frames.ts';
import {type TemporaryFolder, temporaryFolder} from '../support/temporary-folder.ts';
import {VirtualCollector} from '../support/virtual-collector.ts';

const url = 'ws://127.0.0.1:7420/ws';
const ack = {kind: 'ack', occurrence: 'K7F3', note: null, until: null, sticky: false} as const;

interface Bench {
  readonly outside: VirtualOutside;
  readonly collector: VirtualCollector;
  readonly store: Store;
}

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

async function openBench(options: {readonly isUp?: boolean; readonly outbox?: Outbox | null} = {}): Promise<Bench> {
  const outside = virtualOutside();
  const collector = new VirtualCollector(outside);
  collector.isUp = options.isUp ?? true;
  const store = openDirect({
    collectors: [{url, token: 'token', ca: null, name: 'berlin'}],
    outside,
    as: null,
    wantsPicture: true,
    dial: collector.line.dial,
    outbox: options.outbox === undefined ? new Outbox(folder.path) : options.outbox,
  });
  await outside.advanceAsync(0);
  collector.deliver();
  collector.deliver();
  return {outside, collector, store};
}

function only(store: Store): CollectorView {
  const [view] = store.getSnapshot().collectors;
  if (view === undefined) throw new Error('no collector in the view');
  return view;
}

function checkChanged(host: string, state: Severity): DomainEvent {
  return {
    type: 'check.changed',
    address: {customer: 'mueller', site: '', host, service: 'disk'},
    source: 'checks',
    state,
    stateType: 'hard',
    attempt: 1,
    maxAttempts: 3,
    stale: false,
    lastState: 'ok',
    flapping: false,
    output: text(`DISK ${state}`),
  };
}

describe('the picture', () => {
  test('is the collector’s own once it is live, and follows it', async () => {
    const {store, collector} = await openBench();
    expect(only(store)).toMatchObject({link: 'live', name: 'berlin', tag: 'B'});
    collector.append(checkChanged('srv-1', 'warning'));
    collector.deliver();
    const {state} = only(store);
    expect(state?.checks.get('mueller||srv-1|disk')?.state).toBe('warning');
  });

  test('stays while the link is down, and says how old it is', async () => {
    const {store, collector, outside} = await openBench();
    collector.append(checkChanged('srv-1', 'critical'));
    collector.deliver();
    const before = only(store).state;
    await outside.advanceAsync(10_000);
    collector.isUp = false;
    collector.cut();
    expect(only(store)).toMatchObject({link: 'down', heardAt: NIGHT});
    expect(only(store).state).toBe(before);
  });

  test('of a new history replaces the old one only when it is whole', async () => {
    const {store, collector, outside} = await openBench();
    collector.append(
      checkChanged('srv-1', 'critical'),
      checkChanged('srv-2', 'ok'),
      checkChanged('srv-3', 'ok'),
      checkChanged('srv-4', 'ok'),
    );
    collector.deliver();
    const before = only(store).state;
    collector.newEpoch('e2');
    await outside.advanceAsync(250);
    collector.deliver(1);
    collector.deliver(2);
    expect(only(store).link).toBe('loading');
    expect(only(store).state).toBe(before);
    collector.deliver();
    expect(only(store).link).toBe('live');
    expect(only(store).state).not.toBe(before);
  });

  test('that does not match the digest is taken anew', async () => {
    const {store, collector} = await openBench();
    collector.append(checkChanged('srv-1', 'ok'));
    collector.deliver();
    collector.say({t: 'mark', seq: 1, prev: 1, at: NIGHT, digest: 'something else', sources: []});
    collector.deliver(1);
    expect(only(store)).toMatchObject({link: 'loading', reason: {code: 'DIGEST'}});
    expect(only(store).state).not.toBeNull();
    collector.deliver();
    expect(only(store)).toMatchObject({link: 'live', reason: null});
  });

  test('is a new object only for the collector that changed, and the listeners hear once a turn', async () => {
    const {store, collector} = await openBench();
    const heard: unknown[] = [];
    store.subscribe(() => heard.push(store.getSnapshot()));
    collector.append(checkChanged('srv-1', 'ok'));
    collector.append(checkChanged('srv-2', 'ok'));
    collector.deliver();
    expect(heard).toHaveLength(0);
    await Promise.resolve();
    expect(heard).toEqual([store.getSnapshot()]);
    expect(store.getSnapshot()).toBe(store.getSnapshot());
  });

  test('is the collector’s after any interleaving of events, cuts, losses and new histories', async () => {
    const step = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          do: fc.constant('append'),
          host: fc.integer({min: 0, max: 5}),
          state: fc.constantFrom<Severity>('ok', 'warning', 'critical'),
        }),
      },
      {weight: 6, arbitrary: fc.record({do: fc.constant('deliver'), count: fc.integer({min: 1, max: 4})})},
      {weight: 2, arbitrary: fc.record({do: fc.constant('mark')})},
      {weight: 2, arbitrary: fc.record({do: fc.constant('cut')})},
      {weight: 1, arbitrary: fc.record({do: fc.constant('lose')})},
      {weight: 1, arbitrary: fc.record({do: fc.constant('epoch')})},
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, {maxLength: 40}), async steps => {
        const {store, collector, outside} = await openBench({outbox: null});
        let epoch = 1;
        for (const it of steps) {
          if (it.do === 'append' && 'host' in it) collector.append(checkChanged(`srv-${it.host}`, it.state));
          else if (it.do === 'deliver' && 'count' in it) collector.deliver(it.count);
          else if (it.do === 'mark') collector.mark();
          else if (it.do === 'cut') collector.cut();
          else if (it.do === 'lose') collector.lose();
          else if (it.do === 'epoch') collector.newEpoch(`e${++epoch}`);
          await outside.advanceAsync(100);
        }
        // Whatever happened: let the link come back, and two marks later all is well.
        for (let round = 0; round < 16; round++) {
          await outside.advanceAsync(5_000);
          collector.deliver();
          collector.mark();
          collector.deliver();
        }
        expect(only(store).link).toBe('live');
        const {state} = only(store);
        expect(state === null ? null : digest(state, () => true)).toBe(collector.digest());
        await store.close();
      }),
      {numRuns: 200},
    );
  });
});

describe('a command', () => {
  const cack = {t: 'cack', outcome: 'applied', code: 'OK', by: text('jana'), at: NIGHT, seq: 1, message: null} as const;

  test('is shown at once, sent, and settled by its verdict alone', async () => {
    const {store, collector} = await openBench();
    const cid = store.send(url, ack, 7);
    expect(store.getSnapshot().commands).toMatchObject([{cid, status: 'sent', body: ack, collector: url}]);
    expect(collector.commands).toMatchObject([{cid, body: ack, expectedVersion: 7, as: null}]);
    expect(hasQueuedCommands(folder.path)).toBe(true);
    collector.say({...cack, cid});
    collector.deliver();
    expect(store.getSnapshot().commands).toMatchObject([
      {cid, status: 'settled', verdict: {outcome: 'applied', by: 'jana'}},
    ]);
    expect(hasQueuedCommands(folder.path)).toBe(false);
  });

  test('given without a link waits, and is sent once it is back, before the picture', async () => {
    const {store, collector, outside} = await openBench({isUp: false});
    const cid = store.send(url, ack, null);
    expect(store.getSnapshot().commands).toMatchObject([{cid, status: 'queued'}]);
    collector.isUp = true;
    await outside.advanceAsync(5_000);
    collector.deliver(1);
    expect(collector.commands.map(command => command.cid)).toEqual([cid]);
    expect(collector.line.call.sent.map(frame => frame.t)).toEqual(['cmd', 'sub']);
  });

  test('whose answer was lost with the line is sent again under the same id (AL-4)', async () => {
    const {store, collector, outside} = await openBench();
    const cid = store.send(url, ack, null);
    collector.cut();
    expect(store.getSnapshot().commands).toMatchObject([{status: 'queued'}]);
    await outside.advanceAsync(5_000);
    collector.deliver(1);
    expect(collector.commands.map(command => command.cid)).toEqual([cid, cid]);
  });

  test('of a process that died is sent by the next one', async () => {
    const first = await openBench({isUp: false, outbox: new Outbox(folder.path, 2 ** 22 + 1)});
    const cid = first.store.send(url, ack, 3);
    const second = await openBench();
    expect(second.collector.commands).toMatchObject([{cid, body: ack, expectedVersion: 3}]);
  });

  test('that waited longer than its word is good for says so, and is never sent (security rule 28)', async () => {
    const {store, collector, outside} = await openBench({isUp: false});
    store.send(url, ack, null);
    await outside.advanceAsync(3_600_000 + 15_000);
    expect(store.getSnapshot().commands).toMatchObject([
      {status: 'settled', verdict: {outcome: 'expired', code: 'EXPIRED'}},
    ]);
    collector.isUp = true;
    await outside.advanceAsync(60_000);
    collector.deliver();
    expect(collector.commands).toEqual([]);
  });

  test('that may have arrived is never called expired here: only the collector knows', async () => {
    const {store, collector, outside} = await openBench();
    store.send(url, ack, null);
    collector.isUp = false;
    collector.cut();
    await outside.advanceAsync(2 * 3_600_000);
    expect(store.getSnapshot().commands).toMatchObject([{status: 'queued'}]);
    collector.isUp = true;
    await outside.advanceAsync(60_000);
    collector.deliver(1);
    expect(collector.commands).toHaveLength(2);
  });

  test('in conflict carries who was first, and when', async () => {
    const {store, collector} = await openBench();
    const cid = store.send(url, ack, 1);
    collector.say({
      ...cack,
      cid,
      outcome: 'rejected',
      code: 'CONFLICT',
      by: text('ben'),
      at: NIGHT - 60_000,
      seq: null,
    });
    collector.deliver();
    expect(store.getSnapshot().commands).toMatchObject([{verdict: {code: 'CONFLICT', by: 'ben', at: NIGHT - 60_000}}]);
  });

  test('is stamped with the collector’s time, not with ours', async () => {
    const {store, collector, outside} = await openBench();
    collector.skewMs = 90_000;
    collector.mark();
    collector.deliver();
    expect(only(store).skewMs).toBe(90_000);
    store.send(url, ack, null);
    expect(collector.commands.at(-1)?.issuedAt).toBe(outside.clock.now() + 90_000);
  });

  test('leaves the view a minute after it is settled', async () => {
    const {store, collector, outside} = await openBench();
    const cid = store.send(url, ack, null);
    collector.say({...cack, cid});
    collector.deliver();
    await outside.advanceAsync(55_000);
    collector.mark();
    collector.deliver();
    expect(store.getSnapshot().commands).toHaveLength(1);
    await outside.advanceAsync(10_000);
    expect(store.getSnapshot().commands).toHaveLength(0);
  });

  test('on its way when the face closes has a moment to be answered, and stays on disk otherwise', async () => {
    const {store, collector, outside} = await openBench();
    const cid = store.send(url, ack, null);
    let isClosed = false;
    const closing = store.close().then(() => {
      isClosed = true;
    });
    await outside.advanceAsync(1_000);
    expect(isClosed).toBe(false);
    await outside.advanceAsync(500);
    await closing;
    expect(new Outbox(folder.path).adopt(url, '3c469e9d6c5875d37a43f353d4f88e61').map(command => command.cid)).toEqual([
      cid,
    ]);
    expect(collector.line.call.isOver).toBe(true);
    expect(outside.pending()).toBe(0);
  });
});

describe('a question for a host’s history', () => {
  const answer = {
    t: 'history',
    host: 'a|b|c',
    stepMs: 60_000,
    until: NIGHT,
    series: {cpu: [1], memory: [], disk: [], load: [], latency: []},
  } as const;

  test('is answered by its own number', async () => {
    const {store, collector} = await openBench();
    const [first, second] = [store.history(url, 'a|b|c', 1000, 10), store.history(url, 'a|b|c', 2000, 10)];
    collector.say({...answer, id: 2, stepMs: 2});
    collector.say({...answer, id: 1, stepMs: 1});
    collector.deliver();
    expect((await first).stepMs).toBe(1);
    expect((await second).stepMs).toBe(2);
  });

  test('fails when the link goes, and when nobody answers', async () => {
    const {store, collector, outside} = await openBench();
    const lost = expect(store.history(url, 'a|b|c', 1000, 10)).rejects.toMatchObject({code: 'NO_LINK'});
    collector.cut();
    await lost;
    const silent = expect(store.history(url, 'a|b|c', 1000, 10)).rejects.toMatchObject({code: 'NO_LINK'});
    await outside.advanceAsync(10_000);
    await silent;
  });
});
