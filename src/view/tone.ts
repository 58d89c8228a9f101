/**
 * What a piece of text means to the reader. Widgets choose the colour: one theme table for the console, one for the wall.
 *
 * Colour is kept for what needs a hand now (`critical`, `warning`, `unknown`); everything else is the terminal's own
 * foreground, `dim` where it only informs. `frame` is the border of a pane, `frameFocused` that of the pane that has the
 * keys, `caret` the cell that typed text goes into, `key` a key that can be pressed.
 */
export type Tone =
  | 'plain'
  | 'dim'
  | 'strong'
  | 'critical'
  | 'warning'
  | 'unknown'
  | 'ok'
  | 'stale'
  | 'pending'
  | 'key'
  | 'caret'
  | 'frame'
  | 'frameFocused'
  | 'error';

/** A piece of one line: text without control characters, and what it means. */
export interface Part {
  readonly text: string;
  readonly tone: Tone;
}

/** One row of cells, left to right. */
export type Line = readonly Part[];

export function part(text: string, tone: Tone = 'plain'): Part {
  return {text, tone};
}
