import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {FramePainter} from '../../src/wall/frame-painter.ts';
import type {ColourDepth} from '../../src/wall/palette.ts';
import type {BlessedRow} from '../../widgets/wall/blessed-types.ts';
import {blankGrid, type Grid, write} from '../../widgets/wall/grid.ts';
import {LOOK, type WallTone} from '../../widgets/wall/look.ts';
import {headlessTerminal} from '../support/headless-terminal.ts';

const COLUMNS = 24;
const ROWS = 6;
const AREA = {x: 0, y: 0, width: COLUMNS, height: ROWS};
const DEPTHS: readonly ColourDepth[] = ['none', '16', '256', 'true'];

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

interface Stroke {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly tone: WallTone;
}

const stroke: fc.Arbitrary<Stroke> = fc.record({
  x: fc.integer({min: 0, max: COLUMNS - 1}),
  y: fc.integer({min: 0, max: ROWS - 1}),
  text: fc
    .array(fc.constantFrom('a', 'Z', ' ', '   ', 'ü', '█', '⣿', '✓', '▌'), {maxLength: 14})
    .map(parts => parts.join('')),
  tone: fc.constantFrom(...(Object.keys(LOOK) as WallTone[])),
});

function gridOf(strokes: readonly Stroke[]): Grid {
  const grid = blankGrid(COLUMNS, ROWS);
  for (const {x, y, text, tone} of strokes) write(grid, AREA, x, y, text, tone);
  return grid;
}

function painterOf(depth: ColourDepth, brightness = 1): FramePainter {
  const painter = new FramePainter('xterm-256color', depth);
  painter.setBrightness(brightness);
  return painter;
}

async function cellsAfter(writes: readonly string[]) {
  const terminal = headlessTerminal(COLUMNS, ROWS);
  for (const bytes of writes) await terminal.write(bytes);
  // A blank keeps the colour it was written in, which nobody sees.
  const cells = terminal
    .cells()
    .map(row =>
      row.map(({text, style}) => (text === ' ' ? style.replace(/^[^/]*\//, '-/').replace(/ ?bold/, '') : text + style)),
    );
  terminal.dispose();
  return cells;
}

describe('the painter of frames', () => {
  test.each(DEPTHS)('brings a terminal of depth %s from frame to frame as whole redraws would', async depth => {
    const frames = fc.array(fc.array(stroke, {maxLength: 10}), {minLength: 1, maxLength: 4});
    await fc.assert(
      fc.asyncProperty(frames, fc.constantFrom(1, 0.5), async (pictures, brightness) => {
        const painter = painterOf(depth, brightness);
        const writes = pictures.map(strokes => painter.paint(rowsOf(gridOf(strokes))));
        const last = painterOf(depth, brightness);
        const whole = last.paint(rowsOf(gridOf(pictures.at(-1) ?? [])));
        expect(await cellsAfter(writes)).toEqual(await cellsAfter([whole]));
      }),
      {numRuns: 40},
    );
  });

  test('looks at touched rows only, and writes nothing when nothing changed', () => {
    const painter = painterOf('256');
    const grid = gridOf([{x: 0, y: 0, text: 'Nocturne', tone: 'strong'}]);
    expect(painter.paint(rowsOf(grid))).not.toBe('');
    expect(painter.paint(rowsOf(grid))).toBe('');
    const changed = rowsOf(gridOf([{x: 0, y: 0, text: 'Tagwerk', tone: 'strong'}]));
    for (const row of changed) row.dirty = false;
    expect(painter.paint(changed)).toBe('');
  });

  test('draws the whole frame after it was told to forget, and in other colours when it is dimmed', () => {
    const painter = painterOf('true');
    const rows = () => rowsOf(gridOf([{x: 0, y: 0, text: 'Nocturne', tone: 'critical'}]));
    const first = painter.paint(rows());
    expect(first).toContain('38;2;255;64;54');
    painter.forget();
    expect(painter.paint(rows())).toBe(first);
    painter.setBrightness(0.5);
    expect(painter.paint(rows())).toContain('38;2;128;32;27');
  });

  test.each([
    ['16', '\x1b[1;91m'],
    ['256', '\x1b[1;38;5;196m'],
    ['true', '\x1b[1;38;2;255;64;54m'],
    ['none', '\x1b[1m'],
  ] as const)('in depth %s shows what is critical as %j', (depth, sgr) => {
    const painter = painterOf(depth);
    expect(painter.paint(rowsOf(gridOf([{x: 0, y: 0, text: '▲', tone: 'critical'}])))).toContain(sgr);
  });

  test.each(DEPTHS)('in depth %s shows a band of alarm with a background, or inverse', async depth => {
    const painter = painterOf(depth);
    const terminal = headlessTerminal(COLUMNS, ROWS);
    await terminal.write(painter.paint(rowsOf(gridOf([{x: 0, y: 0, text: ' NEU ', tone: 'alarm'}]))));
    const style = terminal.cells()[0]?.[1]?.style ?? '';
    expect(depth === 'none' ? style.includes('inverse') : !style.includes('/-')).toBe(true);
    terminal.dispose();
  });
});
