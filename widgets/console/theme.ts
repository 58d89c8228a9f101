import type {Line, Tone} from '../../src/view/tone.ts';

/** SGR parameters of each meaning, `1;91`; empty or missing is the terminal's own look. `looksOf` of `src/runtime/theme.ts` makes them. */
export type Looks = Readonly<Partial<Record<Tone, string>>>;

/** Turns a row of parts into a string with SGR sequences. */
export type Paint = (line: Line) => string;

const RESET = '\x1b[0m';

/** The one place where a meaning becomes a sequence. */
export function createPaint(looks: Looks): Paint {
  return line => {
    let painted = '';
    let look = '';
    for (const {text, tone} of line) {
      if (text === '') continue;
      const next = looks[tone] ?? '';
      if (next !== look) {
        if (look !== '') painted += RESET;
        if (next !== '') painted += `\x1b[${next}m`;
        look = next;
      }
      painted += text;
    }
    return look === '' ? painted : painted + RESET;
  };
}
