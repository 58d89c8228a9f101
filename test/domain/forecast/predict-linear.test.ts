import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {compensatedSum} from '../../../src/domain/forecast/compensated-sum.ts';
import {judgeFill} from '../../../src/domain/forecast/fill-forecast.ts';
import {
  linearTrend,
  secondsToThreshold,
  type TimedValue,
  valueAfter,
} from '../../../src/domain/forecast/predict-linear.ts';

const T0 = 1_770_000_000;
const HOUR = 3600;

/** The forecast alone; null where there is a reason for none. */
function fillForecast(samples: readonly TimedValue[], evalTime: number) {
  const {type, ...told} = judgeFill(samples, evalTime);
  return type === 'forecast' ? (told as {readonly fullInSeconds: number; readonly level: string}) : null;
}

function series(step: number, ...values: readonly number[]): readonly TimedValue[] {
  return values.map((value, index) => ({at: T0 + index * step, value}));
}

describe('linear prediction (PF-1, PF-2)', () => {
  test('is anchored at the evaluation time, wherever that is', () => {
    const samples = series(HOUR, 70, 71, 72, 73);
    for (const evalTime of [T0, T0 + 3 * HOUR, T0 + 300 * HOUR]) {
      const trend = linearTrend(samples, evalTime);
      expect(trend?.intercept).toBeCloseTo(70 + (evalTime - T0) / HOUR, 6);
      expect(trend?.slopePerSecond).toBeCloseTo(1 / HOUR, 12);
      expect(trend?.rSquared).toBeCloseTo(1, 9);
    }
  });

  test('finds every straight line, however far away and steep', () => {
    const numbers = fc.double({min: -1e6, max: 1e6, noNaN: true});
    fc.assert(
      fc.property(
        numbers,
        numbers,
        fc.integer({min: 2, max: 50}),
        fc.integer({min: -1e6, max: 1e6}),
        (base, slope, n, shift) => {
          fc.pre(Math.abs(slope) > 1e-3);
          const samples = Array.from({length: n}, (_, i) => ({at: T0 + i * 60, value: base + slope * i}));
          const trend = linearTrend(samples, T0 + shift);
          const scale = Math.abs(base) + Math.abs(slope) * (n + Math.abs(shift) / 60) + 1;
          expect(Math.abs((trend?.slopePerSecond ?? 0) * 60 - slope) / scale).toBeLessThan(1e-6);
          expect(Math.abs(valueAfter(trend ?? {intercept: 0, slopePerSecond: 0}, -shift) - base) / scale).toBeLessThan(
            1e-6,
          );
        },
      ),
    );
  });

  test('one sample, one instant, or a value that is no number give none', () => {
    expect(linearTrend([], T0)).toBeNull();
    expect(linearTrend(series(HOUR, 5), T0)).toBeNull();
    expect(
      linearTrend(
        [
          {at: T0, value: 1},
          {at: T0, value: 2},
        ],
        T0 + 5,
      ),
    ).toBeNull();
    for (const bad of [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN]) {
      expect(linearTrend(series(HOUR, bad, bad), T0)).toBeNull();
      expect(linearTrend(series(HOUR, 1, 2, bad), T0)).toBeNull();
    }
  });

  test('a constant series has the slope 0 and its own value, exactly', () => {
    expect(linearTrend(series(17, 0.1, 0.1, 0.1), T0 + 1e9)).toEqual({intercept: 0.1, slopePerSecond: 0, rSquared: 1});
  });

  test('the threshold is 0 seconds away when reached, and never when walked away from', () => {
    const line = (intercept: number, slopePerSecond: number) => ({intercept, slopePerSecond});
    expect(secondsToThreshold(line(95, -1), 95, 'up')).toBe(0);
    expect(secondsToThreshold(line(99, 0), 95, 'up')).toBe(0);
    expect(secondsToThreshold(line(90, 0), 95, 'up')).toBeNull();
    expect(secondsToThreshold(line(90, -1), 95, 'up')).toBeNull();
    expect(secondsToThreshold(line(90, 0.5), 95, 'up')).toBe(10);
    expect(secondsToThreshold(line(5, 1), 5, 'down')).toBe(0);
    expect(secondsToThreshold(line(6, 1), 5, 'down')).toBeNull();
    expect(secondsToThreshold(line(6, -0.5), 5, 'down')).toBe(2);
  });

  test('sums keep what plain addition loses', () => {
    const sum = compensatedSum();
    for (const value of [1, 1e100, 1, -1e100]) sum.add(value);
    expect(sum.value()).toBe(2);
    sum.add(Number.POSITIVE_INFINITY);
    expect(sum.value()).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('when a disk is full (PF-2, PF-5)', () => {
  /** Hourly percent, rising by `perHour` to `last`. */
  function rising(last: number, perHour: number, hours: number): readonly TimedValue[] {
    return Array.from({length: hours + 1}, (_, i) => ({
      at: T0 - (hours - i) * HOUR,
      value: last - (hours - i) * perHour,
    }));
  }

  test('is told with its level', () => {
    expect(fillForecast(rising(90, 0.5, 48), T0)).toEqual({
      fullInSeconds: expect.closeTo(20 * HOUR, 0),
      level: 'critical',
    });
    expect(fillForecast(rising(90, 0.1, 48), T0)?.level).toBe('warning');
    expect(fillForecast(rising(90, 0.01, 48), T0)?.level).toBe('ok');
  });

  test('is not told on thin ground', () => {
    expect(
      fillForecast(
        rising(90, 0.5, 48)
          .filter((_, i) => i % 5 === 0)
          .slice(-11),
        T0,
      ),
    ).toBeNull();
    expect(fillForecast(rising(90, 0.5, 23), T0)).toBeNull();
    expect(fillForecast(rising(80, 0.5, 48), T0)).toBeNull();
    expect(fillForecast(rising(90, -0.1, 48), T0)).toBeNull();
    expect(fillForecast([], T0)).toBeNull();
    const noise = rising(90, 0, 48).map(({at, value}, i) => ({at, value: value + (i % 2) * 5 + i * 0.01}));
    expect(fillForecast(noise, T0)).toBeNull();
  });

  test('a reason is told where there is no forecast (PF-2, PF-5)', () => {
    const reasonOf = (samples: readonly TimedValue[]) => {
      const judged = judgeFill(samples, T0);
      return judged.type === 'none' ? judged.reason : judged.type;
    };
    expect(reasonOf([])).toBe('fewSamples');
    expect(reasonOf(rising(80, 0.5, 48))).toBe('notFull');
    expect(reasonOf(rising(90, 0.5, 48).filter((_, i) => i % 5 === 0))).toBe('fewSamples');
    expect(reasonOf(rising(90, 0.5, 23))).toBe('shortSpan');
    expect(reasonOf(rising(90, -0.1, 48))).toBe('notFilling');
    expect(reasonOf(rising(90, 0, 48))).toBe('notFilling');
    expect(reasonOf(rising(90, 0, 48).map(({at, value}, i) => ({at, value: value + (i % 2) * 5})))).toBe('unsteady');
    expect(judgeFill(rising(90, 0.5, 23), T0)).toMatchObject({samples: 24, spanSeconds: 23 * HOUR});
  });

  test('after a clean-up the samples and the time since then count (PF-5)', () => {
    const saw = [
      ...rising(99, 0.5, 60).map(({at, value}) => ({at: at - 6 * HOUR, value: value + 10})),
      ...rising(85, 0.1, 5),
    ];
    expect(judgeFill(saw, T0)).toMatchObject({type: 'none', reason: 'shortSpan', samples: 6, spanSeconds: 5 * HOUR});
  });

  test('is told from its limits on', () => {
    const hours = 3600;
    const twelve = rising(90, 0.5, 48)
      .filter((_, i) => i % 4 === 0)
      .slice(-12);
    expect(fillForecast(twelve, T0)).not.toBeNull();
    expect(fillForecast(twelve.slice(1), T0)).toBeNull();
    const day = rising(90, 0.5, 24);
    expect(fillForecast(day, T0)).not.toBeNull();
    expect(fillForecast(day.slice(1), T0)).toBeNull();
    const exact = (last: number, days: number) =>
      fillForecast(rising(last, 0.0625, 48), T0 + (100 - last) * 16 * hours - days * 24 * hours);
    expect([exact(84, 1)?.level, exact(84, 7)?.level]).toEqual(['warning', 'ok']);
    expect(exact(84, 1)?.fullInSeconds).toBe(24 * hours);
  });

  test('a drop of exactly a fifth is no clean-up', () => {
    const flat = (value: number, from: number, count: number) =>
      Array.from({length: count}, (_, i) => ({at: T0 - (from - i) * HOUR, value}));
    const dropped = (to: number) =>
      fillForecast(
        [...flat(125, 60, 30), ...flat(to, 30, 31).map(({at, value}, i) => ({at, value: value + i * 0.01}))],
        T0,
      );
    expect(dropped(100)).toBeNull();
    expect(dropped(99.9)).not.toBeNull();
  });

  test('looks only at what came since the last clean-up', () => {
    const before = rising(99, 0.1, 100).map(({at, value}) => ({at: at - 48 * HOUR, value: value + 20}));
    const saw = [...before.slice(0, -1), ...rising(90, 0.1, 48)];
    expect(fillForecast(saw, T0)).toEqual(fillForecast(rising(90, 0.1, 48), T0));
  });
});
