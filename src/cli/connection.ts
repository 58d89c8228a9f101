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
  readonly token: () => string | null;
}

/**
 * Finds out where to connect, and warns of a token file that others can read (security rule 8): the command line before the environment before the settings, and for each of these
 * what is named directly before what a profile names.
 *
 * @throws {Fault} `USAGE_NO_URL`, `USAGE_NO_TOKEN`, `USAGE_PROFILE`, those of `collectorUrl`, `readSecretFile` and the settings.
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
    return [{urls: found.urls, token: () => profileToken(env, found, readToken)}];
  };
  const tokenFile = textFlag(flags, 'token-file');
  const origins: readonly Origin[] = [
    {urls: listFlag(flags, 'url'), token: () => (tokenFile === null ? null : readToken(tokenFile))},
    ...profile(textFlag(flags, 'profile')),
    {urls: (env.NOCTURNE_URL ?? '').split(/[\s,]+/).filter(Boolean), token: () => environmentToken(env, readToken)},
    ...profile(env.NOCTURNE_PROFILE),
    ...profile(settings?.profile),
  ];
  const urls = origins.find(origin => origin.urls.length > 0)?.urls;
  if (urls === undefined) throw new Fault('USAGE_NO_URL', 'no collector is named: give --url or NOCTURNE_URL');
  const token = firstToken(origins);
  if (token === null) throw new Fault('USAGE_NO_TOKEN', 'no token is named: give --token-file or NOCTURNE_TOKEN_FILE');
  for (const mend of openFiles) {
    await context.loadTexts();
    context.warn(context.t('cli.tokenFileOpen', {mend}));
  }
  const as = textFlag(flags, 'as') ?? env.NOCTURNE_AS ?? settings?.as ?? '';
  return {
    collectors: [...new Set(urls.map(collectorUrl))].map(url => ({url, token, ca: null, name: null})),
    as: as.trim() === '' ? null : safeText(as.trim(), {bytes: MOST_NAME_BYTES}),
    timeoutMs: parseDuration(textFlag(flags, 'timeout') ?? '') ?? DEFAULT_TIMEOUT_MS,
  };
}

function firstToken(origins: readonly Origin[]): string | null {
  for (const origin of origins) {
    const token = origin.token();
    if (token !== null) return token;
  }
  return null;
}

type ReadToken = (file: string) => string;

function environmentToken(
  {NOCTURNE_TOKEN: token, NOCTURNE_TOKEN_FILE: file}: Environment,
  readToken: ReadToken,
): string | null {
  if (token !== undefined && token !== '') return token.trim();
  return file === undefined || file === '' ? null : readToken(file);
}

function profileToken(env: Environment, {tokenFile}: Profile, readToken: ReadToken): string | null {
  if (tokenFile === null) return null;
  return readToken(isAbsolute(tokenFile) ? tokenFile : join(configFolder(env), tokenFile));
}
