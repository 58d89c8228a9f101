import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {LinkStatus} from '../../src/client/link.ts';
import type {PendingCommand} from '../../src/client/noc.ts';
import {type Batch, Outflow, type Telling} from '../../src/client/outflow.ts';
import {NIGHT, virtualOutside} from '../support/clock.ts';

const KIB = 1024;
const url = 'ws://127.0.0.1:7420/ws';

const status = (link: LinkStatus['link']): Telling => ({
  type: 'status',
  collector: url,
  status: {link, reason: null, since: NIGHT, heardAt: null, skewMs: 0, collector: null, who: null},
});
const picture = (name: string, size = 10): Telling => ({type: 'picture', collector: url, text: name.padEnd(size, '.')});
const command = (cid: string, state: PendingCommand['status']): Telling => ({
  type: 'command',
  command: {
    cid,
    collector: url,
    body: {kind: 'unack', occurrence: 'K7F3'},
    issuedAt: NIGHT,
    status: state,
    verdict: null,
  },
});

function openBench() {
  const outside = virtualOutside();
  const posted: Batch[] = [];
  const brakes: string[] = [];
  const outflow = new Outflow(outside.timers, batch => posted.push(batch), {
    setPaused: isPaused => brakes.push(isPaused ? 'pause' : 'go on'),
    hold: () => brakes.push('hold'),
    release: () => brakes.push('release'),
  });
  return {outside, posted, brakes, outflow, arrived: () => posted.flatMap(batch => batch.tellings)};
}

/** Fills what may be under way, so that everything after it waits. */
async function stall({outflow}: ReturnType<typeof openBench>): Promise<void> {
  outflow.tell(picture('first', 300 * KIB));
  await Promise.resolve();
}

describe('a face that keeps up', () => {
  test('is told everything of a turn at once, in order', async () => {
    const bench = openBench();
    const all = [status('loading'), picture('a'), picture('b'), status('live')];
    for (const telling of all) bench.outflow.tell(telling);
    expect(bench.posted).toHaveLength(0);
    await Promise.resolve();
    expect(bench.posted.map(batch => batch.tellings)).toEqual([all]);
  });

  test('gets pictures in portions, so that a key waits for two of them at most', async () => {
    const bench = openBench();
    for (let count = 0; count < 16; count++) bench.outflow.tell(picture(`${count}`, 60 * KIB));
    await Promise.resolve();
    expect(bench.posted).toHaveLength(2);
    while (bench.arrived().length < 16) {
      const under = bench.posted.at(-2);
      bench.outflow.taken(under?.size ?? 0);
      for (const {size} of bench.posted) expect(size).toBeLessThanOrEqual(128 * KIB + 60 * KIB);
    }
    expect(bench.brakes).toEqual([]);
  });
});

describe('a face that stalls (security rule 51)', () => {
  test('is waited for, then let go, and asked for again when it is back', async () => {
    const bench = openBench();
    await stall(bench);
    for (let count = 0; count < 20; count++) bench.outflow.tell(picture(`${count}`, 60 * KIB));
    await Promise.resolve();
    expect(bench.brakes).toEqual(['pause']);
    bench.outside.advance(5_000);
    expect(bench.brakes).toEqual(['pause', 'hold', 'go on']);
    bench.outside.advance(3_600_000);
    for (let index = 0; index < bench.posted.length; index++) bench.outflow.taken(bench.posted[index]?.size ?? 0);
    expect(bench.brakes).toEqual(['pause', 'hold', 'go on', 'release']);
    expect(bench.arrived()).toHaveLength(21);
  });

  test('for less than five seconds costs a pause and no frame', async () => {
    const bench = openBench();
    await stall(bench);
    for (let count = 0; count < 20; count++) bench.outflow.tell(picture(`${count}`, 60 * KIB));
    await Promise.resolve();
    bench.outside.advance(4_900);
    for (let index = 0; index < bench.posted.length; index++) bench.outflow.taken(bench.posted[index]?.size ?? 0);
    expect(bench.brakes).toEqual(['pause', 'go on']);
    bench.outside.advance(60_000);
    expect(bench.brakes).toEqual(['pause', 'go on']);
  });

  test('does not gather old news: the last word on a link and on a command is kept', async () => {
    const bench = openBench();
    await stall(bench);
    for (let second = 0; second < 3_600; second++) bench.outflow.tell(status(second % 2 === 0 ? 'loading' : 'live'));
    bench.outflow.tell(command('c1', 'queued'));
    bench.outflow.tell(command('c1', 'sent'));
    bench.outflow.tell(command('c1', 'settled'));
    await Promise.resolve();
    bench.outflow.taken(300 * KIB);
    expect(bench.arrived().slice(1)).toEqual([status('live'), command('c1', 'settled')]);
  });

  test('never hears that a link is live before the pictures that make it so', async () => {
    const bench = openBench();
    await stall(bench);
    for (const telling of [status('loading'), picture('snap'), status('live')]) bench.outflow.tell(telling);
    await Promise.resolve();
    bench.outflow.taken(300 * KIB);
    expect(bench.arrived().slice(1)).toEqual([status('loading'), picture('snap'), status('live')]);
  });
});

test('pictures arrive whole and in order whatever the pace, and no more waits than the brakes allow', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.constant('take' as const), fc.integer({min: 1, max: 64})), {maxLength: 200}),
      async steps => {
        const bench = openBench();
        let told = 0;
        let taken = 0;
        const take = (): void => {
          const batch = bench.posted[taken];
          if (batch === undefined) return;
          taken++;
          bench.outflow.taken(batch.size);
        };
        for (const step of steps) {
          if (step === 'take') take();
          else if (bench.brakes.at(-1) !== 'pause') bench.outflow.tell(picture(`${told++} `, step * KIB));
          await Promise.resolve();
        }
        while (taken < bench.posted.length) take();
        const names = bench
          .arrived()
          .map(telling => (telling.type === 'picture' ? Number.parseInt(telling.text, 10) : -1));
        expect(names).toEqual(Array.from({length: told}, (_, index) => index));
      },
    ),
    {numRuns: 50},
  );
});
