import {median} from './median.ts';

/** Fewer values than this say nothing about what is usual. Source: PF-3. */
const MIN_HISTORY = 5;

/** Scales the median absolute deviation to the standard deviation of a normal distribution. Source: Iglewicz and Hoaglin. */
const MAD_SCALE = 0.6745;

/** Scales the mean absolute deviation likewise, where the median one is 0. Source: PF-3. */
const MEAN_DEVIATION_SCALE = 1.253314;

/** What is usual for a value that is not. */
export const OUTLIER_THRESHOLD = 3.5;

/**
 * Modified z-score: how far a value lies from the median of its history, in robust deviations; negative below it.
 *
 * @returns null for fewer than five values. ±Infinity for any other value where the history is constant, 0 for that one.
 *
 * Source: PF-3 (Iglewicz and Hoaglin).
 */
export function modifiedZ(history: readonly number[], value: number): number | null {
  const middle = median(history);
  if (middle === null || history.length < MIN_HISTORY) return null;
  const offset = value - middle;
  const deviations = history.map(past => Math.abs(past - middle));
  const mad = median(deviations) ?? 0;
  if (mad > 0) return (MAD_SCALE * offset) / mad;
  const meanDeviation = deviations.reduce((sum, deviation) => sum + deviation, 0) / deviations.length;
  if (meanDeviation > 0) return offset / (MEAN_DEVIATION_SCALE * meanDeviation);
  return offset === 0 ? 0 : offset * Number.POSITIVE_INFINITY;
}

/** Whether a score of either sign is out of the usual; what cannot be judged is not. Source: PF-3. */
export function isOutlier(score: number | null, threshold: number = OUTLIER_THRESHOLD): boolean {
  return score !== null && Math.abs(score) > threshold;
}
