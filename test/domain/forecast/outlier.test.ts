import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {median} from '../../../src/domain/forecast/median.ts';
import {DEFAULT_EWMA, ewma, ewmaStep} from '../../../src/domain/forecast/moving-average.ts';
import {isOutlier, modifiedZ} from '../../../src/domain/forecast/outlier.ts';

const settings = {alpha: 0.2, warmup: 5, sigmaFloor: 0.5, threshold: 3};

describe('robust outliers (PF-3)', () => {
  test('are signed, and judged by their size', () => {
    expect(modifiedZ([10, 11, 9, 10, 12, 10, 11], -5)).toBeCloseTo(-10.1175, 4);
    expect(isOutlier(-10)).toBe(true);
    expect(isOutlier(3.5)).toBe(false);
    expect(isOutlier(null)).toBe(false);
  });

  test('a constant history knows one value only', () => {
    const constant = [5, 5, 5, 5, 5];
    expect(modifiedZ(constant, 5)).toBe(0);
    expect(modifiedZ(constant, 5.1)).toBe(Number.POSITIVE_INFINITY);
    expect(modifiedZ(constant, 4)).toBe(Number.NEGATIVE_INFINITY);
    expect(isOutlier(modifiedZ(constant, 4))).toBe(true);
  });

  test('four values are too few', () => {
    expect(modifiedZ([1, 2, 3, 4], 100)).toBeNull();
    expect(modifiedZ([1, 2, 3, 4, 5], 100)).not.toBeNull();
  });

  test('moving and stretching the scale moves no score', () => {
    const values = fc.array(fc.integer({min: -1000, max: 1000}), {minLength: 5, maxLength: 20});
    fc.assert(
      fc.property(
        values,
        fc.integer(),
        fc.integer({min: 1, max: 50}),
        fc.integer({min: -1000, max: 1000}),
        (history, by, times, value) => {
          const shift = by % 1000;
          const score = modifiedZ(history, value) ?? 0;
          const moved =
            modifiedZ(
              history.map(past => past * times + shift),
              value * times + shift,
            ) ?? 0;
          if (Number.isFinite(score)) expect(moved).toBeCloseTo(score, 6);
          else expect(moved).toBe(score);
        },
      ),
    );
  });

  test('the median of nothing is nothing, and the order is of no matter', () => {
    expect(median([])).toBeNull();
    expect(median([3, 1])).toBe(2);
    expect(median([10, 9, 1])).toBe(9);
  });
});

describe('moving average (PF-4)', () => {
  test('the score counts from the value on that has `warmup` before it', () => {
    expect(ewma([20, 20, 20, 20, 50], settings)).toMatchObject({score: 0, isAnomaly: false});
    expect(ewma([20, 20, 20, 20, 20, 50], settings)).toMatchObject({score: 60, isAnomaly: true});
  });

  test('the score is that before the value is taken in', () => {
    const calm = ewma([20, 20, 20, 20, 20], settings);
    expect(ewmaStep(calm, 21, settings)).toMatchObject({score: 2, mean: 20.2, isAnomaly: false});
    expect(ewmaStep(calm, 21.5, settings).isAnomaly).toBe(false);
    expect(ewmaStep(calm, 21.6, settings).isAnomaly).toBe(true);
    expect(ewmaStep(calm, 18, settings)).toMatchObject({score: -4, isAnomaly: true});
  });

  test('no floor and no scatter: the same value is none, another is infinitely far', () => {
    const bare = {...settings, sigmaFloor: 0};
    const calm = ewma([20, 20, 20, 20, 20], bare);
    expect(ewmaStep(calm, 20, bare).score).toBe(0);
    expect(ewmaStep(calm, 20.1, bare).score).toBe(Number.POSITIVE_INFINITY);
  });

  test('of nothing is nothing', () => {
    expect(ewma([], {...DEFAULT_EWMA, sigmaFloor: 1})).toBeNull();
  });
});
