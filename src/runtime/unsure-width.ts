/**
 * Assigned code points about whose width the terminals of a fleet do not agree: those whose width in Unicode 17, which
 * `string-width` (and so Ink's layout) knows, is another one than in Unicode 11, which xterm.js, tmux and the libc of most
 * servers know (emoji since 2019, hexagrams, lone regional indicators, marks of rare scripts), and those of which two in
 * a row may be drawn as one glyph (conjoining jamo, Kirat Rai vowels).
 *
 * Measured over all code points; `test/runtime/safe-text.test.ts` measures again.
 */
const UNSURE_WIDTH = [
  String.raw`\u{1100}-\u{115e}\u{a960}-\u{a97c}\u{d7b0}-\u{d7c6}\u{d7cb}-\u{d7fb}\u{16d63}-\u{16d6a}`,
  String.raw`\u{897}-\u{89f}\u{8ca}-\u{8d2}\u{b55}\u{c3c}\u{d81}\u{ece}\u{1161}-\u{11ff}\u{1734}\u{1abf}-\u{1add}`,
  String.raw`\u{1ae0}-\u{1aeb}\u{1dfa}\u{2630}-\u{2637}\u{268a}-\u{268f}\u{2ffc}-\u{2fff}\u{31bb}-\u{31bf}`,
  String.raw`\u{31e4}-\u{31e5}\u{31ef}\u{4dc0}-\u{4dff}\u{a82c}\u{10d69}-\u{10d6d}\u{10eab}-\u{10eac}`,
  String.raw`\u{10efa}-\u{10eff}\u{10f82}-\u{10f85}\u{11070}\u{11073}-\u{11074}\u{110c2}\u{111cf}\u{11241}`,
  String.raw`\u{113bb}-\u{113c0}\u{113ce}\u{113d0}\u{113d2}\u{113e1}-\u{113e2}\u{1171e}\u{1193b}-\u{1193c}`,
  String.raw`\u{1193e}\u{11943}\u{11b60}\u{11b62}-\u{11b64}\u{11b66}\u{11f00}-\u{11f01}\u{11f36}-\u{11f3a}`,
  String.raw`\u{11f40}\u{11f42}\u{11f5a}\u{13440}\u{13447}-\u{13455}\u{1611e}-\u{16129}\u{1612d}-\u{1612f}`,
  String.raw`\u{16fe4}\u{16ff0}-\u{16ff6}\u{187f8}-\u{187ff}\u{18af3}-\u{18cd5}\u{18cff}-\u{18d1e}`,
  String.raw`\u{18d80}-\u{18df2}\u{1aff0}-\u{1aff3}\u{1aff5}-\u{1affb}\u{1affd}-\u{1affe}\u{1b11f}-\u{1b122}`,
  String.raw`\u{1b132}\u{1b155}\u{1cf00}-\u{1cf2d}\u{1cf30}-\u{1cf46}\u{1d300}-\u{1d356}\u{1d360}-\u{1d376}`,
  String.raw`\u{1e08f}\u{1e2ae}\u{1e4ec}-\u{1e4ef}\u{1e5ee}-\u{1e5ef}\u{1e6e3}\u{1e6e6}\u{1e6ee}-\u{1e6ef}`,
  String.raw`\u{1e6f5}\u{1f1e6}-\u{1f1ff}\u{1f6d6}-\u{1f6d8}\u{1f6dc}-\u{1f6df}\u{1f6fb}-\u{1f6fc}\u{1f7f0}`,
  String.raw`\u{1f90c}\u{1f93b}\u{1f946}\u{1f972}\u{1f977}-\u{1f979}\u{1f9a3}-\u{1f9a4}\u{1f9ab}-\u{1f9ad}`,
  String.raw`\u{1f9cb}-\u{1f9cc}\u{1fa74}-\u{1fa77}\u{1fa7b}-\u{1fa7c}\u{1fa83}-\u{1fa8a}\u{1fa8e}-\u{1fa8f}`,
  String.raw`\u{1fa96}-\u{1fac6}\u{1fac8}\u{1facd}-\u{1fadc}\u{1fadf}-\u{1faea}\u{1faef}-\u{1faf8}`,
].join('');

/** Made when the first text is no plain one: it is 4 ms of a quick command's 70. */
let unsureWidth: RegExp | undefined;

/** Has the text a character whose width is not the same everywhere? */
export function isWidthUnsure(text: string): boolean {
  unsureWidth ??= new RegExp(`[${UNSURE_WIDTH}]`, 'u');
  return unsureWidth.test(text);
}
