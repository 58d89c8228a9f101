import font from 'blessed/usr/fonts/ter-u14b.json' with {type: 'json'};
import {cellWidth, truncate} from '../../src/view/cells.ts';
import {clustersOf} from './cell-text.ts';
import {type Area, type Grid, write} from './grid.ts';
import type {WallTone} from './look.ts';

/** Terminus 14 bold, as blessed brings it (SIL Open Font License): 8 by 14 dots a character. */
const GLYPHS: Readonly<Record<string, {readonly map: readonly string[]}>> = font.glyphs;

const DOT_COLUMNS = 8;
const DOT_ROWS = 14;

/** Cells of one character: a cell shows two by two dots. */
export const BIG_COLUMNS = DOT_COLUMNS / 2;
export const BIG_ROWS = DOT_ROWS / 2;

/** By which of the four dots are set: upper left 1, upper right 2, lower left 4, lower right 8. */
const QUADRANTS = ' ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█';

/** Has the font every character? Chinese names, for one, it has not. */
export function hasBigForm(text: string): boolean {
  return [...text].every(character => Object.hasOwn(GLYPHS, character));
}

/**
 * Writes letters of 4 by 7 cells, to be read from across the room; cut with `…` where the area ends.
 *
 * @param factor - How many times as large.
 */
export function writeBig(
  grid: Grid,
  area: Area,
  x: number,
  y: number,
  text: string,
  tone: WallTone,
  factor: number = 1,
): void {
  const letters = Math.floor((area.width - x) / (BIG_COLUMNS * factor));
  writeBigLine(grid, area, x, y, [{text: truncate(text, letters), tone}], factor);
}

/** How many times as large the whole of `text` may be at most, in so many cells; at least once. */
export function bigFactor(text: string, width: number, height: number): number {
  const wide = Math.floor(width / Math.max(1, cellWidth(text) * BIG_COLUMNS));
  return Math.max(1, Math.min(wide, Math.floor(height / BIG_ROWS)));
}

/** The same for a row that was laid out for as many cells as it has big letters. What has no big form stands small in its place. */
export function writeBigLine(
  grid: Grid,
  area: Area,
  x: number,
  y: number,
  line: readonly BigPart[],
  factor: number = 1,
): void {
  const [columns, rows] = [BIG_COLUMNS * factor, BIG_ROWS * factor];
  let column = x;
  for (const {text, tone} of line) {
    for (const {text: character, width} of clustersOf(text)) {
      if (column + width * columns > area.width) return;
      if (hasBigForm(character)) drawGlyph(grid, area, column, y, GLYPHS[character]?.map ?? [], tone, factor);
      else write(grid, area, column + Math.floor(columns / 2), y + Math.floor(rows / 2), character, tone);
      column += width * columns;
    }
  }
}

/** A piece of a line, in a tone of the faces or of the wall. */
interface BigPart {
  readonly text: string;
  readonly tone: WallTone;
}

function drawGlyph(
  grid: Grid,
  area: Area,
  x: number,
  y: number,
  map: readonly string[],
  tone: WallTone,
  factor: number,
): void {
  for (let row = 0; row < BIG_ROWS * factor; row++) {
    for (let column = 0; column < BIG_COLUMNS * factor; column++) {
      const quadrant = quadrantAt(map, 2 * column, 2 * row, factor);
      if (quadrant !== ' ') write(grid, area, x + column, y + row, quadrant, tone);
    }
  }
}

function quadrantAt(map: readonly string[], column: number, row: number, factor: number): string {
  const at = (dot: number): number => Math.floor(dot / factor);
  const dot = (dx: number, dy: number): number => (' ' === (map[at(row + dy)]?.[at(column + dx)] ?? ' ') ? 0 : 1);
  return QUADRANTS.charAt(dot(0, 0) + 2 * dot(1, 0) + 4 * dot(0, 1) + 8 * dot(1, 1));
}
