import {Fault} from '../domain/fault.ts';

export type Operator = ':' | '>' | '>=' | '<' | '<=';

/** One condition as written. Places are columns in the text, from 1. */
export interface Term {
  readonly negated: boolean;
  /** null for a bare word, which is looked for everywhere or is the name of a flag. */
  readonly field: {readonly name: string; readonly operator: Operator; readonly column: number} | null;
  readonly value: TermValue;
  readonly column: number;
}

/** `words` are alternatives, `*` in them stands for any run of characters; `exact` was quoted; `pattern` stood between slashes. */
export type TermValue =
  | {readonly kind: 'words'; readonly words: readonly string[]; readonly column: number}
  | {readonly kind: 'exact'; readonly text: string; readonly column: number}
  | {readonly kind: 'pattern'; readonly source: string; readonly column: number};

/** Longer than this nobody types; it bounds the work of every filter. */
const MAX_FILTER_LENGTH = 500;

const FIELD = /^([a-z][\w.-]*)(>=|<=|[:><])/i;

/**
 * Splits a filter into its terms: `customer:mueller severity:critical,unknown !acked age>2h "voll in" host:/^web-\d+$/`.
 *
 * @throws {Fault} `FILTER_LENGTH`, `FILTER_QUOTE` (a quote without its end) or `FILTER_VALUE` (nothing after the
 *   operator); `values.column` says where, from 1.
 */
export function parseTerms(text: string): readonly Term[] {
  if (text.length > MAX_FILTER_LENGTH) {
    throw new Fault('FILTER_LENGTH', `a filter has at most ${MAX_FILTER_LENGTH} characters`, {
      column: MAX_FILTER_LENGTH + 1,
      max: MAX_FILTER_LENGTH,
    });
  }
  const terms: Term[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const {term, end} = readTerm(text, at);
    terms.push(term);
    at = skipSpace(text, end);
  }
  return terms;
}

function readTerm(text: string, start: number): {term: Term; end: number} {
  let at = start;
  const negated = text[at] === '!';
  if (negated) at++;
  const found = FIELD.exec(text.slice(at));
  const name = found?.[1];
  const operator = found?.[2] as Operator | undefined;
  const field = name === undefined || operator === undefined ? null : {name, operator, column: at + 1};
  if (found !== null) at += found[0].length;
  const {value, end} = readValue(text, at);
  return {term: {negated, field, value, column: start + 1}, end};
}

function readValue(text: string, start: number): {value: TermValue; end: number} {
  const column = start + 1;
  const opener = text[start];
  if (opener === '"') {
    const quoted = readDelimited(text, start);
    if (quoted === null) throw new Fault('FILTER_QUOTE', `the quote at column ${column} is never closed`, {column});
    return {value: {kind: 'exact', text: quoted.inner, column}, end: quoted.end};
  }
  if (opener === '/') {
    // `/var` and `/var/log` are paths: only a slash that ends its word ends a pattern.
    const pattern = readDelimited(text, start);
    if (pattern !== null && (pattern.end === text.length || isSpace(text[pattern.end]))) {
      return {value: {kind: 'pattern', source: pattern.inner, column}, end: pattern.end};
    }
  }
  let end = start;
  while (end < text.length && !isSpace(text[end])) end++;
  const words = text.slice(start, end).split(',').filter(Boolean);
  if (words.length === 0) throw new Fault('FILTER_VALUE', `a value is missing at column ${column}`, {column});
  return {value: {kind: 'words', words, column}, end};
}

/** From a quote or slash to its twin, null without one; a backslash keeps the next one from ending it. */
function readDelimited(text: string, start: number): {inner: string; end: number} | null {
  const delimiter = text[start] ?? '';
  let inner = '';
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\' && text[at + 1] === delimiter) {
      inner += delimiter;
      at++;
    } else if (text[at] === delimiter) {
      return {inner, end: at + 1};
    } else {
      inner += text[at];
    }
  }
  return null;
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text[at])) at++;
  return at;
}
