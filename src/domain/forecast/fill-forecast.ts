import {linearTrend, secondsToThreshold, type TimedValue} from './predict-linear.ts';

/** When a file system will be full, and how much that should worry. */
interface FillForecast {
  readonly fullInSeconds: number;
  readonly level: 'ok' | 'warning' | 'critical';
}

/**
 * Why nothing is forecast: nothing was heard lately, it is not full enough to matter, there are too few samples or of too short a
 * time (since the last clean-up, where there was one), no line fits them, or it does not fill.
 */
export type NoForecast = 'stale' | 'notFull' | 'fewSamples' | 'shortSpan' | 'unsteady' | 'notFilling';

/** A forecast, or why there is none: never a number without a base. */
export type FillJudgement =
  | ({readonly type: 'forecast'} & FillForecast)
  | {readonly type: 'none'; readonly reason: NoForecast; readonly samples: number; readonly spanSeconds: number};

/** What a forecast must rest on before it is shown, and when it warns. */
export interface FillLimits {
  readonly minSamples: number;
  readonly minSpanSeconds: number;
  readonly minRSquared: number;
  /** Nothing is forecast for what is not fuller than this. */
  readonly minPercent: number;
  readonly warningSeconds: number;
  readonly criticalSeconds: number;
  /** A drop of more than this share is a clean-up; older samples say nothing about the time since. Source: PF-5. */
  readonly cutAtDrop: number;
}

const HOUR_SECONDS = 3600;

/** Shipped defaults of PF-2 and PF-5. */
export const DEFAULT_FILL_LIMITS: FillLimits = {
  minSamples: 12,
  minSpanSeconds: 24 * HOUR_SECONDS,
  minRSquared: 0.7,
  minPercent: 80,
  warningSeconds: 7 * 24 * HOUR_SECONDS,
  criticalSeconds: 24 * HOUR_SECONDS,
  cutAtDrop: 0.2,
};

/** What came after the last sudden drop: log rotation and clean-ups make a sawtooth that no line fits. Source: PF-5. */
function sinceLastDrop(samples: readonly TimedValue[], share: number): readonly TimedValue[] {
  const drop = samples.findLastIndex((sample, index) => {
    const before = samples[index - 1];
    return before !== undefined && sample.value < before.value * (1 - share);
  });
  return samples.slice(Math.max(0, drop));
}

/**
 * Says when something that is measured in percent will be full, or why the samples do not bear that.
 *
 * @param samples - Percent used, oldest first, seven days of them by default; never stale ones.
 * @param evalTime - Seconds since the epoch.
 *
 * Source: PF-2, PF-5.
 */
export function judgeFill(
  samples: readonly TimedValue[],
  evalTime: number,
  limits: FillLimits = DEFAULT_FILL_LIMITS,
): FillJudgement {
  const recent = sinceLastDrop(samples, limits.cutAtDrop);
  const [first, last] = [recent[0], recent.at(-1)];
  const spanSeconds = first === undefined || last === undefined ? 0 : last.at - first.at;
  const none = (reason: NoForecast): FillJudgement => ({type: 'none', reason, samples: recent.length, spanSeconds});
  if (last === undefined) return none('fewSamples');
  if (last.value <= limits.minPercent) return none('notFull');
  if (spanSeconds < limits.minSpanSeconds) return none('shortSpan');
  if (recent.length < limits.minSamples) return none('fewSamples');
  const trend = linearTrend(recent, evalTime);
  if (trend === null || trend.rSquared < limits.minRSquared) return none('unsteady');
  const fullInSeconds = secondsToThreshold(trend, FULL_PERCENT, 'up');
  if (fullInSeconds === null) return none('notFilling');
  return {type: 'forecast', fullInSeconds, level: levelOf(fullInSeconds, limits)};
}

const FULL_PERCENT = 100;

function levelOf(fullInSeconds: number, limits: FillLimits): FillForecast['level'] {
  if (fullInSeconds < limits.criticalSeconds) return 'critical';
  return fullInSeconds < limits.warningSeconds ? 'warning' : 'ok';
}
