import {type EwmaSettings, ewma} from '../../../src/domain/forecast/moving-average.ts';
import {isOutlier, modifiedZ} from '../../../src/domain/forecast/outlier.ts';
import type {ExampleRunner} from './example-file.ts';

type Input =
  | {
      readonly method: 'mad';
      readonly history: readonly number[];
      readonly value: number;
      readonly threshold: number;
    }
  | ({readonly method: 'ewma'; readonly series: readonly number[]} & EwmaSettings);

export const anomaly: ExampleRunner = ({input}) => {
  const given = input as unknown as Input;
  if (given.method === 'mad') {
    const score = modifiedZ(given.history, given.value);
    return {score, anomaly: isOutlier(score, given.threshold)};
  }
  const state = ewma(given.series, given);
  if (state === null) return {score: null, mean: null, variance: null, anomaly: false};
  return {...state, anomaly: state.isAnomaly};
};
