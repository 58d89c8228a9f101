import {type Cells, scrollCells} from './cells.ts';

/** Rows `[top, bottom)` move up by `count`, or down when it is negative. */
export interface Scroll {
  readonly top: number;
  readonly bottom: number;
  readonly count: number;
  apply(cells: Cells): void;
}

/** Lists move by a few rows at a time. */
const FURTHEST = 4;
/** Bytes that a scroll costs, in cells; it has to save more. */
const COST = 24;

/** FNV-1a over glyphs and styles of a row. */
function hashRow(cells: Cells, row: number): number {
  const start = row * cells.columns;
  let hash = 0x811c9dc5;
  for (let at = start; at < start + cells.columns; at++) {
    hash = Math.imul(hash ^ (cells.glyphs[at] ?? 0), 0x01000193);
    hash = Math.imul(hash ^ (cells.styles[at] ?? 0), 0x01000193);
  }
  return hash >>> 0;
}

function hashRows(cells: Cells): readonly number[] {
  return Array.from({length: cells.rows}, (_, row) => hashRow(cells, row));
}

/** Cells of a row that differ between two screens. */
function differences(shown: Cells, shownRow: number, next: Cells, nextRow: number): number {
  const {columns} = shown;
  let different = 0;
  for (let column = 0; column < columns; column++) {
    const from = shownRow * columns + column;
    const to = nextRow * columns + column;
    if (shown.glyphs[from] !== next.glyphs[to] || shown.styles[from] !== next.styles[to]) different++;
  }
  return different;
}

/**
 * Finds the move of some rows after which the least has to be written, when there is one that pays: a list that scrolls, or
 * a row that comes in above others.
 */
export function findScroll(shown: Cells, next: Cells): Scroll | null {
  const before = hashRows(shown);
  const after = hashRows(next);
  if (after.every((hash, row) => hash === before[row])) return null;
  let best: Scroll | null = null;
  let bestSaving = COST;
  for (let count = -FURTHEST; count <= FURTHEST; count++) {
    const rows = movedRows(before, after, count);
    if (count === 0 || rows === null) continue;
    const top = count > 0 ? rows.first : rows.first + count;
    const bottom = count > 0 ? rows.last + count + 1 : rows.last + 1;
    const saving = savingOf(shown, next, top, bottom, count);
    if (saving > bestSaving) {
      bestSaving = saving;
      best = {top, bottom, count, apply: cells => scrollCells(cells, top, bottom, count)};
    }
  }
  return best;
}

/** First and last row that is new at its place and stood `count` rows below before. */
function movedRows(
  before: readonly number[],
  after: readonly number[],
  count: number,
): {first: number; last: number} | null {
  let first = -1;
  let last = -1;
  for (const [row, hash] of after.entries()) {
    if (hash === before[row] || hash !== before[row + count]) continue;
    if (first < 0) first = row;
    last = row;
  }
  return first < 0 ? null : {first, last};
}

/** Cells that need no writing any more when `[top, bottom)` moves by `count`. */
function savingOf(shown: Cells, next: Cells, top: number, bottom: number, count: number): number {
  let saving = 0;
  for (let row = top; row < bottom; row++) {
    const from = row + count;
    const plain = differences(shown, row, next, row);
    if (from >= top && from < bottom) saving += plain - differences(shown, from, next, row);
    else saving += plain - filled(next, row);
  }
  return saving;
}

/** Cells of a row that are not empty. */
function filled(cells: Cells, row: number): number {
  const start = row * cells.columns;
  let count = 0;
  for (let at = start; at < start + cells.columns; at++) {
    if (cells.glyphs[at] !== 0x20 || cells.styles[at] !== 0) count++;
  }
  return count;
}
