import type {Abilities} from './abilities.ts';

/** Where the cursor is; a column of -1 is not known (at the edge, or after a glyph of unsure width), a row of -1 nothing is. */
export interface Position {
  readonly row: number;
  readonly column: number;
}

export const NOWHERE: Position = {row: -1, column: -1};

function count(number: number): string {
  return number === 1 ? '' : String(number);
}

/** Places the cursor wherever it was; parameters that are 1 are left out. */
function absolute(row: number, column: number): string {
  if (column === 0) return `\x1b[${count(row + 1)}H`;
  return `\x1b[${count(row + 1)};${column + 1}H`;
}

function right(by: number): string {
  return by === 0 ? '' : `\x1b[${count(by)}C`;
}

/** Ways within one row, from a known column. */
function alongRow(from: number, to: number, {movesRelatively}: Abilities): string[] {
  if (to > from) return movesRelatively ? [right(to - from)] : [];
  const ways = ['\b'.repeat(from - to)];
  if (movesRelatively) ways.push(`\x1b[${count(from - to)}D`);
  return ways;
}

function fromKnownRow(from: Position, to: Position, abilities: Abilities): string[] {
  const down = to.row - from.row;
  const ways: string[] = [];
  const isStraight = from.column === to.column && from.column >= 0;
  const toColumn = abilities.movesRelatively || to.column === 0 ? right(to.column) : null;
  if (down >= 0 && toColumn !== null) ways.push(`\r${'\n'.repeat(down)}${toColumn}`);
  if (down === 0) {
    if (from.column >= 0) ways.push(...alongRow(from.column, to.column, abilities));
    if (abilities.movesToColumn) ways.push(`\x1b[${count(to.column + 1)}G`);
  } else if (isStraight && abilities.movesRelatively) {
    ways.push(down > 0 ? `\x1b[${count(down)}B` : `\x1b[${count(-down)}A`);
  }
  return ways;
}

/** The fewest bytes that bring the cursor there; empty when it is there. */
export function move(from: Position, to: Position, abilities: Abilities): string {
  if (from.row === to.row && from.column === to.column) return '';
  let best = absolute(to.row, to.column);
  if (from.row < 0) return best;
  for (const way of fromKnownRow(from, to, abilities)) if (way.length < best.length) best = way;
  return best;
}
