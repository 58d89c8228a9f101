import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createPlacement, fitsGlob} from '../../src/collector/placement.ts';
import type {CustomerConfig, MatchRule, SourceConfig} from '../../src/runtime/collector-config.ts';
import {fastestMs} from '../support/stopwatch.ts';

function customer(id: string, match: readonly Partial<MatchRule>[] = []): CustomerConfig {
  const rules = match.map(rule => ({label: null, value: null, host: null, ...rule}));
  return {
    id,
    name: id,
    state: null,
    catholicMunicipality: false,
    augsburg: false,
    timezone: 'Europe/Berlin',
    sla: null,
    match: rules,
  };
}

const source: SourceConfig = {
  name: 'am',
  type: 'alertmanager',
  customerLabel: null,
  customer: null,
  timezone: 'Europe/Berlin',
  expectEveryMs: null,
  allow: null,
  hmacKeys: [],
  api: null,
};
const nowhere = {host: '', labels: {}, customer: null};

describe('placement', () => {
  const place = createPlacement([
    customer('mueller', [{label: 'tenant', value: 'mueller-*'}, {host: '*.mueller.example'}]),
    customer('fulda', [{label: 'site', value: 'fulda', host: 'sw-*'}, {}]),
  ]);

  test('the word of the upstream wins when it names a configured customer', () => {
    expect(place({host: 'a.mueller.example', labels: {}, customer: 'fulda'}, source)).toBe('fulda');
  });

  test('an unknown word decides nothing, the rules do', () => {
    expect(place({host: 'a.mueller.example', labels: {}, customer: 'acme'}, source)).toBe('mueller');
  });

  test("then comes the source's own label, then rules by label or host, without case in host names", () => {
    expect(place({...nowhere, labels: {kunde: 'fulda'}}, {...source, customerLabel: 'kunde'})).toBe('fulda');
    expect(place({...nowhere, labels: {tenant: 'mueller-nord'}}, source)).toBe('mueller');
    expect(place({...nowhere, host: 'SRV.Mueller.Example'}, source)).toBe('mueller');
  });

  test('all parts that a rule names must fit', () => {
    expect(place({host: 'sw-1', labels: {site: 'kassel'}, customer: null}, source)).toBe('unassigned');
    expect(place({host: 'sw-1', labels: {site: 'fulda'}, customer: null}, source)).toBe('fulda');
  });

  test('an empty rule swallows nothing', () => {
    expect(place({...nowhere, host: 'anything'}, source)).toBe('unassigned');
  });

  test("the source's customer is the last resort before unassigned", () => {
    expect(place({...nowhere, host: 'x'}, {...source, customer: 'fulda'})).toBe('fulda');
  });

  test('names of the object prototype are no labels and no customers', () => {
    const odd = createPlacement([customer('a', [{label: 'constructor'}, {label: '__proto__'}])]);
    expect(odd({host: 'x', labels: {}, customer: 'toString'}, source)).toBe('unassigned');
  });
});

describe('glob', () => {
  const alphabet = fc.string({unit: fc.constantFrom('a', 'b', '.'), maxLength: 12});

  test('agrees with a regular expression', () => {
    fc.assert(
      fc.property(fc.string({unit: fc.constantFrom('a', 'b', '.', '*'), maxLength: 8}), alphabet, (pattern, text) => {
        const expression = pattern
          .split('*')
          .map(part => part.replaceAll('.', '\\.'))
          .join('.*');
        expect(fitsGlob(pattern, text)).toBe(new RegExp(`^${expression}$`).test(text));
      }),
      {numRuns: 2000},
    );
  });

  test('rule 35: stays linear on the worst input', () => {
    const run = () => expect(fitsGlob(`${'*a'.repeat(200)}*b`, 'a'.repeat(100_000))).toBe(false);
    expect(fastestMs(run)).toBeLessThan(10);
  });
});
