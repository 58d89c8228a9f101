import {Text} from 'ink';
import {memo} from 'react';
import type {Line} from '../../src/view/tone.ts';
import type {Paint} from './theme.ts';

/** One row of cells, drawn as one text node. The line must not be wider than the room it gets. */
export const Row = memo(function Row({line, paint}: {readonly line: Line; readonly paint: Paint}) {
  // Ink gives an empty text no row at all.
  return <Text wrap="truncate-end">{paint(line) || ' '}</Text>;
});
