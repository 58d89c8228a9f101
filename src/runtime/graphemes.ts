/** Made when first needed: the first one costs 12 ms, which a quick command with plain texts need not spend. */
let segmenter: Intl.Segmenter | undefined;

/** What a reader takes for one character each: base letters with their marks. */
export function graphemes(text: string): string[] {
  segmenter ??= new Intl.Segmenter();
  return Array.from(segmenter.segment(text), ({segment}) => segment);
}
