import {codePointWidth} from './cell-width.ts';
import type {Environment} from './folders.ts';
import {graphemes} from './graphemes.ts';

/** The signs that Nocturne draws with, each by one of the same width that says the same. */
const SIGNS: Readonly<Record<string, string>> = {
  '▲': '^',
  '●': '*',
  '◆': '?',
  '○': 'o',
  '✓': '+',
  '✗': 'x',
  '·': '.',
  '•': '*',
  '▌': '>',
  '…': '~',
  '–': '-',
  '—': '-',
  '›': '>',
  '≈': '~',
  '└': '+',
  '├': '+',
  '▸': '>',
  '▾': 'v',
  '─': '-',
  '┄': ':',
  '┤': '+',
  '│': '|',
  '┌': '+',
  '┐': '+',
  '┘': '+',
  '↑': '^',
  '↓': 'v',
  '→': '>',
  '←': '<',
  '„': '"',
  '“': '"',
  '”': '"',
  '’': "'",
  '▁': '_',
  '▂': '_',
  '▃': '-',
  '▄': '-',
  '▅': '-',
  '▆': '=',
  '▇': '=',
  '█': '#',
  ß: 's',
};

const ASCII = /^[\x00-\x7f]*$/;
const MARKS = /\p{M}/gu;

/**
 * A text in ASCII alone, for terminals that cannot show UTF-8. Every cluster keeps its cells: signs become like ones, letters lose their
 * accents (`ü` is `u`, as it must not grow), the rest becomes `?`.
 */
export function asciiText(text: string): string {
  if (ASCII.test(text)) return text;
  let spelt = '';
  for (const cluster of graphemes(text)) spelt += ASCII.test(cluster) ? cluster : asciiCluster(cluster);
  return spelt;
}

function asciiCluster(cluster: string): string {
  const sign = SIGNS[cluster];
  if (sign !== undefined) return sign;
  const bare = cluster.normalize('NFD').replace(MARKS, '');
  if (bare.length === 1 && ASCII.test(bare)) return bare;
  let width = 0;
  for (const character of cluster) width += codePointWidth(character.codePointAt(0) ?? 0);
  return '?'.repeat(width);
}

/** Does the locale name a character set that is not UTF-8? One that says nothing is taken for UTF-8, as terminals are today. */
export function isForeignCharset(env: Environment): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return locale !== '' && !/utf-?8/i.test(locale);
}
