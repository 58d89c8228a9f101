import {closeSync, fsyncSync, openSync, renameSync, unlinkSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';

const OWNER_ONLY = 0o600;

/**
 * Writes a file so that after a crash or power cut there is the old one or the new one, whole, and never a part:
 * temporary file beside it, fsync, rename, fsync of the folder. Readable by its owner alone.
 *
 * Source: security rules 8 and 9.
 */
export function writeDurably(path: string, content: string): void {
  const temporary = `${path}.tmp`;
  const file = openSync(temporary, 'w', OWNER_ONLY);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } catch (error) {
    unlinkSync(temporary);
    throw error;
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

/** Makes what was renamed or removed in a folder last over a power cut. */
export function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
