import {BLANK, TAIL} from './glyphs.ts';
import {PLAIN} from './style.ts';

/** A screen as numbers: glyph and style of each cell, row after row. */
export interface Cells {
  readonly columns: number;
  readonly rows: number;
  /** Numbers of a `GlyphTable`; a wide glyph is followed by `TAIL`s of its style. */
  readonly glyphs: Uint32Array;
  /** Numbers of a `StyleTable`. */
  readonly styles: Uint32Array;
}

/** An empty screen, or one filled with some other glyph. */
export function createCells(columns: number, rows: number, glyph = BLANK): Cells {
  const size = columns * rows;
  return {columns, rows, glyphs: new Uint32Array(size).fill(glyph), styles: new Uint32Array(size).fill(PLAIN)};
}

export function copyCells(from: Cells, to: Cells): void {
  to.glyphs.set(from.glyphs);
  to.styles.set(from.styles);
}

export function fillCells(cells: Cells, start: number, end: number, glyph: number, style: number): void {
  cells.glyphs.fill(glyph, start, end);
  cells.styles.fill(style, start, end);
}

/** Moves whole rows `[top, bottom)` up by `count` (down when negative); what comes in is filled with the glyph. */
export function scrollCells(cells: Cells, top: number, bottom: number, count: number, glyph = BLANK): void {
  const {columns} = cells;
  const shift = Math.min(Math.abs(count), bottom - top) * columns;
  const start = top * columns;
  const end = bottom * columns;
  for (const plane of [cells.glyphs, cells.styles]) {
    if (count > 0) plane.copyWithin(start, start + shift, end);
    else plane.copyWithin(start + shift, start, end - shift);
  }
  if (count > 0) fillCells(cells, end - shift, end, glyph, PLAIN);
  else fillCells(cells, start, start + shift, glyph, PLAIN);
}

/** The same screen at another size: what fits stays at its place, the rest is empty. Halves of cut wide glyphs go. */
export function resizeCells(cells: Cells, columns: number, rows: number): Cells {
  const next = createCells(columns, rows);
  const width = Math.min(columns, cells.columns);
  for (let row = 0; row < Math.min(rows, cells.rows); row++) {
    const from = row * cells.columns;
    const to = row * columns;
    next.glyphs.set(cells.glyphs.subarray(from, from + width), to);
    next.styles.set(cells.styles.subarray(from, from + width), to);
    if (width < cells.columns && cells.glyphs[from + width] === TAIL) blankGlyphAt(next, to + width - 1);
  }
  return next;
}

/** Empties all cells of the glyph that covers this one; they keep their style. */
export function blankGlyphAt(cells: Cells, index: number): void {
  const {glyphs} = cells;
  let head = index;
  while (head > 0 && glyphs[head] === TAIL) head--;
  glyphs[head] = BLANK;
  for (let tail = head + 1; tail < glyphs.length && glyphs[tail] === TAIL; tail++) glyphs[tail] = BLANK;
}
