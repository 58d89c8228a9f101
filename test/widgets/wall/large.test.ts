import {describe, expect, test} from 'vitest';
import {HOUR, MINUTE, SECOND} from '../../../src/domain/time.ts';
import {createTranslate} from '../../../src/runtime/i18n.ts';
import {remainingText} from '../../../src/view/durations.ts';
import {blankGrid} from '../../../widgets/wall/grid.ts';
import {hasLargeForm, largeSize, largestDot, writeLarge} from '../../../widgets/wall/large.ts';

function drawn(text: string, dot: number): string[] {
  const {width, height} = largeSize(text, dot);
  const grid = blankGrid(width, height);
  writeLarge(grid, {x: 0, y: 0, width, height}, 0, 0, text, dot);
  return Array.from({length: height}, (_, y) =>
    grid.characters
      .slice(y * width, (y + 1) * width)
      .join('')
      .trimEnd(),
  );
}

describe('large digits', () => {
  test('are drawn in half blocks, so that a dot is as high as wide', () => {
    expect(drawn('09:4', 2)).toEqual([
      '██████  ██████      ██  ██',
      '██  ██  ██  ██  ██  ██  ██',
      '██  ██  ██████      ██████',
      '██  ██      ██  ██      ██',
      '██████  ██████          ██',
    ]);
    expect(drawn('7 -', 1)).toEqual(['▀▀█', '  █    ▀▀▀', '  ▀']);
  });

  test('take what fits, and nothing when nothing does', () => {
    expect(largestDot('09:41', 38, 10, 8)).toBe(2);
    expect(largestDot('09:41', 400, 120, 4)).toBe(4);
    expect(largestDot('09:41', 400, 4, 4)).toBe(1);
    expect(largestDot('09:41', 10, 10, 4)).toBe(0);
  });

  test.each(['de', 'en'] as const)(
    'exist for whatever is left of a deadline, and for what is overdue, in %s (SL-5)',
    lang => {
      const t = createTranslate(lang);
      for (const left of [0, 59 * SECOND, 10 * MINUTE, 3 * HOUR, 49 * HOUR]) {
        expect(hasLargeForm(remainingText(left, t))).toBe(true);
        expect(hasLargeForm(remainingText(-left - SECOND, t))).toBe(true);
        expect(drawn(remainingText(-left - SECOND, t), 1)).not.toEqual(drawn(remainingText(left + SECOND, t), 1));
      }
    },
  );

  test('exist for every remaining time in both languages, and for no other letters', () => {
    for (const text of ['09:41', '52 min', '3 h 12', '2 T', '2 d', '–', '?', '12+']) {
      expect(hasLargeForm(text)).toBe(true);
    }
    expect(hasLargeForm('Müller')).toBe(false);
  });
});
