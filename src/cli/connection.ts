import {isAbsolute, join} from 'node:path';
import type {CollectorAddress} from '../client/collector-address.ts';
import {collectorUrl} from '../client/socket.ts';
import {Fault} from '../domain/fault.ts';
import type {SafeText} from '../domain/text.ts';
import {type DurationMs, SECOND} from '../domain/time.ts';
import {parseDuration} from '../runtime/duration.ts';
import {configFolder} from '../runtime/folders.ts';
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
 * Finds out where to connect: the command line before the environment before the settings, and for each of these
 * what is named directly before what a profile names.
 *
 * @throws {Fault} `USAGE_NO_URL`, `USAGE_NO_TOKEN`, `USAGE_PROFILE`, those of `collectorUrl`, `readSecretFile` and the settings.
 */
export async function resolveConnection(context: CliContext, flags: Flags): Promise<Connection> {
  const {env} = context;
  const settings = await context.settings();
  const profile = (name: string | null | undefined): Origin[] => {
    if (name === null || name === undefined || name === '') return [];
    const found = settings?.profiles[name];
    if (found === undefined) throw new Fault('USAGE_PROFILE', `there is no profile ${name}`, {name});
    return [{urls: found.urls, token: () => profileToken(context, found)}];
  };
  const tokenFile = textFlag(flags, 'token-file');
  const origins: readonly Origin[] = [
    {urls: listFlag(flags, 'url'), token: () => (tokenFile === null ? null : readToken(context, tokenFile))},
    ...profile(textFlag(flags, 'profile')),
    {urls: (env.NOCTURNE_URL ?? '').split(/[\s,]+/).filter(Boolean), token: () => environmentToken(context)},
    ...profile(env.NOCTURNE_PROFILE),
    ...profile(settings?.profile),
  ];
  const urls = origins.find(origin => origin.urls.length > 0)?.urls;
  if (urls === undefined) throw new Fault('USAGE_NO_URL', 'no collector is named: give --url or NOCTURNE_URL');
  const token = firstToken(origins);
  if (token === null) throw new Fault('USAGE_NO_TOKEN', 'no token is named: give --token-file or NOCTURNE_TOKEN_FILE');
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

function environmentToken(context: CliContext): string | null {
  const {NOCTURNE_TOKEN: token, NOCTURNE_TOKEN_FILE: file} = context.env;
  if (token !== undefined && token !== '') return token.trim();
  return file === undefined || file === '' ? null : readToken(context, file);
}

function profileToken(context: CliContext, {tokenFile}: Profile): string | null {
  if (tokenFile === null) return null;
  return readToken(context, isAbsolute(tokenFile) ? tokenFile : join(configFolder(context.env), tokenFile));
}

/** Warns when others than its owner can read the file (security rule 8). */
function readToken(context: CliContext, file: string): string {
  const {secret, mend} = readSecretFile(file);
  if (mend !== null) context.warn(context.t('cli.tokenFileOpen', {mend}));
  return secret;
}
