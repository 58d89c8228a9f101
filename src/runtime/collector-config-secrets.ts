import {resolve} from 'node:path';
import {Fault} from '../domain/fault.ts';
import type {ConfigReport} from './collector-config-report.ts';
import type {ConfigPath} from './config-problem.ts';
import {readSecretFile} from './secret-file.ts';

/** A secret as the file names it: by the file that holds it, by an environment variable, or (with a warning) in clear. */
export type WrittenSecret = string | {readonly file: string} | {readonly env: string};

/** Where secrets are looked for. */
export interface SecretPlaces {
  /** Folder that relative paths start from: that of the configuration file. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Reads a secret; an empty string after a problem. Only the place is ever named, never the secret (security rule 10). */
export function readSecret(written: WrittenSecret, at: ConfigPath, places: SecretPlaces, report: ConfigReport): string {
  if (typeof written === 'string') {
    report.warning(at, 'CONFIG_CLEAR_SECRET', {}, 'secret');
    return written;
  }
  if ('env' in written) {
    const secret = places.env[written.env] ?? '';
    if (secret === '') report.error([...at, 'env'], 'CONFIG_SECRET_ENV', {name: written.env});
    return secret;
  }
  const file = resolve(places.folder, written.file);
  try {
    const {secret, mend} = readSecretFile(file);
    if (mend !== null) report.warning([...at, 'file'], 'CONFIG_SECRET_MODE', {file, mend}, 'chmod');
    return secret;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    report.error([...at, 'file'], 'CONFIG_SECRET_FILE', {file, reason: String(error.values.reason)});
    return '';
  }
}
