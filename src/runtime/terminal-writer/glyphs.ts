import stringWidth from 'string-width';
import {codePointWidth} from '../cell-width.ts';
import {isWidthUnsure} from '../unsure-width.ts';

/** The cell is empty. */
export const BLANK = 0x20;
/** The cell belongs to the wide glyph before it. */
export const TAIL = 0;
/** What stands there is not known: nothing equals it. */
export const UNKNOWN = 0xffffffff;

const FIRST_CLUSTER = 0x110000;
/** Every code point below has a sure width: most texts end here. */
const FIRST_UNSURE = 0x897;

interface Cluster {
  readonly text: string;
  readonly width: number;
  readonly isSure: boolean;
}

/**
 * Glyphs by number, equal glyphs by equal numbers: one code point is its own number, a cluster of several gets one.
 *
 * The table only grows; a writer takes a new one when it is `isFull`.
 */
export class GlyphTable {
  readonly #clusters: Cluster[] = [];
  readonly #numbers = new Map<string, number>();

  number(text: string): number {
    const codePoint = text.codePointAt(0) ?? BLANK;
    if (text.length === (codePoint > 0xffff ? 2 : 1)) return codePoint;
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    let sum = 0;
    for (const character of text) sum += codePointWidth(character.codePointAt(0) ?? 0);
    // Ink lays out by string-width: the frame has as many cells for the cluster as that says.
    const width = stringWidth(text);
    const number = FIRST_CLUSTER + this.#clusters.push({text, width, isSure: sum === width}) - 1;
    this.#numbers.set(text, number);
    return number;
  }

  text(number: number): string {
    return number < FIRST_CLUSTER ? String.fromCodePoint(number) : this.#cluster(number).text;
  }

  width(number: number): number {
    return number < FIRST_CLUSTER ? codePointWidth(number) : this.#cluster(number).width;
  }

  /** Do all terminals move their cursor by `width` for it? */
  isSure(number: number): boolean {
    if (number >= FIRST_CLUSTER) return this.#cluster(number).isSure;
    return number < FIRST_UNSURE || !isWidthUnsure(String.fromCodePoint(number));
  }

  get isFull(): boolean {
    return this.#clusters.length > 20_000;
  }

  #cluster(number: number): Cluster {
    const cluster = this.#clusters[number - FIRST_CLUSTER];
    if (cluster === undefined) throw new RangeError(`no glyph ${number}`);
    return cluster;
  }
}
