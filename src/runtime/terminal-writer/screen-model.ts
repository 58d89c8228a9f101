import {graphemes, isPlain} from '../graphemes.ts';
import {blankGlyphAt, type Cells, createCells, fillCells, resizeCells, scrollCells} from './cells.ts';
import {type Control, type ControlReader, createControlReader} from './control-reader.ts';
import {BLANK, type GlyphTable, TAIL} from './glyphs.ts';
import {applySgr} from './sgr.ts';
import {PLAIN, type StyleTable} from './style.ts';

/** Where a control leaves the cursor, which may be beyond the edge; null when it does not move it. */
function moveTarget({final, numbers}: Control, row: number, column: number): {row: number; column: number} | null {
  const count = Math.max(1, numbers[0] ?? 1);
  switch (final) {
    case 'A':
      return {row: row - count, column};
    case 'B':
      return {row: row + count, column};
    case 'C':
      return {row, column: column + count};
    case 'D':
    case '\b':
      return {row, column: column - count};
    case 'E':
      return {row: row + count, column: 0};
    case 'F':
      return {row: row - count, column: 0};
    case 'G':
      return {row, column: count - 1};
    case '\r':
      return {row, column: 0};
    case 'H':
    case 'f':
      return {row: count - 1, column: Math.max(1, numbers[1] ?? 1) - 1};
    default:
      return null;
  }
}

const SYNCHRONIZED_OUTPUT = 2026;
const CURSOR = 25;

/**
 * The screen as it would be had a terminal read what Ink writes: erase the lines of the last frame, write the new one, place the cursor.
 * Understands what Ink 8 uses; the rest (titles, links, other modes) is taken in and shows nothing.
 *
 * A line feed also returns to the first column, as terminals do for programs in Node's raw mode.
 */
export class ScreenModel {
  #glyphs: GlyphTable;
  #styles: StyleTable;
  readonly #reader: ControlReader;
  #cells: Cells;
  #row = 0;
  /** May be `columns`: the next glyph wraps. */
  #column = 0;
  #style = PLAIN;
  #isSynchronized = false;
  /** By style before and parameters. */
  #styleAfter = new Map<string, number>();
  #isCursorShown = true;

  constructor(columns: number, rows: number, glyphs: GlyphTable, styles: StyleTable) {
    this.#glyphs = glyphs;
    this.#styles = styles;
    this.#cells = createCells(columns, rows);
    this.#reader = createControlReader();
  }

  get cells(): Cells {
    return this.#cells;
  }

  /** A frame has begun and is not whole yet. */
  get isSynchronized(): boolean {
    return this.#isSynchronized;
  }

