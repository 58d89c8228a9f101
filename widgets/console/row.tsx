import {Text} from 'ink';
import type {Line} from '../../src/view/tone.ts';
import type {Paint} from './theme.ts';

/**
 * One row of cells, drawn as one text node. The line must not be wider than the room it gets. Blanks at its end are left
 * out: Ink takes every character of a frame apart with every frame.
 */
export function Row({line, paint}: {readonly line: Line; readonly paint: Paint}) {
  // Ink gives an empty text no row at all.
  return <Text wrap="truncate-end">{paint(withoutTail(line)) || ' '}</Text>;
}

function withoutTail(line: Line): Line {
  let end = line.length;
  while (end > 0 && line[end - 1]?.tone !== 'caret' && line[end - 1]?.text.trimEnd() === '') end--;
  const last = line[end - 1];
  if (last === undefined || last.tone === 'caret') return line.slice(0, end);
  return [...line.slice(0, end - 1), {text: last.text.trimEnd(), tone: last.tone}];
}
