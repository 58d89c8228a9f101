import {median} from '../domain/forecast/median.ts';

/** Fewer heard values than this have no rhythm. */
const FEWEST_FOR_RHYTHM = 3;

/**
 * Values of which single ones are missing because a check runs less often than the course has points: the last value is held until
 * the next, up to twice the usual distance. What is missing longer was not heard, and stays a gap.
 */
export function bridged(values: readonly (number | null)[]): readonly (number | null)[] {
  const heard = values.flatMap((value, index) => (value === null ? [] : [index]));
  if (heard.length < FEWEST_FOR_RHYTHM) return values;
  const distances = heard.slice(1).map((index, at) => index - (heard[at] ?? 0));
  const most = 2 * (median(distances) ?? 1);
  const filled = [...values];
  for (const [at, distance] of distances.entries()) {
    const from = heard[at] ?? 0;
    if (distance <= most) filled.fill(values[from] ?? null, from + 1, from + distance);
  }
  return filled;
}

/** As many columns as asked for, each the largest of the values that fall into it, null where there is none; fewer values are stretched. */
export function peaks(values: readonly (number | null)[], columns: number): readonly (number | null)[] {
  return Array.from({length: columns}, (_, column) => {
    const from = Math.floor((column * values.length) / columns);
    const to = Math.max(from + 1, Math.floor(((column + 1) * values.length) / columns));
    return values
      .slice(from, to)
      .reduce<number | null>((most, value) => (value === null ? most : Math.max(most ?? value, value)), null);
  });
}