  /** Where the program wants the cursor to be seen; null when it hides it. */
  get cursor(): {readonly row: number; readonly column: number} | null {
    if (!this.#isCursorShown) return null;
    return {row: this.#row, column: Math.min(this.#column, this.#cells.columns - 1)};
  }

  feed(text: string): void {
    for (const part of this.#reader.read(text)) {
      if (typeof part === 'string') this.#print(part);
      else this.#control(part);
    }
  }

  resize(columns: number, rows: number): void {
    // As terminals do: rows that no longer fit above the cursor leave at the top.
    const surplus = this.#row - (rows - 1);
    if (surplus > 0) {
      scrollCells(this.#cells, 0, this.#cells.rows, surplus);
      this.#row -= surplus;
    }
    this.#cells = resizeCells(this.#cells, columns, rows);
    this.#column = Math.min(this.#column, columns - 1);
  }

  /** Goes over to other tables; the screen stays. */
  renumber(glyphs: GlyphTable, styles: StyleTable): void {
    const cells = this.#cells;
    for (let at = 0; at < cells.glyphs.length; at++) {
      const glyph = cells.glyphs[at] ?? BLANK;
      if (glyph !== TAIL) cells.glyphs[at] = glyphs.number(this.#glyphs.text(glyph));
      cells.styles[at] = styles.number(this.#styles.style(cells.styles[at] ?? PLAIN));
    }
    this.#style = styles.number(this.#styles.style(this.#style));
    this.#glyphs = glyphs;
    this.#styles = styles;
    this.#styleAfter = new Map();
  }

  #print(text: string): void {
    if (isPlain(text)) {
      for (let at = 0; at < text.length; at++) this.#put(text.charCodeAt(at), 1);
      return;
    }
    for (const cluster of graphemes(text)) {
      const glyph = this.#glyphs.number(cluster);
      const width = this.#glyphs.width(glyph);
      if (width > 0) this.#put(glyph, width);
    }
  }

  #put(glyph: number, width: number): void {
    const {columns} = this.#cells;
    if (width > columns) return;
    if (this.#column + width > columns) this.#lineFeed();
    const start = this.#row * columns + this.#column;
    const end = start + width;
    const {glyphs, styles} = this.#cells;
    if (glyphs[start] === TAIL) blankGlyphAt(this.#cells, start);
    if (this.#column + width < columns && glyphs[end] === TAIL) blankGlyphAt(this.#cells, end);
    glyphs[start] = glyph;
    styles[start] = glyph === BLANK ? this.#styles.ofBlank(this.#style) : this.#style;
    for (let tail = start + 1; tail < end; tail++) {
      glyphs[tail] = TAIL;
      styles[tail] = this.#style;
    }
    this.#column += width;
  }

  #lineFeed(): void {
    this.#column = 0;
    if (this.#row < this.#cells.rows - 1) this.#row++;
    else scrollCells(this.#cells, 0, this.#cells.rows, 1);
  }

  #control(control: Control): void {
    const target = moveTarget(control, this.#row, Math.min(this.#column, this.#cells.columns - 1));
    if (target !== null) this.#moveTo(target.row, target.column);
    else if (control.final === '\n') this.#lineFeed();
    else if (control.final === 'J') this.#eraseScreen(control.numbers[0] ?? 0);
    else if (control.final === 'K') this.#eraseLine(control.numbers[0] ?? 0);
    else if (control.final === 'm') this.#setStyle(control.parameters);
    else if (control.final === 'h' || control.final === 'l') this.#setModes(control);
  }

  #setStyle(parameters: string): void {
    const key = `${this.#style} ${parameters}`;
    const known = this.#styleAfter.get(key);
    this.#style = known ?? this.#styles.number(applySgr(this.#styles.style(this.#style), parameters));
    if (known === undefined) this.#styleAfter.set(key, this.#style);
  }

  #moveTo(row: number, column: number): void {
    this.#row = Math.max(0, Math.min(this.#cells.rows - 1, row));
    this.#column = Math.max(0, Math.min(this.#cells.columns - 1, column));
  }

  #setModes({isPrivate, numbers, final}: Control): void {
    if (!isPrivate) return;
    const isOn = final === 'h';
    if (numbers.includes(SYNCHRONIZED_OUTPUT)) this.#isSynchronized = isOn;
    if (numbers.includes(CURSOR)) this.#isCursorShown = isOn;
  }

  #eraseLine(how: number): void {
    const start = this.#row * this.#cells.columns;
    const at = start + Math.min(this.#column, this.#cells.columns - 1);
    this.#erase(how === 0 ? at : start, how === 1 ? at + 1 : start + this.#cells.columns);
  }

  #eraseScreen(how: number): void {
    const at = this.#row * this.#cells.columns + Math.min(this.#column, this.#cells.columns - 1);
    this.#erase(how === 0 ? at : 0, how === 1 ? at + 1 : this.#cells.glyphs.length);
  }

  #erase(start: number, end: number): void {
    const {glyphs} = this.#cells;
    if (glyphs[start] === TAIL) blankGlyphAt(this.#cells, start);
    if (end < glyphs.length && glyphs[end] === TAIL) blankGlyphAt(this.#cells, end);
    const {bg} = this.#styles.style(this.#style);
    fillCells(this.#cells, start, end, BLANK, this.#styles.number({fg: 0, bg, flags: 0}));
  }
}
