import fc from 'fast-check';
import {expect, test} from 'vitest';
import {checkJsonLimits} from '../../../src/collector/ingest/json-limits.ts';
import {fastestMs} from '../../support/stopwatch.ts';

const check = (text: string) => checkJsonLimits(Buffer.from(text));

test('JSON within the limits passes, whatever stands in it', () => {
  fc.assert(fc.property(fc.json({maxDepth: 20}), text => check(text)));
});

test('rule 31: depth, keys and strings are counted as they are meant, not by their look', () => {
  expect(() => check(`${'['.repeat(32)}${']'.repeat(32)}`)).not.toThrow();
  expect(() => check(`${'['.repeat(33)}`)).toThrow(/deeper than 32/);
  expect(() => check(JSON.stringify('['.repeat(1000)))).not.toThrow();
  expect(() => check(JSON.stringify({'a"[': '\\"[[['.repeat(100)}))).not.toThrow();
  const keys = (count: number) =>
    JSON.stringify(Object.fromEntries(Array.from({length: count}, (_, key) => [`k${key}`, ':'])));
  expect(() => check(keys(1000))).not.toThrow();
  expect(() => check(keys(1001))).toThrow(/more than 1000 keys/);
  expect(() => check(`[${keys(900)},${keys(900)}]`)).not.toThrow();
  expect(() => check(JSON.stringify('x'.repeat(65_536)))).not.toThrow();
  expect(() => check(JSON.stringify('x'.repeat(65_537)))).toThrow(/longer than 65536/);
  expect(() => check(`"${'x'.repeat(70_000)}`)).toThrow(/longer/);
});

test('rule 31: a list has ten thousand items at most, whatever stands in them', () => {
  const list = (count: number) => JSON.stringify(Array.from({length: count}, () => [1, {a: 1, b: ',,'}]));
  expect(() => check(list(10_000))).not.toThrow();
  expect(() => check(list(10_001))).toThrow(/more than 10000 items/);
  expect(() => check(`[${list(6000)},${list(6000)}]`)).not.toThrow();
});

test.each([
  ['brackets', '['.repeat(1_048_576)],
  ['quotes', '"'.repeat(1_048_576)],
  ['backslashes', `"${'\\'.repeat(60_000)}"`.repeat(17)],
  ['escaped quotes', `"${'\\"'.repeat(30_000)}",`.repeat(17)],
  ['commas', ','.repeat(1_048_576)],
  ['plain', JSON.stringify(Array.from({length: 9000}, (_, index) => ({a: index, b: 'text'.repeat(20)})))],
])('rules 31 and 35: a MiB of %s is looked through in at most 50 ms', (_what, text) => {
  const bytes = Buffer.from(text.slice(0, 1_048_576));
  expect(
    fastestMs(() => {
      try {
        checkJsonLimits(bytes);
      } catch {
        // Refused, and that quickly.
      }
    }),
  ).toBeLessThan(50);
});
