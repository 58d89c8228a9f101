import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {normalizeOccurrence, occurrenceId} from '../../src/domain/occurrence-id.ts';

const FOUR = 32 ** 4;

describe('the short id of one life of an alert', () => {
  test('is unique over every id of four characters', () => {
    const seen = new Set<string>();
    for (let n = 0; n < FOUR; n++) seen.add(occurrenceId(n));
    expect(seen.size).toBe(FOUR);
  });

  test('grows by a character when one length is used up', () => {
    expect(occurrenceId(0)).toHaveLength(4);
    expect(occurrenceId(FOUR - 1)).toHaveLength(4);
    expect(occurrenceId(FOUR)).toHaveLength(5);
    expect(occurrenceId(FOUR + 32 ** 5)).toHaveLength(6);
  });

  test('stays unique and typeable beyond four characters', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(2 ** 40), {minLength: 2, maxLength: 200}), numbers => {
        const ids = numbers.map(occurrenceId);
        expect(new Set(ids).size).toBe(numbers.length);
        for (const id of ids) expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{4,8}$/);
      }),
    );
  });

  test('differs from its neighbour in more than one character, so that a slip hits nothing beside it', () => {
    let alike = 0;
    for (let n = 0; n < 10_000; n++) {
      const [here, next] = [occurrenceId(n), occurrenceId(n + 1)];
      alike += Number([...here].filter((character, index) => character !== next[index]).length < 2);
    }
    expect(alike / 10_000).toBeLessThan(0.01);
  });

  test('is read as people type it', () => {
    expect(normalizeOccurrence(' k7oil ')).toBe('K7011');
    fc.assert(fc.property(fc.nat(FOUR), n => normalizeOccurrence(occurrenceId(n).toLowerCase()) === occurrenceId(n)));
  });
});
