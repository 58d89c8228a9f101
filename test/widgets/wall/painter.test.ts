import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {BlessedRow} from '../../../widgets/wall/blessed-types.ts';
import {blankGrid, type Grid, write} from '../../../widgets/wall/grid.ts';
import type {WallTone} from '../../../widgets/wall/look.ts';
import {LOOK} from '../../../widgets/wall/look.ts';
import {Painter} from '../../../widgets/wall/painter.ts';
import {type ColourDepth, palette} from '../../../widgets/wall/palette.ts';
import {headlessTerminal} from '../../support/headless-terminal.ts';

const COLUMNS = 24;
const ROWS = 6;

/** The rows that blessed would hand over, all marked as touched. */
function rowsOf(grid: Grid): BlessedRow[] {
  return Array.from({length: grid.rows}, (_, y) => {
    const cells = Array.from({length: grid.columns}, (__, x) => {
      const at = y * grid.columns + x;
      return [grid.looks[at] ?? 0, grid.characters[at] ?? ' '] as [number, string];
    });
    return Object.assign(cells, {dirty: true});
  });
}

const tones = Object.keys(LOOK) as WallTone[];
const stroke = fc.record({
  x: fc.integer({min: 0, max: COLUMNS - 1}),
  y: fc.integer({min: 0, max: ROWS - 1}),
  text: fc
    .array(fc.constantFrom('a', 'Z', ' ', '   ', 'ü', '漢', '字', '█', '⣿', '✓', '🔥', 'e\u0301'), {maxLength: 14})
    .map(parts => parts.join('')),
  tone: fc.constantFrom(...tones),
});

function gridOf(strokes: readonly {x: number; y: number; text: string; tone: WallTone}[], before?: Grid): Grid {
  const grid = blankGrid(COLUMNS, ROWS);
  if (before !== undefined) {
    grid.characters.splice(0, grid.characters.length, ...before.characters);
    grid.looks.set(before.looks);
  }
  const area = {x: 0, y: 0, width: COLUMNS, height: ROWS};
  for (const {x, y, text, tone} of strokes) write(grid, area, x, y, text, tone);
  return repaired(grid);
}

/** Overwriting half of a wide character leaves an orphan, which a page never does: blank it as a terminal would. */
function repaired(grid: Grid): Grid {
  for (let at = 0; at < grid.characters.length; at++) {
    const isWide = ['漢', '字', '🔥'].includes(grid.characters[at] ?? '');
    const isFollowed = at % COLUMNS < COLUMNS - 1 && grid.characters[at + 1] === '';
    if (isWide && !isFollowed) grid.characters[at] = ' ';
    if (grid.characters[at] === '' && !['漢', '字', '🔥'].includes(grid.characters[at - 1] ?? ''))
      grid.characters[at] = ' ';
    if (grid.characters[at] === '') grid.looks[at] = grid.looks[at - 1] ?? 0;
  }
  return grid;
}

async function shown(writes: readonly string[]) {
  const terminal = headlessTerminal(COLUMNS, ROWS);
  for (const bytes of writes) await terminal.write(bytes);
  // The terminal keeps the colour a blank was written in, which nobody sees.
  const cells = terminal
    .cells()
    .map(row => row.map(cell => ({...cell, style: cell.text === ' ' ? blank(cell.style) : cell.style})));
  const replies = terminal.replies();
  terminal.dispose();
  return {cells, replies};
}

function blank(style: string): string {
  const [colours = '', ...flags] = style.split(' ');
  const kept = flags.filter(flag => flag === 'inverse' || flag === 'underline');
  return `-/${colours.split('/')[1]} ${kept.join(' ')}`.trimEnd();
}

describe('the painter', () => {
  test.each<ColourDepth>(['none', '16', '256', 'true'])(
    'brings a terminal of depth %s from any frame to any other as a full redraw would',
    async depth => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(stroke, {maxLength: 12}),
          fc.array(fc.array(stroke, {maxLength: 5}), {minLength: 1, maxLength: 4}),
          fc.constantFrom(1, 0.5),
          async (first, changes, brightness) => {
            const painter = new Painter(palette(depth, brightness));
            let grid = gridOf(first);
            const writes = [painter.paint(rowsOf(grid))];
            for (const strokes of changes) {
              grid = gridOf(strokes, grid);
              writes.push(painter.paint(rowsOf(grid)));
            }
            const whole = new Painter(palette(depth, brightness)).paint(rowsOf(grid));
            const [stepwise, atOnce] = [await shown(writes), await shown([whole])];
            expect(stepwise.cells).toEqual(atOnce.cells);
            expect(stepwise.replies).toBe('');
          },
        ),
        {numRuns: 60},
      );
    },
  );

  test('writes nothing when nothing changed, and looks at touched rows only', () => {
    const painter = new Painter(palette('256'));
    const grid = gridOf([{x: 0, y: 0, text: 'Nocturne', tone: 'strong'}]);
    expect(painter.paint(rowsOf(grid))).not.toBe('');
    expect(painter.paint(rowsOf(grid))).toBe('');
    const changed = rowsOf(gridOf([{x: 0, y: 0, text: 'Tagwerk', tone: 'strong'}]));
    for (const row of changed) row.dirty = false;
    expect(painter.paint(changed)).toBe('');
  });

  test('costs a ticking second a few bytes', () => {
    const painter = new Painter(palette('256'));
    painter.paint(rowsOf(gridOf([{x: 4, y: 0, text: '02:47:18', tone: 'plain'}])));
    const bytes = painter.paint(rowsOf(gridOf([{x: 4, y: 0, text: '02:47:19', tone: 'plain'}])));
    expect(bytes).toBe('\x1b[D9');
    expect(painter.paint(rowsOf(gridOf([{x: 4, y: 0, text: '02:47:20', tone: 'plain'}])))).toBe('\x1b[2D20');
  });

  test('draws the whole frame after it was told to forget', () => {
    const painter = new Painter(palette('256'));
    const grid = gridOf([{x: 0, y: 0, text: 'Nocturne', tone: 'plain'}]);
    const first = painter.paint(rowsOf(grid));
    painter.forget();
    expect(painter.paint(rowsOf(grid))).toBe(first);
  });

  test('puts large frames into one synchronized update', () => {
    const painter = new Painter(palette('true'));
    const grid = blankGrid(COLUMNS, ROWS);
    const area = {x: 0, y: 0, width: COLUMNS, height: ROWS};
    for (let y = 0; y < ROWS; y++) {
      for (let x = 0; x < COLUMNS; x++) write(grid, area, x, y, '#', x % 2 === 0 ? 'critical' : 'warning');
    }
    const bytes = painter.paint(rowsOf(grid));
    expect(bytes.startsWith('\x1b[?2026h')).toBe(true);
    expect(bytes.endsWith('\x1b[?2026l')).toBe(true);
  });
});
