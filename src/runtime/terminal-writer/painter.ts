import type {Abilities} from './abilities.ts';
import {type Cells, copyCells, createCells} from './cells.ts';
import {BLANK, type GlyphTable, TAIL, UNKNOWN} from './glyphs.ts';
import {move, NOWHERE, type Position} from './moves.ts';
import {findScroll} from './scroll.ts';
import {sgrBetween} from './sgr.ts';
import {PLAIN, type StyleTable} from './style.ts';

/** REP is tried for this many equal cells and more; `CSI n b` has 4 bytes. */
const LEAST_REPEAT = 6;
/** tmux 3.3 repeats a letter, but not the line of a border. */
const FIRST_AFTER_ASCII = 0x7f;
/** ECH is tried for this many empty cells and more: it needs a move after it. */
const LEAST_ERASE = 9;
/** Cells that may be written again to save a move, which has 3 bytes at least. */
const MOST_REWRITTEN = 8;

/** A list, and what is told of its row below it, may both move. */
const MOST_SCROLLS = 3;

const ERASE_REST = '\x1b[K';
const NO_STYLE = -1;

/**
 * Knows what stands on the terminal, and turns it into the next picture with few bytes: only changed cells are written, the cursor
 * goes the shortest way (also by writing a few cells again), styles change by what differs, empty stretches are erased.
 */
export class Painter {
  readonly #abilities: Abilities;
  readonly #glyphs: GlyphTable;
  readonly #styles: StyleTable;
  readonly #transitions = new Map<number, string>();
  #shown: Cells;
  #cursor: Position = NOWHERE;
  /** Style the terminal writes in now. */
  #pen = NO_STYLE;
  #bytes = '';

  constructor(columns: number, rows: number, abilities: Abilities, glyphs: GlyphTable, styles: StyleTable) {
    this.#abilities = abilities;
    this.#glyphs = glyphs;
    this.#styles = styles;
    this.#shown = createCells(columns, rows, UNKNOWN);
  }

  /** Nothing is known of the terminal any more (resized, stopped, written to by others): the next paint draws all. */
  forget(columns = this.#shown.columns, rows = this.#shown.rows): void {
    this.#shown = createCells(columns, rows, UNKNOWN);
    this.#cursor = NOWHERE;
    this.#pen = NO_STYLE;
  }

