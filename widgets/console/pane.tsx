import {fitLine, lineWidth, truncateLine} from '../../src/view/cells.ts';
import {type Line, part} from '../../src/view/tone.ts';
import {Rows} from './rows.tsx';
import type {Paint} from './theme.ts';

/** Cells that the border and its blanks take from the width of a pane. */
export const PANE_FRAME_COLUMNS = 4;
/** Rows that the border takes from the height of a pane. */
export const PANE_FRAME_ROWS = 2;

/** A list in a border with its title in it: `┌ Kunden ───┐`. The border of the pane that has the keys is bold. */
export function Pane({
  title,
  lines,
  width,
  height,
  isFocused,
  paint,
}: {
  readonly title: Line;
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
  readonly isFocused: boolean;
  readonly paint: Paint;
}) {
  const tone = isFocused ? 'frameFocused' : 'frame';
  const inner = width - PANE_FRAME_COLUMNS;
  const shownTitle = truncateLine(title, Math.max(0, inner - 1));
  const rule = '─'.repeat(Math.max(0, width - 4 - lineWidth(shownTitle)));
  const rows: Line[] = [[part('┌ ', tone), ...shownTitle, part(` ${rule}┐`, tone)]];
  for (let index = 0; index < height - PANE_FRAME_ROWS; index++) {
    rows.push([part('│ ', tone), ...fitLine(lines[index] ?? [], inner), part(' │', tone)]);
  }
  rows.push([part(`└${'─'.repeat(Math.max(0, width - 2))}┘`, tone)]);
  return <Rows lines={rows} width={width} height={height} paint={paint} />;
}
