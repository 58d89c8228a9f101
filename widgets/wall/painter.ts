import type {BlessedRow} from './blessed-types.ts';
import {CONTINUED} from './grid.ts';
import {backgroundOf, flagsOf, INVERSE, type Look, OWN, UNDERLINE} from './look.ts';
import type {Palette} from './palette.ts';

/** Rewriting this many cells that did not change costs no more than a cursor movement. */
const BRIDGE_CELLS = 4;
/** An erased rest of a line must save at least this many blanks. */
const ERASE_CELLS = 4;
/** Frames above this are put between the marks of a synchronized update, which cost 16 bytes. */
const SYNCHRONIZED_FROM = 512;
const SYNCHRONIZED = ['\x1b[?2026h', '\x1b[?2026l'] as const;

/** A blank looks alike in every foreground unless it is underlined or inverse. */
const BLANK_MASK = ((INVERSE | UNDERLINE) << 18) | 0x1ff;
const BLANK_FOREGROUND = OWN << 9;

/**
 * Keeps what the terminal shows and writes only the cells that differ, with as few cursor movements and colour changes as
 * it can. It believes that nobody else writes to the terminal; `forget` makes it start anew.
 */
export class Painter {
  #columns = 0;
  #characters: string[] = [];
  #looks = new Int32Array(0);
  #palette: Palette;
  /** Where the cursor stands; null when that is not sure. */
  #cursor: {x: number; y: number} | null = null;
  /** What the terminal would draw in now; null when that is not known. */
  #look: Look | null = null;
  /** The terminal shows something else than is kept here. */
  #isLost = true;

  constructor(palette: Palette) {
    this.#palette = palette;
  }

  /** The next frame is drawn whole: after a resize, a return from suspend, or when somebody else may have written. */
  forget(): void {
    this.#isLost = true;
  }

  /** Other colours for the same looks. */
  setPalette(palette: Palette): void {
    this.#palette = palette;
    this.#isLost = true;
  }

  /**
   * @param rows - The frame, as blessed composed it; only rows marked dirty are compared, and the marks are taken off.
   * @returns What to write to the terminal; empty when nothing changed.
   */
  paint(rows: readonly BlessedRow[]): string {
    const isWhole = this.#isLost;
    let out = isWhole ? this.#start(rows[0]?.length ?? 0, rows.length) : '';
    for (const [y, row] of rows.entries()) {
      if (isWhole || row.dirty) out += this.#paintRow(row, y);
      row.dirty = false;
    }
    return out.length < SYNCHRONIZED_FROM ? out : SYNCHRONIZED[0] + out + SYNCHRONIZED[1];
  }

