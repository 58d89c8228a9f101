import {fitLine, fitLineWithTail} from './cells.ts';
import {type Line, type Part, part} from './tone.ts';

/** One column of a table. Widths are cells. */
export interface Column<K extends string> {
  readonly key: K;
  readonly min: number;
  readonly max: number;
  /** Share of the room that is left over; 0 never grows. */
  readonly weight: number;
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

/** Gives each column its width, so that the table with one blank between columns takes exactly `width` cells where it can. */
export function fitColumns<K extends string>(columns: readonly Column<K>[], width: number): readonly FittedColumn<K>[] {
  let kept = [...columns];
  while (leastWidth(kept) > width) {
    const droppable = kept.filter(column => column.drop !== null);
    if (droppable.length === 0) break;
    const first = droppable.reduce((a, b) => ((b.drop ?? 0) > (a.drop ?? 0) ? b : a));
    kept = kept.filter(column => column !== first);
  }
  const widths = kept.map(column => column.min);
  let spare = width - leastWidth(kept);
  while (spare > 0) {
    const growing = kept.map((column, index) => (widthAt(widths, index) < column.max ? column.weight : 0));
    const weights = growing.reduce((sum, weight) => sum + weight, 0);
    if (weights === 0) break;
    const round = spare;
    for (const [index, column] of kept.entries()) {
      const share = Math.max(growing[index] === 0 ? 0 : 1, Math.floor((round * (growing[index] ?? 0)) / weights));
      const growth = Math.min(share, column.max - widthAt(widths, index), spare);
      widths[index] = widthAt(widths, index) + growth;
      spare -= growth;
    }
  }
  return kept.map((column, index) => ({...column, width: widthAt(widths, index)}));
}

function widthAt(widths: readonly number[], index: number): number {
  return widths[index] ?? 0;
}

function leastWidth(columns: readonly Column<string>[]): number {
  return columns.reduce((sum, column) => sum + column.min, 0) + GAP * Math.max(0, columns.length - 1);
}

/** One row of a table, exactly as wide as its columns and their gaps. */
export function tableLine<K extends string>(
  columns: readonly FittedColumn<K>[],
  cells: Readonly<Record<K, Cell>>,
): Line {
  const line: Part[] = [];
  for (const [index, column] of columns.entries()) {
    if (index > 0) line.push(part(' '.repeat(GAP)));
    const cell = cells[column.key];
    const fitted =
      cell.tail === undefined
        ? fitLine(cell.line, column.width, column.align)
        : fitLineWithTail(cell.line, cell.tail, column.width);
    line.push(...fitted);
  }
  return line;
}
