import {writeFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {type ColourDepth, defaultThemeName, loadTheme, looksOf, THEME_NAMES} from '../../src/runtime/theme.ts';
import type {Tone} from '../../src/view/tone.ts';
import {type Blindness, contrast, difference, linear, paletteColour, seenBy, sixteen} from '../support/colour.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

const TONES = {
  plain: 1,
  dim: 1,
  strong: 1,
  critical: 1,
  warning: 1,
  unknown: 1,
  ok: 1,
  stale: 1,
  pending: 1,
  key: 1,
  caret: 1,
  frame: 1,
  frameFocused: 1,
  error: 1,
} satisfies Record<Tone, 1>;
/** WCAG 2.2 AA for text, and AAA. */
const READABLE = 4.5;
const HIGHLY_READABLE = 7;
/** Borders are no text: WCAG 2.2, 1.4.11. */
const VISIBLE = 3;
const TOLD_APART = 20;
const STATES = ['critical', 'warning', 'unknown'] as const;

type Look = ReturnType<typeof loadTheme>['tones'][string];

function coloursOf(look: Look | undefined): string[] {
  if (look === undefined) return [];
  const palette = look[256] === null ? [] : [paletteColour(look[256])];
  const one = look[16] === null ? [] : [sixteen(look[16])];
  return [...(look.true === null ? [] : [look.true]), ...palette, ...one];
}

describe.each(THEME_NAMES)('theme %s', name => {
  const theme = loadTheme(name);

  test('knows every meaning, and no other', () => {
    expect(Object.keys(theme.tones).sort()).toEqual(Object.keys(TONES).sort());
  });

  test('can be read: 4.5:1 for every colour of text on every background (WCAG 2.2 AA)', () => {
    const least = name === 'high-contrast' ? HIGHLY_READABLE : READABLE;
    const pairs = Object.entries(theme.tones).flatMap(([tone, look]) =>
      coloursOf(look).flatMap(colour =>
        theme.backgrounds.map(background => ({tone, colour, background, ratio: contrast(colour, background)})),
      ),
    );
    const poor = pairs.filter(({tone, colour, ratio}) => {
      // What blue and red the first sixteen are is the terminal's choice; xterm's are only checked to be visible.
      const isTerminals = Object.values(theme.tones).some(look => look[16] !== null && sixteen(look[16]) === colour);
      return ratio < (tone === 'frame' || isTerminals ? VISIBLE : least);
    });
    expect(poor).toEqual([]);
  });

  test.each(['true', '256', '16', 'none'] as const)(
    'with %s colours, what needs a hand is not drawn like the rest',
    depth => {
      const looks = looksOf(theme, depth);
      const drawn = STATES.map(state => looks[state]);
      if (depth !== 'none') expect(new Set([...drawn, looks.plain]).size).toBe(4);
      expect(looks.critical).not.toBe(looks.plain);
    },
  );
});

describe.each([
  ['deuteranopia', 'deuteranopia'],
  ['deuteranopia', 'protanopia'],
  ['tritanopia', 'tritanopia'],
] as const)('theme %s, seen with %s', (name, blindness: Blindness) => {
  test.each(['true', '256'] as const)('keeps the states apart (%s colours)', depth => {
    const {tones} = loadTheme(name);
    const plain = linear('#c8c8c8');
    const colours = STATES.map(state => {
      const look = tones[state];
      return linear(depth === 'true' ? (look?.true ?? '') : paletteColour(look?.[256] ?? 0));
    });
    const seen = [...colours, plain].map(colour => seenBy(blindness, colour));
    const near = seen
      .flatMap((one, at) => seen.slice(at + 1).map(other => difference(one, other)))
      .filter(gap => gap < TOLD_APART);
    expect(near).toEqual([]);
  });
});

describe('looksOf', () => {
  test.each([
    ['true', '1;38;2;255;123;114'],
    ['256', '1;38;5;210'],
    ['16', '1;91'],
    ['none', '1'],
  ] as const)('critical with %s colours', (depth: ColourDepth, look) => {
    expect(looksOf(loadTheme('dark'), depth).critical).toBe(look);
  });

  test('dims by colour where there are colours for it, else by attribute', () => {
    expect(looksOf(loadTheme('dark'), '256').dim).toBe('38;5;248');
    expect(looksOf(loadTheme('dark'), '16').dim).toBe('2');
  });
});

describe('loadTheme', () => {
  test("takes a file of one's own", () => {
    using folder = temporaryFolder();
    writeFileSync(folder.file('my.json'), JSON.stringify({...loadTheme('dark'), name: 'mine'}));
    expect(loadTheme(folder.file('my.json')).name).toBe('mine');
  });

  test.each([
    [
      '{"name": "x", "backgrounds": [], "tones": {"critical": {"true": "red"}}}',
      'tones.critical.true: is not a colour like #1a2b3c',
    ],
    [
      '{"name": "x", "backgrounds": [], "tones": {"critical": {"attributes": ["blink"]}}}',
      'tones.critical.attributes.0',
    ],
    ['{', 'not JSON'],
  ])('says what is wrong in %s', (text, reason) => {
    using folder = temporaryFolder();
    const file = folder.file('my.json');
    writeFileSync(file, text);
    expect(() => loadTheme(file)).toThrow(
      expect.objectContaining({code: 'THEME_BROKEN', values: {theme: file, reason: expect.stringContaining(reason)}}),
    );
  });

  test('names the themes there are', () => {
    expect(() => loadTheme('drak')).toThrow(
      expect.objectContaining({code: 'THEME_UNKNOWN', message: expect.stringContaining('dark, light')}),
    );
  });

  test('a light terminal gets the light theme by itself', () => {
    expect(defaultThemeName({COLORFGBG: '0;15'})).toBe('light');
    expect(defaultThemeName({COLORFGBG: '0;default;7'})).toBe('light');
    expect(defaultThemeName({COLORFGBG: '15;0'})).toBe('dark');
    expect(defaultThemeName({})).toBe('dark');
  });
});
