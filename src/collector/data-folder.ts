import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import {dirname, join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {Fault} from '../domain/fault.ts';

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
const OTHERS = 0o077;

/**
 * Makes the data folder when it is missing (security rule 8).
 *
 * @throws {Fault} `DATA_FOLDER` when it cannot be made or written to.
 */
export function openDataFolder(folder: string): {readonly isOpenToOthers: boolean} {
  try {
    mkdirSync(folder, {recursive: true, mode: FOLDER_MODE});
    return {isOpenToOthers: (statSync(folder).mode & OTHERS) !== 0};
  } catch (error) {
    throw new Fault('DATA_FOLDER', `the data folder ${folder} cannot be used: ${reason(error)}`);
  }
}

function reason(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}

/** Makes an empty file of ours when it is missing; SQLite gives its side files the same rights. */
export function touchPrivate(file: string): void {
  const descriptor = openSync(file, 'a', FILE_MODE);
  closeSync(descriptor);
}

/**
 * Replaces a file so that a crash leaves the old or the new one, never a part (security rule 9).
 *
 * @param ifMissing - Leaves a file that is already there, also one that another process has just made.
 */
export function writeDurably(file: string, content: string, ifMissing = false): void {
  const draft = `${file}.${process.pid}.new`;
  const descriptor = openSync(draft, 'w', FILE_MODE);
  try {
    chmodSync(draft, FILE_MODE);
    writeSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  if (ifMissing) {
    try {
      linkSync(draft, file);
    } catch (error) {
      if (reason(error) !== 'EEXIST') throw error;
    } finally {
      rmSync(draft, {force: true});
    }
  } else renameSync(draft, file);
  syncFolder(dirname(file));
}

/** Makes renames in a folder durable. */
export function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** What is written there, or null when there is no such file. */
export function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (reason(error) === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Takes the data folder for this process: SQLite's own file lock, which the system lets go of when the process dies, however
 * it dies.
 *
 * @returns How to let go of it.
 * @throws {Fault} `DATA_LOCKED` when another collector has it.
 */
export function lockDataFolder(folder: string): () => void {
  const file = join(folder, 'lock');
  touchPrivate(file);
  const database = new DatabaseSync(file, {timeout: 0});
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch {
    database.close();
    throw new Fault(
      'DATA_LOCKED',
      `another collector runs on ${folder}; stop it, or give this one its own --data folder`,
    );
  }
  return () => database.close();
}
