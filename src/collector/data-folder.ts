import {closeSync, openSync} from 'node:fs';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {Fault} from '../domain/fault.ts';
import {fileError, isOpenToOthers, makePrivateFolder} from '../runtime/durable-file.ts';

const OWNER_FILE = 0o600;

/**
 * Makes the data folder when it is missing (security rule 8).
 *
 * @throws {Fault} `DATA_FOLDER` when it cannot be made or written to.
 */
export function openDataFolder(folder: string): {readonly isOpenToOthers: boolean} {
  try {
    makePrivateFolder(folder);
    return {isOpenToOthers: isOpenToOthers(folder)};
  } catch (error) {
    const reason = fileError(error);
    throw new Fault('DATA_FOLDER', `the data folder ${folder} cannot be used: ${reason}`, {folder, reason});
  }
}

/** Makes an empty file for its owner alone when it is missing; SQLite gives its side files the same rights. */
export function touchPrivate(file: string): void {
  closeSync(openSync(file, 'a', OWNER_FILE));
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
      {folder},
    );
  }
  return () => database.close();
}
