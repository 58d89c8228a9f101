import fc from 'fast-check';
import {expect, test} from 'vitest';
import {FairQueue} from '../../../src/collector/pipeline/fair-queue.ts';

test('a lane is first in, first out; lanes take turns; nothing is lost', () => {
  const lane = fc.constantFrom('a', 'b', 'c');
  fc.assert(
    fc.property(fc.array(fc.oneof(lane, fc.constant(null))), steps => {
      const queue = new FairQueue<string>({lane: 1000, total: 1000});
      const pushed: Record<string, string[]> = {a: [], b: [], c: []};
      const taken: Record<string, string[]> = {a: [], b: [], c: []};
      const take = () => {
        const item = queue.shift();
        if (item !== undefined) taken[item.charAt(0)]?.push(item);
        return item;
      };
      for (const [index, step] of steps.entries()) {
        if (step === null) take();
        else {
          queue.push(step, `${step}${index}`, 2);
          pushed[step]?.push(`${step}${index}`);
        }
      }
      while (take() !== undefined);
      expect(taken).toEqual(pushed);
      expect(queue.cost).toBe(0);
    }),
  );
});

test('who sends much waits behind himself', () => {
  const queue = new FairQueue<string>({lane: 100, total: 1000});
  for (let index = 0; index < 50; index++) queue.push('loud', `loud ${index}`, 1);
  queue.push('quiet', 'quiet', 1);
  expect([queue.shift(), queue.shift(), queue.shift()]).toEqual(['loud 0', 'quiet', 'loud 1']);
});

test('a full lane leaves room for others, until all of it is full', () => {
  const queue = new FairQueue<number>({lane: 10, total: 15});
  queue.push('loud', 1, 10);
  expect([queue.hasRoom('loud'), queue.hasRoom('quiet')]).toEqual([false, true]);
  queue.push('quiet', 2, 5);
  expect(queue.hasRoom('third')).toBe(false);
  queue.shift();
  expect(queue.hasRoom('loud')).toBe(true);
});
