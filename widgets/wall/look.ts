import type {Tone} from '../../src/view/tone.ts';

/** The tones of the faces, and those that only the wall has. */
export type WallTone =
  | Tone
  /** The one accent: what a chart says, the page that is shown. */
  | 'accent'
  /** What is left of a ring, axes, rules between parts. */
  | 'track'
  /** The band that interrupts: light on the colour of what is critical. */
  | 'alarm'
  /** The same when nothing is known any more. */
  | 'blind';

/**
 * How a cell looks, in blessed's packing `flags << 18 | foreground << 9 | background`. Foreground and background are no
 * colours but the numbers of `INK`; `src/wall/palette.ts` gives them a colour by depth of the terminal and time of day.
 */
export type Look = number;

/** Colours by meaning. The numbers are those of the nearest of the 8 old colours, so that they also read well in a dump. */
export const INK = {
  critical: 1,
  ok: 2,
  warning: 3,
  accent: 4,
  unknown: 5,
  stale: 6,
  light: 7,
  dim: 8,
  track: 9,
  shade: 10,
} as const;
export type Ink = (typeof INK)[keyof typeof INK];

/** Foreground or background that is the terminal's own. */
export const OWN = 0x1ff;

export const BOLD = 1;
export const UNDERLINE = 2;
export const INVERSE = 8;

function look(foreground: Ink | typeof OWN, background: Ink | typeof OWN = OWN, flags = 0): Look {
  return (flags << 18) | (foreground << 9) | background;
}

/** Nothing but the terminal's own colours: blessed's default. */
export const PLAIN: Look = look(OWN);

/** One table from meaning to look. */
export const LOOK: Readonly<Record<WallTone, Look>> = {
  plain: PLAIN,
  dim: look(INK.dim),
  strong: look(OWN, OWN, BOLD),
  critical: look(INK.critical, OWN, BOLD),
  warning: look(INK.warning, OWN, BOLD),
  unknown: look(INK.unknown, OWN, BOLD),
  ok: look(INK.ok),
  stale: look(INK.stale),
  pending: look(INK.dim),
  key: look(OWN, OWN, BOLD),
  caret: look(OWN, OWN, INVERSE),
  frame: look(INK.track),
  frameFocused: look(INK.accent),
  error: look(INK.critical, OWN, BOLD),
  accent: look(INK.accent),
  track: look(INK.track),
  alarm: look(INK.light, INK.critical, BOLD),
  blind: look(INK.light, INK.shade, BOLD),
};

export function foregroundOf(value: Look): number {
  return (value >> 9) & 0x1ff;
}

export function backgroundOf(value: Look): number {
  return value & 0x1ff;
}

export function flagsOf(value: Look): number {
  return value >> 18;
}
