import {type Cells, scrollCells} from './cells.ts';
import {BLANK} from './glyphs.ts';
import {PLAIN} from './style.ts';

/** Rows `[top, bottom)` move up by `count`, or down when it is negative. */
export interface Scroll {
  readonly top: number;
  readonly bottom: number;
  readonly count: number;
  apply(cells: Cells): void;
}

/** Lists move by a few rows at a time. */
const FURTHEST = 4;
/** Bytes that a scroll costs; it has to save more cells than that. */
const COST = 24;

/** Cells in which row `shownRow` of one screen differs from row `nextRow` of another. */
function differences(shown: Cells, shownRow: number, next: Cells, nextRow: number): number {
  const {columns} = shown;
  let from = shownRow * columns;
  let to = nextRow * columns;
  let different = 0;
  for (const end = from + columns; from < end; from++, to++) {
    if (shown.glyphs[from] !== next.glyphs[to] || shown.styles[from] !== next.styles[to]) different++;
  }
  return different;
}

/** Cells of a row that are not empty: what it takes to write it anew. */
function filled(cells: Cells, row: number): number {
  const start = row * cells.columns;
  let count = 0;
  for (let at = start; at < start + cells.columns; at++) {
    if (cells.glyphs[at] !== BLANK || cells.styles[at] !== PLAIN) count++;
  }
  return count;
}

/** Rows `[first, last]` next to each other, and the sum of their gains. */
interface Stretch {
  readonly first: number;
  readonly last: number;
  readonly gain: number;
}

/** The stretch with the largest sum (Kadane); null when nothing gains. */
function bestStretch(gains: readonly number[]): Stretch | null {
  let best: Stretch | null = null;
  let first = 0;
  let sum = 0;
  for (const [row, gain] of gains.entries()) {
    if (sum <= 0) {
      sum = 0;
      first = row;
    }
    sum += gain;
    if (sum > (best?.gain ?? 0)) best = {first, last: row, gain: sum};
  }
  return best;
}

/**
 * Finds the move of some rows after which the least has to be written, when there is one that pays: a list that scrolls, or
 * a row that comes in above others. A pane beside the list may move along, and be mended.
 */
export function findScroll(shown: Cells, next: Cells): Scroll | null {
  const rows = Array.from({length: next.rows}, (_, row) => row);
  const unmoved = rows.map(row => differences(shown, row, next, row));
  if (unmoved.filter(count => count > 0).length < 2) return null;
  let best: Scroll | null = null;
  let bestSaving = COST;
  for (let count = -FURTHEST; count <= FURTHEST; count++) {
    if (count === 0) continue;
    const stretch = bestStretch(
      rows.map(row =>
        unmoved[row + count] === undefined
          ? Number.NEGATIVE_INFINITY
          : (unmoved[row] ?? 0) - differences(shown, row + count, next, row),
      ),
    );
    if (stretch === null) continue;
    const top = Math.min(stretch.first, stretch.first + count);
    const bottom = Math.max(stretch.last, stretch.last + count) + 1;
    const left = count > 0 ? rows.slice(stretch.last + 1, bottom) : rows.slice(top, stretch.first);
    const saving = left.reduce((sum, row) => sum + (unmoved[row] ?? 0) - filled(next, row), stretch.gain);
    if (saving <= bestSaving) continue;
    bestSaving = saving;
    best = {top, bottom, count, apply: cells => scrollCells(cells, top, bottom, count)};
  }
  return best;
}
