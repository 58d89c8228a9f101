import {describe, expect, test} from 'vitest';
import {BIG_COLUMNS, BIG_ROWS, bigFactor, hasBigForm, writeBig} from '../../../widgets/wall/big-text.ts';
import {blankGrid} from '../../../widgets/wall/grid.ts';

function drawn(text: string, width: number): string[] {
  const grid = blankGrid(width, BIG_ROWS);
  writeBig(grid, {x: 0, y: 0, width, height: BIG_ROWS}, 0, 0, text, 'plain');
  return Array.from({length: BIG_ROWS}, (_, y) =>
    grid.characters
      .slice(y * width, (y + 1) * width)
      .join('')
      .trimEnd(),
  );
}

describe('big letters', () => {
  test('are drawn in quadrants, umlauts too', () => {
    expect(drawn('Hü', 8)).toEqual(['', '█ ▐▌▐▌█', '█ ▐▌▄ ▗▖', '█▀▜▌█ ▐▌', '█ ▐▌█ ▐▌', '█ ▐▌▜▄▟▌', '']);
  });

  test('are cut with an ellipsis where the area ends', () => {
    expect(drawn('Müller', 12)).toEqual(drawn('Mü…', 12));
    expect(drawn('Müller', 3).join('')).toBe('');
  });

  test('grow by whole factors: as many times as wide and as high, each dot the same', () => {
    const dots = (factor: number): number => {
      const [width, height] = [2 * BIG_COLUMNS * factor, BIG_ROWS * factor];
      const grid = blankGrid(width, height);
      writeBig(grid, {x: 0, y: 0, width, height}, 0, 0, 'Hü', 'plain', factor);
      const quadrants = ' ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█';
      const setIn = (character: string) => [1, 2, 4, 8].filter(bit => quadrants.indexOf(character) & bit).length;
      return grid.characters.reduce((sum, character) => sum + setIn(character), 0);
    };
    expect(dots(2)).toBe(4 * dots(1));
    expect(dots(3)).toBe(9 * dots(1));
  });

  test('are as large as the whole text has room for, and never smaller than once', () => {
    expect(bigFactor('Hofer', 5 * BIG_COLUMNS * 3, 100)).toBe(3);
    expect(bigFactor('Hofer', 5 * BIG_COLUMNS * 3 - 1, 100)).toBe(2);
    expect(bigFactor('Hofer', 1000, 2 * BIG_ROWS)).toBe(2);
    expect(bigFactor('Hofer', 3, 3)).toBe(1);
    expect(bigFactor('', 100, 14)).toBe(2);
  });

  test('do not exist for every script', () => {
    expect(hasBigForm('Kanzlei Weiß & Söhne, Ärzte – Öztürk')).toBe(true);
    expect(hasBigForm('東京ホテル')).toBe(false);
  });
});
