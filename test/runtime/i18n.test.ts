import fc from 'fast-check';
import {createInstance} from 'i18next';
import {describe, expect, test} from 'vitest';
import {CATALOGUE} from '../../src/runtime/catalogue.ts';
import {createTranslate, detectLanguage, LANGUAGES, type Language, type Translate} from '../../src/runtime/i18n.ts';

function i18next(language: Language): Translate {
  const i18n = createInstance();
  i18n.init({
    lng: language,
    fallbackLng: 'en',
    initAsync: false,
    resources: {de: {all: CATALOGUE.de}, en: {all: CATALOGUE.en}},
    defaultNS: 'all',
    ns: ['all'],
    nsSeparator: false,
    interpolation: {escapeValue: false, nestingPrefix: '\0', nestingSuffix: '\0', skipOnVariables: true},
  });
  return (key, values) => {
    if (values === undefined) return i18n.t(key);
    const {count} = values;
    return i18n.t(key, {replace: values, ...(typeof count === 'number' ? {count} : {})});
  };
}

/** Each text by its key, and each key of a plural without its ending. */
function keysOf(texts: unknown, path: string): readonly string[] {
  if (typeof texts === 'string') return [path, path.replace(/_(one|other)$/, '')];
  return Object.entries(texts as object).flatMap(([key, below]) => keysOf(below, path === '' ? key : `${path}.${key}`));
}

function placesOf(key: string): readonly string[] {
  return [
    ...JSON.stringify(
      key.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown>)?.[name], CATALOGUE.en) ?? '',
    ).matchAll(/\{\{(\w+)\}\}/g),
  ].map(([, name]) => name ?? '');
}

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

  test('values are put in as they are, whatever they hold', () => {
    const hostile = '{{month}} $t(errors.x) <b>&';
    expect(createTranslate('de')('format.dayOfMonth', {day: hostile, month: '11'})).toBe(`${hostile}.11.`);
  });

  test.each(LANGUAGES)('every text of %s reads as i18next would tell it, with any values and none', language => {
    const [ours, theirs] = [createTranslate(language), i18next(language)];
    const keys = [...new Set(keysOf(CATALOGUE.en, ''))];
    for (const key of keys) expect(ours(key)).toBe(theirs(key));
    const value = fc.oneof(fc.integer(), fc.double({noNaN: true}), fc.string(), fc.constant('{{id}}'));
    const names = [...new Set([...keys.flatMap(placesOf), 'count'])];
    const values = fc.dictionary(fc.constantFrom(...names), value, {maxKeys: 4});
    const counted = fc.record({count: fc.constantFrom(0, 1, -1, 2, 21, 100)});
    fc.assert(
      fc.property(fc.constantFrom(...keys), values, fc.option(counted, {nil: {}}), (key, some, count) => {
        const all = {...Object.fromEntries(placesOf(key).map(name => [name, 7])), ...some, ...count};
        if (typeof all.count === 'number' && !Number.isInteger(all.count)) return;
        expect(ours(key, all)).toBe(theirs(key, all));
      }),
      {numRuns: 3_000},
    );
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
