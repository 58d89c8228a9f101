import {describe, expect, test} from 'vitest';
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

  test('exist for every remaining time in both languages, and for no other letters', () => {
    for (const text of ['09:41', '52 min', '3 h 12', '2 T', '2 d', '-03:10', '–', '?', '12+']) {
      expect(hasLargeForm(text)).toBe(true);
    }
    expect(hasLargeForm('Müller')).toBe(false);
  });
});
