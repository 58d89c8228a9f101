/**
 * Sum of numbers with the rounding error carried along, as Prometheus sums for `predict_linear`.
 *
 * @returns `add` takes one number more; `value` is the sum so far. Source: Neumaier's variant of Kahan's sum.
 */
export function compensatedSum(): {add(value: number): void; value(): number} {
  let sum = 0;
  let error = 0;
  return {
    add(value) {
      const next = sum + value;
      if (!Number.isFinite(next)) error = 0;
      else error += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
      sum = next;
    },
    value: () => sum + error,
  };
}
