import {CATALOGUE} from './catalogue.ts';

/** Languages that have a whole catalogue. */
export const LANGUAGES = ['de', 'en'] as const;

export type Language = (typeof LANGUAGES)[number];

/**
 * Text of a catalogue key, `t('console.empty.live', {count: 3})`. The first word of a key is the file under `config/locales/<language>/`;
 * `count` chooses the plural form. An unknown key comes back as it is.
 */
export type Translate = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** Where a value goes, `{{host}}`. */
const PLACE = /\{\{(\w+)\}\}/g;

/**
 * Opens the catalogue of one language; what it lacks comes from English. As i18next would tell it, which is the second opinion of the
 * tests: our texts have places for values and the plural forms `_one` and `_other`, and nothing else of it, and loading it was a tenth
 * of the time of a quick command.
 */
export function createTranslate(language: Language): Translate {
  const catalogues = [CATALOGUE[language], CATALOGUE.en];
  // A frame asks for a hundred of them. A key that is not in the catalogue may have come from anywhere: it is not kept.
  const known = new Map<string, string>();
  const find = (key: string, plural: string | null): string | null => {
    for (const catalogue of catalogues) {
      const text = (plural === null ? null : textAt(catalogue, plural)) ?? textAt(catalogue, key);
      if (text !== null) return text;
    }
    return null;
  };
  return (key, values) => {
    const plural = typeof values?.count === 'number' ? `${key}_${pluralForm(values.count)}` : null;
    const text = known.get(plural ?? key) ?? find(key, plural);
    if (text === null) return key;
    known.set(plural ?? key, text);
    if (values === undefined) return text;
    return text.replace(PLACE, (place, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : place));
  };
}

/** Only own properties count: a key may say `constructor`. */
function textAt(catalogue: object, key: string): string | null {
  let at: unknown = catalogue;
  for (const name of key.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return null;
    at = (at as Readonly<Record<string, unknown>>)[name];
  }
  return typeof at === 'string' ? at : null;
}

/** German and English alike. Source: CLDR, cardinal plural rules. */
function pluralForm(count: number): 'one' | 'other' {
  return Math.abs(count) === 1 ? 'one' : 'other';
}

function fromLocale(locale: string): Language {
  return /^de\b|^de_/i.test(locale) ? 'de' : 'en';
}

/**
 * The language a person wants: `--lang` or the setting when given, else the first that says something of LC_ALL, LC_MESSAGES
 * and LANG (POSIX order); English when nobody says German.
 */
export function detectLanguage(env: Readonly<Record<string, string | undefined>>, wanted?: string): Language {
  return fromLocale(
    [wanted, env.LC_ALL, env.LC_MESSAGES, env.LANG].find(locale => locale !== undefined && locale !== '') ?? '',
  );
}
