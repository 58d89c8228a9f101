import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {graphemes} from '../../src/runtime/graphemes.ts';
import {safeText} from '../../src/runtime/safe-text.ts';
import {
  cellWidth,
  fitLine,
  fitLineWithTail,
  lineWidth,
  spread,
  truncate,
  truncateLine,
  wrapText,
} from '../../src/view/cells.ts';
import {type Column, columnStart, fitColumns, tableLine} from '../../src/view/columns.ts';
import {type Line, part} from '../../src/view/tone.ts';
import {hostileText} from '../support/hostile-text.ts';

const text = hostileText.map(raw => String(safeText(raw)));
const line = fc.array(
  text.map(one => part(one)),
  {maxLength: 5},
);
const width = fc.integer({min: 0, max: 40});

function plain(parts: Line): string {
  return parts.map(one => one.text).join('');
}

describe('cutting to cells', () => {
  test.each([
    ['Müller Maschinenbau', 9, 'Müller M…'],
    ['kurz', 9, 'kurz'],
    ['genau', 5, 'genau'],
    ['漢字かな', 5, '漢字…'],
    ['漢字かな', 6, '漢字…'],
    ['漢字かな', 8, '漢字かな'],
    ['Mu\u0308ller', 3, 'Mu\u0308…'],
    ['x', 1, 'x'],
    ['xy', 1, '…'],
    ['x', 0, ''],
  ])('%s in %i cells is %s', (given, cells, expected) => {
    expect(truncate(given, cells)).toBe(expected);
  });

  test('a cut text fits, keeps whole graphemes, and is the start of what it was', () => {
    fc.assert(
      fc.property(text, width, (given, cells) => {
        const cut = truncate(given, cells);
        expect(cellWidth(cut)).toBeLessThanOrEqual(cells);
        if (cellWidth(given) <= cells) expect(cut).toBe(given);
        const kept = cut.endsWith('…') && cut !== given ? cut.slice(0, -1) : cut;
        expect(given.startsWith(kept)).toBe(true);
        expect(graphemes(given).slice(0, graphemes(kept).length)).toEqual(graphemes(kept));
      }),
    );
  });

  test('a fitted line takes exactly its cells, at either edge', () => {
    fc.assert(
      fc.property(line, width, fc.constantFrom('left' as const, 'right' as const), (parts, cells, align) => {
        expect(lineWidth(fitLine(parts, cells, align))).toBe(cells);
        expect(lineWidth(truncateLine(parts, cells))).toBeLessThanOrEqual(cells);
      }),
    );
  });

  test('a tail that fits stands whole at the end of what is cut', () => {
    expect(plain(fitLineWithTail([part('Warteschlange 1.200 lang')], [part(' ○ 6m')], 16))).toBe('Warteschla… ○ 6m');
    fc.assert(
      fc.property(line, text, width, (parts, tail, cells) => {
        fc.pre(cellWidth(tail) > 0 && cellWidth(tail) < cells);
        const fitted = fitLineWithTail(parts, [part(tail)], cells);
        expect(lineWidth(fitted)).toBe(cells);
        expect(plain(fitted)).toContain(tail);
      }),
    );
  });

  test('both ends of a spread row are on the row', () => {
    fc.assert(
      fc.property(line, line, width, (left, right, cells) => {
        expect(lineWidth(spread(left, right, cells))).toBe(cells);
      }),
    );
  });

  test('wrapped text fits its lines and loses nothing but blanks', () => {
    fc.assert(
      // No narrower than a cluster can be: two wide characters that belong together.
      fc.property(text, fc.integer({min: 4, max: 30}), (given, cells) => {
        const lines = wrapText(given, cells);
        for (const one of lines) expect(cellWidth(one)).toBeLessThanOrEqual(cells);
        expect(lines.join('').replaceAll(' ', '')).toBe(given.replaceAll(' ', ''));
      }),
    );
  });
});

describe('tables', () => {
  const column = fc
    .record({
      least: fc.integer({min: 1, max: 12}),
      growth: fc.array(fc.integer({min: 0, max: 20}), {minLength: 3, maxLength: 3}),
      align: fc.constantFrom('left' as const, 'right' as const),
      drop: fc.option(fc.integer({min: 1, max: 5}), {nil: null}),
    })
    .map(({least, growth, align, drop}) => {
      const steps = [least];
      for (const more of growth) steps.push((steps.at(-1) ?? 0) + more);
      return {steps, align, drop};
    });

  test('a table takes the width it gets, or as much as it can use; each row as wide as the next', () => {
    fc.assert(
      fc.property(
        fc.array(column, {minLength: 1, maxLength: 8}),
        fc.integer({min: 0, max: 200}),
        text,
        (shapes, cells, content) => {
          const columns = shapes.map((shape, index): Column<string> => ({...shape, key: `c${index}`}));
          const fitted = fitColumns(columns, cells);
          const row = Object.fromEntries(columns.map(({key}) => [key, {line: [part(content)]}]));
          const used = lineWidth(tableLine(fitted, row));
          for (const one of fitted) {
            expect(one.width).toBeGreaterThanOrEqual(one.steps[0] ?? 0);
            expect(one.width).toBeLessThanOrEqual(one.steps.at(-1) ?? 0);
          }
          const canGrow = fitted.some(one => one.width < (one.steps.at(-1) ?? 0));
          const canDrop = fitted.some(({drop}) => drop !== null);
          if (used > cells) expect(canDrop).toBe(false);
          else if (canGrow) expect(used).toBe(cells);
          const last = fitted.at(-1);
          if (last !== undefined) expect(columnStart(fitted, last.key) + last.width).toBe(used);
        },
      ),
    );
  });

  test('columns go in their order when it gets narrow', () => {
    const fixed = (key: string, drop: number | null): Column<string> => ({key, steps: [10], align: 'left', drop});
    const columns = [fixed('name', null), fixed('first', 2), fixed('second', 1)];
    const keys = (cells: number) => fitColumns(columns, cells).map(({key}) => key);
    expect(keys(32)).toEqual(['name', 'first', 'second']);
    expect(keys(31)).toEqual(['name', 'second']);
    expect(keys(20)).toEqual(['name']);
    expect(keys(5)).toEqual(['name']);
  });

  test('a name does not touch the figure before it', () => {
    const columns: Column<string>[] = [
      {key: 'n', steps: [3], align: 'right', drop: null},
      {key: 'name', steps: [6], align: 'left', drop: null},
    ];
    expect(plain(tableLine(fitColumns(columns, 11), {n: {line: [part('12')]}, name: {line: [part('Müller')]}}))).toBe(
      ' 12  Müller',
    );
  });
});
