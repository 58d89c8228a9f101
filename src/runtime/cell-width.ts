/** East Asian wide and full-width characters and emoji, Unicode 17. `test/runtime/cell-width.test.ts` compares it with `string-width`. */
const WIDE = new RegExp(
  `[${[
    String.raw`\u{1100}-\u{115e}\u{231a}-\u{231b}\u{2329}-\u{232a}\u{23e9}-\u{23ec}\u{23f0}\u{23f3}`,
    String.raw`\u{25fd}-\u{25fe}\u{2614}-\u{2615}\u{2630}-\u{2637}\u{2648}-\u{2653}\u{267f}\u{268a}-\u{268f}`,
    String.raw`\u{2693}\u{26a1}\u{26aa}-\u{26ab}\u{26bd}-\u{26be}\u{26c4}-\u{26c5}\u{26ce}\u{26d4}\u{26ea}`,
    String.raw`\u{26f2}-\u{26f3}\u{26f5}\u{26fa}\u{26fd}\u{2705}\u{270a}-\u{270b}\u{2728}\u{274c}\u{274e}`,
    String.raw`\u{2753}-\u{2755}\u{2757}\u{2795}-\u{2797}\u{27b0}\u{27bf}\u{2b1b}-\u{2b1c}\u{2b50}\u{2b55}`,
    String.raw`\u{2e80}-\u{3029}\u{302e}-\u{303e}\u{3041}-\u{3096}\u{309b}-\u{3163}\u{3165}-\u{3247}`,
    String.raw`\u{3250}-\u{a4c6}\u{a960}-\u{a97c}\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe10}-\u{fe19}`,
    String.raw`\u{fe30}-\u{fe6b}\u{ff01}-\u{ff60}\u{ffe0}-\u{ffe6}\u{16fe0}-\u{16fe3}\u{16ff0}-\u{1b2fb}`,
    String.raw`\u{1d300}-\u{1d376}\u{1f004}\u{1f0cf}\u{1f18e}\u{1f191}-\u{1f19a}\u{1f1ae}-\u{1f320}`,
    String.raw`\u{1f32d}-\u{1f335}\u{1f337}-\u{1f37c}\u{1f37e}-\u{1f393}\u{1f3a0}-\u{1f3ca}\u{1f3cf}-\u{1f3d3}`,
    String.raw`\u{1f3e0}-\u{1f3f0}\u{1f3f4}\u{1f3f8}-\u{1f43e}\u{1f440}\u{1f442}-\u{1f4fc}\u{1f4ff}-\u{1f53d}`,
    String.raw`\u{1f54b}-\u{1f54e}\u{1f550}-\u{1f567}\u{1f57a}\u{1f595}-\u{1f596}\u{1f5a4}\u{1f5fb}-\u{1f64f}`,
    String.raw`\u{1f680}-\u{1f6c5}\u{1f6cc}\u{1f6d0}-\u{1f6d2}\u{1f6d5}-\u{1f6df}\u{1f6eb}-\u{1f6ec}`,
    String.raw`\u{1f6f4}-\u{1f6fc}\u{1f7da}-\u{1f7f0}\u{1f90c}-\u{1f93a}\u{1f93c}-\u{1f945}\u{1f947}-\u{1f9ff}`,
    String.raw`\u{1fa70}-\u{1fafa}\u{20000}-\u{3fffd}`,
  ].join('')}]`,
  'u',
);

/** Marks, controls, format characters: they take no cell. Arabic number signs are format characters that do. */
const NONE =
  /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Me}\p{Mn}]|(?![\u0600-\u0605\u06DD\u0890\u0891\u08E2\u{110BD}\u{110CD}])\p{Cf}/u;

const CODE_POINTS = 0x110000;

/** Width plus one of each code point asked for so far; 0 is not asked yet. The system gives it pages when they are touched. */
let known: Uint8Array | undefined;

function measure(codePoint: number): number {
  const character = String.fromCodePoint(codePoint);
  if (NONE.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/**
 * Cells that a terminal gives one character: 0, 1 or 2. The same as `string-width` says, and so Ink's layout, without
 * the 45 ms that loading it costs a quick command.
 */
export function codePointWidth(codePoint: number): number {
  if (codePoint >= 0x20 && codePoint < 0x7f) return 1;
  known ??= new Uint8Array(CODE_POINTS);
  const stored = known[codePoint] ?? 0;
  if (stored > 0) return stored - 1;
  const width = measure(codePoint);
  known[codePoint] = width + 1;
  return width;
}
