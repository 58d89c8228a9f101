import type {DatabaseSync, StatementSync} from 'node:sqlite';
import {Fault} from '../../domain/fault.ts';
import type {Mac} from '../hmac.ts';
import {type ChainHead, LogReader} from './log-reader.ts';
import {chainMac, type LogRow} from './log-row.ts';

/** A verdict on its way to disk, with the id that makes it unique (security rule 27). */
export interface CommandRow {
  readonly cid: string;
  /** Of what was commanded and by whom. */
  readonly hash: string;
  /** JSON. */
  readonly verdict: string;
  /** Last entry that followed from it; null for none. */
  readonly seq: number | null;
  readonly at: number;
}

/** What the rules remember of one check; `body` null forgets it. */
export interface MemoryRow {
  readonly key: string;
  readonly body: string | null;
}

/** Everything that becomes durable together, or not at all. */
export interface Batch {
  readonly events: readonly LogRow[];
  readonly commands: readonly CommandRow[];
  readonly memory: readonly MemoryRow[];
  /** It was decided on a batch that is still underway: when that one fails, so does this. */
  readonly follows: boolean;
}

/** The one writer of the log. */
export interface Journal {
  /**
   * Resolves when the batch is on disk (fsync).
   *
   * @throws {Fault} `STORE_FAILED` when the disk refuses: nothing of the batch is kept.
   */
  commit(batch: Batch): Promise<void>;
  close(): Promise<void>;
  /** Resolves when it can never write again, though nobody closed it: the collector has to start anew. */
  readonly lost: Promise<void>;
}

/** Writes batches to SQLite, each in one transaction, in the thread it is called in. */
export class SqliteJournal implements Journal {
  /** Never: what writes in this thread lives as long as it. */
  readonly lost = new Promise<void>(() => {});
  readonly #database: DatabaseSync;
  readonly #mac: Mac;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  readonly #event: StatementSync;
  readonly #command: StatementSync;
  readonly #remember: StatementSync;
  readonly #forget: StatementSync;
  #head: ChainHead;
  /** The last batch is not on disk. */
  #hasFailed = false;

  constructor(database: DatabaseSync, mac: Mac) {
    this.#database = database;
    this.#mac = mac;
    this.#head = new LogReader(database).head();
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
    this.#event = database.prepare(
      'INSERT INTO events (seq, at, customer, actor, cid, type, body, mac) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.#command = database.prepare('INSERT INTO commands (cid, hash, verdict, seq, at) VALUES (?, ?, ?, ?, ?)');
    this.#remember = database.prepare(
      'INSERT INTO memory (key, seq, body) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET seq = excluded.seq, body = excluded.body',
    );
    this.#forget = database.prepare('DELETE FROM memory WHERE key = ?');
  }

  async commit(batch: Batch): Promise<void> {
    if (batch.follows && this.#hasFailed) throw storeFailed('a batch before it failed');
    this.#hasFailed = true;
    let {seq, mac} = this.#head;
    try {
      this.#begin.run();
      for (const row of batch.events) {
        mac = chainMac(this.#mac, mac, row);
        seq = row.seq;
        this.#event.run(row.seq, row.at, row.customer, row.actor, row.cid, row.type, row.body, mac);
      }
      for (const row of batch.commands) this.#command.run(row.cid, row.hash, row.verdict, row.seq, row.at);
      for (const {key, body} of batch.memory) {
        if (body === null) this.#forget.run(key);
        else this.#remember.run(key, seq, body);
      }
      this.#commit.run();
    } catch (error) {
      this.#rollBack();
      throw storeFailed(error instanceof Error ? error.message : String(error));
    }
    this.#head = {seq, mac};
    this.#hasFailed = false;
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  /** A failed statement may have ended the transaction by itself. */
  #rollBack(): void {
    try {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
    } catch {
      // The next BEGIN tells whether the disk is well again.
    }
  }
}

/** @param reason - SQLite's own word, `database or disk is full`, for the log; never for a peer. */
export function storeFailed(reason: string): Fault {
  return new Fault('STORE_FAILED', 'the collector cannot write to its disk', {reason});
}
