import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {KeyReader} from '../../src/wall/keys.ts';

const START = '\x1b[200~';
const END = '\x1b[201~';

describe('keys', () => {
  test.each([
    ['p', 'pause'],
    [' ', 'pause'],
    ['\x1b[C', 'next'],
    ['\x1bOD', 'previous'],
    ['q', 'quit'],
    ['\x03', 'interrupt'],
    ['\x1a', 'suspend'],
    ['\x0c', 'repaint'],
    ['a', null],
    ['pp', null],
    ['constructor', null],
    ['\x1b', null],
  ])('%j means %s', (bytes, key) => {
    expect(new KeyReader().read(bytes)).toBe(key);
  });

  test('in a paste mean nothing, however it is cut, and mean something again after it (rule 47)', () => {
    const text = fc
      .array(fc.constantFrom('q', 'p', ' ', '\x03', '\x1b[C', 'x', '\x1b'), {maxLength: 40})
      .map(parts => parts.join(''));
    fc.assert(
      fc.property(text, fc.array(fc.integer({min: 1, max: 7}), {minLength: 1, maxLength: 60}), (pasted, cuts) => {
        const reader = new KeyReader();
        let rest = START + pasted + END;
        // The start mark comes in one piece, as terminals send it; the rest is cut anywhere.
        const pieces = [rest.slice(0, START.length)];
        rest = rest.slice(START.length);
        for (let cut = 0; rest !== ''; cut++) {
          const size = cuts[cut % cuts.length] ?? 1;
          pieces.push(rest.slice(0, size));
          rest = rest.slice(size);
        }
        expect(pieces.map(piece => reader.read(piece)).filter(key => key !== null)).toEqual([]);
        expect(reader.read('p')).toBe('pause');
      }),
    );
  });
});
