import {DEFAULT_EWMA, type EwmaSettings, ewma} from '../../../src/domain/forecast/moving-average.ts';
import {isOutlier, modifiedZ} from '../../../src/domain/forecast/outlier.ts';
import type {ExampleRunner} from './example-file.ts';

type Input =
  | {
      readonly method: 'mad';
      readonly history: readonly number[];
      readonly value: number;
      readonly threshold?: number;
    }
  | ({readonly method: 'ewma'; readonly series: readonly number[]} & Partial<EwmaSettings>);

/** What PF-4 says of the examples. */
const SETTINGS: EwmaSettings = {...DEFAULT_EWMA, warmup: 5, sigmaFloor: 0};

export const anomaly: ExampleRunner = ({input}) => {
  const given = input as unknown as Input;
  if (given.method === 'mad') {
    const score = modifiedZ(given.history, given.value);
    return {score, anomaly: isOutlier(score, given.threshold)};
  }
  const state = ewma(given.series, {...SETTINGS, ...given});
  if (state === null) return {score: null, mean: null, variance: null, anomaly: false};
  return {...state, anomaly: state.isAnomaly};
};
