import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {byTag, candidates, mayCarryTag, parseTarget, type Target} from '../../src/cli/targets.ts';
import {normalizeOccurrence, occurrenceId} from '../../src/domain/occurrence-id.ts';

const idTarget = (typed: string): Extract<Target, {type: 'id'}> => {
  const target = parseTarget(typed);
  if (target.type !== 'id') throw new Error(`${typed} is a filter`);
  return target;
};

describe('what is typed', () => {
  test.each(['K7F3', 'k7f3', 'K7F3Z', '12345678', 'o0il', 'B-K7F3', 'b-k7f3', 'BER1-K7F3', 'BE12345678'])(
    '%s is an id',
    typed => {
      expect(parseTarget(typed).type).toBe('id');
    },
  );

  test.each([
    'customer:mueller',
    'severity:critical !acked',
    '!acked',
    'mueller',
    'K7F',
    'hauptwache',
    'web server',
    'UUUU',
  ])('%s is a filter', typed => expect(parseTarget(typed)).toEqual({type: 'filter', text: typed}));
});

describe('what it can mean', () => {
  test('a dash divides tag and id', () => {
    expect(candidates(idTarget('b-k7f3'), 'B', false)).toEqual(['K7F3']);
    expect(candidates(idTarget('H-K7F3'), 'B', false)).toEqual([]);
  });

  test('without a dash both are possible, the shown form first', () => {
    expect(candidates(idTarget('BK7F3'), 'B', false)).toEqual(['K7F3', 'BK7F3']);
    expect(candidates(idTarget('BK7F3'), 'B', true)).toEqual(['BK7F3', 'K7F3']);
    expect(candidates(idTarget('K7F3'), 'K', true)).toEqual(['K7F3']);
    expect(candidates(idTarget('HK7F3'), 'B', false)).toEqual(['HK7F3']);
  });

  test('every way to type an id leads to it, at any number of lives', () => {
    const tag = fc.constantFrom('B', 'HH', 'L1', '');
    fc.assert(
      fc.property(fc.nat(40_000_000), tag, fc.boolean(), fc.boolean(), (n, collectorTag, isLower, hasDash) => {
        const id = occurrenceId(n);
        const shown = `${collectorTag}${hasDash && collectorTag !== '' ? '-' : ''}${id}`;
        const typed = isLower ? shown.toLowerCase() : shown;
        expect(candidates(idTarget(typed), collectorTag, false)[0]).toBe(id);
        expect(candidates(idTarget(typed), collectorTag, true)).toContain(id);
        expect(normalizeOccurrence(id)).toBe(id);
      }),
    );
  });
});

describe('of several collectors', () => {
  const berlin = {tag: 'B'};
  const hamburg = {tag: 'HH'};
  const both = [berlin, hamburg];

  test('the tag says which one is meant', () => {
    expect(byTag(idTarget('BK7F3'), both)).toEqual({collector: berlin, id: 'K7F3'});
    expect(byTag(idTarget('hh-k7f3'), both)).toEqual({collector: hamburg, id: 'K7F3'});
    expect(byTag(idTarget('HHK7F3'), both)).toEqual({collector: hamburg, id: 'K7F3'});
  });

  test('an id without a tag, or with one that two have, has to be looked up', () => {
    expect(byTag(idTarget('K7F3'), both)).toBeNull();
    expect(byTag(idTarget('X-K7F3'), both)).toBeNull();
    expect(byTag(idTarget('BK7F3'), [berlin, {tag: 'B'}])).toBeNull();
    expect([mayCarryTag(idTarget('K7F3')), mayCarryTag(idTarget('BK7F3'))]).toEqual([false, true]);
  });
});
