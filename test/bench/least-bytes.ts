import {abilitiesOf} from '../../src/runtime/terminal-writer/abilities.ts';
import type {Cells} from '../../src/runtime/terminal-writer/cells.ts';
import {BLANK, type GlyphTable, TAIL} from '../../src/runtime/terminal-writer/glyphs.ts';
import {move, type Position} from '../../src/runtime/terminal-writer/moves.ts';
import {sgrBetween} from '../../src/runtime/terminal-writer/sgr.ts';
import {PLAIN, type StyleTable} from '../../src/runtime/terminal-writer/style.ts';

/** Where the cursor may stand after some bytes, in which style, and the fewest bytes that lead there. */
interface Way {
  readonly at: Position;
  readonly pen: number;
  readonly bytes: number;
}

const XTERM = abilitiesOf('xterm-256color');
const ERASE_REST_BYTES = 3;

/**
 * The fewest bytes that turn one screen into another by writing cells: the shortest of all ways over all choices of moves,
 * cells written again, styles and erased ends of rows, from the top row down. No scrolling. A search, and slow.
 */
export class LeastBytes {
  readonly #glyphs: GlyphTable;
  readonly #styles: StyleTable;
  readonly #transitions = new Map<number, number>();
  #ways: readonly Way[] = [{at: {row: 0, column: 0}, pen: PLAIN, bytes: 0}];

  constructor(glyphs: GlyphTable, styles: StyleTable) {
    this.#glyphs = glyphs;
    this.#styles = styles;
  }

  /** Bytes of this step, the cursor and style of the last one being where they ended cheapest. */
  step(shown: Cells, next: Cells): number {
    for (let row = 0; row < next.rows; row++) this.#row(shown, next, row);
    const best = this.#ways.reduce((one, other) => (other.bytes < one.bytes ? other : one));
    this.#ways = [{...best, bytes: 0}];
    return best.bytes;
  }

  #row(shown: Cells, next: Cells, row: number): void {
    const {columns} = next;
    const start = row * columns;
    const isChanged = Array.from(
      {length: columns},
      (_, column) =>
        shown.glyphs[start + column] !== next.glyphs[start + column] ||
        shown.styles[start + column] !== next.styles[start + column],
    );
    const first = isChanged.indexOf(true);
    if (first < 0) return;
    const last = isChanged.lastIndexOf(true);
    let blankFrom = columns;
    while (
      blankFrom > 0 &&
      next.glyphs[start + blankFrom - 1] === BLANK &&
      next.styles[start + blankFrom - 1] === PLAIN
    )
      blankFrom--;

    // By column: style of the pen → fewest bytes so far, everything changed before it being written.
    const costs = Array.from({length: columns + 1}, () => new Map<number, number>());
    const ends: Way[] = [];
    const reach = (column: number, pen: number, bytes: number): void => {
      const known = costs[column]?.get(pen);
      if (known === undefined || bytes < known) costs[column]?.set(pen, bytes);
    };
    for (const {at, pen, bytes} of this.#ways) {
      for (let column = 0; column <= first; column++) {
        if (next.glyphs[start + column] !== TAIL) reach(column, pen, bytes + move(at, {row, column}, XTERM).length);
      }
    }
    for (let column = 0; column <= columns; column++) {
      for (const [pen, bytes] of costs[column] ?? []) {
        const at = {row, column: column === columns ? -1 : column};
        if (column > last) ends.push({at, pen, bytes});
        else this.#leave(next, row, column, pen, bytes, {isChanged, last, blankFrom, reach, ends});
      }
    }
    this.#ways = cheapest(ends);
  }

  #leave(
    next: Cells,
    row: number,
    column: number,
    pen: number,
    bytes: number,
    place: {
      readonly isChanged: readonly boolean[];
      readonly last: number;
      readonly blankFrom: number;
      readonly reach: (column: number, pen: number, bytes: number) => void;
      readonly ends: Way[];
    },
  ): void {
    const {isChanged, last, blankFrom, reach, ends} = place;
    const at = row * next.columns + column;
    const glyph = next.glyphs[at] ?? BLANK;
    const style = next.styles[at] ?? PLAIN;
    for (const written of new Set([style, ...(glyph === BLANK && this.#styles.ofBlank(pen) === style ? [pen] : [])])) {
      const cost = this.#transition(pen, written) + Buffer.byteLength(this.#glyphs.text(glyph));
      reach(column + this.#glyphs.width(glyph), written, bytes + cost);
    }
    if (column >= blankFrom) {
      const erasing = this.#styles.ofBlank(pen) === PLAIN ? pen : PLAIN;
      ends.push({at: {row, column}, pen: erasing, bytes: bytes + this.#transition(pen, erasing) + ERASE_REST_BYTES});
    }
    for (let to = column + 1; to <= last && !isChanged[to - 1]; to++) {
      if (next.glyphs[row * next.columns + to] === TAIL) continue;
      reach(to, pen, bytes + move({row, column}, {row, column: to}, XTERM).length);
    }
  }

  #transition(from: number, to: number): number {
    const key = from * 0x10000 + to;
    const known = this.#transitions.get(key);
    if (known !== undefined) return known;
    const {length} = sgrBetween(this.#styles.style(from), this.#styles.style(to), true);
    this.#transitions.set(key, length);
    return length;
  }
}

/** Of ways that end alike, the shortest. */
function cheapest(ways: readonly Way[]): readonly Way[] {
  const best = new Map<string, Way>();
  for (const way of ways) {
    const key = `${way.at.column} ${way.pen}`;
    const known = best.get(key);
    if (known === undefined || way.bytes < known.bytes) best.set(key, way);
  }
  return [...best.values()];
}
