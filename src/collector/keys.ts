import {join} from 'node:path';
import {Fault} from '../domain/fault.ts';
import {readIfThere, writeDurably} from '../runtime/durable-file.ts';
import type {Random} from '../runtime/outside.ts';

/** Secrets of one data folder; they never leave it. */
export interface Keys {
  /** Mixed into the digests of tokens (security rule 14). */
  readonly pepper: Buffer;
  /** Chains the log (security rule 52). */
  readonly audit: Buffer;
}

const FILE = 'keys';
const KEY_BYTES = 32;

/**
 * Reads the keys of a data folder.
 *
 * @throws {Fault} `KEYS` when they are missing or damaged: without them no token and no line of the log can be proven.
 */
export function readKeys(folder: string): Keys {
  const file = join(folder, FILE);
  const [pepper, audit] = (readIfThere(file) ?? '')
    .trim()
    .split('\n')
    .map(line => Buffer.from(line, 'base64url'));
  if (pepper?.length === KEY_BYTES && audit?.length === KEY_BYTES) return {pepper, audit};
  throw new Fault('KEYS', `${file} is missing or damaged; put it back from a backup of the data folder`, {file});
}

/** Reads the keys of a data folder, and makes them the first time; a collector and a `token create` may start together. */
export function openKeys(folder: string, random: Random): Keys {
  const file = join(folder, FILE);
  const fresh = () => `${random.secret(KEY_BYTES)}\n${random.secret(KEY_BYTES)}\n`;
  if (readIfThere(file) === null) writeDurably(file, fresh(), {ifMissing: true});
  return readKeys(folder);
}
