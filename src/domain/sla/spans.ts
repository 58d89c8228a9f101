import type {DurationMs} from '../time.ts';

/** `[start, end)`. Empty when the end is not after the start. */
export type Span = readonly [start: number, end: number];

/** The same time as a sorted list without overlaps, gaps of zero or empty spans. */
export function union(spans: readonly Span[]): readonly Span[] {
  const [only] = spans;
  if (only !== undefined && spans.length === 1) return only[0] < only[1] ? spans : [];
  const merged: [number, number][] = [];
  for (const [start, end] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (start >= end) continue;
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/** Time in both lists. */
export function intersection(a: readonly Span[], b: readonly Span[]): readonly Span[] {
  const left = union(a);
  const right = union(b);
  const common: Span[] = [];
  for (let i = 0, k = 0; i < left.length && k < right.length; ) {
    const [leftStart, leftEnd] = left[i] ?? [0, 0];
    const [rightStart, rightEnd] = right[k] ?? [0, 0];
    const start = Math.max(leftStart, rightStart);
    const end = Math.min(leftEnd, rightEnd);
    if (start < end) common.push([start, end]);
    if (leftEnd < rightEnd) i++;
    else k++;
  }
  return common;
}

/** Time in `spans` that is in none of `without`. */
export function difference(spans: readonly Span[], without: readonly Span[]): readonly Span[] {
  const left: Span[] = [];
  const holes = union(without);
  for (const [start, end] of union(spans)) {
    let from = start;
    for (const [holeStart, holeEnd] of holes) {
      if (holeStart >= end) break;
      if (holeEnd <= from) continue;
      if (holeStart > from) left.push([from, holeStart]);
      from = holeEnd;
    }
    if (from < end) left.push([from, end]);
  }
  return left;
}

/** Total length of spans that do not overlap, each measured by `length`; plain time by default. */
export function totalLength(
  spans: readonly Span[],
  length: (start: number, end: number) => DurationMs = (start, end) => end - start,
): DurationMs {
  return spans.reduce((sum, [start, end]) => sum + length(start, end), 0);
}
