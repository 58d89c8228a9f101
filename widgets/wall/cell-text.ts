import {cellWidth} from '../../src/view/cells.ts';

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
    const width = cellWidth(segment);
    return width === 1 || width === 2 ? {text: segment, width} : {text: '\uFFFD', width: 1};
  });
}
