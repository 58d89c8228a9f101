import blessed from 'blessed';
import type {BlessedNode, BlessedScreen} from './blessed-types.ts';
import type {Grid} from './grid.ts';

/** The blessed element under all others: everything on a page that is text. */
export interface Surface {
  /** What it draws from now on; of the size of the screen. */
  update(grid: Grid): void;
}

/**
 * Makes it, once. It copies cells and never blessed content, so no text is searched for tags or escapes
 * (security rule 42), and wide characters stand as the grid has them.
 */
export function createSurface(screen: BlessedScreen): Surface {
  let grid: Grid | null = null;
  const element: BlessedNode = blessed.box({screen, top: 0, left: 0, width: '100%', height: '100%', tags: false});
  element.render = () => {
    if (grid !== null) copy(grid, screen);
  };
  screen.append(element);
  return {
    update(next) {
      grid = next;
    },
  };
}

function copy(grid: Grid, screen: BlessedScreen): void {
  const rows = Math.min(grid.rows, screen.lines.length);
  for (let y = 0; y < rows; y++) {
    const row = screen.lines[y];
    if (row === undefined) continue;
    const columns = Math.min(grid.columns, row.length);
    for (let x = 0; x < columns; x++) {
      const cell = row[x];
      const at = y * grid.columns + x;
      const look = grid.looks[at] ?? 0;
      const character = grid.characters[at] ?? ' ';
      if (cell === undefined || (cell[0] === look && cell[1] === character)) continue;
      cell[0] = look;
      cell[1] = character;
      row.dirty = true;
    }
  }
}
