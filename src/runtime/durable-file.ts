import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import {dirname} from 'node:path';

const OWNER_FILE = 0o600;
const OWNER_FOLDER = 0o700;
const OTHERS = 0o077;

/** The system's word for what went wrong with a file or a program, `ENOENT`; empty for anything else that was thrown. */
export function fileError(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/**
 * Writes a file so that after a crash or a power cut there is the old one or the new one, whole, and never a part:
 * a draft beside it, fsync, rename, fsync of the folder. Readable by its owner alone (security rules 8 and 9).
 *
 * @param ifMissing - Leaves a file that is there already, also one that another process has made just now.
 */
export function writeDurably(file: string, content: string | Uint8Array, {ifMissing = false} = {}): void {
  const draft = `${file}.${process.pid}.new`;
  rmSync(draft, {force: true});
  const descriptor = openSync(draft, 'wx', OWNER_FILE);
  try {
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
  } catch (error) {
    rmSync(draft, {force: true});
    throw error;
  } finally {
    closeSync(descriptor);
  }
  if (ifMissing) linkIfMissing(draft, file);
  else renameSync(draft, file);
  syncFolder(dirname(file));
}

/** Unlike a rename, a link never replaces. */
function linkIfMissing(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (error) {
    if (fileError(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, {force: true});
  }
}

/** Makes what was renamed, linked or removed in a folder last over a power cut. */
export function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes a folder of ours and what is missing above it, for its owner alone; one that is there keeps its rights. */
export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, {recursive: true, mode: OWNER_FOLDER});
}

/** Can anybody but the owner read, write or enter it? */
export function isOpenToOthers(path: string): boolean {
  return (statSync(path).mode & OTHERS) !== 0;
}

/** What stands in a text file; null when there is none. */
export function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (fileError(error) === 'ENOENT') return null;
    throw error;
  }
}
