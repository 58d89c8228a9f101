import {describe, expect, test} from 'vitest';
import {layoutOf} from '../../src/wall/layout.ts';
import {PAGES} from '../../src/wall/rotation.ts';
import {headlessTerminal} from '../support/headless-terminal.ts';
import {nightStore} from './night.ts';
import {openWall} from './open-wall.ts';

const SIZES = [
  [80, 24],
  [81, 25],
  [97, 31],
  [132, 43],
  [160, 48],
  [213, 55],
  [400, 120],
  [40, 10],
  [20, 6],
] as const;

describe('the layout', () => {
  test.each(SIZES)('at %i x %i puts no cell outside the screen, on any page', async (columns, rows) => {
    for (const page of PAGES) {
      const wall = openWall({store: nightStore(), columns, rows, flags: {pages: page}});
      // The same bytes on a larger terminal: what left the screen would stand beside or below it.
      const larger = headlessTerminal(columns + 12, rows + 6);
      await larger.write(wall.output.bytes);
      const cells = larger.cells();
      for (const [y, row] of cells.entries()) {
        for (const [x, cell] of row.entries()) {
          if (x >= columns || y >= rows) expect(cell).toEqual({text: ' ', width: 1, style: '-/-'});
        }
      }
      larger.dispose();
      wall[Symbol.dispose]();
    }
  });

  test('grows what is large with the screen, unless told how large', () => {
    expect(layoutOf(80, 24, null).scale).toBe(1);
    expect(layoutOf(200, 60, null).scale).toBe(2);
    expect(layoutOf(400, 120, null).scale).toBe(4);
    expect(layoutOf(400, 120, 1).scale).toBe(1);
  });

  test('keeps head, body and foot apart', () => {
    for (const [columns, rows] of SIZES) {
      const {head, body, foot} = layoutOf(columns, rows, null);
      expect(head.y).toBeLessThan(body.y);
      expect(body.y + body.height).toBeLessThanOrEqual(foot.y);
      expect(foot.y).toBeLessThan(rows);
    }
  });
});
