import {describe, expect, test} from 'vitest';
import boundaries from '../fixtures/domain-boundaries.json' with {type: 'json'};
import type {Example, ExampleFile} from './examples/example-file.ts';
import {misses} from './examples/misses.ts';

const file = boundaries as unknown as ExampleFile;

/**
 * What the worked examples leave out, reckoned by hand from domain.md in their format: the limit itself and a millisecond on
 * either side, both nights of the change, what is absent or null, out of order or of one instant.
 */
describe('limits of domain.md', () => {
  const cases = Object.entries(file.cases).flatMap(([category, examples]) =>
    examples.map((example): [string, string, Example] => {
      const {id, title, rules} = example;
      return [`${id} ${title} (${rules.join(', ')})`, category, example];
    }),
  );
  test.each(cases)('%s', (_title, category, example) => {
    expect(misses(file, category, example)).toEqual([]);
  });
});
