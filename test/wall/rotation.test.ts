import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {MINUTE, SECOND} from '../../src/domain/time.ts';
import {
  type Course,
  move,
  PAGES,
  type Page,
  pageOf,
  type Rotation,
  startRotation,
  tick,
} from '../../src/wall/rotation.ts';
import {NIGHT} from '../support/clock.ts';

function course(over: Partial<Course> = {}): Course {
  return {pages: PAGES, rotateMs: 30 * SECOND, leaves: () => 1, hasContent: () => true, ...over};
}

function run(start: Rotation, by: Course, seconds: number, isInterrupted: (second: number) => boolean = () => false) {
  const seen: Page[] = [];
  let rotation = start;
  for (let second = 1; second <= seconds; second++) {
    rotation = tick(rotation, by, NIGHT + second * SECOND, isInterrupted(second));
    seen.push(pageOf(rotation, by));
  }
  return {rotation, seen};
}

describe('the rotation', () => {
  test('gives every page its time, in order, over and over', () => {
    const {seen} = run(startRotation(NIGHT), course(), 300);
    expect(seen.filter(page => page === 'now')).toHaveLength(60);
    expect([...new Set(seen)]).toEqual([...PAGES]);
    expect(seen[29]).toBe('customers');
    expect(seen[149]).toBe('now');
  });

  test('gives every leaf of a page its time', () => {
    const by = course({pages: ['customers', 'trend'], leaves: page => (page === 'customers' ? 3 : 1)});
    const {seen} = run(startRotation(NIGHT), by, 240);
    expect(seen.filter(page => page === 'customers')).toHaveLength(180);
  });

  test('passes over what has nothing to say', () => {
    const by = course({hasContent: page => page !== 'backups' && page !== 'onCall'});
    expect(new Set(run(startRotation(NIGHT), by, 600).seen)).toEqual(new Set(['now', 'customers', 'trend']));
  });

  test('stays where it is when nothing at all has anything to say', () => {
    const by = course({hasContent: () => false});
    expect(new Set(run(startRotation(NIGHT), by, 29).seen)).toEqual(new Set(['now']));
  });

  test('gives an interrupted or paused page its whole time afterwards', () => {
    const {seen} = run(startRotation(NIGHT), course(), 119, second => second > 20 && second <= 80);
    expect(new Set(seen.slice(0, 109))).toEqual(new Set(['now']));
    expect(seen[109]).toBe('customers');
    const paused = move(startRotation(NIGHT), course(), 'pause', NIGHT);
    expect(new Set(run(paused, course(), 600).seen)).toEqual(new Set(['now']));
  });

  test('is not held for hours by a clock that was set back', () => {
    let rotation = tick(startRotation(NIGHT), course(), NIGHT - 60 * MINUTE, false);
    rotation = tick(rotation, course(), NIGHT - 60 * MINUTE + 30 * SECOND, false);
    expect(pageOf(rotation, course())).toBe('customers');
  });

  test('going forth and back leads to the same page and leaf', () => {
    const leaves = fc.array(fc.integer({min: 1, max: 4}), {minLength: PAGES.length, maxLength: PAGES.length});
    fc.assert(
      fc.property(leaves, fc.integer({min: 0, max: 20}), fc.integer({min: 0, max: 20}), (counts, there, steps) => {
        const by = course({leaves: page => counts[PAGES.indexOf(page)] ?? 1});
        let rotation = startRotation(NIGHT);
        for (let step = 0; step < there; step++) rotation = move(rotation, by, 'next', NIGHT);
        const from = rotation;
        for (let step = 0; step < steps; step++) rotation = move(rotation, by, 'next', NIGHT);
        for (let step = 0; step < steps; step++) rotation = move(rotation, by, 'previous', NIGHT);
        expect(rotation).toEqual(from);
      }),
    );
  });

  test('never shows a leaf that is no longer there', () => {
    const many = course({pages: ['customers'], leaves: () => 5});
    let rotation = startRotation(NIGHT);
    for (let step = 0; step < 4; step++) rotation = move(rotation, many, 'next', NIGHT);
    expect(rotation.leaf).toBe(4);
    expect(tick(rotation, course({pages: ['customers'], leaves: () => 2}), NIGHT, false).leaf).toBe(1);
  });
});
