import {Unicode11Addon} from '@xterm/addon-unicode11';
import xterm from '@xterm/headless';
import fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {safeLines, safeText} from '../../src/runtime/safe-text.ts';
import {isWidthUnsure} from '../../src/runtime/unsure-width.ts';
import {headlessTerminal} from '../support/headless-terminal.ts';
import {hostileText} from '../support/hostile-text.ts';
import {fastestMs} from '../support/stopwatch.ts';

/** `NOCTURNE_HOSTILE_TEXTS=1000000` for the chaos run. */
const RUNS = Number(process.env.NOCTURNE_HOSTILE_TEXTS ?? 4_000);
const TIMEOUT_MS = 30_000 + RUNS;
const FORBIDDEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const segmenter = new Intl.Segmenter();

describe('safeText (rules 42 and 43)', () => {
  test('leaves plain German text alone', () => {
    const text = 'Platte /var 97 % voll – „Müller“ größer als 5 €, ▲ → █ │';
    expect(safeText(text)).toBe(text);
  });

  test.each([
    ['CSI', 'a\x1b[2Jb', 'a�[2Jb'],
    ['8-bit CSI', 'a\x9b2Jb', 'a�2Jb'],
    ['unterminated OSC keeps the text after it visible', '\x1b]0;title', '�]0;title'],
    ['unterminated 8-bit OSC', '\x9d0;title', '�0;title'],
    ['NUL, bell, backspace, delete', 'a\x00\x07\x08\x7fb', 'a����b'],
    ['bidi override and isolates', 'a\u202Eb\u2066c\u2069', 'a�b�c�'],
    ['zero-width, joiner, byte-order mark', 'a\u200Bb\u200Dc\uFEFFd', 'a�b�c�d'],
    ['soft hyphen and grapheme joiner', 'a\u00ADb\u034Fc', 'a�b�c'],
    ['tags', 'a\u{E0041}\u{E0042}b', 'a��b'],
    ['Hangul fillers', 'a\u3164b\u115Fc\uFFA0d', 'a�b�c�d'],
    ['a variation selector that follows no emoji', 'a\uFE0Fb', 'a�b'],
    ['private use, unassigned, noncharacter', 'a\uE000b\u0378c\uFFFEd', 'a�b�c�d'],
    ['lone surrogates', 'a\uD83Db\uDE00c', 'a�b�c'],
    ['line breaks, tabs, separators become a space each', 'a\nb\r\nc\td\u2028e\rf', 'a b c d e f'],
    ['next line, a C1 control', 'a\x85b', 'a�b'],
    ['blessed tags stay text', '{red-fg}x{/}', '{red-fg}x{/}'],
  ])('%s', (_, input, output) => {
    expect(safeText(input)).toBe(output);
  });

  test.each([
    ['decomposed umlauts are composed', 'Mu\u0308ller', 'Müller'],
    ['decomposed Hangul is composed', '\u1112\u1161\u11AB', '한'],
    ['an emoji sequence falls into its parts', '👩‍🚒!', '👩🚒!'],
    ['a skin colour goes', '👍🏽', '👍'],
    ['a warning sign loses its colour', '⚠️ x', '⚠ x'],
    ['a keycap loses its cap', '1️⃣', '1'],
    ['a flag is measured in two ways', '🇩🇪', '�'],
    ['a mark without a base must not join the cell before the text', '\u0301a', '�a'],
    ['a tower of accents', `a${'\u0316'.repeat(8)}b`, '�b'],
    ['some accents', 'a\u0316\u0301', 'á\u0316'],
    ['Chinese, Japanese, Thai, Hindi', '漢字 かな ก็ หนี้ हिन्दी', '漢字 かな ก็ หนี้ हिन्दी'],
  ])('%s', (_, input, output) => {
    expect(safeText(input)).toBe(output);
  });

  test('cuts by bytes before work, at a whole grapheme, and says so by an ellipsis', () => {
    expect(safeText('x'.repeat(5000))).toBe(`${'x'.repeat(4093)}…`);
    expect(safeText('äöü', {bytes: 6})).toBe('äöü');
    expect(safeText('äöüß', {bytes: 6})).toBe('ä…');
    expect(safeText('漢字漢字', {bytes: 10})).toBe('漢字…');
    expect(safeText('\x01'.repeat(10), {bytes: 10})).toBe('��…');
    expect(safeText('abc', {bytes: 2})).toBe('');
  });

  test('cuts by graphemes', () => {
    expect(safeText('Müller', {graphemes: 6})).toBe('Müller');
    expect(safeText('Müller AG', {graphemes: 6})).toBe('Mülle…');
    expect(safeText('漢字漢', {graphemes: 2})).toBe('漢…');
  });

  test('100 MB cost no more than the part that is kept', () => {
    const huge = Buffer.alloc(50_000_000, '\u202E', 'utf16le').toString('utf16le');
    expect(fastestMs(() => safeText(huge))).toBeLessThan(100);
  });

  test(`no leak, bounded clusters, sure width, idempotent: ${RUNS} hostile strings`, {timeout: TIMEOUT_MS}, () => {
    fc.assert(
      fc.property(hostileText, input => {
        const text = safeText(input);
        expect(FORBIDDEN.test(text)).toBe(false);
        expect(isWidthUnsure(text)).toBe(false);
        expect(safeText(text)).toBe(text);
        for (const {segment} of segmenter.segment(text)) {
          expect(segment.length).toBeLessThanOrEqual(8);
          const width = [...segment].reduce((sum, character) => sum + stringWidth(character), 0);
          expect(width).toBeGreaterThan(0);
          expect(stringWidth(segment)).toBe(width);
        }
      }),
      {numRuns: RUNS},
    );
  });

  test('limits hold for any text and limit', () => {
    const limit = fc.record({bytes: fc.integer({min: 0, max: 60}), graphemes: fc.integer({min: 0, max: 20})});
    fc.assert(
      fc.property(hostileText, limit, (input, {bytes, graphemes}) => {
        const text = safeText(input, {bytes, graphemes});
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(bytes);
        expect([...segmenter.segment(text)].length).toBeLessThanOrEqual(graphemes);
        expect(safeText(text, {bytes, graphemes})).toBe(text);
      }),
      {numRuns: 1000},
    );
  });
});

