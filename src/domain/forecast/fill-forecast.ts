import {linearTrend, secondsToThreshold, type TimedValue} from './predict-linear.ts';

/** When a file system will be full, and how much that should worry. */
export interface FillForecast {
  readonly fullInSeconds: number;
  readonly level: 'ok' | 'warning' | 'critical';
}

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
 * Says when something that is measured in percent will be full, or nothing where the samples do not bear it.
 *
 * @param samples - Percent used, oldest first, seven days of them by default; never stale ones.
 * @param evalTime - Seconds since the epoch.
 * @returns null with too few or too short samples, a poor fit, not yet full enough, or not filling at all.
 *
 * Source: PF-2, PF-5.
 */
export function fillForecast(
  samples: readonly TimedValue[],
  evalTime: number,
  limits: FillLimits = DEFAULT_FILL_LIMITS,
): FillForecast | null {
  const recent = sinceLastDrop(samples, limits.cutAtDrop);
  const [first, last] = [recent[0], recent.at(-1)];
  if (first === undefined || last === undefined || recent.length < limits.minSamples) return null;
  if (last.at - first.at < limits.minSpanSeconds || last.value <= limits.minPercent) return null;
  const trend = linearTrend(recent, evalTime);
  if (trend === null || trend.rSquared < limits.minRSquared) return null;
  const fullInSeconds = secondsToThreshold(trend, 100, 'up');
  if (fullInSeconds === null) return null;
  if (fullInSeconds < limits.criticalSeconds) return {fullInSeconds, level: 'critical'};
  return {fullInSeconds, level: fullInSeconds < limits.warningSeconds ? 'warning' : 'ok'};
}
