import {statSync} from 'node:fs';
import {join} from 'node:path';
import type {DatabaseSync} from 'node:sqlite';
import {apply} from '../../domain/apply.ts';
import type {CheckMemory} from '../../domain/check-memory.ts';
import {Fault} from '../../domain/fault.ts';
import {emptyState} from '../../domain/state.ts';
import {emptyTable} from '../../domain/table.ts';
import {DAY, type Instant} from '../../domain/time.ts';
import type {Outside} from '../../runtime/outside.ts';
import {lockDataFolder, openDataFolder} from '../data-folder.ts';
import {hmacSha256, type Mac} from '../hmac.ts';
import {openKeys} from '../keys.ts';
import {anchorOf, holds, readAnchor, writeAnchor} from './anchor.ts';
import {migrate, openDatabase, openForReading} from './database.ts';
import {type Journal, SqliteJournal} from './journal.ts';
import {LogReader} from './log-reader.ts';
import {chainMac, type LogRow, toEntry} from './log-row.ts';
import {readSignOfLife, writeSignOfLife} from './sign-of-life.ts';
import {type Picture, readSnapshot, writeSnapshot} from './snapshot-file.ts';
import {ThreadedJournal} from './threaded-journal.ts';

/** What starting found out about the data folder. */
export interface Recovery {
  readonly picture: Picture;
  /** Instant of the last entry. */
  readonly lastAt: number;
  /** The last instant at which a collector is known to have been at work on this folder; null when none was. */
  readonly lastAliveAt: Instant | null;
  /** Log lines folded on top of the snapshot. */
  readonly replayed: number;
  /** First line whose proof does not fit; null when all do. */
  readonly brokenAt: number | null;
  /** The log was put back from an older copy: numbers of before mean nothing now. */
  readonly isNewHistory: boolean;
  readonly isOpenToOthers: boolean;
}

/** The data folder of a running collector. */
export interface Store {
  readonly journal: Journal;
  readonly log: LogReader;
  /** Name of this history of numbers. */
  readonly epoch: string;
  readonly recovery: Recovery;
  /** Saves a picture of what is committed, off the hot path. */
  snapshot(picture: Picture): Promise<void>;
  /** Proof of the log as it stands, kept beside it and returned for the system's log. */
  anchor(): {readonly seq: number; readonly mac: string};
  /** Leaves a sign that the collector is at work at this instant. */
  alive(at: Instant): void;
  close(): Promise<void>;
}

const REPLAY_CHUNK = 5000;
/** Up to this size the whole file is looked through at every start; it takes about a second a GiB. */
const MOST_CHECKED_BYTES = 64 * 1024 * 1024;
/** Verdicts are kept at least 90 days (security rule 27). */
const LEDGER_MS = 100 * DAY;

function checkIntegrity(database: DatabaseSync, folder: string): void {
  if (statSync(join(folder, 'collector.db')).size > MOST_CHECKED_BYTES) return;
  const result = database.prepare('PRAGMA quick_check(1)').get();
  if (result?.quick_check !== 'ok') {
    throw new Fault('STORE_DAMAGED', `the database in ${folder} is damaged; put the data folder back from a backup`);
  }
}

function fold(
  log: LogReader,
  folder: string,
  epoch: string,
  chain: Mac,
): Omit<Recovery, 'isNewHistory' | 'isOpenToOthers' | 'lastAliveAt'> {
  const snapshot = readSnapshot(folder, it => {
    const mac = log.macAt(it.state.seq);
    return it.epoch === epoch && mac !== null && Buffer.from(mac).toString('hex') === it.mac;
  });
  let state = snapshot?.state ?? emptyState();
  const from = state.seq;
  let mac = log.macAt(from) ?? Buffer.alloc(0);
  let brokenAt: number | null = null;
  let chunk: LogRow[] = [];
  const flush = () => {
    state = apply(state, chunk.map(toEntry));
    chunk = [];
  };
  for (const row of log.allAfter(from)) {
    if (brokenAt === null && !chainMac(chain, mac, row).equals(row.mac)) brokenAt = row.seq;
    mac = row.mac;
    if (chunk.push(row) >= REPLAY_CHUNK) flush();
  }
  flush();
  const newer = log.memoryAfter(from).map(({key: name, body}) => [name, JSON.parse(body) as CheckMemory] as const);
  const memory = (snapshot?.memory ?? emptyTable<string, CheckMemory>()).with(newer);
  return {picture: {state, memory}, lastAt: log.lastAt(), replayed: state.seq - from, brokenAt};
}

