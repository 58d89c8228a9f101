import {BOLD, backgroundOf, flagsOf, foregroundOf, INK, INVERSE, type Ink, type Look, OWN, UNDERLINE} from './look.ts';

/** What a terminal can show: no colour at all, the 16 old ones, the cube of 256, or any. */
export type ColourDepth = 'none' | '16' | '256' | 'true';

/** One meaning in each depth: SGR foreground code of the 16, index of the 256, and red, green, blue. */
interface Colour {
  readonly old: number;
  /** At night: the same without brightness. */
  readonly oldDim: number;
  readonly cube: number;
  readonly rgb: readonly [red: number, green: number, blue: number];
}

/** Chosen for distance: full for what needs a hand, held back for the rest. */
const COLOURS: Readonly<Record<Ink, Colour>> = {
  [INK.critical]: {old: 91, oldDim: 31, cube: 196, rgb: [255, 64, 54]},
  [INK.warning]: {old: 93, oldDim: 33, cube: 214, rgb: [255, 179, 32]},
  [INK.unknown]: {old: 95, oldDim: 35, cube: 141, rgb: [183, 148, 255]},
  [INK.ok]: {old: 32, oldDim: 32, cube: 71, rgb: [84, 174, 102]},
  [INK.accent]: {old: 36, oldDim: 36, cube: 74, rgb: [92, 173, 214]},
  [INK.stale]: {old: 90, oldDim: 90, cube: 245, rgb: [138, 138, 138]},
  [INK.light]: {old: 97, oldDim: 37, cube: 231, rgb: [255, 255, 255]},
  [INK.dim]: {old: 37, oldDim: 90, cube: 247, rgb: [158, 158, 158]},
  [INK.track]: {old: 90, oldDim: 90, cube: 239, rgb: [78, 78, 78]},
  [INK.shade]: {old: 90, oldDim: 90, cube: 238, rgb: [68, 68, 68]},
};

/** What the terminal's own foreground becomes when the wall dims it. */
const OWN_AT_NIGHT: Colour = {old: 37, oldDim: 90, cube: 252, rgb: [208, 208, 208]};

/** Looks are made of a few tones; a table beyond this is a defect and starts anew rather than grow. */
const MOST_STEPS = 4096;

/** SGR sequences for one depth and brightness. */
export interface Palette {
  /** What turns the look `from` (null: not known) into `to`: empty when they are alike, else the shorter of change and reset. */
  step(from: Look | null, to: Look): string;
}

/**
 * @param brightness - 1 is day; 0.35 to below 1 dims every colour, the terminal's own foreground too.
 */
export function palette(depth: ColourDepth, brightness = 1): Palette {
  const steps = new Map<number, string>();
  const shown = depth === 'none' ? monochrome : (value: Look): Look => value;
  const full = (to: Look): string => sgr(['', ...flagCodes(to), ...colourCodes(to, depth, brightness)]);
  const change = (from: Look, to: Look): string | null => {
    if ((flagsOf(from) & ~flagsOf(to)) !== 0) return null;
    const codes = flagCodes(to).filter(code => !flagCodes(from).includes(code));
    const before = colourCodes(from, depth, brightness);
    const after = colourCodes(to, depth, brightness);
    if (before[0] !== after[0]) codes.push(after[0] || '39');
    if (before[1] !== after[1]) codes.push(after[1] || '49');
    return codes.length === 0 ? '' : sgr(codes);
  };
  return {
    step(from, to) {
      if (from === to) return '';
      if (from === null) return full(shown(to));
      // 22 bits of look each: exact as a double.
      const key = from * 2 ** 24 + to;
      const known = steps.get(key);
      if (known !== undefined) return known;
      const short = change(shown(from), shown(to));
      const whole = full(shown(to));
      const made = short !== null && short.length <= whole.length ? short : whole;
      if (steps.size >= MOST_STEPS) steps.clear();
      steps.set(key, made);
      return made;
    },
  };
}

function sgr(codes: readonly string[]): string {
  const given = codes.filter((code, index) => index === 0 || code !== '');
  return `\x1b[${given.join(';')}m`;
}

function flagCodes(value: Look): string[] {
  const flags = flagsOf(value);
  return [flags & BOLD ? '1' : '', flags & UNDERLINE ? '4' : '', flags & INVERSE ? '7' : ''].filter(
    code => code !== '',
  );
}

/** SGR parameters of foreground and background; empty where the terminal's own stays. */
function colourCodes(value: Look, depth: ColourDepth, brightness: number): [foreground: string, background: string] {
  const foreground = foregroundOf(value);
  const background = backgroundOf(value);
  return [
    foreground === OWN && brightness === 1 ? '' : colourCode(colourOf(foreground), depth, brightness, 0),
    background === OWN ? '' : colourCode(colourOf(background), depth, brightness, 10),
  ];
}

function colourOf(ink: number): Colour {
  return COLOURS[ink as Ink] ?? OWN_AT_NIGHT;
}

/** Without colours a background is shown as inverse. */
function monochrome(value: Look): Look {
  const inverse = backgroundOf(value) === OWN ? 0 : INVERSE;
  return ((flagsOf(value) | inverse) << 18) | (OWN << 9) | OWN;
}

/** @param shift - 10 turns a foreground code into the background's. */
function colourCode(colour: Colour, depth: ColourDepth, brightness: number, shift: 0 | 10): string {
  switch (depth) {
    case 'none':
      return '';
    case '16':
      return String((brightness === 1 ? colour.old : colour.oldDim) + shift);
    case '256':
      return `${38 + shift};5;${brightness === 1 ? colour.cube : cubeIndex(dimmed(colour, brightness))}`;
    case 'true':
      return `${38 + shift};2;${dimmed(colour, brightness).join(';')}`;
    default:
      return depth satisfies never;
  }
}

function dimmed(colour: Colour, brightness: number): readonly number[] {
  return colour.rgb.map(part => Math.round(part * brightness));
}

/** Steps of the 6x6x6 cube of the 256 colours. Source: xterm, 256colres.h. */
const CUBE_STEPS = [0, 95, 135, 175, 215, 255];

/** Nearest of the 6x6x6 cube and the 24 greys. */
function cubeIndex(rgb: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = rgb.map(part => nearest(CUBE_STEPS, part));
  const cube = [red, green, blue].map(step => CUBE_STEPS[step] ?? 0);
  const mean = rgb.reduce((sum, part) => sum + part, 0) / 3;
  const grey = Math.min(23, Math.max(0, Math.round((mean - 8) / 10)));
  const greyPart = 8 + 10 * grey;
  const isGreyNearer = distance(rgb, [greyPart, greyPart, greyPart]) < distance(rgb, cube);
  return isGreyNearer ? 232 + grey : 16 + 36 * red + 6 * green + blue;
}

function nearest(steps: readonly number[], value: number): number {
  let best = 0;
  for (const [index, step] of steps.entries()) {
    if (Math.abs(step - value) < Math.abs((steps[best] ?? 0) - value)) best = index;
  }
  return best;
}

function distance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, part, index) => sum + (part - (b[index] ?? 0)) ** 2, 0);
}
