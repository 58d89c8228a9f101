import type {DatabaseSync, StatementSync} from 'node:sqlite';
import type {CustomerId} from '../../domain/address.ts';
import {CHAIN_START, type LogRow} from './log-row.ts';

/** Where the chain of the log stands: proof of everything up to `seq`. */
export interface ChainHead {
  readonly seq: number;
  readonly mac: Uint8Array;
}

/** What the ledger of commands says of an id. */
export interface LedgerLine {
  readonly hash: string;
  readonly verdict: string;
  readonly seq: number | null;
}

const COLUMNS = 'seq, at, customer, actor, cid, type, body';

/** Types by their first word; `/` is the character after `.`. */
const HISTORY_TYPES = ['incident', 'check', 'downtime']
  .map(kind => `type BETWEEN '${kind}.' AND '${kind}/'`)
  .concat("type = 'collector.started'")
  .join(' OR ');

/** Reads what the writer has committed, over a connection of its own. */
export class LogReader {
  readonly #database: DatabaseSync;
  readonly #after: StatementSync;
  readonly #ofCustomer: StatementSync;
  readonly #history: StatementSync;
  readonly #ledger: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#after = database.prepare(`SELECT ${COLUMNS} FROM events WHERE seq > ? ORDER BY seq LIMIT ?`);
    this.#ofCustomer = database.prepare(
      `SELECT ${COLUMNS} FROM events WHERE seq > ? AND seq <= ? AND (customer = ? OR type = 'collector.started') ORDER BY seq`,
    );
    this.#history = database.prepare(
      `SELECT ${COLUMNS} FROM events WHERE seq > ? AND seq <= ? AND (${HISTORY_TYPES}) ORDER BY seq`,
    );
    this.#ledger = database.prepare('SELECT hash, verdict, seq FROM commands WHERE cid = ?');
  }

  /** Up to `limit` rows after `seq`, in order. */
  rowsAfter(seq: number, limit: number): readonly LogRow[] {
    return this.#after.all(seq, limit) as unknown as readonly LogRow[];
  }

  /** Rows of one customer, and when the collector was not at work, after `seq`, up to and including `until`, in order. Costs all rows between, so ask for some thousands. */
  rowsOf(customer: CustomerId, seq: number, until: number): readonly LogRow[] {
    return this.#ofCustomer.all(seq, until, customer) as unknown as readonly LogRow[];
  }

  /** Rows about incidents, checks, downtimes and starts of the collector after `seq`, up to and including `until`, in order. */
  historyRows(seq: number, until: number): readonly LogRow[] {
    return this.#history.all(seq, until) as unknown as readonly LogRow[];
  }

  /** Every row after `seq`, one at a time. */
  *allAfter(seq: number): IterableIterator<LogRow & {readonly mac: Uint8Array}> {
    const rows = this.#database.prepare(`SELECT ${COLUMNS}, mac FROM events WHERE seq > ? ORDER BY seq`).iterate(seq);
    for (const row of rows) yield row as unknown as LogRow & {readonly mac: Uint8Array};
  }

  /** What became of a command; null for one never heard of. */
  verdictOf(cid: string): LedgerLine | null {
    return (this.#ledger.get(cid) as unknown as LedgerLine | undefined) ?? null;
  }

  /** Notes rules keep of checks, as of events after `seq`. */
  memoryAfter(seq: number): readonly {readonly key: string; readonly body: string}[] {
    const rows = this.#database.prepare('SELECT key, body FROM memory WHERE seq > ?').all(seq);
    return rows as unknown as readonly {readonly key: string; readonly body: string}[];
  }

  /** The end of the log. */
  head(): ChainHead {
    const last = this.#database.prepare('SELECT seq, mac FROM events ORDER BY seq DESC LIMIT 1').get();
    return (last as unknown as ChainHead | undefined) ?? {seq: 0, mac: CHAIN_START};
  }

  /** Instant of the last entry; 0 for an empty log. */
  lastAt(): number {
    return Number(this.#database.prepare('SELECT at FROM events ORDER BY seq DESC LIMIT 1').get()?.at ?? 0);
  }

  /** Proof of the line with this number; null when there is no such line. */
  macAt(seq: number): Uint8Array | null {
    if (seq === 0) return CHAIN_START;
    const row = this.#database.prepare('SELECT mac FROM events WHERE seq = ?').get(seq);
    return (row?.mac as Uint8Array | undefined) ?? null;
  }

  epoch(): string {
    return String(this.#database.prepare("SELECT value FROM meta WHERE key = 'epoch'").get()?.value);
  }

  close(): void {
    this.#database.close();
  }
}
