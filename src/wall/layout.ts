import {type Area, within} from '../../widgets/wall/grid.ts';

/** Where the parts of every page stand, and how large its figures may be. */
export interface Layout {
  readonly screen: Area;
  readonly head: Area;
  readonly body: Area;
  readonly foot: Area;
  /** 1 to 4: sizes the large digits, the tiles and the room between rows. */
  readonly scale: number;
}

export const MOST_SCALE = 4;

/** A screen with this many rows for each step of scale is read from as far. */
const ROWS_PER_SCALE = 30;

/** @param scale - What the user wants; null fits it to the size of the screen. */
export function layoutOf(columns: number, rows: number, scale: number | null): Layout {
  const screen: Area = {x: 0, y: 0, width: columns, height: rows};
  const margin = columns >= 120 ? 2 : 1;
  const isRoomy = rows >= 36;
  const top = isRoomy ? 1 : 0;
  const inner = columns - 2 * margin;
  const bodyTop = top + 2;
  const footTop = rows - 1 - top;
  return {
    screen,
    head: within(screen, margin, top, inner, 1),
    body: within(screen, margin, bodyTop, inner, footTop - bodyTop - (isRoomy ? 1 : 0)),
    foot: within(screen, margin, footTop, inner, 1),
    scale: scale ?? Math.min(MOST_SCALE, Math.max(1, Math.floor(rows / ROWS_PER_SCALE))),
  };
}
