import {Fault} from '../../domain/fault.ts';

/** One line of an exposition: `name{labels} value`. Timestamps are read and left out, as scraping takes its own. */
export interface Sample {
  readonly name: string;
  /** Null prototype: label names come from outside. Address labels by name; exporters add new ones. */
  readonly labels: Readonly<Record<string, string>>;
  /** May be NaN or infinite. */
  readonly value: number;
}

/** Bounds on one line; real exporters stay far below. Lines beyond it fail the scrape, as they would fill memory. */
const MAX_LINE_CHARACTERS = 65_536;
const MAX_LABELS = 128;

/** Never used as keys, though a null prototype would bear them. Source: security rule 32. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const SPACE = 0x20;
const TAB = 0x09;
const QUOTE = 0x22;
const HASH = 0x23;
const COMMA = 0x2c;
const EQUALS = 0x3d;
const BACKSLASH = 0x5c;
const BRACE_OPEN = 0x7b;
const BRACE_CLOSE = 0x7d;
const CARRIAGE_RETURN = 0x0d;

/** Go float as Prometheus writes it: decimal with an exponent, hexadecimal integer, `NaN`, `Inf`. Linear: no repeated choice overlaps. */
const DECIMAL = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const HEXADECIMAL = /^[+-]?0[xX][0-9a-fA-F]+$/;
const WORDS: ReadonlyMap<string, number> = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['+inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
]);
const INTEGER = /^-?[0-9]+(?:\.[0-9]+)?$/;

function isNameStart(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f || code === 0x3a;
}

