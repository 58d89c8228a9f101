import {compensatedSum} from './compensated-sum.ts';

/** One measured value; `at` in seconds since the epoch, as Prometheus has it. */
export interface TimedValue {
  readonly at: number;
  readonly value: number;
}

/** The line of least squares through some samples, seen from an evaluation time. */
export interface Trend {
  /** Value at the evaluation time. */
  readonly intercept: number;
  readonly slopePerSecond: number;
  /** How much of the scatter the line explains, 0 to 1; 1 where there is no scatter at all. */
  readonly rSquared: number;
}

/**
 * Fits a line through samples by least squares, with x counted from the evaluation time and not from the last sample.
 *
 * @param samples - In any order.
 * @param evalTime - Seconds since the epoch.
 * @returns null for fewer than two samples, for samples of one instant alone, and where a value is infinite or no number.
 *   Equal values give a slope of exactly 0.
 *
 * Source: PF-1; Prometheus promql/functions.go, linearRegression.
 */
export function linearTrend(samples: readonly TimedValue[], evalTime: number): Trend | null {
  const [first] = samples;
  if (first === undefined || samples.length < 2 || !samples.every(({value}) => Number.isFinite(value))) return null;
  if (samples.every(({value}) => value === first.value)) {
    return {intercept: first.value, slopePerSecond: 0, rSquared: 1};
  }
  const n = samples.length;
  const [sumX, sumY, sumXY, sumXX] = [compensatedSum(), compensatedSum(), compensatedSum(), compensatedSum()];
  for (const {at, value} of samples) {
    const x = at - evalTime;
    sumX.add(x);
    sumY.add(value);
    sumXY.add(x * value);
    sumXX.add(x * x);
  }
  const covariance = sumXY.value() - (sumX.value() * sumY.value()) / n;
  const variance = sumXX.value() - (sumX.value() * sumX.value()) / n;
  const slopePerSecond = covariance / variance;
  const intercept = sumY.value() / n - (slopePerSecond * sumX.value()) / n;
  if (!Number.isFinite(slopePerSecond) || !Number.isFinite(intercept)) return null;
  const line = {intercept, slopePerSecond};
  return {...line, rSquared: rSquared(samples, evalTime, line, sumY.value() / n)};
}

function rSquared(
  samples: readonly TimedValue[],
  evalTime: number,
  line: Omit<Trend, 'rSquared'>,
  mean: number,
): number {
  let residual = 0;
  let total = 0;
  for (const {at, value} of samples) {
    residual += (value - valueAfter(line, at - evalTime)) ** 2;
    total += (value - mean) ** 2;
  }
  return total === 0 ? 1 : Math.max(0, 1 - residual / total);
}

/** Value of the line some seconds after the evaluation time. Source: PF-1. */
export function valueAfter(trend: Omit<Trend, 'rSquared'>, seconds: number): number {
  return trend.intercept + trend.slopePerSecond * seconds;
}

/**
 * Seconds from the evaluation time until the line meets a threshold: 0 when it is there or beyond already, null when it
 * does not go there.
 *
 * @param direction - `up`: beyond is above, a disk that fills; `down`: beyond is below, free space that shrinks.
 *
 * Source: PF-2.
 */
export function secondsToThreshold(
  trend: Omit<Trend, 'rSquared'>,
  threshold: number,
  direction: 'up' | 'down',
): number | null {
  const {intercept, slopePerSecond} = trend;
  const sign = direction === 'up' ? 1 : -1;
  if (sign * (intercept - threshold) >= 0) return 0;
  return sign * slopePerSecond > 0 ? (threshold - intercept) / slopePerSecond : null;
}
