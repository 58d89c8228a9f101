import fc from 'fast-check';
import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {graphemes, isPlain} from '../../src/runtime/graphemes.ts';
import {safeText} from '../../src/runtime/safe-text.ts';
import {hostileText} from '../support/hostile-text.ts';

test('graphemes are those of Unicode, for any text that may be painted', () => {
  const segmenter = new Intl.Segmenter();
  fc.assert(
    fc.property(hostileText, input => {
      const text = safeText(input);
      expect(graphemes(text)).toEqual(Array.from(segmenter.segment(text), ({segment}) => segment));
    }),
    {numRuns: 2000},
  );
});

test('each character of a plain text is a grapheme of one cell', () => {
  const plain = Array.from({length: 0x10000}, (_, code) => String.fromCharCode(code)).filter(isPlain);
  expect(plain.filter(character => stringWidth(character) !== 1 || graphemes(`a${character}a`).length !== 3)).toEqual(
    [],
  );
  expect(plain.filter(character => character.normalize('NFC') !== character)).toEqual([]);
  expect(plain.filter(character => /[\p{C}\p{M}\p{Default_Ignorable_Code_Point}]/u.test(character))).toEqual([]);
});