/** The later of the last entry and the last sign of life. */
function lastAlive(log: LogReader, folder: string): Instant | null {
  const [entryAt, signAt] = [log.lastAt(), readSignOfLife(folder) ?? 0];
  return entryAt === 0 ? null : Math.max(entryAt, signAt);
}

/** Checks and readies the database before anybody writes to it. */
function prepare(folder: string, outside: Outside): {epoch: string; isNewHistory: boolean} {
  const database = openDatabase(folder);
  try {
    checkIntegrity(database, folder);
    const newEpoch = () => outside.random.uuid(outside.clock.now());
    migrate(database, newEpoch());
    const log = new LogReader(database);
    const anchor = readAnchor(folder);
    const isNewHistory = anchor !== null && !holds(anchor, log.epoch(), log);
    if (isNewHistory) database.prepare("UPDATE meta SET value = ? WHERE key = 'epoch'").run(newEpoch());
    database.prepare('DELETE FROM commands WHERE at < ?').run(outside.clock.now() - LEDGER_MS);
    return {epoch: log.epoch(), isNewHistory};
  } finally {
    database.close();
  }
}

/**
 * Opens the data folder and folds what is in it: the newest snapshot and the log after it.
 *
 * @param isThreaded - Writes in a thread of its own, so that an fsync holds up nobody else; a test on virtual time does not.
 * @throws {Fault} `DATA_FOLDER` · `DATA_LOCKED` · `KEYS` · `STORE_DAMAGED` · `STORE_VERSION` · `STORE_FAILED`
 */
export async function openStore(folder: string, outside: Outside, isThreaded: boolean): Promise<Store> {
  const {isOpenToOthers} = openDataFolder(folder);
  const unlock = lockDataFolder(folder);
  try {
    const {audit} = openKeys(folder, outside.random);
    const chain = hmacSha256(audit);
    const {epoch, isNewHistory} = prepare(folder, outside);
    const log = new LogReader(openForReading(folder));
    const lastAliveAt = lastAlive(log, folder);
    const recovery = {...fold(log, folder, epoch, chain), lastAliveAt, isNewHistory, isOpenToOthers};
    const journal = isThreaded
      ? await ThreadedJournal.open({folder, key: audit})
      : new SqliteJournal(openDatabase(folder), chain);
    return new OpenStore(folder, journal, log, epoch, recovery, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

class OpenStore implements Store {
  readonly journal: Journal;
  readonly log: LogReader;
  readonly epoch: string;
  readonly recovery: Recovery;
  readonly #folder: string;
  readonly #unlock: () => void;

  constructor(folder: string, journal: Journal, log: LogReader, epoch: string, recovery: Recovery, unlock: () => void) {
    this.#folder = folder;
    this.journal = journal;
    this.log = log;
    this.epoch = epoch;
    this.recovery = recovery;
    this.#unlock = unlock;
    this.anchor();
  }

  async snapshot(picture: Picture): Promise<void> {
    const mac = this.log.macAt(picture.state.seq);
    if (mac === null) return;
    await writeSnapshot(this.#folder, {...picture, epoch: this.epoch, mac: Buffer.from(mac).toString('hex')});
  }

  anchor(): {readonly seq: number; readonly mac: string} {
    const anchor = anchorOf(this.epoch, this.log.head());
    writeAnchor(this.#folder, anchor);
    return anchor;
  }

  alive(at: Instant): void {
    writeSignOfLife(this.#folder, at);
  }

  async close(): Promise<void> {
    this.anchor();
    this.log.close();
    await this.journal.close();
    this.#unlock();
  }
}
