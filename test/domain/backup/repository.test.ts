import fc from 'fast-check';
import {expect, test} from 'vitest';
import {type FillSample, withSample} from '../../../src/domain/backup/repository.ts';
import {HOUR, MINUTE} from '../../../src/domain/time.ts';

test('samples stay few and spread however often a repository is told of, and the newest is always among them', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20_000), {minLength: 1, maxLength: 300}), minutes => {
      let samples: readonly FillSample[] = [];
      for (const minute of minutes) samples = withSample(samples, {at: minute * MINUTE, percent: minute / 1000});
      expect(samples.length).toBeLessThanOrEqual(40);
      expect(samples.at(-1)?.at).toBe(Math.max(...minutes) * MINUTE);
      for (const [index, {at}] of samples.entries()) {
        const next = samples[index + 1];
        if (next !== undefined) expect(next.at).toBeGreaterThan(at);
        if (next !== undefined && index + 2 < samples.length) expect(next.at - at).toBeGreaterThanOrEqual(6 * HOUR);
      }
    }),
  );
});

test('a repository told of every minute keeps the days before', () => {
  let samples: readonly FillSample[] = [];
  for (let minute = 0; minute < 10 * 24 * 60; minute++)
    samples = withSample(samples, {at: minute * MINUTE, percent: 50});
  expect(samples).toHaveLength(40);
  expect((samples.at(-1)?.at ?? 0) - (samples[0]?.at ?? 0)).toBeGreaterThan(9 * 24 * HOUR);
});
