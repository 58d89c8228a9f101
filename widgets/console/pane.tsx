import {Box, Text} from 'ink';
import {memo} from 'react';
import {lineWidth, truncateLine} from '../../src/view/cells.ts';
import {type Line, part} from '../../src/view/tone.ts';
import {Row} from './row.tsx';
import {Rows} from './rows.tsx';
import type {Paint} from './theme.ts';

/** Columns that the border and its blanks take from the width of a pane. */
const FRAME_COLUMNS = 4;
/** Rows that the border takes from the height of a pane. */
const FRAME_ROWS = 2;

/** A list in a border with its title in it: `┌ Kunden ───┐`. The border of the pane that has the keys is bold. */
export const Pane = memo(function Pane({
  title,
  corner,
  lines,
  width,
  height,
  isFocused,
  paint,
}: {
  readonly title: Line;
  /** At the other end of the row of the title; empty for nothing. */
  readonly corner: Line;
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
  readonly isFocused: boolean;
  readonly paint: Paint;
}) {
  const tone = isFocused ? 'frameFocused' : 'frame';
  const inner = {width: width - FRAME_COLUMNS, height: height - FRAME_ROWS};
  const end = corner.length === 0 ? [] : [part(' ', tone), ...corner, part(' ', tone)];
  const shownTitle = truncateLine(title, Math.max(0, inner.width - 1 - lineWidth(end)));
  const rule = '─'.repeat(Math.max(0, inner.width - lineWidth(shownTitle) - lineWidth(end)));
  const side = Array.from({length: inner.height}, () => paint([part('│', tone)])).join('\n');
  return (
    <Box flexDirection="column" width={width} height={height} flexShrink={0}>
      <Row line={[part('┌ ', tone), ...shownTitle, part(` ${rule}`, tone), ...end, part('┐', tone)]} paint={paint} />
      <Box height={inner.height} justifyContent="space-between">
        <Text>{side}</Text>
        <Rows lines={lines} width={inner.width} height={inner.height} paint={paint} />
        <Text>{side}</Text>
      </Box>
      <Row line={[part(`└${'─'.repeat(Math.max(0, width - 2))}┘`, tone)]} paint={paint} />
    </Box>
  );
});