  #start(columns: number, rows: number): string {
    this.#columns = columns;
    this.#characters = new Array<string>(columns * rows).fill(' ');
    this.#looks = new Int32Array(columns * rows).fill(BLANK_FOREGROUND | OWN);
    this.#isLost = false;
    this.#cursor = {x: 0, y: 0};
    this.#look = null;
    return '\x1b[m\x1b[H\x1b[2J';
  }

  #paintRow(row: BlessedRow, y: number): string {
    const end = Math.min(row.length, this.#columns);
    const blankFrom = blankTail(row, end);
    let out = '';
    for (let x = 0; x < end; x++) {
      if (this.#isShown(row, x, y)) continue;
      if (x >= blankFrom && this.#changedFrom(row, x, y, end) >= ERASE_CELLS) return out + this.#erase(x, y);
      // The second half of a wide character is drawn with its first.
      const from = row[x]?.[1] === CONTINUED && x > 0 ? x - 1 : x;
      out += this.#move(row, from, y) + this.#put(row, from, y);
      if (row[from + 1]?.[1] === CONTINUED) x = from + 1;
    }
    return out;
  }

  #isShown(row: BlessedRow, x: number, y: number): boolean {
    const at = y * this.#columns + x;
    return this.#characters[at] === characterAt(row, x) && this.#looks[at] === lookAt(row, x);
  }

  #changedFrom(row: BlessedRow, from: number, y: number, end: number): number {
    let changed = 0;
    for (let x = from; x < end && changed < ERASE_CELLS; x++) if (!this.#isShown(row, x, y)) changed++;
    return changed;
  }

  /** Blanks the rest of a row; its background must be the terminal's own. */
  #erase(x: number, y: number): string {
    const blank = BLANK_FOREGROUND | OWN;
    const move = this.#goto(x, y);
    const reset = this.#blanksLike(blank) ? '' : '\x1b[m';
    if (reset !== '') this.#look = null;
    const at = y * this.#columns;
    for (let column = x; column < this.#columns; column++) {
      this.#characters[at + column] = ' ';
      this.#looks[at + column] = blank;
    }
    return `${move}${reset}\x1b[K`;
  }

  #put(row: BlessedRow, x: number, y: number): string {
    const character = characterAt(row, x);
    const look = lookAt(row, x);
    const at = y * this.#columns + x;
    this.#characters[at] = character;
    this.#looks[at] = look;
    const isWide = x + 1 < this.#columns && row[x + 1]?.[1] === CONTINUED;
    if (isWide) {
      this.#characters[at + 1] = CONTINUED;
      this.#looks[at + 1] = lookAt(row, x + 1);
    }
    const colours = character === ' ' && this.#blanksLike(look) ? '' : this.#step(look);
    // Terminals may disagree about the width of a wide character, and stay in the last column after writing it.
    this.#cursor = isWide || x + 1 >= this.#columns ? null : {x: x + 1, y};
    return colours + character;
  }

  /** Would a blank drawn now look as it should? */
  #blanksLike(look: Look): boolean {
    return this.#look !== null && (this.#look & BLANK_MASK) === (look & BLANK_MASK);
  }

  #step(look: Look): string {
    const step = this.#palette.step(this.#look, look);
    this.#look = look;
    return step;
  }

  /** To the next cell to write: through cells that did not change when they are few and look alike, else by the cursor. */
  #move(row: BlessedRow, x: number, y: number): string {
    const cursor = this.#cursor;
    if (cursor === null || cursor.y !== y || cursor.x > x || x - cursor.x > BRIDGE_CELLS) return this.#goto(x, y);
    let bridge = '';
    for (let column = cursor.x; column < x; column++) {
      const character = characterAt(row, column);
      const look = lookAt(row, column);
      const isSame = look === this.#look || (character === ' ' && this.#blanksLike(look));
      if (!isSame || character.length !== 1 || character > '~') return this.#goto(x, y);
      bridge += character;
    }
    this.#cursor = {x, y};
    return bridge;
  }

  #goto(x: number, y: number): string {
    const from = this.#cursor;
    this.#cursor = {x, y};
    if (from?.x === x && from.y === y) return '';
    const absolute = x === 0 ? `\x1b[${y + 1}H` : `\x1b[${y + 1};${x + 1}H`;
    if (from === null) return absolute;
    return shortest(absolute, from.y === y ? sideways(x - from.x) : downwards(from, x, y));
  }
}

function shortest(first: string, second: string | null): string {
  return second !== null && second.length < first.length ? second : first;
}

function sideways(columns: number): string {
  const count = Math.abs(columns);
  return `\x1b[${count === 1 ? '' : count}${columns > 0 ? 'C' : 'D'}`;
}

/** By line feeds or the cursor's own steps; never from the last row, where a line feed scrolls. */
function downwards(from: {x: number; y: number}, x: number, y: number): string | null {
  const rows = y - from.y;
  if (rows < 0) return null;
  if (from.x === x) return `\x1b[${rows === 1 ? '' : rows}B`;
  return `\r${'\n'.repeat(rows)}${x === 0 ? '' : sideways(x)}`;
}

function characterAt(row: BlessedRow, x: number): string {
  return row[x]?.[1] ?? ' ';
}

function lookAt(row: BlessedRow, x: number): Look {
  const cell = row[x];
  if (cell === undefined) return BLANK_FOREGROUND | OWN;
  return cell[1] === ' ' ? (cell[0] & BLANK_MASK) | BLANK_FOREGROUND : cell[0];
}

/** First column from which on the row is blank on the terminal's own background. */
function blankTail(row: BlessedRow, end: number): number {
  let from = end;
  while (from > 0) {
    const cell = row[from - 1];
    if (cell === undefined || cell[1] !== ' ' || backgroundOf(cell[0]) !== OWN) break;
    if ((flagsOf(cell[0]) & (INVERSE | UNDERLINE)) !== 0) break;
    from--;
  }
  return from;
}
