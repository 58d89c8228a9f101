import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {difference, intersection, type Span, totalLength, union} from '../../../src/domain/sla/spans.ts';

const spans = fc.array(fc.tuple(fc.nat(40), fc.nat(40)), {maxLength: 6}) as fc.Arbitrary<readonly Span[]>;

function points(list: readonly Span[]): ReadonlySet<number> {
  return new Set(list.flatMap(([start, end]) => Array.from({length: Math.max(0, end - start)}, (_, n) => start + n)));
}

function isTidy(list: readonly Span[]): boolean {
  return list.every(([start, end], index) => start < end && start > (list[index - 1]?.[1] ?? -1));
}

describe('spans of time', () => {
  test('are sets: union, intersection and difference point by point, sorted and without seams', () => {
    fc.assert(
      fc.property(spans, spans, (a, b) => {
        const [left, right] = [points(a), points(b)];
        const results = [
          [union([...a, ...b]), new Set([...left, ...right])],
          [intersection(a, b), new Set([...left].filter(point => right.has(point)))],
          [difference(a, b), new Set([...left].filter(point => !right.has(point)))],
        ] as const;
        for (const [list, expected] of results) {
          expect([...points(list)].sort((x, y) => x - y)).toEqual([...expected].sort((x, y) => x - y));
          expect(totalLength(list)).toBe(expected.size);
        }
        expect(isTidy(union(a))).toBe(true);
      }),
    );
  });

  test('an empty one is nothing, alone and among others', () => {
    expect([
      union([[5, 5]]),
      union([[6, 5]]),
      union([
        [5, 5],
        [6, 6],
      ]),
    ]).toEqual([[], [], []]);
  });

  test('an endless one is cut like any other', () => {
    expect(intersection([[5, Number.POSITIVE_INFINITY]], [[0, 10]])).toEqual([[5, 10]]);
    expect(difference([[0, Number.POSITIVE_INFINITY]], [[5, 10]])).toEqual([
      [0, 5],
      [10, Number.POSITIVE_INFINITY],
    ]);
  });
});
