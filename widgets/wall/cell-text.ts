import stringWidth from 'string-width';

/** Plain Latin text, arrows, boxes, blocks and braille: one code unit, one cell. */
const PLAIN =
  /^[\x20-\x7E\xA0-\xAC\xAE-\u02FF\u2010-\u2027\u2030-\u205E\u20A0-\u20BF\u2190-\u21FF\u2500-\u25FC\u2713\u2800-\u28FF]*$/;

const segmenter = new Intl.Segmenter();

/** What one cell, or two side by side, show: a character with the marks that belong to it. */
export interface Cluster {
  readonly text: string;
  readonly width: 1 | 2;
}

/**
 * Splits safe text into what the cells of a terminal show. A cluster whose parts a terminal would put into more than two
 * cells, or into none, becomes U+FFFD; `safeText` lets none through.
 */
export function clustersOf(text: string): readonly Cluster[] {
  if (PLAIN.test(text)) return Array.from(text, character => ({text: character, width: 1}));
  return Array.from(segmenter.segment(text), ({segment}) => {
    const width = stringWidth(segment);
    return width === 1 || width === 2 ? {text: segment, width} : {text: '\uFFFD', width: 1};
  });
}

/** Cells that `text` takes. */
export function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  return clustersOf(text).reduce((sum, cluster) => sum + cluster.width, 0);
}

/** `text` if it fits into `width` cells, else as much of it as fits before an ellipsis. */
export function truncate(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  if (width < 1) return '';
  let kept = '';
  let used = 0;
  for (const cluster of clustersOf(text)) {
    if (used + cluster.width > width - 1) break;
    kept += cluster.text;
    used += cluster.width;
  }
  return `${kept.trimEnd()}…`;
}
