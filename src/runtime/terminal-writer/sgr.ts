import {FLAG, PALETTE, type Style, TRUE_COLOUR} from './style.ts';

/** Code that sets a flag, code that takes it back. Source: ECMA-48, 8.3.117; overline as in xterm. */
const FLAG_CODES: readonly (readonly [flag: number, on: number, off: number])[] = [
  [FLAG.bold, 1, 22],
  [FLAG.dim, 2, 22],
  [FLAG.italic, 3, 23],
  [FLAG.underline, 4, 24],
  [FLAG.blink, 5, 25],
  [FLAG.inverse, 7, 27],
  [FLAG.hidden, 8, 28],
  [FLAG.strike, 9, 29],
  [FLAG.overline, 53, 55],
];

const INTENSITY = FLAG.bold | FLAG.dim;

interface MutableStyle {
  fg: number;
  bg: number;
  flags: number;
}

/** Reads `38;5;n` and `38;2;r;g;b` from `at`; the colour, and how many parameters it took. */
function extendedColour(codes: readonly number[], at: number): readonly [colour: number | null, taken: number] {
  if (codes[at + 1] === 5) return [PALETTE + ((codes[at + 2] ?? 0) & 0xff), 3];
  if (codes[at + 1] !== 2) return [null, 1];
  const [red = 0, green = 0, blue = 0] = codes.slice(at + 2, at + 5).map(part => part & 0xff);
  return [TRUE_COLOUR + red * 0x10000 + green * 0x100 + blue, 5];
}

function applyColour(style: MutableStyle, code: number): void {
  if (code >= 30 && code <= 37) style.fg = code - 29;
  else if (code >= 90 && code <= 97) style.fg = code - 81;
  else if (code === 39) style.fg = 0;
  else if (code >= 40 && code <= 47) style.bg = code - 39;
  else if (code >= 100 && code <= 107) style.bg = code - 91;
  else if (code === 49) style.bg = 0;
}

/** The style after `CSI parameters m`. What is unknown is ignored. */
export function applySgr(before: Style, parameters: string): Style {
  const style: MutableStyle = {...before};
  const codes = parameters.split(/[;:]/).map(Number);
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    if (code === 0) Object.assign(style, {fg: 0, bg: 0, flags: 0});
    else if (code === 38 || code === 48) {
      const [colour, taken] = extendedColour(codes, at);
      if (colour !== null) style[code === 38 ? 'fg' : 'bg'] = colour;
      at += taken - 1;
    } else {
      for (const [flag, on, off] of FLAG_CODES) {
        if (code === on) style.flags |= flag;
        if (code === off) style.flags &= ~flag;
      }
      applyColour(style, code);
    }
  }
  return style;
}

function colourCode(colour: number, base: 30 | 40): string {
  if (colour === 0) return String(base + 9);
  if (colour <= 8) return String(base + colour - 1);
  if (colour <= 16) return String(base + 60 + colour - 9);
  if (colour < TRUE_COLOUR) return `${base + 8};5;${colour - PALETTE}`;
  return `${base + 8};2;${(colour >> 16) & 0xff};${(colour >> 8) & 0xff};${colour & 0xff}`;
}

function fromPlain(to: Style): string[] {
  const codes = FLAG_CODES.filter(([flag]) => (to.flags & flag) !== 0).map(([, on]) => String(on));
  if (to.fg !== 0) codes.push(colourCode(to.fg, 30));
  if (to.bg !== 0) codes.push(colourCode(to.bg, 40));
  return codes;
}

function fromStyle(from: Style, to: Style): string[] {
  const codes: string[] = [];
  let flags = from.flags;
  // 22 ends both bold and dim, so what stays of them is set again.
  if ((flags & ~to.flags & INTENSITY) !== 0) {
    codes.push('22');
    flags &= ~INTENSITY;
  }
  for (const [flag, on, off] of FLAG_CODES) {
    if ((flags & flag) !== 0 && (to.flags & flag) === 0) codes.push(String(off));
    if ((flags & flag) === 0 && (to.flags & flag) !== 0) codes.push(String(on));
  }
  if (from.fg !== to.fg) codes.push(colourCode(to.fg, 30));
  if (from.bg !== to.bg) codes.push(colourCode(to.bg, 40));
  return codes;
}

/**
 * The shortest sequence from one style to another; empty when they are equal.
 *
 * @param from - null when it is not known.
 * @param canTakeBack - The terminal knows the codes that take single attributes back; a VT100 does not.
 */
export function sgrBetween(from: Style | null, to: Style, canTakeBack: boolean): string {
  const anew = fromPlain(to);
  const fresh = anew.length === 0 ? '\x1b[m' : `\x1b[0;${anew.join(';')}m`;
  if (from === null) return fresh;
  const change = fromStyle(from, to);
  if (change.length === 0) return '';
  const isAddedOnly = from.fg === 0 && from.bg === 0 && (from.flags & ~to.flags) === 0;
  if (!canTakeBack && !isAddedOnly) return fresh;
  const step = `\x1b[${change.join(';')}m`;
  return step.length <= fresh.length ? step : fresh;
}
