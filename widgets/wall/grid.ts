import {cellWidth, truncate} from '../../src/view/cells.ts';
import type {Line} from '../../src/view/tone.ts';
import {clustersOf} from './cell-text.ts';
import {LOOK, type Look, PLAIN, type WallTone} from './look.ts';

/** A rectangle of cells; `x` and `y` from the left and the top of the screen. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Second half of a wide character: the cell shows what stands before it. */
export const CONTINUED = '';

/** Cells of a screen to draw on. Whatever falls outside is not drawn, so no page can leave the screen. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** One string a cell, row by row; `CONTINUED` after a wide character. */
  readonly characters: string[];
  readonly looks: Int32Array;
}

export function blankGrid(columns: number, rows: number): Grid {
  const cells = columns * rows;
  return {columns, rows, characters: new Array<string>(cells).fill(' '), looks: new Int32Array(cells).fill(PLAIN)};
}

/** Part of `area`, cut where it would leave it. */
export function within(area: Area, x: number, y: number, width = area.width - x, height = area.height - y): Area {
  return {
    x: area.x + x,
    y: area.y + y,
    width: Math.max(0, Math.min(width, area.width - x)),
    height: Math.max(0, Math.min(height, area.height - y)),
  };
}

/**
 * Writes one line into row `y` of `area`, from its column `x`, cut with `…` where the area ends.
 *
 * @returns The column after it.
 */
export function write(grid: Grid, area: Area, x: number, y: number, text: string, tone: WallTone = 'plain'): number {
  if (y < 0 || y >= area.height || x < 0 || x >= area.width) return x;
  let column = x;
  for (const cluster of clustersOf(truncate(text, area.width - x))) {
    put(grid, area.x + column, area.y + y, cluster.text, cluster.width, LOOK[tone]);
    column += cluster.width;
  }
  return column;
}

/** The same for the parts of a row from `src/view`, each in its tone. @returns The column after it. */
export function writeLine(grid: Grid, area: Area, x: number, y: number, line: Line): number {
  return line.reduce((column, {text, tone}) => write(grid, area, column, y, text, tone), x);
}

/** The same as `write`, ending at the right edge of `area`. @returns The column where it begins. */
export function writeRight(grid: Grid, area: Area, y: number, text: string, tone: WallTone = 'plain'): number {
  const x = Math.max(0, area.width - cellWidth(text));
  write(grid, area, x, y, text, tone);
  return x;
}

/** The same, in the middle of `area`. */
export function writeCentred(grid: Grid, area: Area, y: number, text: string, tone: WallTone = 'plain'): void {
  write(grid, area, Math.max(0, Math.floor((area.width - cellWidth(text)) / 2)), y, text, tone);
}

/** Gives every cell of `area` a character and a look. */
export function fill(grid: Grid, area: Area, character: string, tone: WallTone): void {
  for (let y = 0; y < area.height; y++) {
    for (let x = 0; x < area.width; x++) put(grid, area.x + x, area.y + y, character, 1, LOOK[tone]);
  }
}

function put(grid: Grid, x: number, y: number, text: string, width: 1 | 2, look: Look): void {
  if (x < 0 || y < 0 || y >= grid.rows || x + width > grid.columns) return;
  const at = y * grid.columns + x;
  grid.characters[at] = text;
  grid.looks[at] = look;
  if (width === 2) {
    grid.characters[at + 1] = CONTINUED;
    grid.looks[at + 1] = look;
  }
}
