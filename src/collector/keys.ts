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

const KEY_BYTES = 32;

function read(text: string): Keys | null {
  const [pepper, audit] = text
    .trim()
    .split('\n')
    .map(line => Buffer.from(line, 'base64url'));
  return pepper?.length === KEY_BYTES && audit?.length === KEY_BYTES ? {pepper, audit} : null;
}

/**
 * Reads the keys of a data folder, and makes them the first time; a collector and a `token create` may start together.
 *
 * @throws {Fault} `KEYS` when the file is damaged: without it no token and no line of the log can be proven.
 */
export function openKeys(folder: string, random: Random): Keys {
  const file = join(folder, 'keys');
  if (readIfThere(file) === null)
    writeDurably(file, `${random.secret(KEY_BYTES)}\n${random.secret(KEY_BYTES)}\n`, {ifMissing: true});
  const keys = read(readIfThere(file) ?? '');
  if (keys === null) {
    throw new Fault('KEYS', `${file} is damaged; put it back from a backup of the data folder`, {file});
  }
  return keys;
}
