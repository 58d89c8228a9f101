import stringWidth from 'string-width';

const CODE_POINTS = 0x110000;

/** Width plus one of each code point asked for so far; 0 is not asked yet. The system hands out its pages when they are touched. */
let known: Uint8Array | undefined;

/**
 * Cells that a terminal gives one character: 0, 1 or 2. It is what `string-width` says, and so Ink's layout, at a
 * hundredth of the cost from the second time on.
 */
export function codePointWidth(codePoint: number): number {
  if (codePoint >= 0x20 && codePoint < 0x7f) return 1;
  known ??= new Uint8Array(CODE_POINTS);
  const stored = known[codePoint] ?? 0;
  if (stored > 0) return stored - 1;
  const width = stringWidth(String.fromCodePoint(codePoint));
  known[codePoint] = width + 1;
  return width;
}
