import {expect, test} from 'vitest';
import {parseDuration} from '../../src/runtime/duration.ts';
import {fastestMs} from '../support/stopwatch.ts';

test.each([
  ['250ms', 250],
  ['45s', 45_000],
  ['15m', 900_000],
  ['2h', 7_200_000],
  ['3d', 259_200_000],
  ['1h30m', 5_400_000],
  ['0s', 0],
])('%s is %i ms', (text, ms) => expect(parseDuration(text)).toBe(ms));

test.each(['', '5', 'm', '5 m', '-5m', '1.5h', '5M', '5m ', '5mm', '1234567s'])('%j is no duration', text =>
  expect(parseDuration(text)).toBeNull(),
);

test('rule 35: 100 KB of anything are decided in at most 10 ms', () => {
  for (const text of ['1'.repeat(100_000), '1m'.repeat(50_000), `${'1m'.repeat(50_000)}x`]) {
    expect(fastestMs(() => parseDuration(text))).toBeLessThan(10);
  }
});
