import {expect, test} from 'vitest';
import {createNewsPace, type NewsPace} from '../../src/console/news-pace.ts';
import {virtualOutside} from '../support/clock.ts';

/** A pace on virtual time; painting a picture keeps the only thread for `paintMs`. */
function paced(paintMs: number) {
  const outside = virtualOutside();
  const taken: number[] = [];
  const start = outside.clock.now();
  const pace: NewsPace = createNewsPace(outside.clock, outside.timers, () => {
    taken.push(outside.clock.now() - start);
    pace.taken();
    outside.jump(paintMs);
    pace.painted();
  });
  return {outside, pace, taken};
}

test('the first news are shown at once, a burst together, never more than fifteen times a second', () => {
  const {outside, pace, taken} = paced(0);
  for (let ms = 0; ms < 1000; ms += 2) {
    pace.heard();
    outside.advance(2);
  }
  expect(taken[0]).toBe(0);
  expect(taken.length).toBeLessThanOrEqual(16);
  expect(taken.length).toBeGreaterThanOrEqual(14);
});

test('where painting is slow, news take a quarter of the time, and come twice a second all the same', () => {
  for (const [paintMs, everyMs] of [
    [5, 67],
    [50, 200],
    [100, 400],
    [400, 500],
  ] as const) {
    const {outside, pace, taken} = paced(paintMs);
    for (let ms = 0; ms < 4000; ms += 2) {
      pace.heard();
      outside.advance(2);
    }
    const gaps = taken.slice(2).map((at, index) => at - (taken[index + 1] ?? 0));
    for (const gap of gaps) expect(Math.abs(gap - everyMs)).toBeLessThanOrEqual(2);
    expect(gaps.length).toBeGreaterThan(2);
  }
});

test('after the end nothing is taken', () => {
  const {outside, pace, taken} = paced(5);
  pace.heard();
  pace.heard();
  pace.close();
  outside.advance(1000);
  expect(taken).toEqual([0]);
});
