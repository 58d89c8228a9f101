import {describe, expect, test} from 'vitest';
import {differences} from './examples/compare.ts';
import {loadExamples} from './examples/example-file.ts';
import {misses} from './examples/misses.ts';
import {notBuiltYet, runners} from './examples/registry.ts';

const file = loadExamples();

describe('worked examples of domain.md', () => {
  for (const [category, examples] of Object.entries(file.cases)) {
    if (runners[category] === undefined && notBuiltYet.includes(category)) {
      test.skip(`${category}: not built yet`);
      continue;
    }
    test(category, () => {
      const failed = examples.flatMap(example =>
        misses(file, category, example)
          .slice(0, 1)
          .map(miss => `${example.id} (${example.rules.join(', ')}) ${miss}`),
      );
      console.log(`${category}: ${examples.length - failed.length}/${examples.length}`);
      expect(failed).toEqual([]);
    });
  }

  test('a category is either run or named as not built, never both', () => {
    expect(notBuiltYet.filter(category => category in runners)).toEqual([]);
  });
});

describe('comparison of an example with an answer', () => {
  const tolerance = {default: 0, 'flap.percent': 0.01, 'anomaly.relative': 0.1};
  const isSame = (expected: unknown, actual: unknown, category = 'x') =>
    differences(expected, actual, tolerance, category).length === 0;

  test('finds a wrong, a missing and an extra part', () => {
    expect(isSame({state: 'OPEN'}, {state: 'ACKED'})).toBe(false);
    expect(isSame({ackBy: null}, {})).toBe(false);
    expect(isSame({steps: [1]}, {steps: [1, 2]})).toBe(false);
    expect(isSame({steps: [1]}, {steps: [1], more: 2})).toBe(true);
  });

  test('takes instants as instants', () => {
    expect(isSame('2026-02-02T10:00:00+01:00', '2026-02-02T09:00:00Z')).toBe(true);
    expect(isSame('2026-02-02T10:00:00+01:00', Date.UTC(2026, 1, 2, 9))).toBe(true);
    expect(isSame('2026-02-02T10:00:00Z', Date.UTC(2026, 1, 2, 9))).toBe(false);
  });

  test('takes numbers exactly unless the file tolerates more', () => {
    expect(isSame(3, 3.005)).toBe(false);
    expect(isSame({percent: 3}, {percent: 3.005}, 'flap')).toBe(true);
    expect(isSame({score: 3}, {score: 3.2}, 'anomaly')).toBe(true);
    expect(isSame('inf', Number.POSITIVE_INFINITY)).toBe(true);
    expect(isSame('inf', 5)).toBe(false);
  });
});
