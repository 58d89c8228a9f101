import {cellWidth, fitLine, truncateLine} from '../view/cells.ts';
import {type Line, type Part, part} from '../view/tone.ts';

const GAP = '  ';

/** A table as wide as its content, cut at the edge of the terminal. */
export function plainTable(
  head: readonly string[],
  rows: readonly (readonly Part[])[],
  width: number,
): readonly Line[] {
  const all: readonly (readonly Part[])[] = [head.map(text => part(text, 'dim')), ...rows];
  const widths = head.map((_, column) => Math.max(...all.map(row => cellWidth(row[column]?.text ?? ''))));
  return all.map(row =>
    truncateLine(
      row.flatMap((cell, column) => [...fitLine([cell], widths[column] ?? 0), part(GAP)]),
      width,
    ),
  );
}
