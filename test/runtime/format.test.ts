import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createFormat} from '../../src/runtime/format.ts';
import {createTranslate} from '../../src/runtime/i18n.ts';

const de = createFormat('de', createTranslate('de'));
const en = createFormat('en', createTranslate('en'));
const night = new Date(2026, 10, 21, 2, 7, 5).getTime();

describe('createFormat', () => {
  test('writes local times as the language does', () => {
    expect([de.clock(night), de.clockSeconds(night), de.date(night), de.weekdayAndDay(night)]).toEqual([
      '02:07',
      '02:07:05',
      '21.11.2026',
      'Sa 21.11.',
    ]);
    expect([en.date(night), en.weekdayAndDay(night)]).toEqual(['2026-11-21', 'Sat 11-21']);
  });

  test.each([0, 999, 1000, -1234567.891, 1e15, 0.5])('writes %d as Intl does', value => {
    expect(de.number(value, 1)).toBe(
      new Intl.NumberFormat('de', {minimumFractionDigits: 1, maximumFractionDigits: 1}).format(value),
    );
    expect(en.number(value, 1)).toBe(
      new Intl.NumberFormat('en', {minimumFractionDigits: 1, maximumFractionDigits: 1}).format(value),
    );
  });

  test('whole numbers as Intl does, whatever they are', () => {
    const intl = new Intl.NumberFormat('de');
    fc.assert(
      fc.property(fc.maxSafeInteger(), value => {
        expect(de.number(value)).toBe(intl.format(value));
      }),
    );
  });
});
