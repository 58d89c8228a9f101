import {isAbsolute, join} from 'node:path';
import type {CollectorAddress} from '../client/collector-address.ts';
import {collectorUrl} from '../client/socket.ts';
import {Fault} from '../domain/fault.ts';
import type {SafeText} from '../domain/text.ts';
import {type DurationMs, SECOND} from '../domain/time.ts';
import {parseDuration} from '../runtime/duration.ts';
import {configFolder, type Environment} from '../runtime/folders.ts';
import {safeText} from '../runtime/safe-text.ts';
import {readSecretFile} from '../runtime/secret-file.ts';
import type {Profile} from '../runtime/settings.ts';
import {type Flags, listFlag, textFlag} from './command-spec.ts';
import type {CliContext} from './context.ts';

/** Which collectors to ask, as whom, and for how long to wait for them. */
export interface Connection {
  readonly collectors: readonly CollectorAddress[];
  /** The person behind a shared login. */
  readonly as: SafeText | null;
  readonly timeoutMs: DurationMs;
}

const DEFAULT_TIMEOUT_MS: DurationMs = 5 * SECOND;
const MOST_NAME_BYTES = 64;

/** Where one part of a connection may come from; the first that says something wins. */
interface Origin {
  readonly urls: readonly string[];
  /** One for all collectors, or one for each in their order; none where nothing is said of it. */
  readonly tokens: () => readonly string[];
}

/**
 * Finds out where to connect, and warns of a token file that others can read (security rule 8): the command line before the environment before the settings, and for each of these
 * what is named directly before what a profile names.
 *
 * @throws {Fault} `USAGE_NO_URL`, `USAGE_NO_TOKEN`, `USAGE_TOKENS`, `USAGE_PROFILE`, those of `collectorUrl`, `readSecretFile` and the settings.
 */
export async function resolveConnection(context: CliContext, flags: Flags): Promise<Connection> {
  const {env} = context;
  const settings = await context.settings();
  const openFiles: string[] = [];
  const readToken = (file: string): string => {
    const {secret, mend} = readSecretFile(file);
    if (mend !== null) openFiles.push(mend);
    return secret;
  };
  const profile = (name: string | null | undefined): Origin[] => {
    if (name === null || name === undefined || name === '') return [];
    const found = settings?.profiles[name];
    if (found === undefined) throw new Fault('USAGE_PROFILE', `there is no profile ${name}`, {name});
    return [{urls: found.urls, tokens: () => profileTokens(env, found, readToken)}];
  };
  const origins: readonly Origin[] = [
    {urls: listFlag(flags, 'url'), tokens: () => listFlag(flags, 'token-file').map(readToken)},
    ...profile(textFlag(flags, 'profile')),
    {urls: (env.NOCTURNE_URL ?? '').split(/[\s,]+/).filter(Boolean), tokens: () => environmentTokens(env, readToken)},
    ...profile(env.NOCTURNE_PROFILE),
    ...profile(settings?.profile),
  ];
  const urls = origins.find(origin => origin.urls.length > 0)?.urls;
  if (urls === undefined) throw new Fault('USAGE_NO_URL', 'no collector is named: give --url or NOCTURNE_URL');
  const tokens = firstTokens(origins);
  if (tokens.length === 0)
    throw new Fault('USAGE_NO_TOKEN', 'no token is named: give --token-file or NOCTURNE_TOKEN_FILE');
  const counts = {tokens: tokens.length, urls: urls.length};
  if (counts.tokens > 1 && counts.tokens !== counts.urls)
    throw new Fault('USAGE_TOKENS', `${counts.tokens} tokens for ${counts.urls} collectors`, counts);
  const tokenOf = new Map(urls.map((url, index) => [collectorUrl(url), tokens[index] ?? tokens[0] ?? '']));
  for (const mend of openFiles) {
    await context.loadTexts();
    context.warn(context.t('cli.tokenFileOpen', {mend}));
  }
  const as = textFlag(flags, 'as') ?? env.NOCTURNE_AS ?? settings?.as ?? '';
  return {
    collectors: [...tokenOf].map(([url, token]) => ({url, token, ca: null, name: null})),
    as: as.trim() === '' ? null : safeText(as.trim(), {bytes: MOST_NAME_BYTES}),
    timeoutMs: parseDuration(textFlag(flags, 'timeout') ?? '') ?? DEFAULT_TIMEOUT_MS,
  };
}

function firstTokens(origins: readonly Origin[]): readonly string[] {
  for (const origin of origins) {
    const tokens = origin.tokens();
    if (tokens.length > 0) return tokens;
  }
  return [];
}

type ReadToken = (file: string) => string;

function environmentTokens(
  {NOCTURNE_TOKEN: token, NOCTURNE_TOKEN_FILE: file}: Environment,
  readToken: ReadToken,
): readonly string[] {
  if (token !== undefined && token !== '') return [token.trim()];
  return file === undefined || file === '' ? [] : [readToken(file)];
}

function profileTokens(
  env: Environment,
  {tokenFile, tokenFiles = []}: Profile,
  readToken: ReadToken,
): readonly string[] {
  const files = tokenFiles.length > 0 || tokenFile === null ? tokenFiles : [tokenFile];
  return files.map(file => readToken(isAbsolute(file) ? file : join(configFolder(env), file)));
}
