import {describe, expect, test} from 'vitest';
import {BIG_ROWS, hasBigForm, writeBig} from '../../../widgets/wall/big-text.ts';
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

  test('do not exist for every script', () => {
    expect(hasBigForm('Kanzlei Weiß & Söhne, Ärzte – Öztürk')).toBe(true);
    expect(hasBigForm('東京ホテル')).toBe(false);
  });
});
