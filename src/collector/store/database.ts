import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {Fault} from '../../domain/fault.ts';
import {touchPrivate} from '../data-folder.ts';

/** Version of the tables below; a newer file is refused, an older one would be brought up here. */
const SCHEMA_VERSION = 1;
const BUSY_TIMEOUT_MS = 1000;
/** Pages of the write-ahead log between checkpoints: 16 MiB, so that a storm is not slowed by one every few commits. */
const CHECKPOINT_PAGES = 4096;
const CACHE_KIB = 32 * 1024;

/**
 * The log cannot be edited through SQL: what was written stands, and each line's `mac` covers the one before (security
 * rule 52). `memory` holds what the rules remember of a check beside the facts, as of the last event of that check.
 */
const SCHEMA = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  customer TEXT,
  actor TEXT,
  cid TEXT,
  type TEXT NOT NULL,
  body TEXT NOT NULL,
  mac BLOB NOT NULL
) STRICT;
CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TABLE commands (
  cid TEXT PRIMARY KEY,
  hash TEXT NOT NULL,
  verdict TEXT NOT NULL,
  seq INTEGER,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX commands_at ON commands (at);
CREATE TABLE memory (key TEXT PRIMARY KEY, seq INTEGER NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

/**
 * Makes the tables when the file is new.
 *
 * @param newEpoch - Name of the history that then begins.
 * @throws {Fault} `STORE_VERSION`
 */
export function migrate(database: DatabaseSync, newEpoch: string): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
  if (version === SCHEMA_VERSION) return;
  if (version !== 0) throw new Fault('STORE_VERSION', 'the data folder was written by a newer release of Nocturne');
  database.exec('BEGIN IMMEDIATE');
  database.exec(SCHEMA);
  database.prepare('INSERT INTO meta (key, value) VALUES (?, ?)').run('epoch', newEpoch);
  database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
  database.exec('COMMIT');
}

/**
 * Opens the collector's database for its one writer (security rule 13).
 *
 * @throws {Fault} `STORE_DAMAGED` when it is no database.
 */
export function openDatabase(folder: string): DatabaseSync {
  const file = join(folder, 'collector.db');
  touchPrivate(file);
  const database = new DatabaseSync(file, {timeout: BUSY_TIMEOUT_MS});
  try {
    database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA foreign_keys = ON;
      PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};
      PRAGMA cache_size = -${CACHE_KIB};
    `);
  } catch {
    database.close();
    throw new Fault('STORE_DAMAGED', `${file} cannot be read as a database; put the data folder back from a backup`);
  }
  return database;
}

/** A second connection to the same file, for reading beside the writer. */
export function openForReading(folder: string): DatabaseSync {
  const database = new DatabaseSync(join(folder, 'collector.db'), {readOnly: true, timeout: BUSY_TIMEOUT_MS});
  database.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
  return database;
}
