import {expect, test} from 'vitest';
import {didYouMean} from '../../src/runtime/did-you-mean.ts';

const CHOICES = ['listen', 'data', 'name', 'tag', 'customerLabel'];

test.each([
  ['lissten', 'listen'],
  ['listne', 'listen'],
  ['Listen', 'listen'],
  ['date', 'data'],
  ['customerlable', 'customerLabel'],
  ['tga', 'tag'],
])('%s: probably %s', (word, meant) => expect(didYouMean(word, CHOICES)).toBe(meant));

test.each(['', 'xyz', 'sources', 'x'.repeat(100_000)])('%#: nothing near', word =>
  expect(didYouMean(word, CHOICES)).toBeNull(),
);
