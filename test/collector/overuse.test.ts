import {expect, test} from 'vitest';
import type {ClientFrame} from '../../src/protocol/frames.ts';
import {alert, OpenCollector} from './support/open-collector.ts';
import {RawConsole} from './support/raw-console.ts';

const subscription = (customers: readonly string[] | null = null): ClientFrame => ({
  t: 'sub',
  client: 'raw',
  epoch: null,
  seq: null,
  customers,
});

const ask = (id: number): ClientFrame => ({
  t: 'ask',
  id,
  host: 'mueller||srv-01',
  spanMs: 3_600_000,
  points: 1440,
});

async function waitingBytes(collector: OpenCollector, token: string): Promise<number> {
  const {text} = await collector.http('GET', '/metrics', {token});
  return Number(/nocturne_session_waiting_bytes (\d+)/.exec(text)?.[1]);
}

test('rule 24: answers that nobody reads wait as questions, not as answers, and come when they are read', async () => {
  await using collector = await OpenCollector.start();
  const token = collector.token('viewer');
  using raw = await RawConsole.open(collector, token);
  const questions = 500;
  raw.write([subscription(), ...Array.from({length: questions}, (_, id) => ask(id))]);
  const reading = await collector.console(collector.token('viewer', null, 'other'));
  await reading.subscribe();
  reading.send(ask(0));
  await reading.until(frame => frame.t === 'history');
  expect(await waitingBytes(collector, token)).toBeLessThan(512 * 1024);
  raw.read();
  await raw.until(`"t":"history","id":${questions - 1},`);
  const ids = [...raw.text.matchAll(/"t":"history","id":(\d+),/g)].map(([, id]) => Number(id));
  expect(ids).toEqual(Array.from({length: questions}, (_, id) => id));
});

test('a console that subscribes without end gets five snapshots a second, and the last of them counts', async () => {
  await using collector = await OpenCollector.start();
  await collector.ingest(collector.token('ingest'), alert('srv-01'));
  using raw = await RawConsole.open(collector, collector.token('viewer'));
  raw.read();
  const snapshots = () => raw.text.match(/"t":"snap",/g)?.length ?? 0;
  const subscriptions = 12;
  raw.write(Array.from({length: subscriptions}, (_, index) => subscription(['mueller', `c${index}`])));
  while (snapshots() === 0) await raw.more();
  // What it was read of is in the same piece: another console's whole greeting comes after it.
  await (await collector.console(collector.token('viewer', null, 'other'))).subscribe();
  expect(snapshots()).toBe(5);
  for (let second = 1; snapshots() < subscriptions; second++) {
    expect(second).toBeLessThan(4);
    const more = raw.more();
    await collector.outside.advanceAsync(1000);
    await more;
  }
  expect(snapshots()).toBe(subscriptions);
});