  /**
   * What turns the terminal into that picture; empty when it shows it already.
   *
   * @param next - As large as the terminal.
   * @param cursor - Where the cursor is to stay; null when nobody sees it.
   */
  paint(next: Cells, cursor: Position | null = null): string {
    this.#bytes = '';
    if (this.#cursor.row < 0) this.#clear();
    this.#scroll(next);
    for (let row = 0; row < next.rows; row++) this.#paintRow(next, row);
    copyCells(next, this.#shown);
    if (cursor !== null) this.#moveTo(cursor.row, cursor.column);
    return this.#bytes;
  }

  #clear(): void {
    this.#setPen(PLAIN);
    this.#bytes += '\x1b[H\x1b[2J';
    this.#cursor = {row: 0, column: 0};
    this.#shown = createCells(this.#shown.columns, this.#shown.rows);
  }

  #scroll(next: Cells): void {
    if (!this.#abilities.scrolls) return;
    for (let scrolls = 0; scrolls < MOST_SCROLLS; scrolls++) {
      const scroll = findScroll(this.#shown, next);
      if (scroll === null) return;
      const {top, bottom, count} = scroll;
      this.#setPen(PLAIN);
      this.#bytes += `\x1b[${top + 1};${bottom}r\x1b[${Math.abs(count)}${count > 0 ? 'S' : 'T'}\x1b[r`;
      // Setting the scrolled rows takes the cursor home.
      this.#cursor = {row: 0, column: 0};
      scroll.apply(this.#shown);
    }
  }

  #paintRow(next: Cells, row: number): void {
    const {columns} = next;
    const start = row * columns;
    const end = start + columns;
    let last = end - 1;
    while (last >= start && !this.#differs(next, last)) last--;
    if (last < start) return;
    let blankFrom = end;
    while (blankFrom > start && this.#isPlainBlank(next, blankFrom - 1)) blankFrom--;
    for (let at = start; at <= last; ) {
      if (!this.#differs(next, at)) {
        at++;
        continue;
      }
      this.#reach(next, row, at);
      if (at >= blankFrom && this.#eraseRest(last + 1 - at)) return;
      at = this.#write(next, row, at, last);
    }
  }

  #differs(next: Cells, at: number): boolean {
    return next.glyphs[at] !== this.#shown.glyphs[at] || next.styles[at] !== this.#shown.styles[at];
  }

  #isPlainBlank(cells: Cells, at: number): boolean {
    return cells.glyphs[at] === BLANK && cells.styles[at] === PLAIN;
  }

  /** Brings the cursor to a cell, by a move or by writing again what stands before it. */
  #reach(next: Cells, row: number, at: number): void {
    const column = at - row * next.columns;
    const gap = column - this.#cursor.column;
    const way = move(this.#cursor, {row, column}, this.#abilities);
    const isNear = this.#cursor.row === row && this.#cursor.column >= 0 && gap > 0 && gap <= MOST_REWRITTEN;
    if (isNear) {
      const again = this.#rewriteGap(next, at - gap, at, way.length);
      if (again !== null) {
        this.#bytes += again;
        this.#cursor = {row, column};
        return;
      }
    }
    this.#moveTo(row, column);
  }

  /** The cells `[from, to)` as they are, when that and the style after them cost less than `most` bytes more than the style alone. */
  #rewriteGap(next: Cells, from: number, to: number, most: number): string | null {
    const target = next.styles[to] ?? PLAIN;
    const limit = most + this.#transition(this.#pen, target).length;
    let bytes = '';
    let cost = 0;
    let pen = this.#pen;
    for (let at = from; at < to; at++) {
      const glyph = next.glyphs[at] ?? BLANK;
      if (glyph === TAIL) continue;
      if (!this.#glyphs.isSure(glyph)) return null;
      const style = this.#styleFor(glyph, next.styles[at] ?? PLAIN, pen);
      const text = this.#transition(pen, style) + this.#glyphs.text(glyph);
      cost += Buffer.byteLength(text);
      if (cost + this.#transition(style, target).length >= limit) return null;
      bytes += text;
      pen = style;
    }
    this.#pen = pen;
    return bytes;
  }

  /** An empty cell looks alike in many styles: the pen's own, when it is one of them. */
  #styleFor(glyph: number, style: number, pen: number): number {
    return glyph === BLANK && pen !== NO_STYLE && this.#styles.ofBlank(pen) === style ? pen : style;
  }

  /** Empties the row from the cursor on, when that is shorter than so many blanks. */
  #eraseRest(cells: number): boolean {
    if (cells <= ERASE_REST.length) return false;
    this.#setPen(this.#styleFor(BLANK, PLAIN, this.#pen));
    this.#bytes += ERASE_REST;
    return true;
  }

  /** Writes from the cursor on: one glyph, or a stretch of equal ones. Returns the cell after it. */
  #write(next: Cells, row: number, at: number, last: number): number {
    const glyph = next.glyphs[at] ?? BLANK;
    const style = next.styles[at] ?? PLAIN;
    let stretch = 1;
    while (at + stretch <= last && next.glyphs[at + stretch] === glyph && next.styles[at + stretch] === style)
      stretch++;
    while (stretch > 1 && !this.#differs(next, at + stretch - 1)) stretch--;
    this.#setPen(this.#styleFor(glyph, style, this.#pen));
    if (glyph === BLANK && style === PLAIN && stretch >= LEAST_ERASE && this.#abilities.erasesCells) {
      this.#bytes += `\x1b[${stretch}X`;
      return at + stretch;
    }
    const width = this.#glyphs.width(glyph);
    const text = this.#glyphs.text(glyph);
    const canRepeat = this.#abilities.repeats && glyph < FIRST_AFTER_ASCII && stretch >= LEAST_REPEAT;
    const repeated = canRepeat ? `${text}\x1b[${stretch - 1}b` : null;
    if (repeated !== null && Buffer.byteLength(repeated) < stretch * Buffer.byteLength(text)) {
      this.#bytes += repeated;
      this.#advance(next, row, at + stretch, true);
      return at + stretch;
    }
    if (!this.#glyphs.isSure(glyph)) this.#prepare(row, at - row * next.columns, width);
    this.#bytes += text;
    this.#advance(next, row, at + width, this.#glyphs.isSure(glyph));
    return at + width;
  }

  /** Empties the cells of a glyph that the terminal may draw narrower than it is laid out. */
  #prepare(row: number, column: number, width: number): void {
    this.#bytes += ' '.repeat(width);
    this.#cursor = NOWHERE;
    this.#moveTo(row, column);
  }

  /** The cursor went to a cell by writing; at the edge, or after an unsure glyph, nobody knows where it is. */
  #advance(next: Cells, row: number, at: number, isSure: boolean): void {
    const column = at - row * next.columns;
    this.#cursor = {row, column: isSure && column < next.columns ? column : -1};
    if (!isSure) this.#cursor = {row, column: -1};
  }

  #moveTo(row: number, column: number): void {
    this.#bytes += move(this.#cursor, {row, column}, this.#abilities);
    this.#cursor = {row, column};
  }

  #setPen(style: number): void {
    this.#bytes += this.#transition(this.#pen, style);
    this.#pen = style;
  }

  #transition(from: number, to: number): string {
    if (from === to) return '';
    const key = from * 0x10000 + to;
    const known = this.#transitions.get(key);
    if (known !== undefined) return known;
    const before = from === NO_STYLE ? null : this.#styles.style(from);
    const bytes = sgrBetween(before, this.#styles.style(to), this.#abilities.takesBackStyles);
    this.#transitions.set(key, bytes);
    return bytes;
  }
}
