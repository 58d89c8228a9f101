import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {clustersOf} from '../../../widgets/wall/cell-text.ts';
import {type Area, blankGrid, type Grid, within, write, writeCentred, writeRight} from '../../../widgets/wall/grid.ts';
import {LOOK, PLAIN} from '../../../widgets/wall/look.ts';

function rows(grid: Grid): string[] {
  return Array.from({length: grid.rows}, (_, y) =>
    grid.characters.slice(y * grid.columns, (y + 1) * grid.columns).join(''),
  );
}

const AREA: Area = {x: 2, y: 1, width: 6, height: 2};

describe('writing on a grid', () => {
  test('cuts at the end of the area with an ellipsis', () => {
    const grid = blankGrid(10, 4);
    expect(write(grid, AREA, 0, 0, 'Müller Maschinenbau')).toBe(6);
    expect(rows(grid)).toEqual(['          ', '  Mülle…  ', '          ', '          ']);
  });

  test('gives wide characters two cells, and none when only one is left', () => {
    const grid = blankGrid(10, 4);
    write(grid, AREA, 0, 0, '漢字漢');
    write(grid, AREA, 0, 1, '漢字漢字');
    expect(grid.characters.slice(12, 18)).toEqual(['漢', '', '字', '', '漢', '']);
    expect(rows(grid)[2]).toBe('  漢字…   ');
  });

  test('aligns right and centred, and leaves rows outside the area alone', () => {
    const grid = blankGrid(10, 4);
    expect(writeRight(grid, AREA, 0, '12')).toBe(4);
    writeCentred(grid, AREA, 1, 'ab');
    write(grid, AREA, 0, 2, 'unten');
    write(grid, AREA, 0, -1, 'oben');
    expect(rows(grid)).toEqual(['          ', '      12  ', '    ab    ', '          ']);
  });

  test('never touches a cell outside the area, whatever is written where', () => {
    const number = fc.integer({min: -5, max: 30});
    fc.assert(
      fc.property(number, number, fc.string({unit: 'grapheme'}), number, number, (x, y, text, ax, ay) => {
        const grid = blankGrid(12, 5);
        const area = within({x: 0, y: 0, width: 12, height: 5}, Math.max(0, ax % 12), Math.max(0, ay % 5), 7, 3);
        write(grid, area, x, y, text, 'critical');
        for (const [at, look] of grid.looks.entries()) {
          const column = at % 12;
          const row = Math.floor(at / 12);
          const isInside =
            column >= area.x && column < area.x + area.width && row >= area.y && row < area.y + area.height;
          expect(isInside || look === PLAIN).toBe(true);
          expect(look === PLAIN || look === LOOK.critical).toBe(true);
        }
      }),
    );
  });
});

describe('splitting text into cells', () => {
  test.each([
    ['Müller', 6],
    ['漢字', 4],
    ['🔥 heiß', 7],
    ['▲ KRIT', 6],
    ['e\u0301', 1],
  ])('%j takes %i cells', (text, width) => {
    expect(clustersOf(text).reduce((sum, cluster) => sum + cluster.width, 0)).toBe(width);
  });

  test('gives every cluster one or two cells, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({unit: 'grapheme'}), text => {
        expect(clustersOf(text).every(cluster => cluster.width === 1 || cluster.width === 2)).toBe(true);
      }),
    );
  });
});
