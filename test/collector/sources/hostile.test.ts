import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Parsed} from '../../../src/collector/source.ts';
import {sourceParsers} from '../../../src/collector/sources/registry.ts';
import {Fault} from '../../../src/domain/fault.ts';
import {safeText} from '../../../src/runtime/safe-text.ts';
import {hostileText} from '../../support/hostile-text.ts';
import {fastestMs} from '../../support/stopwatch.ts';
import {parse, payload} from './context.ts';

const bodies: Readonly<Record<string, unknown>> = {
  alertmanager: payload('alertmanager/captured-webhook-0.28-customer-digest.json'),
  generic: payload('generic-webhook/documented-cloudevent-alert.json'),
  pbs: payload('proxmox-backup-server/documented-tasks.json'),
  veeam: payload('veeam/documented-sessions.json'),
  report: {
    type: 'alert',
    customer: 'acme',
    host: 'h',
    service: 's',
    severity: 'critical',
    summary: 'x',
    output: 'y',
    labels: {a: 'b'},
  },
};

/** Every text in a value, keys included. */
function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...texts(inner)]);
}

/** The same shape with some texts replaced. */
function poisoned(value: unknown, poison: () => string | null): unknown {
  if (typeof value === 'string') return poison() ?? value;
  if (Array.isArray(value)) return value.map(inner => poisoned(inner, poison));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, poisoned(inner, poison)]));
}

function attempt(type: string, body: unknown): Parsed | null {
  try {
    return parse(type, body);
  } catch (error) {
    expect(error).toBeInstanceOf(Fault);
    return null;
  }
}

describe.each([...sourceParsers.keys()])('%s', type => {
  test('rule 42: hostile text in any field comes out safe', () => {
    const choice = fc.array(fc.option(hostileText, {freq: 2}), {minLength: 1, maxLength: 40});
    fc.assert(
      fc.property(choice, poisons => {
        let next = 0;
        const body = poisoned(bodies[type], () => poisons[next++ % poisons.length] ?? null);
        const parsed = attempt(type, body);
        if (parsed === null) return;
        for (const text of texts(parsed)) expect(safeText(text, {bytes: 1e6})).toBe(text);
      }),
      {numRuns: 150},
    );
  });

  test('any JSON is read or refused with a Fault', () => {
    fc.assert(
      fc.property(fc.jsonValue({maxDepth: 5}), body => void attempt(type, body)),
      {numRuns: 300},
    );
    fc.assert(
      fc.property(fc.jsonValue({maxDepth: 3}), fc.nat(), (value, at) => {
        let count = 0;
        const replaced = JSON.parse(JSON.stringify(bodies[type]), (_key, inner) =>
          count++ === at % 30 ? value : inner,
        );
        attempt(type, replaced);
      }),
      {numRuns: 300},
    );
  });

  test.each([
    ['objects', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"prototype":{"polluted":1},'],
    ['texts, which labels take', '{"__proto__":"polluted","constructor":"polluted","prototype":"polluted",'],
  ])('rule 32: keys of the object prototype pollute nothing: %s', (_what, start) => {
    const text = JSON.stringify(bodies[type]).replaceAll(/\{(?=")/g, start);
    const before = Object.getOwnPropertyNames(Object.prototype);
    const parsed = attempt(type, JSON.parse(text));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    for (const one of parsed?.observations ?? []) {
      if (one.type !== 'alert') continue;
      expect(Object.getPrototypeOf(one.labels)).toBeNull();
      for (const key of ['__proto__', 'constructor', 'prototype']) expect(key in one.labels).toBe(false);
    }
  });

  test('rule 35: 1 MB of the worst characters in a field is cut before work', () => {
    const {length} = texts(bodies[type]);
    for (const poison of ['\u0300', '1', ':', '[:', '\n', 'http://[']) {
      for (let field = 0; field < length; field += 7) {
        let index = 0;
        const body = poisoned(bodies[type], () => (index++ === field ? poison.repeat(1e6 / poison.length) : null));
        expect(fastestMs(() => void attempt(type, body))).toBeLessThan(50);
      }
    }
  });
});
