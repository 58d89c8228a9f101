import type {SafeText} from '../domain/text.ts';
import {codePointWidth} from './cell-width.ts';
import {graphemes, isPlain} from './graphemes.ts';
import {isWidthUnsure} from './unsure-width.ts';

/** How much of an outside text is kept; what is cut off is marked by `…` at the end. */
export interface TextLimit {
  /** UTF-8 bytes of the result. */
  readonly bytes?: number;
  /** Graphemes of the result. */
  readonly graphemes?: number;
}

/** Limits of a text of several lines. */
export interface LinesLimit {
  /** UTF-16 code units read of the whole text, before any work. */
  readonly units?: number;
  readonly lines?: number;
  /** Of each line. */
  readonly line?: TextLimit;
}

const DEFAULT_BYTES = 4096;
const DEFAULT_LINES_UNITS = 65_536;
const DEFAULT_LINES = 500;

/** Longer clusters (a letter under a tower of accents) spill into other rows. Source: security rule 43. */
const MOST_UNITS_PER_GRAPHEME = 8;

/** Stands for what was taken out, so that a reader sees that something was there. */
const REPLACEMENT = '\uFFFD';
const ELLIPSIS = '…';
const ELLIPSIS_BYTES = 3;
const MOST_BYTES_PER_UNIT = 3;

/**
 * What asks for another look of the emoji before it: variation selector, skin colour, joiner, keycap. Terminals measure
 * such clusters in different ways, but the parts alike, so only the parts are kept: 👩‍🚒 is drawn as 👩🚒, ⚠️ as ⚠.
 */
const EMOJI_LOOK =
  /(?<=\p{Extended_Pictographic})(?:\uFE0E|\uFE0F|\u200D|[\u{1F3FB}-\u{1F3FF}])+|(?<=[#*0-9])[\uFE0F\u20E3]+/gu;

const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/;
const BLANK = /\r\n|[\n\r\t\u2028\u2029]/g;

/** Controls, format and bidi characters, zero-width, fillers, tags, selectors, surrogates, private use, unassigned. */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** What a reader takes for a part of the character before it, even of a blank of ours: marks, skin colours, two Thai and Lao vowels. */
const JOINS_BEFORE = /^[\p{Grapheme_Extend}\p{Mc}\p{Emoji_Modifier}\u0E33\u0EB3]/u;
/** What takes the character after it into itself. */
const JOINS_AFTER = /[\u0D4E\u{111C2}\u{111C3}\u{113D1}\u{1193F}\u{11941}\u{11A84}-\u{11A89}\u{11D46}\u{11F02}]$/u;

/**
 * Do terminals that measure by code point and those that measure by cluster give it the same cells? Not when something
 * wide goes on (a syllable of jamo, an emoji with a spacing mark), nor when it joins what we put before or behind it.
 */
function isSafeCluster(cluster: string): boolean {
  if (cluster.length > MOST_UNITS_PER_GRAPHEME || isWidthUnsure(cluster)) return false;
  if (JOINS_BEFORE.test(cluster) || JOINS_AFTER.test(cluster)) return false;
  let base = 0;
  for (const character of cluster) {
    const width = codePointWidth(character.codePointAt(0) ?? 0);
    if (base === 0) base = width;
    else if (base === 2 && width > 0) return false;
    if (base === 0) return false;
  }
  return true;
}

/** The longest start of `clusters` that fits both limits, with room for the ellipsis when it is not all of them. */
function cut(clusters: readonly string[], bytes: number, most: number, isCutAlready: boolean): string {
  let kept = '';
  let keptBytes = 0;
  let short = '';
  for (const [index, cluster] of clusters.entries()) {
    keptBytes += Buffer.byteLength(cluster);
    if (keptBytes > bytes || index >= most) return withEllipsis(short, bytes, most);
    kept += cluster;
    if (keptBytes + ELLIPSIS_BYTES <= bytes && index + 2 <= most) short = kept;
  }
  return isCutAlready ? withEllipsis(short, bytes, most) : kept;
}

function withEllipsis(text: string, bytes: number, most: number): string {
  return bytes < ELLIPSIS_BYTES || most < 1 ? '' : text + ELLIPSIS;
}

/**
 * Makes a text from outside fit to be painted on one line of any terminal (security rules 42 and 43).
 *
 * Line breaks and tabs become a space. Everything that could act on the terminal, hide, reorder or glue becomes U+FFFD: C0, DEL,
 * C1, bidi, zero-width, tags, fillers, unassigned, private use, lone surrogates, marks without a base, clusters of more
 * than 8 code units, and those about whose width terminals disagree. The text is in NFC; what is safe already is
 * returned as it is, in one look at each character.
 *
 * @param limit - 4,096 bytes and any number of graphemes by default; the byte limit also bounds the work.
 */
export function safeText(input: string, limit: TextLimit = {}): SafeText {
  const {bytes = DEFAULT_BYTES, graphemes: most = Number.POSITIVE_INFINITY} = limit;
  const isCut = input.length > bytes;
  const head = isCut ? input.slice(0, bytes) : input;
  if (isPlain(head)) {
    if (!isCut && head.length <= most && fitsBytes(head, bytes)) return head as SafeText;
    return cut([...head], bytes, most, isCut) as SafeText;
  }
  const text = head.replace(EMOJI_LOOK, '').normalize('NFC').replace(BLANK, ' ').replace(UNSAFE, REPLACEMENT);
  const clusters: string[] = [];
  for (const cluster of graphemes(text)) {
    const isKept = (cluster.length === 1 && isPlain(cluster)) || isSafeCluster(cluster);
    clusters.push(isKept ? cluster : REPLACEMENT);
  }
  return cut(clusters, bytes, most, isCut) as SafeText;
}

function fitsBytes(text: string, bytes: number): boolean {
  return text.length * MOST_BYTES_PER_UNIT <= bytes || Buffer.byteLength(text) <= bytes;
}

/**
 * A text of several lines, as plugins and scripts print it: one `SafeText` a line, without the empty ones at the end.
 *
 * @param limit - 64 Ki code units, 500 lines and 4,096 bytes a line by default; cut lines are marked by a last line `…`.
 */
export function safeLines(input: string, limit: LinesLimit = {}): readonly SafeText[] {
  const {units = DEFAULT_LINES_UNITS, lines = DEFAULT_LINES, line = {}} = limit;
  const all = input
    .slice(0, units)
    .trimEnd()
    .split(LINE_BREAK, lines + 1);
  const kept = all.slice(0, lines).map(text => safeText(text, line));
  if (all.length > lines || input.length > units) kept.push(safeText(ELLIPSIS));
  return kept.length === 1 && kept[0] === '' ? [] : kept;
}
