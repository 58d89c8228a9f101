/** How a cell looks. Colours: 0 the terminal's own, 1–16 the first sixteen, `PALETTE` + n of 256, `TRUE_COLOUR` + RGB. */
export interface Style {
  readonly fg: number;
  readonly bg: number;
  /** Sum of `FLAG`s. */
  readonly flags: number;
}

export const PALETTE = 0x100;
export const TRUE_COLOUR = 0x1000000;

export const FLAG = {
  bold: 1,
  dim: 2,
  italic: 4,
  underline: 8,
  blink: 16,
  inverse: 32,
  hidden: 64,
  strike: 128,
  overline: 256,
} as const;

/** Flags that show on a cell without a glyph. */
const SHOWS_ON_BLANK = FLAG.underline | FLAG.inverse | FLAG.strike | FLAG.overline;

/** Number of the terminal's own style in every table. */
export const PLAIN = 0;

/** Styles by number, equal styles by equal numbers, so that cells compare as numbers do. */
export class StyleTable {
  readonly #styles: Style[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #blanks: number[] = [];

  constructor() {
    this.number({fg: 0, bg: 0, flags: 0});
  }

  number(style: Style): number {
    const key = `${style.fg}/${style.bg}/${style.flags}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#styles.push(style) - 1;
    this.#numbers.set(key, number);
    return number;
  }

  style(number: number): Style {
    const style = this.#styles[number];
    if (style === undefined) throw new RangeError(`no style ${number}`);
    return style;
  }

  /** Nobody has so many: somebody plays with colours, and a new table is due. */
  get isFull(): boolean {
    return this.#styles.length > 10_000;
  }

  /** The simplest style in which an empty cell looks the same: without what only shows on glyphs. */
  ofBlank(number: number): number {
    const known = this.#blanks[number];
    if (known !== undefined) return known;
    const {fg, bg, flags} = this.style(number);
    const shown = flags & SHOWS_ON_BLANK;
    // Lines are drawn in the foreground colour, and inverse makes it the background; bold and dim change its shade.
    const shade = shown === 0 ? 0 : flags & (FLAG.bold | FLAG.dim);
    const blank = this.number({fg: shown === 0 ? 0 : fg, bg, flags: shown | shade});
    this.#blanks[number] = blank;
    return blank;
  }
}
