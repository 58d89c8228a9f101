import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {flapPercent, isFlapping, isNagiosFlapping, nagiosFlapPercent, recordChange} from '../../src/domain/flap.ts';
import type {Severity} from '../../src/domain/severity.ts';

/** A ring in which the results of these numbers changed the state: 0 is the oldest, 19 the newest. */
const ring = (...changed: readonly number[]) =>
  Array.from({length: 20}, (_, index) => changed.includes(index)).reduce(recordChange, 0);

/** 21 states of which the transitions of these numbers, from 1, are changes. */
function states(...changed: readonly number[]): Severity[] {
  let state: Severity = 'ok';
  const all: Severity[] = [state];
  for (let transition = 1; transition <= 20; transition++) {
    if (changed.includes(transition)) state = state === 'ok' ? 'critical' : 'ok';
    all.push(state);
  }
  return all;
}

const changedResults = fc.uniqueArray(fc.integer({min: 0, max: 19}));

describe('flap value of Icinga 2 (FL-1)', () => {
  test('the change of place i weighs 4 + i / 10 percent, to the last digit', () => {
    fc.assert(
      fc.property(changedResults, changed => {
        const tenths = changed.reduce((sum, index) => sum + 40 + index, 0);
        expect(flapPercent(ring(...changed))).toBe(tenths / 10);
      }),
    );
  });

  test.each([[[6, 8, 9, 10, 11, 16]], [[5, 7, 9, 11, 13, 15]], [[0, 1, 9, 15, 17, 18]]])(
    'changes at %j are 30 percent and no more, so it does not begin',
    changed => {
      const percent = flapPercent(ring(...changed));
      expect(percent).toBe(30);
      expect(isFlapping(percent, false, 25, 30)).toBe(false);
      expect(isFlapping(percent, true, 25, 30)).toBe(true);
    },
  );

  test('25 percent is calm, the next step above is not', () => {
    expect([flapPercent(ring(8, 9, 10, 11, 12)), flapPercent(ring(8, 9, 10, 11, 13))]).toEqual([25, 25.1]);
    expect(isFlapping(25, true, 25, 30)).toBe(false);
    expect(isFlapping(25.1, true, 25, 30)).toBe(true);
    expect(isFlapping(30.1, false, 25, 30)).toBe(true);
  });

  test('a result falls out of the ring after twenty more', () => {
    let bits = recordChange(0, true);
    for (let calm = 0; calm < 19; calm++) bits = recordChange(bits, false);
    expect(flapPercent(bits)).toBe(4);
    expect(flapPercent(recordChange(bits, false))).toBe(0);
  });
});

describe('flap value of Nagios (FL-2)', () => {
  test('transition x weighs 0.75 to 1.25 of 5 percent', () => {
    expect(nagiosFlapPercent(states(1))).toBe(3.75);
    expect(nagiosFlapPercent(states(20))).toBe(6.25);
    expect(nagiosFlapPercent(states(...Array.from({length: 20}, (_, index) => index + 1)))).toBe(100);
  });

  test.each([[[1, 3, 5, 16, 18, 20]], [[7, 8, 9, 10, 11, 18]], [[5, 6, 7, 8, 17, 20]]])(
    'changes at transitions %j are 30 percent, at which it begins',
    changed => {
      const percent = nagiosFlapPercent(states(...changed));
      expect(percent).toBe(30);
      expect(isNagiosFlapping(percent, false, 20, 30)).toBe(true);
    },
  );

  test('20 percent is calm', () => {
    const percent = nagiosFlapPercent(states(1, 10, 15, 16));
    expect(percent).toBe(20);
    expect(isNagiosFlapping(percent, true, 20, 30)).toBe(false);
  });

  test('before a short history nothing has changed', () => {
    expect([nagiosFlapPercent([]), nagiosFlapPercent(['ok']), nagiosFlapPercent(['ok', 'ok'])]).toEqual([0, 0, 0]);
    expect(nagiosFlapPercent(['ok', 'critical'])).toBe(6.25);
    expect(nagiosFlapPercent(states(18, 20).slice(-4))).toBe(nagiosFlapPercent(states(18, 20)));
  });

  test('states before the last 21 are forgotten', () => {
    expect(nagiosFlapPercent(['critical', ...states(20)])).toBe(6.25);
  });
});
