/** What a terminal understands beyond placing the cursor, erasing to an end, and setting attributes. */
export interface Abilities {
  /** CUU, CUD, CUF, CUB: moves from where the cursor is. */
  readonly movesRelatively: boolean;
  /** CHA: a column of the same row. */
  readonly movesToColumn: boolean;
  /** ECH: empties cells without moving. */
  readonly erasesCells: boolean;
  /** REP: the last glyph again, n times. */
  readonly repeats: boolean;
  /** Codes that take back one attribute each. */
  readonly takesBackStyles: boolean;
  /** Scrolls some rows (DECSTBM), with SU and SD. */
  readonly scrolls: boolean;
  /** Mode 2026: shows a whole frame at once. Terminals that do not know it ignore it. */
  readonly synchronizes: boolean;
}

const LEAST: Abilities = {
  movesRelatively: false,
  movesToColumn: false,
  erasesCells: false,
  repeats: false,
  takesBackStyles: false,
  scrolls: false,
  synchronizes: false,
};

/** VT220 and everything that calls itself an xterm. */
const COMMON: Abilities = {
  movesRelatively: true,
  movesToColumn: true,
  erasesCells: true,
  repeats: false,
  takesBackStyles: true,
  scrolls: true,
  synchronizes: true,
};

/**
 * By the start of TERM, first match. REP only where the name stands for one program: mosh calls itself an xterm and lacks it.
 * Sources: terminfo 6.4, console_codes(4), VT100 user guide.
 */
const FAMILIES: readonly (readonly [start: RegExp, abilities: Abilities])[] = [
  [/^(?:xterm-)?(?:kitty|ghostty)|^(?:foot|alacritty|wezterm|contour|tmux)/, {...COMMON, repeats: true}],
  [/^(?:xterm|rxvt|konsole|gnome|vte|st(?:-|$)|mlterm|iterm|putty|mintty|cygwin|nsterm|eterm)/i, COMMON],
  [/^screen/, {...COMMON, synchronizes: false}],
  [/^linux/, {...COMMON, scrolls: false, synchronizes: false}],
  [/^vt[2-5]\d\d/, {...COMMON, movesToColumn: false, scrolls: false, synchronizes: false}],
  [/^(?:vt1\d\d|ansi)/, {...LEAST, movesRelatively: true}],
];

/** What the terminal of that TERM can do; only the least for a name that nobody knows. */
export function abilitiesOf(term: string): Abilities {
  return FAMILIES.find(([start]) => start.test(term))?.[1] ?? LEAST;
}
