import type {Line, Tone} from '../../src/view/tone.ts';

/** How many colours the terminal has. `none` keeps bold and dim (NO_COLOR); `plain` has no attributes at all (TERM=dumb). */
export type ColorDepth = 'plain' | 'none' | '16' | '256' | 'true';

/** SGR parameters; empty leaves the terminal's own look. */
type Look = string;

interface ToneLook {
  readonly attributes: Look;
  readonly colors: {readonly '16': Look; readonly '256': Look; readonly true: Look} | null;
}

const BOLD = '1';
const DIM = '2';
const INVERSE = '7';

/** The one place where a meaning becomes a colour. Colours are kept for what needs a hand now. */
const LOOKS: Readonly<Record<Tone, ToneLook>> = {
  plain: {attributes: '', colors: null},
  dim: {attributes: DIM, colors: null},
  strong: {attributes: BOLD, colors: null},
  critical: {attributes: BOLD, colors: {'16': '91', '256': '38;5;203', true: '38;2;255;95;95'}},
  warning: {attributes: '', colors: {'16': '33', '256': '38;5;221', true: '38;2;255;215;95'}},
  unknown: {attributes: '', colors: {'16': '35', '256': '38;5;177', true: '38;2;215;135;255'}},
  ok: {attributes: DIM, colors: null},
  stale: {attributes: DIM, colors: null},
  pending: {attributes: DIM, colors: null},
  key: {attributes: BOLD, colors: null},
  error: {attributes: BOLD, colors: {'16': '91', '256': '38;5;203', true: '38;2;255;95;95'}},
  caret: {attributes: INVERSE, colors: null},
  frame: {attributes: DIM, colors: null},
  frameFocused: {attributes: BOLD, colors: null},
};

/** Turns a row of parts into a string with SGR sequences. */
export type Paint = (line: Line) => string;

const RESET = '\x1b[0m';

export function createPaint(depth: ColorDepth): Paint {
  if (depth === 'plain') return line => line.map(({text}) => text).join('');
  const opening = Object.fromEntries(
    Object.entries(LOOKS).map(([tone, {attributes, colors}]) => {
      const color = depth === 'none' || colors === null ? '' : colors[depth];
      const parameters = [attributes, color].filter(Boolean).join(';');
      return [tone, parameters === '' ? '' : `\x1b[${parameters}m`];
    }),
  ) as Record<Tone, string>;
  return line => {
    let painted = '';
    let look = '';
    for (const {text, tone} of line) {
      if (text === '') continue;
      const next = opening[tone];
      if (next !== look) {
        if (look !== '') painted += RESET;
        painted += next;
        look = next;
      }
      painted += text;
    }
    return look === '' ? painted : painted + RESET;
  };
}
