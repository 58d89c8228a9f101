import fc from 'fast-check';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {alert, OpenCollector} from './support/open-collector.ts';
import type {TestConsole} from './support/test-console.ts';

let collector: OpenCollector;
let ingest: string;
let tokens: readonly string[];

beforeAll(async () => {
  collector = await OpenCollector.start();
  ingest = collector.token('ingest');
  tokens = [
    collector.token('admin', null, 'all'),
    collector.token('technician', ['mueller'], 'mueller'),
    collector.token('viewer', ['hofer'], 'hofer'),
  ];
});
afterAll(async () => collector[Symbol.asyncDispose]());

let reported = 0;

function report(count: number, host: number, customer: string, status: string): Promise<unknown> {
  const one = () => {
    reported++;
    const startedAt = new Date(collector.outside.clock.now() + reported).toISOString();
    return alert(`h${host}`, {customer, status, summary: `Bericht ${reported}`, startedAt});
  };
  return collector.ingest(ingest, Array.from({length: count}, one));
}

type Step =
  | {
      readonly type: 'report';
      readonly count: number;
      readonly host: number;
      readonly customer: string;
      readonly status: string;
    }
  | {readonly type: 'cut' | 'resume' | 'anew'; readonly console: number}
  | {readonly type: 'wait'}
  | {readonly type: 'restart'};

const index = fc.integer({min: 0, max: 2});
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('report' as const),
      count: fc.integer({min: 1, max: 4}),
      host: fc.integer({min: 0, max: 5}),
      customer: fc.constantFrom('mueller', 'hofer', 'nobody'),
      status: fc.constantFrom('firing', 'resolved'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({type: fc.constantFrom('cut' as const, 'resume' as const, 'anew' as const), console: index}),
  },
  {weight: 2, arbitrary: fc.constant({type: 'wait'} as const)},
  {weight: 1, arbitrary: fc.constant({type: 'restart'} as const)},
);

/** Opens the line again; takes up the picture of before unless it wants a new one. */
async function connect(number: number, before: TestConsole | undefined): Promise<TestConsole> {
  const console = await collector.console(tokens[number] ?? '');
  await console.subscribe(before ?? null);
  return console;
}

test('whatever is cut, resumed or restarted in whatever order, each console ends with the collector’s digest, without gap or double', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, {minLength: 5, maxLength: 25}), async steps => {
      const consoles = await Promise.all(tokens.map((_, number) => connect(number, undefined)));
      const everyone = [...consoles];
      const reports: Promise<unknown>[] = [];
      for (const it of steps) {
        switch (it.type) {
          case 'report':
            // Not waited for: what follows happens in the middle of it.
            reports.push(report(it.count, it.host, it.customer, it.status));
            break;
          case 'cut':
            await consoles[it.console]?.close();
            break;
          case 'resume':
          case 'anew': {
            const before = consoles[it.console];
            await before?.close();
            consoles[it.console] = await connect(it.console, it.type === 'resume' ? before : undefined);
            everyone.push(consoles[it.console] as TestConsole);
            break;
          }
          case 'wait':
            await collector.outside.advanceAsync(1000);
            break;
          case 'restart':
            await Promise.all(reports);
            await collector.restart();
            await Promise.all(consoles.map(console => console.end()));
            break;
          default:
            it satisfies never;
        }
      }
      await Promise.all(reports);
      for (const [number, before] of consoles.entries()) {
        if (before.closed !== null) {
          consoles[number] = await connect(number, before);
          everyone.push(consoles[number] as TestConsole);
        }
      }
      const marked = consoles.map(console => console.next(frame => frame.t === 'mark'));
      await collector.outside.advanceAsync(10_000);
      const marks = await Promise.all(marked);
      expect(everyone.flatMap(console => console.faults)).toEqual([]);
      expect(marks.every(mark => mark.t === 'mark' && mark.seq === consoles[0]?.seq)).toBe(true);
      await Promise.all(consoles.map(console => console.close()));
    }),
    {numRuns: 25},
  );
});

test('who comes back after a short while is told only what it missed', async () => {
  const first = await collector.console(tokens[0] ?? '');
  await first.subscribe();
  await first.close();
  await report(1, 9, 'mueller', 'firing');
  const second = await collector.console(tokens[0] ?? '');
  await second.subscribe(first);
  expect(second.frames.map(frame => frame.t).join(' ')).toMatch(/^hello resumed (d )+live/);
});

test.each([
  ['another history', 'e0', 3],
  ['a number from the future', null, 1_000_000],
])('%s is answered with a snapshot', async (_what, epoch, seq) => {
  const console = await collector.console(tokens[0] ?? '');
  const [hello] = console.frames;
  if (hello?.t !== 'hello') throw new Error('no hello');
  console.send({t: 'sub', client: 'x', epoch: epoch ?? hello.epoch, seq, customers: null});
  await console.until(frame => frame.t === 'live');
  expect(console.frames.map(({t}) => t).slice(1, 3)).toEqual(['snap', 'item']);
  expect(console.faults).toEqual([]);
});

test('who fell behind what memory holds is read to from disk', async () => {
  await using busy = await OpenCollector.start();
  const token = busy.token('ingest');
  const viewer = busy.token('viewer');
  const before = await busy.console(viewer);
  await before.subscribe();
  await before.close();
  const output = 'y'.repeat(500);
  for (let batch = 0; batch < 20; batch++) {
    busy.outside.advance(10);
    await busy.ingest(
      token,
      Array.from({length: 60}, (_, index) =>
        alert(`h${index}`, {
          output,
          summary: `${batch}`,
          customer: batch % 2 === 0 ? 'mueller' : 'hofer',
          startedAt: new Date(batch).toISOString(),
        }),
      ),
    );
  }
  await busy.restart();
  const after = await busy.console(viewer);
  await after.subscribe(before);
  expect(after.frames.some(frame => frame.t === 'resumed')).toBe(true);
  const marked = after.next(frame => frame.t === 'mark');
  await busy.outside.advanceAsync(10_000);
  await marked;
  expect(after.faults).toEqual([]);
});
