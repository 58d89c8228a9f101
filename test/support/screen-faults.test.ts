import {describe, expect, test} from 'vitest';
import {cellsOutside, cutWords} from './screen-faults.ts';

describe('faults of a screen', () => {
  test('a word that ends before its end is one, unless it says so', () => {
    const cut = 'erreichbar'.slice(0, 5);
    expect(cutWords([`Müller Masch…  nicht ${cut}`], 'de')).toEqual([cut]);
    expect(cutWords([`Müller Masch…  nicht ${cut}…`, 'nicht erreichbar'], 'de')).toEqual([]);
  });

  test('what is drawn beyond the last column or row is one', () => {
    const size = {columns: 10, rows: 2};
    expect(cellsOutside(['0123456789\n', 'ok'], size)).toEqual([]);
    expect(cellsOutside(['0123456789ab\n', 'ok\n', 'too low'], size)).toEqual(['0:ab', '2:too low']);
  });
});
