/** How fast the average follows, and when it is trusted. */
export interface EwmaSettings {
  /** Weight of a new value, in (0, 1]. */
  readonly alpha: number;
  /** Values that must have been seen before a score counts. */
  readonly warmup: number;
  /** Smallest deviation assumed, in units of the value, so that a calm series does not make noise an anomaly. */
  readonly sigmaFloor: number;
  /** Score beyond which a value is an anomaly. */
  readonly threshold: number;
}

/** Shipped defaults of PF-4; `sigmaFloor` depends on what is measured. */
export const DEFAULT_EWMA: Omit<EwmaSettings, 'sigmaFloor'> = {alpha: 0.2, warmup: 20, threshold: 3};

/** Exponentially weighted mean and variance after some values. */
export interface Ewma {
  readonly mean: number;
  readonly variance: number;
  readonly seen: number;
  /** Of the last value, against what was known before it. */
  readonly score: number;
  readonly isAnomaly: boolean;
}

/**
 * Takes one value more into the average.
 *
 * The score is worked out before the value is taken in: `(x − mean) / max(√variance, σ floor)`, and 0 while fewer than `warmup`
 * values were seen. An anomaly alone is a warning at most.
 *
 * @param before - null for the first value, which becomes the mean.
 *
 * Source: PF-4.
 */
export function ewmaStep(before: Ewma | null, value: number, settings: EwmaSettings): Ewma {
  if (before === null) return {mean: value, variance: 0, seen: 1, score: 0, isAnomaly: false};
  const {alpha, warmup, sigmaFloor, threshold} = settings;
  const {mean, variance, seen} = before;
  const offset = value - mean;
  const isWarm = seen >= warmup;
  const score = isWarm && offset !== 0 ? offset / Math.max(Math.sqrt(variance), sigmaFloor) : 0;
  return {
    mean: mean + alpha * offset,
    variance: (1 - alpha) * (variance + alpha * offset * offset),
    seen: seen + 1,
    score,
    isAnomaly: Math.abs(score) > threshold,
  };
}

/** Takes a whole series, oldest first; null for an empty one. Source: PF-4. */
export function ewma(series: readonly number[], settings: EwmaSettings): Ewma | null {
  return series.reduce<Ewma | null>((before, value) => ewmaStep(before, value, settings), null);
}
