import type {Line, Tone} from '../view/tone.ts';

/** Select Graphic Rendition of each tone, in the terminal's own sixteen colours. */
const SGR: Readonly<Record<Tone, string | null>> = {
  plain: null,
  dim: '2',
  strong: '1',
  critical: '1;31',
  warning: '33',
  unknown: '35',
  ok: '32',
  stale: '2',
  pending: '3',
  key: '1',
  caret: '7',
  frame: '2',
  frameFocused: null,
  error: '31',
};

/** A line as text for a terminal, without the blanks at its end. */
export function paint(line: Line, hasColour: boolean): string {
  const text = line.map(({text: part, tone}) => {
    const code = hasColour ? SGR[tone] : null;
    return code === null ? part : `\x1b[${code}m${part}\x1b[0m`;
  });
  return text.join('').trimEnd();
}
