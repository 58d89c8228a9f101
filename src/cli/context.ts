import {existsSync} from 'node:fs';
import type {Fault} from '../domain/fault.ts';
import {faultText} from '../runtime/fault-text.ts';
import {configFolder, type Environment} from '../runtime/folders.ts';
import {createFormat, type Format} from '../runtime/format.ts';
import {createTranslate, detectLanguage, type Language, type Translate} from '../runtime/i18n.ts';
import type {Outside} from '../runtime/outside.ts';
import type {Settings} from '../runtime/settings.ts';

/** Where a command writes. */
export interface Output {
  write(text: string): void;
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

/** What every command works with. */
export interface CliContext extends Shell {
  readonly language: Language;
  readonly t: Translate;
  readonly format: Format;
  readonly isJson: boolean;
  readonly hasColour: boolean;
  /** A line of the answer. */
  say(line: string): void;
  /** A line beside the answer. */
  warn(line: string): void;
  /** The answer of `--json`: one object on one line. */
  sayJson(value: object): void;
  /** Settings of this user; null when nothing was ever set. Loaded when first asked for. @throws {Fault} `SETTINGS_BROKEN` */
  settings(): Promise<Settings | null>;
  /** Colours of the console: those of the profile in use, else of the settings; null takes what fits the terminal. */
  themeName(): Promise<string | null>;
}

/** What of a command line the context is made from, read before it is parsed, so that its mistakes are told in the right language. */
export async function createContext(shell: Shell, argv: readonly string[]): Promise<CliContext> {
  const settings = readOnce(shell.env);
  const known = await settings().catch(() => null);
  const profile = known?.profiles[optionValue('--profile', argv) ?? shell.env.NOCTURNE_PROFILE ?? known.profile ?? ''];
  const wanted = optionValue('--lang', argv) ?? profile?.lang ?? known?.lang ?? undefined;
  const language = detectLanguage(shell.env, wanted);
  const t = createTranslate(language);
  const {env, stdout, stderr} = shell;
  const isPlain = argv.includes('--no-color') || (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb';
  return {
    ...shell,
    language,
    t,
    format: createFormat(language, t),
    isJson: argv.includes('--json'),
    hasColour: stdout.isTTY && !isPlain,
    say: line => stdout.write(`${line}\n`),
    warn: line => stderr.write(`nocturne: ${line}\n`),
    sayJson: value => stdout.write(`${JSON.stringify(value)}\n`),
    settings,
    themeName: async () => profile?.theme ?? (await settings())?.theme ?? null,
  };
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
  const text = t(key, fault.values);
  const {meant = ''} = fault.values;
  if (text === key) return faultText(fault, t);
  return meant === '' ? text : `${text} ${t('cli.didYouMean', {meant})}`;
}

/**
 * A fault out of anything thrown; null for a defect of ours. Known by its shape: each bundle has a class `Fault` of its own,
 * and the console's is thrown at us too.
 */
export function asFault(error: unknown): Fault | null {
  const isFault = error instanceof Error && error.name === 'Fault' && 'code' in error && 'values' in error;
  return isFault ? (error as Fault) : null;
}
