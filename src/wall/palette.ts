import {
  BOLD,
  backgroundOf,
  flagsOf,
  foregroundOf,
  INK,
  INVERSE,
  type Ink,
  type Look,
  OWN,
  UNDERLINE,
} from '../../widgets/wall/look.ts';
import {FLAG, PALETTE, type Style, TRUE_COLOUR} from '../runtime/terminal-writer/style.ts';

/** What a terminal can show: no colour at all, the 16 old ones, the cube of 256, or any. */
export type ColourDepth = 'none' | '16' | '256' | 'true';

type Rgb = readonly [red: number, green: number, blue: number];

/** One meaning in each depth. */
interface Colour {
  /** Of the 16, from 0: 1 is red, 9 is bright red. */
  readonly old: number;
  /** At night: the same without brightness. */
  readonly oldDim: number;
  /** Of the 256. */
  readonly cube: number;
  readonly rgb: Rgb;
}

/** Chosen for distance: full for what needs a hand, held back for the rest. */
const COLOURS: Readonly<Record<Ink, Colour>> = {
  [INK.critical]: {old: 9, oldDim: 1, cube: 196, rgb: [255, 64, 54]},
  [INK.warning]: {old: 11, oldDim: 3, cube: 214, rgb: [255, 179, 32]},
  [INK.unknown]: {old: 13, oldDim: 5, cube: 141, rgb: [183, 148, 255]},
  [INK.ok]: {old: 2, oldDim: 2, cube: 71, rgb: [84, 174, 102]},
  [INK.accent]: {old: 6, oldDim: 6, cube: 74, rgb: [92, 173, 214]},
  [INK.stale]: {old: 8, oldDim: 8, cube: 245, rgb: [138, 138, 138]},
  [INK.light]: {old: 15, oldDim: 7, cube: 231, rgb: [255, 255, 255]},
  [INK.dim]: {old: 7, oldDim: 8, cube: 248, rgb: [168, 168, 168]},
  [INK.track]: {old: 8, oldDim: 8, cube: 239, rgb: [78, 78, 78]},
  [INK.shade]: {old: 8, oldDim: 8, cube: 238, rgb: [68, 68, 68]},
};

/** What the terminal's own foreground becomes when the wall dims it. */
const OWN_AT_NIGHT: Colour = {old: 7, oldDim: 8, cube: 252, rgb: [208, 208, 208]};

/**
 * Gives looks their colours.
 *
 * @param brightness - 1 is day; below, every colour is that much darker, the terminal's own foreground too.
 */
export function createPalette(depth: ColourDepth, brightness: number): (look: Look) => Style {
  return look => {
    const background = backgroundOf(look);
    const foreground = foregroundOf(look);
    const flags = flagCode(look);
    // Without colours a background is shown as inverse.
    if (depth === 'none') return {fg: 0, bg: 0, flags: flags | (background === OWN ? 0 : FLAG.inverse)};
    return {
      fg: foreground === OWN && brightness === 1 ? 0 : colourCode(colourOf(foreground), depth, brightness),
      bg: background === OWN ? 0 : colourCode(colourOf(background), depth, brightness),
      flags,
    };
  };
}

function flagCode(look: Look): number {
  const flags = flagsOf(look);
  return (
    (flags & BOLD ? FLAG.bold : 0) | (flags & UNDERLINE ? FLAG.underline : 0) | (flags & INVERSE ? FLAG.inverse : 0)
  );
}

function colourOf(ink: number): Colour {
  return COLOURS[ink as Ink] ?? OWN_AT_NIGHT;
}

/** As `Style` has it. */
function colourCode(colour: Colour, depth: Exclude<ColourDepth, 'none'>, brightness: number): number {
  switch (depth) {
    case '16':
      return 1 + (brightness === 1 ? colour.old : colour.oldDim);
    case '256':
      return PALETTE + (brightness === 1 ? colour.cube : cubeIndex(dimmed(colour.rgb, brightness)));
    case 'true': {
      const [red, green, blue] = dimmed(colour.rgb, brightness);
      return TRUE_COLOUR + red * 0x10000 + green * 0x100 + blue;
    }
    default:
      return depth satisfies never;
  }
}

function dimmed([red, green, blue]: Rgb, brightness: number): Rgb {
  return [Math.round(red * brightness), Math.round(green * brightness), Math.round(blue * brightness)];
}

/** Steps of the 6x6x6 cube of the 256 colours. Source: xterm, 256colres.h. */
const CUBE_STEPS = [0, 95, 135, 175, 215, 255];

/** Nearest of the 6x6x6 cube and the 24 greys. */
function cubeIndex(rgb: Rgb): number {
  const [red, green, blue] = [nearestStep(rgb[0]), nearestStep(rgb[1]), nearestStep(rgb[2])];
  const cube: Rgb = [CUBE_STEPS[red] ?? 0, CUBE_STEPS[green] ?? 0, CUBE_STEPS[blue] ?? 0];
  const mean = (rgb[0] + rgb[1] + rgb[2]) / 3;
  const grey = Math.min(23, Math.max(0, Math.round((mean - 8) / 10)));
  const part = 8 + 10 * grey;
  const isGreyNearer = distance(rgb, [part, part, part]) < distance(rgb, cube);
  return isGreyNearer ? 232 + grey : 16 + 36 * red + 6 * green + blue;
}

function nearestStep(value: number): number {
  let best = 0;
  for (const [index, step] of CUBE_STEPS.entries()) {
    if (Math.abs(step - value) < Math.abs((CUBE_STEPS[best] ?? 0) - value)) best = index;
  }
  return best;
}

function distance(a: Rgb, b: Rgb): number {
  return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
}
