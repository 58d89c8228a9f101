import type {CollectorAddress} from '../client/collector-address.ts';
import {collectorUrl} from '../client/socket.ts';
import {Fault} from '../domain/fault.ts';
import {createTranslate, LANGUAGES, type Language, type Translate} from '../runtime/i18n.ts';
import {readSecretFile} from '../runtime/secret-file.ts';
import type {Settings} from '../runtime/settings.ts';
import {loadTheme, THEME_NAMES} from '../runtime/theme.ts';
import {explain} from './context.ts';

/** What the first questions lead to. */
export type FirstRun =
  | {readonly type: 'demo'; readonly language: Language}
  | {readonly type: 'quit'}
  | {
      readonly type: 'connect';
      readonly language: Language;
      readonly themeName: string;
      readonly collector: CollectorAddress;
    };

/** Everything outside of the questions. */
export interface FirstRunHands {
  /** One line from the person; null at the end of input. */
  ask(question: string): Promise<string | null>;
  say(line: string): void;
  readonly language: Language;
  readonly defaultTheme: string;
  /** Is there a collector? @returns What is wrong with the address, in the person's language; null when somebody answers who wants a token. */
  reach(url: string, t: Translate): Promise<string | null>;
  /** Tries the address with the token. @returns What is wrong, in the person's language; null when the link is up. */
  connect(collector: CollectorAddress, t: Translate): Promise<string | null>;
  keep(settings: Partial<Settings>): void;
}

/** Name of the profile that the first questions make. */
const PROFILE = 'default';
const DEMO = 'demo';

/** Asked for until it fits; null when the person leaves. */
async function askFor<T>(
  {ask, say}: Pick<FirstRunHands, 'ask' | 'say'>,
  question: string,
  read: (answer: string) => T | Promise<T>,
  t: Translate,
): Promise<T | null> {
  for (;;) {
    const answer = await ask(question);
    if (answer === null) return null;
    try {
      return await read(answer.trim());
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      say(explain(error, t));
    }
  }
}

/**
 * The first questions: language, collector or demo, token, theme. Each answer is tried at once and asked for again when it does not
 * do; only what works is kept. Plain lines, so that it can be read aloud.
 */
export async function firstRun(hands: FirstRunHands): Promise<FirstRun> {
  const {say} = hands;
  const language = await askLanguage(hands);
  if (language === null) return {type: 'quit'};
  const t = createTranslate(language);
  say(t('cli.first.welcome'));
  for (;;) {
    const url = await askFor(hands, t('cli.first.url'), it => (it === '' || it === DEMO ? DEMO : collectorUrl(it)), t);
    if (url === null) return {type: 'quit'};
    if (url === DEMO) return {type: 'demo', language};
    const unreachable = await hands.reach(url, t);
    if (unreachable !== null) {
      say(unreachable);
      continue;
    }
    const read = (file: string) => ({file, ...readSecretFile(file)});
    const token = await askFor(hands, t('cli.first.tokenFile'), read, t);
    if (token === null) return {type: 'quit'};
    if (token.mend !== null) say(t('cli.tokenFileOpen', {mend: token.mend}));
    const collector = {url, token: token.secret, ca: null, name: null};
    const problem = await hands.connect(collector, t);
    if (problem !== null) {
      say(problem);
      continue;
    }
    say(t('cli.first.connected', {url}));
    const themeName = await askTheme(hands, t);
    if (themeName === null) return {type: 'quit'};
    const profile = {urls: [url], tokenFile: token.file, lang: null, theme: null};
    hands.keep({profile: PROFILE, profiles: {[PROFILE]: profile}, lang: language, theme: themeName});
    say(t('cli.first.kept'));
    return {type: 'connect', language, themeName, collector};
  }
}

async function askLanguage(hands: FirstRunHands): Promise<Language | null> {
  for (;;) {
    const answer = await hands.ask(`Sprache / language (de, en) [${hands.language}]: `);
    if (answer === null) return null;
    if (answer.trim() === '') return hands.language;
    const language = LANGUAGES.find(it => it === answer.trim().toLowerCase());
    if (language !== undefined) return language;
  }
}

function askTheme(hands: FirstRunHands, t: Translate): Promise<string | null> {
  hands.say(t('cli.first.themes', {names: THEME_NAMES.join(', ')}));
  const question = t('cli.first.theme', {theme: hands.defaultTheme});
  const read = (answer: string): string => {
    const name = answer === '' ? hands.defaultTheme : answer;
    loadTheme(name);
    return name;
  };
  return askFor(hands, question, read, t);
}