function isNamePart(code: number): boolean {
  return isNameStart(code) || (code >= 0x30 && code <= 0x39);
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

/** Value of a Go float literal; undefined when it is none. */
function goFloat(text: string): number | undefined {
  if (DECIMAL.test(text)) return Number(text);
  const word = WORDS.get(text.toLowerCase());
  if (word !== undefined) return word;
  if (!HEXADECIMAL.test(text)) return undefined;
  const isNegative = text.startsWith('-');
  const digits = Number(text.replace(/^[+-]/, ''));
  return isNegative ? -digits : digits;
}

/** Where the cursor stands in one line. */
interface Scan {
  readonly line: string;
  at: number;
}

function skipBlanks(scan: Scan): void {
  while (isBlank(scan.line.charCodeAt(scan.at))) scan.at += 1;
}

/** A metric or label name at the cursor; '' when none stands there. */
function readName(scan: Scan): string {
  const start = scan.at;
  if (!isNameStart(scan.line.charCodeAt(start))) return '';
  scan.at += 1;
  while (isNamePart(scan.line.charCodeAt(scan.at))) scan.at += 1;
  return scan.line.slice(start, scan.at);
}

/** A quoted text at the cursor with `\\`, `\"` and `\n` undone; undefined when it does not end. */
function readQuoted(scan: Scan): string | undefined {
  const {line} = scan;
  scan.at += 1;
  let start = scan.at;
  let text = '';
  while (scan.at < line.length) {
    const code = line.charCodeAt(scan.at);
    if (code === QUOTE) {
      const whole = text + line.slice(start, scan.at);
      scan.at += 1;
      return whole;
    }
    if (code === BACKSLASH) {
      const next = line[scan.at + 1];
      if (next === undefined) return undefined;
      text += line.slice(start, scan.at) + (next === 'n' ? '\n' : next === '\\' || next === '"' ? next : `\\${next}`);
      scan.at += 2;
      start = scan.at;
    } else scan.at += 1;
  }
  return undefined;
}

/** Labels from `{` to `}`, also with the name quoted inside as Prometheus 3 sends it; undefined when malformed. */
function readLabels(scan: Scan, labels: Record<string, string>): {readonly quotedName: string | null} | undefined {
  const {line} = scan;
  let quotedName: string | null = null;
  let count = 0;
  scan.at += 1;
  for (;;) {
    skipBlanks(scan);
    if (line.charCodeAt(scan.at) === BRACE_CLOSE) {
      scan.at += 1;
      return {quotedName};
    }
    const isQuoted = line.charCodeAt(scan.at) === QUOTE;
    const name = isQuoted ? readQuoted(scan) : readName(scan);
    if (name === undefined || name === '') return undefined;
    skipBlanks(scan);
    if (line.charCodeAt(scan.at) === EQUALS) {
      scan.at += 1;
      skipBlanks(scan);
      if (line.charCodeAt(scan.at) !== QUOTE) return undefined;
      const value = readQuoted(scan);
      if (value === undefined) return undefined;
      count += 1;
      if (count > MAX_LABELS) return undefined;
      if (!FORBIDDEN_KEYS.has(name)) labels[name] = value;
    } else if (isQuoted && quotedName === null && count === 0) quotedName = name;
    else return undefined;
    skipBlanks(scan);
    const end = line.charCodeAt(scan.at);
    if (end === COMMA) scan.at += 1;
    else if (end !== BRACE_CLOSE) return undefined;
  }
}

/** The word up to the next blank or the end of the line. */
function readWord(scan: Scan): string {
  const start = scan.at;
  while (scan.at < scan.line.length && !isBlank(scan.line.charCodeAt(scan.at))) scan.at += 1;
  return scan.line.slice(start, scan.at);
}

/**
 * Reads one line of the text format.
 *
 * @param line - Without its line feed.
 * @returns The sample; null for a comment or an empty line; undefined when the line is malformed.
 *
 * Grammar: Prometheus text format 0.0.4, and of OpenMetrics what servers send by mistake (timestamps with a fraction, exemplars
 * after ` # `). Source: prometheus.io, "Exposition formats".
 */
export function parseLine(line: string): Sample | null | undefined {
  const scan: Scan = {line, at: 0};
  skipBlanks(scan);
  const first = line.charCodeAt(scan.at);
  if (Number.isNaN(first) || first === HASH) return null;
  let name = readName(scan);
  if (name === '' && first !== BRACE_OPEN) return undefined;
  skipBlanks(scan);
  const labels: Record<string, string> = Object.create(null);
  if (line.charCodeAt(scan.at) === BRACE_OPEN) {
    const read = readLabels(scan, labels);
    if (read === undefined) return undefined;
    if (read.quotedName !== null && name !== '') return undefined;
    name = read.quotedName ?? name;
  } else if (!isBlank(line.charCodeAt(scan.at - 1))) return undefined;
  if (name === '') return undefined;
  skipBlanks(scan);
  const value = goFloat(readWord(scan));
  if (value === undefined) return undefined;
  skipBlanks(scan);
  const rest = readWord(scan);
  if (rest !== '' && !rest.startsWith('#') && !INTEGER.test(rest)) return undefined;
  skipBlanks(scan);
  const isEnd = scan.at >= line.length || rest.startsWith('#') || line.charCodeAt(scan.at) === HASH;
  return isEnd ? {name, labels, value} : undefined;
}

/** Takes an exposition in pieces of any size; holds one line at most. */
export interface ExpositionReader {
  /** @throws {Fault} `EXPOSITION_SYNTAX` at the first malformed line, as Prometheus itself gives up on such a scrape. */
  push(chunk: Uint8Array): void;
  /** The last piece was given. @throws {Fault} as `push`. */
  end(): void;
}

/** Hands each sample to `take` as soon as its line is whole; memory does not grow with the length of the answer. */
export function expositionReader(take: (sample: Sample) => void): ExpositionReader {
  const decoder = new TextDecoder();
  let rest = '';
  let lineNumber = 0;

  function takeLine(line: string): void {
    lineNumber += 1;
    const text = line.charCodeAt(line.length - 1) === CARRIAGE_RETURN ? line.slice(0, -1) : line;
    const sample = text.length > MAX_LINE_CHARACTERS ? undefined : parseLine(text);
    if (sample === undefined) {
      throw new Fault('EXPOSITION_SYNTAX', `line ${lineNumber} of the metrics cannot be read`, {line: lineNumber});
    }
    if (sample !== null) take(sample);
  }

  function takeText(text: string): void {
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      takeLine(rest + text.slice(start, end));
      rest = '';
      start = end + 1;
    }
    rest += text.slice(start);
    if (rest.length > MAX_LINE_CHARACTERS) takeLine(rest);
  }

  return {
    push: chunk => takeText(decoder.decode(chunk, {stream: true})),
    end() {
      takeText(decoder.decode());
      if (rest !== '') takeLine(rest);
    },
  };
}
