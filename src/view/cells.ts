import {codePointWidth} from '../runtime/cell-width.ts';
import {graphemes} from '../runtime/graphemes.ts';
import type {Line, Part, Tone} from './tone.ts';

const ELLIPSIS = '…';

/** One code point, one cell, nothing combines. */
const NARROW = /^[\x20-\x7e\xa0-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2500-\u25fc]*$/;

/** Cells that a terminal gives a text which went through `safeText`. */
export function cellWidth(text: string): number {
  if (NARROW.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += codePointWidth(character.codePointAt(0) ?? 0);
  return width;
}

export function lineWidth(line: Line): number {
  return line.reduce((sum, {text}) => sum + cellWidth(text), 0);
}

/** The longest start of a text that fits, graphemes kept whole; a cut is marked by `…`, which has its place in the width. */
export function truncate(text: string, width: number): string {
  if (width <= 0) return '';
  if (NARROW.test(text)) {
    return text.length <= width ? text : text.slice(0, width - 1) + ELLIPSIS;
  }
  if (cellWidth(text) <= width) return text;
  return takeCells(text, width - 1) + ELLIPSIS;
}

/** The longest start of a text that takes at most `width` cells, graphemes kept whole. */
function takeCells(text: string, width: number): string {
  let taken = '';
  let used = 0;
  for (const segment of graphemes(text)) {
    used += cellWidth(segment);
    if (used > width) break;
    taken += segment;
  }
  return taken;
}

/** Parts cut to a width, the `…` in the tone of what was cut. */
export function truncateLine(line: Line, width: number): Line {
  const kept: Part[] = [];
  let left = width;
  for (const [index, {text, tone}] of line.entries()) {
    const needs = cellWidth(text);
    const isLast = index === line.length - 1;
    // The text that fills the line to its end is cut too when more would follow it.
    if (needs < left || (needs === left && isLast)) {
      kept.push({text, tone});
      left -= needs;
      continue;
    }
    const rest = line.slice(index + 1).some(other => other.text !== '');
    const cut = truncate(rest ? `${text} ` : text, left);
    if (cut !== '') kept.push({text: cut, tone});
    return kept;
  }
  return kept;
}

/** Exactly `width` cells: cut, or filled with blanks at the end (`left`) or before (`right`). */
export function fitLine(line: Line, width: number, align: 'left' | 'right' = 'left'): Line {
  const cut = truncateLine(line, width);
  const missing = width - lineWidth(cut);
  if (missing <= 0) return cut;
  const blank: Part = {text: ' '.repeat(missing), tone: 'plain'};
  return align === 'left' ? [...cut, blank] : [blank, ...cut];
}

/** `line` cut so that `tail`, which must stay readable, stands whole behind it; exactly `width` cells. */
export function fitLineWithTail(line: Line, tail: Line, width: number): Line {
  const tailWidth = lineWidth(tail);
  if (tailWidth === 0 || tailWidth >= width) return fitLine(tailWidth === 0 ? line : tail, width);
  return fitLine([...truncateLine(line, width - tailWidth), ...tail], width);
}

/** `left` at the left edge and `right` at the right one; when both do not fit, `left` is cut. Exactly `width` cells. */
export function spread(left: Line, right: Line, width: number): Line {
  const rightWidth = lineWidth(right);
  if (rightWidth + 1 >= width) return fitLine(rightWidth > width ? right : left, width);
  return [...fitLine(left, width - rightWidth), ...right];
}

export function restyle(line: Line, tone: Tone): Line {
  return line.map(({text}) => ({text, tone}));
}

/** Words of a text in lines of at most `width` cells; a longer word is broken. At least one line. */
export function wrapText(text: string, width: number): readonly string[] {
  if (width <= 0) return [''];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const candidate = line === '' ? word : `${line} ${word}`;
    if (cellWidth(candidate) <= width) {
      line = candidate;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (cellWidth(line) > width) {
      const head = takeCells(line, width);
      // A single grapheme wider than the line cannot be shown.
      if (head === '') return lines.length > 0 ? lines : [''];
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  lines.push(line);
  return lines;
}
