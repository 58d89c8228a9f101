import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {DAY, HOUR, MINUTE, SECOND} from '../../src/domain/time.ts';
import {createTranslate} from '../../src/runtime/i18n.ts';
import {ageText, linkAgeText, remainingText, spanText} from '../../src/view/durations.ts';

const t = createTranslate('de');

describe('what is left has one form everywhere', () => {
  test.each([
    [9 * MINUTE + 41 * SECOND, '09:41'],
    [10 * MINUTE - 1, '10:00'],
    [10 * MINUTE, '10 min'],
    [51 * MINUTE + 1, '52 min'],
    [59 * MINUTE + 1, '1 h 00'],
    [3 * HOUR + 12 * MINUTE, '3 h 12'],
    [47 * HOUR + 59 * MINUTE, '47 h 59'],
    [2 * DAY, '2 T'],
    [1, '00:01'],
    [0, '00:00'],
    [-1, '−00:00'],
    [-61 * SECOND, '−01:01'],
    [-3 * HOUR, '−3 h 00'],
  ])('%i ms is %s', (left, expected) => {
    expect(remainingText(left, t)).toBe(expected);
  });

  test('SL-4: nothing is overdue before it says 00:00, nor says more than is left by a whole unit', () => {
    fc.assert(
      fc.property(fc.integer({min: 1, max: 10 * MINUTE - 1}), left => {
        const [minutes = 0, seconds = 0] = remainingText(left, t).split(':').map(Number);
        const shown = (minutes * 60 + seconds) * SECOND;
        expect(shown).toBeGreaterThanOrEqual(left);
        expect(shown - left).toBeLessThan(SECOND);
      }),
    );
  });
});

test.each([
  [0, 'gerade'],
  [59 * SECOND, 'gerade'],
  [MINUTE, '1 min'],
  [59 * MINUTE, '59 min'],
  [HOUR, '1 h'],
  [DAY - 1, '23 h'],
  [3 * DAY, '3 T'],
])('an age of %i ms is %s, rounded down', (age, expected) => {
  expect(ageText(age, t)).toBe(expected);
});

test.each([
  [-5, '0s'],
  [2 * SECOND, '2s'],
  [6 * MINUTE, '6m'],
  [3 * HOUR, '3h'],
  [2 * DAY, '2T'],
])('a link last heard %i ms ago says %s', (age, expected) => {
  expect(linkAgeText(age, t)).toBe(expected);
});

test.each([
  [30 * MINUTE, '30 min'],
  [2 * HOUR, '2 h'],
  [90 * MINUTE, '1 h 30'],
  [2 * DAY, '2 T'],
])('a span of %i ms is %s', (span, expected) => {
  expect(spanText(span, t)).toBe(expected);
});
