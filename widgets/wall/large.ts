import {type Area, type Grid, write} from './grid.ts';
import type {WallTone} from './look.ts';

/** Five rows of dots a sign. */
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  '0': ['###', '# #', '# #', '# #', '###'],
  '1': [' # ', '## ', ' # ', ' # ', '###'],
  '2': ['###', '  #', '###', '#  ', '###'],
  '3': ['###', '  #', '###', '  #', '###'],
  '4': ['# #', '# #', '###', '  #', '  #'],
  '5': ['###', '#  ', '###', '  #', '###'],
  '6': ['###', '#  ', '###', '# #', '###'],
  '7': ['###', '  #', '  #', '  #', '  #'],
  '8': ['###', '# #', '###', '# #', '###'],
  '9': ['###', '# #', '###', '  #', '###'],
  ':': [' ', '#', ' ', '#', ' '],
  '-': ['   ', '   ', '###', '   ', '   '],
  '–': ['   ', '   ', '###', '   ', '   '],
  // The minus of what is overdue.
  '−': ['   ', '   ', '###', '   ', '   '],
  '?': ['###', '  #', ' ##', '   ', ' # '],
  '+': ['   ', ' # ', '###', ' # ', '   '],
  d: ['  #', '  #', '###', '# #', '###'],
  h: ['#  ', '#  ', '###', '# #', '# #'],
  i: ['#', ' ', '#', '#', '#'],
  m: ['     ', '     ', '#####', '# # #', '# # #'],
  n: ['   ', '   ', '###', '# #', '# #'],
  T: ['###', ' # ', ' # ', ' # ', ' # '],
  ' ': ['  ', '  ', '  ', '  ', '  '],
};

const DOT_ROWS = 5;

/** Can every character be drawn large? */
export function hasLargeForm(text: string): boolean {
  return [...text].every(character => Object.hasOwn(SIGNS, character));
}

/** Cells that `text` takes when a dot is `dot` cells wide and half as many high. Signs stand one dot apart. */
export function largeSize(text: string, dot: number): {readonly width: number; readonly height: number} {
  const dots = [...text].reduce((sum, character) => sum + (SIGNS[character]?.[0]?.length ?? 0) + 1, -1);
  return {width: Math.max(0, dots) * dot, height: Math.ceil((DOT_ROWS * dot) / 2)};
}

/** The largest dot, up to `most`, at which `text` fits; 0 when it does not fit at all. */
export function largestDot(text: string, width: number, height: number, most: number): number {
  for (let dot = most; dot >= 1; dot--) {
    const size = largeSize(text, dot);
    if (size.width <= width && size.height <= height) return dot;
  }
  return 0;
}

/** Draws `text` in half blocks, so that a dot is square in a terminal's narrow cells. What has no large form is left out. */
export function writeLarge(
  grid: Grid,
  area: Area,
  x: number,
  y: number,
  text: string,
  dot: number,
  tone: WallTone = 'plain',
): void {
  const rows = dotRows(text);
  const {height} = largeSize(text, dot);
  for (let row = 0; row < height; row++) {
    const upper = rows[Math.floor((2 * row) / dot)] ?? '';
    const lower = rows[Math.floor((2 * row + 1) / dot)] ?? '';
    for (let column = 0; column < upper.length * dot; column++) {
      const isUpper = upper[Math.floor(column / dot)] === '#';
      const isLower = lower[Math.floor(column / dot)] === '#';
      if (!isUpper && !isLower) continue;
      write(grid, area, x + column, y + row, isUpper && isLower ? '█' : isUpper ? '▀' : '▄', tone);
    }
  }
}

function dotRows(text: string): readonly string[] {
  const signs = [...text].map(character => SIGNS[character]).filter(sign => sign !== undefined);
  return Array.from({length: DOT_ROWS}, (_, row) => signs.map(sign => sign[row] ?? '').join(' '));
}
