import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {Lanes} from '../../../src/collector/checks/lanes.ts';
import {type Job, schedule} from '../../../src/collector/checks/schedule.ts';
import {HOUR, MINUTE, SECOND} from '../../../src/domain/time.ts';
import {NIGHT, type VirtualOutside, virtualOutside} from '../../support/clock.ts';

/** A job that writes down when it began, takes `tookMs` of virtual time and answers `pace`. */
function job(
  outside: VirtualOutside,
  id: string,
  change: Partial<Job> & {tookMs?: number; pace?: () => 'soon' | 'regular'} = {},
) {
  const {tookMs = 0, pace = () => 'regular', ...rest} = change;
  const starts: number[] = [];
  const one: Job = {
    id,
    everyMs: MINUTE,
    retryEveryMs: 10 * SECOND,
    async run(stopped) {
      starts.push(outside.clock.now() - NIGHT);
      if (tookMs > 0) {
        await new Promise<void>(resolve => {
          outside.timers.after(tookMs, resolve);
          stopped.addEventListener('abort', () => resolve());
        });
      }
      return pace();
    },
    ...rest,
  };
  return {job: one, starts};
}

const gaps = (starts: readonly number[]) => starts.slice(1).map((start, index) => start - (starts[index] ?? 0));

describe('on time', () => {
  test('the first picture is there within half a minute, and then each job keeps its place in its period', async () => {
    const outside = virtualOutside();
    const jobs = Array.from({length: 20}, (_, index) => job(outside, `job ${index}`, {everyMs: 5 * MINUTE}));
    schedule(
      jobs.map(one => one.job),
      outside,
    );
    await outside.advanceAsync(30 * SECOND);
    for (const {starts} of jobs) expect(starts).toHaveLength(1);
    await outside.advanceAsync(HOUR);
    for (const {starts} of jobs) {
      expect(starts.length).toBeGreaterThanOrEqual(12);
      expect(new Set(gaps(starts).slice(1))).toEqual(new Set([5 * MINUTE]));
      expect(gaps(starts)[0]).toBeGreaterThanOrEqual(0.1 * 5 * MINUTE);
      expect(gaps(starts)[0]).toBeLessThanOrEqual(1.1 * 5 * MINUTE);
    }
  });

  test('jobs with one period are spread over it, the same way at every start', async () => {
    const run = async () => {
      const outside = virtualOutside();
      const jobs = Array.from({length: 600}, (_, index) => job(outside, `host-${index}|ping`));
      schedule(
        jobs.map(one => one.job),
        outside,
      );
      await outside.advanceAsync(3 * MINUTE);
      return jobs.map(one => one.starts.at(-1) ?? 0);
    };
    const first = await run();
    const perSecond = new Map<number, number>();
    for (const start of first) {
      const second = Math.floor(start / SECOND);
      perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
    }
    expect(perSecond.size).toBeGreaterThan(50);
    expect(Math.max(...perSecond.values())).toBeLessThan(30);
    expect(await run()).toEqual(first);
  });

  test('ST-7: while a state is soft the retry interval is in force', async () => {
    const outside = virtualOutside();
    let isSoft = true;
    const one = job(outside, 'a', {pace: () => (isSoft ? 'soon' : 'regular')});
    schedule([one.job], outside);
    await outside.advanceAsync(MINUTE);
    expect(new Set(gaps(one.starts))).toEqual(new Set([10 * SECOND]));
    isSoft = false;
    const count = one.starts.length;
    await outside.advanceAsync(10 * MINUTE);
    expect(new Set(gaps(one.starts.slice(count + 1)))).toEqual(new Set([MINUTE]));
  });
});

describe('out of turn', () => {
  test('DP-3: a job that is wanted now runs now, once, and one that is running is left alone', async () => {
    const outside = virtualOutside();
    const {job: one, starts} = job(outside, 'check parent', {everyMs: HOUR, tookMs: 2 * SECOND});
    const {hasten} = schedule([one], outside);
    await outside.advanceAsync(5 * MINUTE);
    const before = starts.length;
    hasten('check parent');
    hasten('check parent');
    hasten('check of nobody');
    await outside.advanceAsync(SECOND);
    expect(starts.slice(before)).toEqual([5 * MINUTE]);
    hasten('check parent');
    await outside.advanceAsync(10 * SECOND);
    expect(starts.slice(before)).toEqual([5 * MINUTE]);
  });
});

