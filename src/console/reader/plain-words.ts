import type {Translate} from '../../runtime/i18n.ts';
import {cellWidth} from '../../view/cells.ts';
import type {FittedColumn} from '../../view/columns.ts';
import type {Line} from '../../view/tone.ts';

/** Shapes that stand for a state, and the word for each under `reader.sign`. */
const STATES: Readonly<Record<string, string>> = {
  '▲': 'critical',
  '●': 'warning',
  '◆': 'unknown',
  '✓': 'ok',
  '✗': 'failed',
  '○': 'stale',
};
const STATE = /([▲●◆✓✗○]) ?(?=(\S*))/gu;
const STATE_WORDS = [
  'severity.critical',
  'severity.warning',
  'severity.unknown',
  'severity.ok',
  'severity.pending',
] as const;
const HOST_WORDS = ['host.up', 'host.down', 'host.unreachable', 'host.unknown'] as const;

/** What else is drawn for the eye alone: bars, borders, dots between words. */
const SIGNS = /[\u2500-\u25ff\u00b7\u2022\u203a]/gu;

/** A text without what only the eye can use. A shape is said by its word, unless that stands beside it or it only ticks off what is before it. */
export function plainWords(text: string, t: Translate): string {
  const said = new Set([...STATE_WORDS, ...HOST_WORDS].map(key => t(`view.${key}`)));
  const words = text.replace(STATE, (_, sign: string, next: string) => {
    const isTick = next === '' && text.trim() !== sign;
    return isTick || said.has(next) ? ' ' : ` ${t(`reader.sign.${STATES[sign]}`)} `;
  });
  return words.replaceAll(SIGNS, ' ').replaceAll(/\s+/gu, ' ').trim();
}

export function lineWords(line: Line, t: Translate): string {
  return plainWords(line.map(({text}) => text).join(''), t);
}

/** What stands in the cells of a row, each behind the name of its column: `Kunde Hofer KG, Host nas-01, Cpu 12 %`. */
export function tableWords<K extends string>(
  columns: readonly FittedColumn<K>[],
  head: Line,
  row: Line,
  t: Translate,
): string {
  const names = cellsOf(columns, head, t);
  const cells = cellsOf(columns, row, t).map((cell, index) => {
    const name = names[index] ?? '';
    return cell === '' || cell === '–'
      ? ''
      : [name.slice(0, 1) + name.slice(1).toLowerCase(), cell].filter(Boolean).join(' ');
  });
  return cells.filter(Boolean).join(', ');
}

/** The texts of the cells. A row is made of whole cells with one piece of blanks between two of them. */
function cellsOf<K extends string>(columns: readonly FittedColumn<K>[], line: Line, t: Translate): readonly string[] {
  let at = 0;
  return columns.map((column, index) => {
    if (index > 0) at++;
    let text = '';
    for (let width = 0; width < column.width && at < line.length; at++) {
      const piece = line[at]?.text ?? '';
      text += piece;
      width += cellWidth(piece);
    }
    return plainWords(text, t);
  });
}
