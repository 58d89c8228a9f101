import {linearTrend, secondsToThreshold, valueAfter} from '../../../src/domain/forecast/predict-linear.ts';
import type {ExampleRunner} from './example-file.ts';

interface Input {
  readonly samples: readonly (readonly [number, number])[];
  readonly evalTime: number;
  readonly horizonSeconds: number;
  readonly threshold?: number | null;
  readonly direction?: 'up' | 'down';
}

export const predictLinear: ExampleRunner = ({input}) => {
  const {samples, evalTime, horizonSeconds, threshold, direction = 'up'} = input as unknown as Input;
  const trend = linearTrend(
    samples.map(([at, value]) => ({at, value})),
    evalTime,
  );
  if (trend === null) return {slopePerSecond: null, valueAtHorizon: null, secondsToThreshold: null};
  return {
    slopePerSecond: trend.slopePerSecond,
    valueAtHorizon: valueAfter(trend, horizonSeconds),
    secondsToThreshold: (threshold ?? null) === null ? null : secondsToThreshold(trend, Number(threshold), direction),
  };
};
