import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {applySgr, sgrBetween} from '../../../src/runtime/terminal-writer/sgr.ts';
import {PALETTE, type Style, StyleTable, TRUE_COLOUR} from '../../../src/runtime/terminal-writer/style.ts';

const colour = fc.oneof(
  fc.integer({min: 0, max: 16}),
  fc.integer({min: PALETTE, max: PALETTE + 255}),
  fc.integer({min: TRUE_COLOUR, max: TRUE_COLOUR + 0xffffff}),
);
const style: fc.Arbitrary<Style> = fc.record({fg: colour, bg: colour, flags: fc.integer({min: 0, max: 511})});
const PLAIN_STYLE: Style = {fg: 0, bg: 0, flags: 0};

/** The style after all sequences in the text. */
function styleAfter(before: Style, bytes: string): Style {
  return [...bytes.matchAll(/\x1b\[([\d;]*)m/g)].reduce(
    (now, [, parameters]) => applySgr(now, parameters ?? ''),
    before,
  );
}

describe('sgrBetween', () => {
  test('leads from any style to any other, also where attributes cannot be taken back', () => {
    fc.assert(
      fc.property(style, style, fc.boolean(), (from, to, canTakeBack) => {
        expect(styleAfter(from, sgrBetween(from, to, canTakeBack))).toEqual(to);
        expect(styleAfter(from, sgrBetween(null, to, canTakeBack))).toEqual(to);
      }),
    );
  });

  test('is never longer than starting anew, and empty when nothing changes', () => {
    fc.assert(
      fc.property(style, style, (from, to) => {
        expect(sgrBetween(from, to, true).length).toBeLessThanOrEqual(sgrBetween(null, to, true).length);
        expect(sgrBetween(to, to, true)).toBe('');
      }),
    );
  });

  test.each([
    [{fg: 0, bg: 0, flags: 1}, PLAIN_STYLE, '\x1b[m'],
    [PLAIN_STYLE, {fg: 2, bg: 0, flags: 1}, '\x1b[1;31m'],
    [{fg: 2, bg: 0, flags: 1}, {fg: 3, bg: 0, flags: 1}, '\x1b[32m'],
    [{fg: 2, bg: 5, flags: 3}, {fg: 2, bg: 5, flags: 1}, '\x1b[22;1m'],
    [{fg: 10, bg: 0, flags: 0}, {fg: 9, bg: 0, flags: 0}, '\x1b[90m'],
  ] as const)('from %j to %j is %j', (from, to, bytes) => {
    expect(sgrBetween(from, to, true)).toBe(bytes);
  });
});

describe('applySgr', () => {
  test.each([
    ['', PLAIN_STYLE],
    ['1;;31', {fg: 2, bg: 0, flags: 0}],
    ['38;5;9;48;2;1;2;3', {fg: PALETTE + 9, bg: TRUE_COLOUR + 0x010203, flags: 0}],
    ['38;5', {fg: PALETTE, bg: 0, flags: 0}],
    ['38;9;1', {fg: 0, bg: 0, flags: 1}],
    ['777', {fg: 0, bg: 0, flags: 0}],
  ])('reads %j', (parameters, wanted) => {
    expect(applySgr(PLAIN_STYLE, parameters).fg).toBe(wanted.fg);
    expect(applySgr(PLAIN_STYLE, parameters).bg).toBe(wanted.bg);
  });
});

describe('StyleTable', () => {
  test('an empty cell looks alike in styles that differ in what only shows on glyphs', () => {
    const table = new StyleTable();
    const blank = (of: Style) => table.ofBlank(table.number(of));
    expect(blank({fg: 2, bg: 0, flags: 1})).toBe(blank(PLAIN_STYLE));
    expect(blank({fg: 2, bg: 3, flags: 0})).toBe(blank({fg: 0, bg: 3, flags: 4}));
    expect(blank({fg: 2, bg: 0, flags: 32})).not.toBe(blank({fg: 3, bg: 0, flags: 32}));
    expect(blank({fg: 0, bg: 0, flags: 8})).not.toBe(blank(PLAIN_STYLE));
  });
});
