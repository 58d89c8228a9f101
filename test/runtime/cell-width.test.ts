import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {codePointWidth} from '../../src/runtime/cell-width.ts';

test('every assigned code point has the width that string-width gives it', () => {
  const wrong: string[] = [];
  for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
    const character = String.fromCodePoint(codePoint);
    if (/[\p{Cn}\p{Cs}]/u.test(character)) continue;
    if (codePointWidth(codePoint) !== stringWidth(character)) wrong.push(codePoint.toString(16));
  }
  expect(wrong).toEqual([]);
});

test('asked again, the answer is the same', () => {
  expect([0x41, 0x6f22, 0x301, 0x6f22, 0x301].map(codePointWidth)).toEqual([1, 2, 0, 2, 0]);
});
