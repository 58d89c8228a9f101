import type {BlessedRow} from '../../widgets/wall/blessed-types.ts';
import {CONTINUED} from '../../widgets/wall/grid.ts';
import type {Look} from '../../widgets/wall/look.ts';
import {abilitiesOf} from '../runtime/terminal-writer/abilities.ts';
import {type Cells, createCells} from '../runtime/terminal-writer/cells.ts';
import {BLANK, GlyphTable, TAIL} from '../runtime/terminal-writer/glyphs.ts';
import {Painter} from '../runtime/terminal-writer/painter.ts';
import {StyleTable} from '../runtime/terminal-writer/style.ts';
import {type ColourDepth, createPalette} from './palette.ts';

/** Larger frames are put between the marks of a synchronized update, so that nobody sees them half drawn. */
const SYNCHRONIZED_FROM = 256;
const SYNCHRONIZED = ['\x1b[?2026h', '\x1b[?2026l'] as const;

/** Turns the rows that blessed composed into the bytes that bring the terminal there. It believes that nobody else writes to it. */
export class FramePainter {
  readonly #depth: ColourDepth;
  readonly #abilities: ReturnType<typeof abilitiesOf>;
  #brightness = 1;
  #glyphs = new GlyphTable();
  #styles = new StyleTable();
  /** Numbers of the styles by look, in the present palette. */
  readonly #styleOf = new Map<Look, number>();
  #cells: Cells = createCells(0, 0);
  #painter: Painter;

  /** @param term - The variable TERM: what the terminal understands. */
  constructor(term: string, depth: ColourDepth) {
    this.#depth = depth;
    this.#abilities = abilitiesOf(term);
    this.#painter = this.#newPainter();
  }

  /** The next frame is drawn whole: after a stop, or when somebody else may have written. */
  forget(): void {
    // The tables only grow: names that passed by in months go now.
    this.#glyphs = new GlyphTable();
    this.#styles = new StyleTable();
    this.#styleOf.clear();
    this.#cells = createCells(0, 0);
    this.#painter = this.#newPainter();
  }

  /** Other colours for the same looks; the next frame is drawn whole. */
  setBrightness(brightness: number): void {
    this.#brightness = brightness;
    this.forget();
  }

  /** @returns Empty when nothing changed. */
  paint(rows: readonly BlessedRow[]): string {
    const columns = rows[0]?.length ?? 0;
    if (this.#cells.columns !== columns || this.#cells.rows !== rows.length) {
      this.#cells = createCells(columns, rows.length);
      this.#painter = this.#newPainter();
      for (const row of rows) row.dirty = true;
    }
    if (!rows.some(row => row.dirty)) return '';
    for (const [y, row] of rows.entries()) {
      if (row.dirty) this.#take(row, y * columns);
      row.dirty = false;
    }
    const bytes = this.#painter.paint(this.#cells);
    const isLarge = this.#abilities.synchronizes && bytes.length >= SYNCHRONIZED_FROM;
    return isLarge ? SYNCHRONIZED[0] + bytes + SYNCHRONIZED[1] : bytes;
  }

  #newPainter(): Painter {
    const {columns, rows} = this.#cells;
    return new Painter(columns, rows, this.#abilities, this.#glyphs, this.#styles);
  }

  #take(row: BlessedRow, start: number): void {
    const {glyphs, styles} = this.#cells;
    for (const [x, [look, character]] of row.entries()) {
      const glyph = character === CONTINUED ? TAIL : this.#glyphs.number(character);
      const style = this.#numberOf(look);
      glyphs[start + x] = glyph;
      styles[start + x] = glyph === BLANK ? this.#styles.ofBlank(style) : style;
    }
  }

  #numberOf(look: Look): number {
    const known = this.#styleOf.get(look);
    if (known !== undefined) return known;
    const number = this.#styles.number(createPalette(this.#depth, this.#brightness)(look));
    this.#styleOf.set(look, number);
    return number;
  }
}
