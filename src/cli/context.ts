import {existsSync} from 'node:fs';
import type {Fault} from '../domain/fault.ts';
import {faultText} from '../runtime/fault-text.ts';
import {configFolder, type Environment} from '../runtime/folders.ts';
import type {Format} from '../runtime/format.ts';
import type {Language, Translate} from '../runtime/i18n.ts';
import type {Outside} from '../runtime/outside.ts';
import type {Profile, Settings} from '../runtime/settings.ts';
import {withSystemWords} from '../runtime/system-words.ts';

/** Where a command writes. */
export interface Output {
  write(text: string | Uint8Array): void;
  readonly isTTY: boolean;
  /** Of a terminal. */
  readonly columns: number;
}

/** The process around a command; tests bring their own. */
export interface Shell {
  readonly env: Environment;
  /** The answer alone. */
  readonly stdout: Output;
  /** Everything else. */
  readonly stderr: Output;
  /** All of standard input; null when it is a terminal. */
  readStdin(): Promise<string | null>;
  /** Standard input piece by piece, without a limit; false when it is a terminal and was not read. */
  streamStdin(onText: (text: string) => void): Promise<boolean>;
  readonly outside: Outside;
}

/** What a person reads, in the language of the settings, the environment or `--lang`. */
interface Texts {
  readonly language: Language;
  readonly t: Translate;
  readonly format: Format;
}

/** What every command works with. `language`, `t` and `format` are there once `loadTexts` is done. */
export interface CliContext extends Shell, Texts {
  readonly isJson: boolean;
  readonly hasColour: boolean;
  /**
   * The catalogue is a seventh of the time of a quick command. It is loaded before any other is run; a quick one loads it
   * itself, while the collector decides.
   */
  loadTexts(): Promise<void>;
  /** A line of the answer. */
  say(line: string): void;
  /** A line beside the answer. */
  warn(line: string): void;
  /** The answer of `--json`: one object on one line. */
  sayJson(value: object): void;
  /** Settings of this user; null when nothing was ever set. Loaded when first asked for. @throws {Fault} `SETTINGS_BROKEN` */
  settings(): Promise<Settings | null>;
  /** The profile in use, by option, environment or settings; null without. */
  profileName(): Promise<string | null>;
  /** Colours of the console: those of the profile in use, else of the settings; null takes what fits the terminal. */
  themeName(): Promise<string | null>;
}

/** What of a command line the context is made from is read before it is parsed, so that its mistakes are told in the right language. */
export function createContext(shell: Shell, argv: readonly string[]): CliContext {
  const {env, stdout, stderr} = shell;
  const isPlain = argv.includes('--no-color') || (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb';
  const settings = readOnce(env);
  const profileName = async () =>
    optionValue('--profile', argv) ?? env.NOCTURNE_PROFILE ?? (await settings())?.profile ?? null;
  const profile = async (): Promise<Profile | undefined> => {
    return (await settings())?.profiles[(await profileName()) ?? ''];
  };
  const inSettings = async () => (await profile())?.lang ?? (await settings())?.lang;
  let texts: Texts | null = null;
  const loaded = (): Texts => {
    if (texts === null) throw new Error('the texts are not loaded yet');
    return texts;
  };
  return {
    ...shell,
    get language() {
      return loaded().language;
    },
    t: (key, values) => loaded().t(key, values),
    get format() {
      return loaded().format;
    },
    isJson: argv.includes('--json'),
    hasColour: stdout.isTTY && !isPlain,
    async loadTexts() {
      // Broken settings are told of where they are used; here they must not keep anybody from the help.
      const wanted = optionValue('--lang', argv) ?? (await inSettings().catch(() => null)) ?? undefined;
      texts ??= await openTexts(env, wanted);
    },
    say: line => stdout.write(`${line}\n`),
    warn: line => stderr.write(`nocturne: ${line}\n`),
    sayJson: value => stdout.write(`${JSON.stringify(value)}\n`),
    settings,
    profileName,
    themeName: async () => (await profile())?.theme ?? (await settings())?.theme ?? null,
  };
}

async function openTexts(env: Environment, wanted: string | undefined): Promise<Texts> {
  const {createTranslate, detectLanguage} = await import('../runtime/i18n.ts');
  const {createFormat} = await import('../runtime/format.ts');
  const language = detectLanguage(env, wanted);
  const t = createTranslate(language);
  return {language, t, format: createFormat(language, t)};
}

/** Value of an option before the line is parsed. */
function optionValue(option: string, argv: readonly string[]): string | undefined {
  const at = argv.findIndex(word => word === option || word.startsWith(`${option}=`));
  const word = argv[at];
  return word === option ? argv[at + 1] : word?.slice(option.length + 1);
}

/** The schema library is not loaded where there is nothing to read: it would cost a quick command a third of its time. */
function readOnce(env: Environment): () => Promise<Settings | null> {
  let read: Promise<Settings | null> | null = null;
  return () => {
    read ??= existsSync(configFolder(env))
      ? import('../runtime/settings.ts').then(({readSettings, settingsFile}) => readSettings(settingsFile(env)))
      : Promise.resolve(null);
    return read;
  };
}

/** What a fault says to the user of a command: the command line's own texts first, then those of all faces. */
export function explain(fault: Fault, t: Translate): string {
  const key = `cli.fault.${fault.code}`;
  const text = t(key, inOurWords(fault.values, t));
  const {meant = ''} = fault.values;
  if (text === key) return faultText(fault, t);
  return meant === '' ? text : `${text} ${t('cli.didYouMean', {meant})}`;
}

/** The reason of a collector that refused, said by its code where the catalogue knows that: its own words are English. */
function inOurWords(values: Fault['values'], t: Translate): Fault['values'] {
  if (values.answer === undefined) return withSystemWords(values, t);
  const key = `cli.answer.${values.answer}`;
  const reason = t(key);
  return reason === key ? values : {...values, reason};
}

/**
 * A fault out of anything thrown; null for a defect of ours. Known by its shape: each bundle has a class `Fault` of its own,
 * and the console's is thrown at us too.
 */
export function asFault(error: unknown): Fault | null {
  const isFault = error instanceof Error && error.name === 'Fault' && 'code' in error && 'values' in error;
  return isFault ? (error as Fault) : null;
}
