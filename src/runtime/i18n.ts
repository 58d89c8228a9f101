import {createInstance} from 'i18next';
import {CATALOGUE} from './catalogue.ts';

/** Languages that have a whole catalogue. */
export const LANGUAGES = ['de', 'en'] as const;

export type Language = (typeof LANGUAGES)[number];

/**
 * Text of a catalogue key, `t('console.empty.live', {count: 3})`. The first word of a key is the file under `config/locales/<language>/`;
 * `count` chooses the plural form. An unknown key comes back as it is.
 */
export type Translate = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** Never in a text, so that no value from outside can make i18next look up another key. */
const NO_NESTING = '\0';

/** Opens the catalogue of one language; what it lacks comes from English. */
export function createTranslate(language: Language): Translate {
  const i18n = createInstance();
  i18n.init({
    lng: language,
    fallbackLng: 'en',
    initAsync: false,
    resources: {de: {all: CATALOGUE.de}, en: {all: CATALOGUE.en}},
    defaultNS: 'all',
    ns: ['all'],
    nsSeparator: false,
    returnObjects: false,
    interpolation: {escapeValue: false, nestingPrefix: NO_NESTING, nestingSuffix: NO_NESTING},
  });
  // What has no values is the same each time, and a frame asks for a hundred of them.
  const constant = new Map<string, string>();
  const constantOf = (key: string): string => {
    const text = constant.get(key) ?? i18n.t(key);
    // A key that is not in the catalogue may have come from anywhere: it is not kept.
    if (text !== key) constant.set(key, text);
    return text;
  };
  return (key, values) => {
    if (values === undefined) return constantOf(key);
    const {count} = values;
    return i18n.t(key, {replace: values, ...(typeof count === 'number' ? {count} : {})});
  };
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