describe('safeText on a screen (rule 44)', () => {
  test(`title, cursor and neighbours stay, nothing is answered: ${RUNS} hostile strings`, {
    timeout: TIMEOUT_MS,
  }, async () => {
    const terminal = headlessTerminal(120, 60);
    await terminal.write('\x1b]0;nocturne\x07');
    const texts = fc.sample(hostileText, {numRuns: RUNS, seed: 1}).map(input => safeText(input, {graphemes: 50}));
    for (let first = 0; first < texts.length; first += 59) {
      const screen = texts.slice(first, first + 59);
      const rows = screen.map((text, row) => `\x1b[${row + 1};3H[${text}]`);
      await terminal.write(`\x1b[H\x1b[2J${rows.join('')}\x1b[60;1Hbelow`);
      const wanted = screen.map(text => ({row: `  [${text}]`, end: 4 + stringWidth(text)}));
      const lines = terminal.lines();
      const shown = screen.map((_, row) => ({row: lines[row], end: terminal.endOf(row)}));
      expect(shown).toEqual(wanted);
      expect(terminal.lines().slice(screen.length)).toEqual([...Array(59 - screen.length).fill(''), 'below']);
      expect(terminal.cursor()).toMatchObject({column: 5, row: 59});
    }
    expect(terminal.title()).toBe('nocturne');
    expect(terminal.replies()).toBe('');
    expect(terminal.isAlternateScreen()).toBe(false);
    expect(terminal.bell()).toBe(0);
  });

  test('the table of unsure widths is what this Unicode and Unicode 11 disagree about', () => {
    const terminal = new xterm.Terminal({allowProposedApi: true});
    terminal.loadAddon(new Unicode11Addon());
    terminal.unicode.activeVersion = '11';
    const {unicodeService} = (terminal as unknown as {_core: {unicodeService: {wcwidth(codePoint: number): number}}})
      ._core;
    const wrong: string[] = [];
    for (let codePoint = 0x20; codePoint <= 0x10ffff; codePoint++) {
      const character = String.fromCodePoint(codePoint);
      if (FORBIDDEN.test(character)) continue;
      const width = stringWidth(character);
      const isUnsure = width !== unicodeService.wcwidth(codePoint) || stringWidth(character.repeat(2)) !== 2 * width;
      if (isUnsure !== isWidthUnsure(character)) wrong.push(codePoint.toString(16));
    }
    expect(wrong).toEqual([]);
    terminal.dispose();
  });
});

describe('safeLines', () => {
  test('keeps the lines of a plugin, made safe one by one', () => {
    expect(safeLines('OK - load\r\n/dev/sda1\t97 %\n\n\x1b[31mred\n\n')).toEqual([
      'OK - load',
      '/dev/sda1 97 %',
      '',
      '�[31mred',
    ]);
    expect(safeLines('')).toEqual([]);
    expect(safeLines('\n \n')).toEqual([]);
  });

  test('says that lines are missing', () => {
    expect(safeLines('a\nb\nc', {lines: 2})).toEqual(['a', 'b', '…']);
    expect(safeLines('aaaa', {units: 2})).toEqual(['aa', '…']);
  });
});
