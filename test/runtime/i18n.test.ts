import {describe, expect, test} from 'vitest';
import {createTranslate, detectLanguage} from '../../src/runtime/i18n.ts';

describe('createTranslate', () => {
  test('an unknown key comes back as it is', () => {
    expect(createTranslate('de')('console.no.such.key', {n: 1})).toBe('console.no.such.key');
  });

  test('a constant text is the same each time, and none is taken for another', () => {
    const [de, en] = [createTranslate('de'), createTranslate('en')];
    for (let time = 0; time < 2; time++) {
      expect([de('console.title.help'), en('console.title.help')]).toEqual(['Tasten', 'Keys']);
      expect([de('console.no.such.key'), de('constructor'), de('__proto__')]).toEqual([
        'console.no.such.key',
        'constructor',
        '__proto__',
      ]);
    }
  });

  test('values are put in as they are, whatever they hold (security rule 40)', () => {
    const hostile = '{{month}} {{{month}}} $t(errors.x) $& $\u007bmonth} "\'\r\n<b>&';
    expect(createTranslate('de')('format.dayOfMonth', {day: hostile, month: '11'})).toBe(`${hostile}.11.`);
  });

  test('values cannot steer the library by their names', () => {
    const values = {day: '1', month: '2', lng: 'en', ns: 'x', context: 'y', defaultValue: 'z', replace: 'r'};
    expect(createTranslate('de')('format.dayOfMonth', values)).toBe('1.2.');
  });
});

describe('detectLanguage', () => {
  test.each([
    [{LC_ALL: 'de_DE.UTF-8', LANG: 'en_US.UTF-8'}, undefined, 'de'],
    [{LC_ALL: '', LC_MESSAGES: 'de_AT', LANG: 'en_US'}, undefined, 'de'],
    [{LC_ALL: 'C', LANG: 'de_DE'}, undefined, 'en'],
    [{LANG: 'de'}, undefined, 'de'],
    [{LANG: 'fr_FR.UTF-8'}, undefined, 'en'],
    [{}, undefined, 'en'],
    [{LANG: 'de_DE'}, 'en', 'en'],
    [{LANG: 'en_US'}, 'de', 'de'],
  ] as const)('%j with %s is %s', (env, wanted, language) => {
    expect(detectLanguage(env, wanted)).toBe(language);
  });
});
