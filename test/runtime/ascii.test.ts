import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {asciiText, isForeignCharset} from '../../src/runtime/ascii.ts';
import {safeText} from '../../src/runtime/safe-text.ts';
import {cellWidth} from '../../src/view/cells.ts';

describe('ASCII fall-back', () => {
  test('signs become like ones, letters lose their accents', () => {
    expect(asciiText('▲ KRIT  Müller, Gruß …')).toBe('^ KRIT  Muller, Grus ~');
    expect(asciiText('\x1b[1;31m┌─┐\x1b[0m')).toBe('\x1b[1;31m+-+\x1b[0m');
    expect(asciiText('日本')).toBe('????');
  });

  test('every text is ASCII then, in as many cells', () => {
    fc.assert(
      fc.property(fc.string({unit: 'grapheme', maxLength: 40}), raw => {
        const text = safeText(raw);
        const spelt = asciiText(text);
        expect(spelt).toMatch(/^[\x20-\x7e]*$/);
        expect(cellWidth(spelt)).toBe(cellWidth(text));
      }),
    );
  });

  test.each([
    [{LANG: 'de_DE.UTF-8'}, false],
    [{LANG: 'de_DE.UTF-8', LC_ALL: 'C'}, true],
    [{LANG: 'de_DE@euro'}, true],
    [{}, false],
  ])('%o: %s', (env, isForeign) => {
    expect(isForeignCharset(env)).toBe(isForeign);
  });
});
