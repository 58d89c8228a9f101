import {fitLine, fitLineWithTail} from './cells.ts';
import {type Line, type Part, part} from './tone.ts';

/** One column of a table. Widths are cells. */
export interface Column<K extends string> {
  readonly key: K;
  /**
   * Widths that are worth having, ascending; the first is the least. All columns of a table have as many: room is given out
   * step by step, so that no column is at its third before the others are at their second.
   */
  readonly steps: readonly number[];
  readonly align: 'left' | 'right';
  /** Columns with a higher number go first when the table is too wide; null stays. */
  readonly drop: number | null;
}

export interface FittedColumn<K extends string> extends Column<K> {
  readonly width: number;
}

/** What stands in one cell: `tail` is kept when `line` has to be cut. */
export interface Cell {
  readonly line: Line;
  readonly tail?: Line;
}

const GAP = 1;

/** A left-aligned column behind a right-aligned one stands a cell further off, else their texts would touch. */
function gapBefore(columns: readonly Pick<Column<string>, 'align'>[], index: number): number {
  if (index === 0) return 0;
  return columns[index - 1]?.align === 'right' && columns[index]?.align === 'left' ? GAP + 1 : GAP;
}

/** Gives each column its width, so that the table takes exactly `width` cells, or as many as its columns can use. */
export function fitColumns<K extends string>(columns: readonly Column<K>[], width: number): readonly FittedColumn<K>[] {
  let kept = columns;
  while (leastWidth(kept) > width) {
    const first = kept.reduce((a, b) => ((b.drop ?? -1) > (a.drop ?? -1) ? b : a));
    if (first.drop === null) break;
    kept = kept.filter(column => column !== first);
  }
  let widths = kept.map(({steps}) => steps[0] ?? 0);
  let spare = width - leastWidth(kept);
  for (let step = 1; spare > 0 && step < (kept[0]?.steps.length ?? 0); step++) {
    const wanted = kept.map(({steps}, index) => Math.max(0, (steps[step] ?? 0) - (widths[index] ?? 0)));
    const given = shareOut(wanted, spare);
    widths = widths.map((before, index) => before + (given[index] ?? 0));
    spare -= sum(given);
  }
  return kept.map((column, index) => ({...column, width: widths[index] ?? 0}));
}

/** All that is wanted when there is enough, else a part of it in proportion; the odd cells go to the first that want any. */
function shareOut(wanted: readonly number[], spare: number): readonly number[] {
  const all = sum(wanted);
  if (all <= spare) return wanted;
  const shares = wanted.map(want => Math.floor((want * spare) / all));
  let odd = spare - sum(shares);
  return shares.map((share, index) => {
    if (odd === 0 || share >= (wanted[index] ?? 0)) return share;
    odd--;
    return share + 1;
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function leastWidth(columns: readonly Column<string>[]): number {
  return columns.reduce((total, {steps}, index) => total + (steps[0] ?? 0) + gapBefore(columns, index), 0);
}

/** One row of a table, exactly as wide as its columns and their gaps. */
export function tableLine<K extends string>(
  columns: readonly FittedColumn<K>[],
  cells: Readonly<Record<K, Cell>>,
): Line {
  const line: Part[] = [];
  for (const [index, column] of columns.entries()) {
    if (index > 0) line.push(part(' '.repeat(gapBefore(columns, index))));
    const cell = cells[column.key];
    const fitted =
      cell.tail === undefined
        ? fitLine(cell.line, column.width, column.align)
        : fitLineWithTail(cell.line, cell.tail, column.width);
    line.push(...fitted);
  }
  return line;
}

/** Cells before a column begins. */
export function columnStart<K extends string>(columns: readonly FittedColumn<K>[], key: K): number {
  const index = columns.findIndex(column => column.key === key);
  const before = columns.slice(0, Math.max(0, index));
  return sum(before.map(({width}) => width)) + sum(before.map((_, at) => gapBefore(columns, at + 1)));
}
