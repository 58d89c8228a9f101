/** Latin letters with the usual punctuation, arrows, boxes and marks: one code unit, one code point, one cell, and nothing combines. */
const PLAIN = String.raw`\x20-\x7E\xA0-\xAC\xAE-\u02FF\u2010-\u2027\u2030-\u205E\u20A0-\u20BF\u2190-\u21FF\u2500-\u25FC\u2713`;
const NOT_PLAIN = new RegExp(`[^${PLAIN}]`);
const NOT_PLAIN_STRETCH = new RegExp(`[^${PLAIN}]+`, 'g');

/** Made when first needed: the first one costs 12 ms, which a quick command with plain texts need not spend. */
let segmenter: Intl.Segmenter | undefined;

/** Is each code unit of it a grapheme of one cell? True of nearly all texts; one look at each character. */
export function isPlain(text: string): boolean {
  return !NOT_PLAIN.test(text);
}

function segments(text: string): Iterable<Intl.SegmentData> {
  segmenter ??= new Intl.Segmenter();
  return segmenter.segment(text);
}

/** What a reader takes for one character each: base letters with their marks. Only what is not plain is looked at closely. */
export function graphemes(text: string): string[] {
  const found: string[] = [];
  let at = 0;
  for (const {0: stretch, index} of text.matchAll(NOT_PLAIN_STRETCH)) {
    // The plain character before it may be the base of a mark.
    const start = Math.max(at, index - 1);
    while (at < start) found.push(text.charAt(at++));
    at = index + stretch.length;
    for (const {segment} of segments(text.slice(start, at))) found.push(segment);
  }
  while (at < text.length) found.push(text.charAt(at++));
  return found;
}
