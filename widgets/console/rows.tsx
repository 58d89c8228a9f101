import {Box} from 'ink';
import type {Line} from '../../src/view/tone.ts';
import {Row} from './row.tsx';
import type {Paint} from './theme.ts';

const BLANK: Line = [];

/** Exactly `height` rows: the first of `lines`, blank ones after them. No line may be wider than `width`. */
export function Rows({
  lines,
  width,
  height,
  paint,
}: {
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
  readonly paint: Paint;
}) {
  const rows = Array.from({length: Math.max(0, height)}, (_, index) => lines[index] ?? BLANK);
  return (
    <Box flexDirection="column" width={width} height={Math.max(0, height)} flexShrink={0}>
      {rows.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place on the screen, whatever stands in it
        <Row key={index} line={line} paint={paint} />
      ))}
    </Box>
  );
}
