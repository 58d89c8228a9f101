import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {collectorJsonSchema} from '../support/collector-json-schema.ts';

const file = new URL('../../config/schema/collector.schema.json', import.meta.url);

test('the JSON schema for editors is made from the schema that the collector checks with', () => {
  expect(readFileSync(file, 'utf8'), 'run: npm run docs').toBe(collectorJsonSchema());
});

test('it refuses what the collector refuses: unknown keys, and values of another form', () => {
  const schema = JSON.parse(collectorJsonSchema());
  expect(schema.additionalProperties).toBe(false);
  expect(schema.required).toEqual(['collector']);
  expect(schema.properties.customers.items.properties.state.enum).toHaveLength(16);
  expect(schema.properties.checks.items.anyOf ?? schema.properties.checks.items.oneOf).toHaveLength(6);
});