describe('a job never overlaps itself', () => {
  test('one that takes longer than its period runs again when it has ended', async () => {
    const outside = virtualOutside();
    const one = job(outside, 'slow', {tookMs: 150 * SECOND});
    schedule([one.job], outside);
    await outside.advanceAsync(20 * MINUTE);
    expect(one.starts.length).toBeGreaterThan(5);
    for (const gap of gaps(one.starts)) expect(gap).toBeGreaterThanOrEqual(150 * SECOND);
  });

  test('whatever the durations, starts are apart by the duration', async () => {
    const durations = fc.array(fc.integer({min: 0, max: 200}), {minLength: 1, maxLength: 10});
    await fc.assert(
      fc.asyncProperty(durations, async seconds => {
        const outside = virtualOutside();
        const jobs = seconds.map((tookSeconds, index) => ({
          tookMs: tookSeconds * SECOND,
          ...job(outside, `${index}`, {tookMs: tookSeconds * SECOND, pace: () => (index % 2 ? 'soon' : 'regular')}),
        }));
        const {stop} = schedule(
          jobs.map(one => one.job),
          outside,
        );
        await outside.advanceAsync(15 * MINUTE);
        for (const {starts, tookMs} of jobs) {
          expect(starts.length).toBeGreaterThan(0);
          for (const gap of gaps(starts)) expect(gap).toBeGreaterThanOrEqual(Math.max(tookMs, 10 * SECOND));
        }
        await stop();
      }),
      {numRuns: 15},
    );
  });
});

describe('sleep and clock jumps', () => {
  test.each([
    ['forward by eight hours', 8 * HOUR],
    ['back by eight hours', -8 * HOUR],
  ])('%s: nothing is made up for, all jobs run once within half a minute, spread', async (_name, jump) => {
    const outside = virtualOutside();
    const jobs = Array.from({length: 50}, (_, index) => job(outside, `${index}`));
    schedule(
      jobs.map(one => one.job),
      outside,
    );
    await outside.advanceAsync(5 * MINUTE);
    const before = jobs.map(one => one.starts.length);
    outside.jump(jump);
    await outside.advanceAsync(10 * SECOND + 30 * SECOND);
    const ran = jobs.map((one, index) => one.starts.length - (before[index] ?? 0));
    expect(Math.min(...ran)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...ran)).toBeLessThanOrEqual(2);
    const last = new Set(jobs.map(one => Math.floor((one.starts.at(-1) ?? 0) / SECOND)));
    expect(last.size).toBeGreaterThan(10);
  });

  test('a busy moment is caught up with, once', async () => {
    const outside = virtualOutside();
    const one = job(outside, 'a', {everyMs: 5 * SECOND});
    schedule([one.job], outside);
    await outside.advanceAsync(MINUTE);
    const count = one.starts.length;
    outside.jump(20 * SECOND);
    await outside.advanceAsync(5 * SECOND);
    expect(one.starts.length - count).toBeLessThanOrEqual(2);
  });
});

describe('stop', () => {
  test('ends what runs, and nothing runs after it', async () => {
    const outside = virtualOutside();
    const jobs = [job(outside, 'a', {tookMs: HOUR}), job(outside, 'b')];
    const {stop} = schedule(
      jobs.map(one => one.job),
      outside,
    );
    await outside.advanceAsync(MINUTE);
    await stop();
    const counts = jobs.map(one => one.starts.length);
    await outside.advanceAsync(HOUR);
    expect(jobs.map(one => one.starts.length)).toEqual(counts);
  });

  test('no jobs are no work', async () => {
    const outside = virtualOutside();
    const {stop} = schedule([], outside);
    await outside.advanceAsync(HOUR);
    await stop();
    expect(outside.pending()).toBe(0);
  });
});

describe('lanes', () => {
  test('rule 38: never more than the limits run, nobody is forgotten, and a lane keeps its order', async () => {
    const tasks = fc.array(fc.record({lane: fc.constantFrom('a', 'b', 'c'), ticks: fc.nat({max: 5})}), {maxLength: 40});
    await fc.assert(
      fc.asyncProperty(tasks, async list => {
        const outside = virtualOutside();
        const lanes = new Lanes({total: 4, lane: 2});
        const running = new Map<string, number>();
        const begun: Record<string, number[]> = {a: [], b: [], c: []};
        const all = list.map(({lane, ticks}, index) =>
          lanes.run(lane, async () => {
            begun[lane]?.push(index);
            running.set(lane, (running.get(lane) ?? 0) + 1);
            expect(running.get(lane)).toBeLessThanOrEqual(2);
            expect([...running.values()].reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(4);
            await new Promise<void>(resolve => void outside.timers.after(ticks, resolve));
            running.set(lane, (running.get(lane) ?? 0) - 1);
            if (index % 3 === 0) throw new Error('failed');
          }),
        );
        const settled = Promise.allSettled(all);
        await outside.advanceAsync(1000);
        await settled;
        for (const [lane, order] of Object.entries(begun)) {
          expect(order).toEqual(list.flatMap((one, index) => (one.lane === lane ? [index] : [])));
        }
      }),
      {numRuns: 30},
    );
  });

  test('rule 38: a destination that hangs holds up nobody else', async () => {
    const lanes = new Lanes({total: 4, lane: 2});
    for (let index = 0; index < 10; index++) void lanes.run('hangs', () => new Promise(() => {}));
    expect(await lanes.run('works', async () => 'done')).toBe('done');
    expect(await lanes.run('works', async () => 'done again')).toBe('done again');
  });
});
