import {readFileSync} from 'node:fs';
import {isAbsolute} from 'node:path';
import {
  array,
  type InferOutput,
  integer,
  maxValue,
  minValue,
  nullable,
  number,
  object,
  optional,
  picklist,
  pipe,
  record,
  regex,
  safeParse,
  strictObject,
  string,
} from 'valibot';
import dark from '../../config/themes/dark.json' with {type: 'json'};
import deuteranopia from '../../config/themes/deuteranopia.json' with {type: 'json'};
import highContrast from '../../config/themes/high-contrast.json' with {type: 'json'};
import light from '../../config/themes/light.json' with {type: 'json'};
import monochrome from '../../config/themes/monochrome.json' with {type: 'json'};
import night from '../../config/themes/night.json' with {type: 'json'};
import tritanopia from '../../config/themes/tritanopia.json' with {type: 'json'};
import {Fault} from '../domain/fault.ts';
import {fileError} from './durable-file.ts';
import type {Environment} from './folders.ts';

/** SGR parameters of attributes. No theme blinks. */
const ATTRIBUTES = {bold: '1', dim: '2', italic: '3', underline: '4', inverse: '7'} as const;

const SIXTEEN = [
  'black',
  'red',
  'green',
  'yellow',
  'blue',
  'magenta',
  'cyan',
  'white',
  'brightBlack',
  'brightRed',
  'brightGreen',
  'brightYellow',
  'brightBlue',
  'brightMagenta',
  'brightCyan',
  'brightWhite',
] as const;

const Hex = pipe(string(), regex(/^#[0-9a-f]{6}$/, 'is not a colour like #1a2b3c'));

/** One meaning: attributes, and a colour for each number of colours that a terminal may have; null is the terminal's own. */
const ToneLook = strictObject({
  attributes: optional(array(picklist(['bold', 'dim', 'italic', 'underline', 'inverse'])), []),
  true: optional(nullable(Hex), null),
  256: optional(nullable(pipe(number(), integer(), minValue(0), maxValue(255))), null),
  16: optional(nullable(picklist(SIXTEEN)), null),
});

const Schema = object({
  name: string(),
  /** Terminal backgrounds that it is made for; every colour can be read on each. */
  backgrounds: array(Hex),
  tones: record(string(), ToneLook),
});

/** Colours by meaning. The meanings are those of `src/view/tone.ts`. */
export type Theme = Readonly<InferOutput<typeof Schema>>;

type ToneLook = InferOutput<typeof ToneLook>;

/** How many colours the terminal has; `none` keeps bold, dim and inverse (NO_COLOR). */
export type ColourDepth = 'none' | '16' | '256' | 'true';

/** Themes that come with Nocturne, by the name that settings and `--theme` take. */
const BUILT_IN: Readonly<Record<string, unknown>> = {
  dark,
  light,
  'high-contrast': highContrast,
  deuteranopia,
  tritanopia,
  monochrome,
  night,
};

export const THEME_NAMES: readonly string[] = Object.keys(BUILT_IN);

function parseTheme(json: unknown, source: string): Theme {
  const result = safeParse(Schema, json, {abortEarly: true});
  if (result.success) return result.output;
  const [issue] = result.issues;
  const reason = `${issue.path?.map(({key}) => String(key)).join('.') ?? ''}: ${issue.message}`;
  throw new Fault('THEME_BROKEN', `the theme ${source} cannot be used: ${reason}`, {theme: source, reason});
}

function readTheme(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = fileError(error) || 'not JSON';
    throw new Fault('THEME_BROKEN', `the theme ${file} cannot be used: ${reason}`, {theme: file, reason});
  }
}

/**
 * A theme by its name, or by the absolute path of a file of one's own.
 *
 * @throws {Fault} `THEME_UNKNOWN` with the names there are, `THEME_BROKEN` with what is wrong in a file.
 */
export function loadTheme(name: string): Theme {
  if (Object.hasOwn(BUILT_IN, name)) return parseTheme(BUILT_IN[name], name);
  if (isAbsolute(name)) return parseTheme(readTheme(name), name);
  const names = THEME_NAMES.join(', ');
  throw new Fault('THEME_UNKNOWN', `there is no theme ${name}; there are ${names}, or give the path of a file`, {
    theme: name,
    names,
  });
}

/** Dark, unless the terminal says that its background is light (COLORFGBG, as rxvt, Konsole and others set it). */
export function defaultThemeName(env: Environment): string {
  const background = Number(env.COLORFGBG?.split(';').at(-1) ?? Number.NaN);
  return background === 7 || background === 15 ? 'light' : 'dark';
}

function colourParameters(look: ToneLook, depth: ColourDepth): string | null {
  if (depth === 'true' && look.true !== null) {
    const [red, green, blue] = [1, 3, 5].map(at => Number.parseInt(look.true?.slice(at, at + 2) ?? '0', 16));
    return `38;2;${red};${green};${blue}`;
  }
  if ((depth === '256' || depth === 'true') && look[256] !== null) return `38;5;${look[256]}`;
  if (depth === 'none' || look[16] === null) return null;
  const index = SIXTEEN.indexOf(look[16]);
  return String(index < 8 ? 30 + index : 82 + index);
}

/**
 * SGR parameters of each meaning at that number of colours, `1;91`; empty is the terminal's own look. A dim attribute goes where
 * a colour already does its work.
 */
export function looksOf(theme: Theme, depth: ColourDepth): Readonly<Record<string, string>> {
  const looks: Record<string, string> = {};
  for (const [tone, look] of Object.entries(theme.tones)) {
    const colour = colourParameters(look, depth);
    const attributes = look.attributes.filter(name => name !== 'dim' || colour === null).map(name => ATTRIBUTES[name]);
    looks[tone] = [...attributes, ...(colour === null ? [] : [colour])].join(';');
  }
  return looks;
}
