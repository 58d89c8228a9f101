import {renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Instant} from '../../domain/time.ts';
import {readIfThere} from '../../runtime/durable-file.ts';

const FILE = 'alive';

/**
 * Leaves the instant at which the collector was last at work, so that the next start knows since when nobody looked.
 *
 * Whole after a crash, and without an fsync, which would hold up everybody four times a minute: a power cut may leave an older
 * one, and then a longer time counts as not seen.
 */
export function writeSignOfLife(folder: string, at: Instant): void {
  const file = join(folder, FILE);
  writeFileSync(`${file}.new`, `${at}\n`, {mode: 0o600});
  renameSync(`${file}.new`, file);
}

/** null when there is none: nothing has run here yet, or a release that left none. */
export function readSignOfLife(folder: string): Instant | null {
  const at = Number(readIfThere(join(folder, FILE)) ?? Number.NaN);
  return Number.isSafeInteger(at) && at > 0 ? at : null;
}
