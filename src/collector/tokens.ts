import {timingSafeEqual} from 'node:crypto';
import {join} from 'node:path';
import {DatabaseSync, type StatementSync} from 'node:sqlite';
import type {CustomerId} from '../domain/address.ts';
import {Fault} from '../domain/fault.ts';
import type {Instant} from '../domain/time.ts';
import type {Identity, Role} from '../protocol/frames.ts';
import type {Outside} from '../runtime/outside.ts';
import {safeText} from '../runtime/safe-text.ts';
import {openDataFolder, touchPrivate} from './data-folder.ts';
import {hmacSha256, type Mac} from './hmac.ts';
import {openKeys} from './keys.ts';

/** What is known of a token, without its secret. */
export interface TokenRecord {
  readonly id: string;
  readonly identity: Identity;
  readonly createdAt: Instant;
  /** null does not expire. */
  readonly expiresAt: Instant | null;
  readonly revokedAt: Instant | null;
}

export interface NewToken {
  readonly name: string;
  readonly role: Role;
  /** null: every customer. */
  readonly customers: readonly CustomerId[] | null;
  readonly expiresAt: Instant | null;
}

/** The tokens of one data folder. Several processes may hold it: the collector reads, `nocturne token` writes. */
export interface Tokens {
  /** Makes a token; its secret is told this once and kept as a digest alone. */
  create(token: NewToken): {readonly record: TokenRecord; readonly secret: string};
  /** Newest last, revoked ones too. */
  list(): readonly TokenRecord[];
  /**
   * @param name - Id, or name when only one token that is not revoked has it.
   * @throws {Fault} `TOKEN_UNKNOWN` · `TOKEN_AMBIGUOUS`
   */
  revoke(name: string): TokenRecord;
  /** Whose token this is; null when it is unknown, wrong, revoked or expired, all of which take the same time. */
  verify(token: string): TokenRecord | null;
  /** The record as it stands now; null when it no longer opens anything. */
  current(id: string): TokenRecord | null;
  /** Takes up what other processes changed; cheap when nothing did. */
  refresh(): void;
  close(): void;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly customers: string | null;
  readonly digest: Uint8Array;
  readonly created_at: number;
  readonly expires_at: number | null;
  readonly revoked_at: number | null;
}

const SCHEMA = `
CREATE TABLE IF NOT EXISTS tokens (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('viewer', 'technician', 'admin', 'ingest')),
  customers TEXT,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  revoked_at INTEGER
) STRICT`;

/** `noct_<id>_<secret>`: 48 bits to find it by, 256 bits that nobody guesses. */
const TOKEN = /^noct_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;
const ID_BYTES = 6;
const SECRET_BYTES = 32;
const DIGEST_BYTES = 32;
const MOST_NAME_BYTES = 64;
const BUSY_TIMEOUT_MS = 2000;
const NO_PREFIX = new Uint8Array();
const MOST_PROVEN = 1000;

function toRecord(row: Row): TokenRecord {
  const customers = row.customers === null ? null : (JSON.parse(row.customers) as string[]);
  return {
    id: row.id,
    identity: {name: safeText(row.name, {bytes: MOST_NAME_BYTES}), role: row.role, customers},
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  };
}

class TokenStore implements Tokens {
  readonly #database: DatabaseSync;
  readonly #dataVersion: StatementSync;
  readonly #mac: Mac;
  readonly #outside: Outside;
  /** Tokens that were proven right and have not changed since, with their ids: a webhook a millisecond shows the same one. */
  readonly #proven = new Map<string, string>();
  #version: unknown = null;
  #rows: ReadonlyMap<string, {readonly record: TokenRecord; readonly digest: Uint8Array}> = new Map();

  constructor(folder: string, outside: Outside) {
    openDataFolder(folder);
    this.#outside = outside;
    this.#mac = hmacSha256(openKeys(folder, outside.random).pepper);
    const file = join(folder, 'tokens.db');
    touchPrivate(file);
    this.#database = new DatabaseSync(file, {timeout: BUSY_TIMEOUT_MS});
    this.#database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON');
    this.#database.exec(SCHEMA);
    this.#dataVersion = this.#database.prepare('PRAGMA data_version');
    this.refresh();
  }

  create({name, role, customers, expiresAt}: NewToken) {
    const id = Buffer.from(this.#outside.random.secret(ID_BYTES), 'base64url').toString('hex');
    const secret = this.#outside.random.secret(SECRET_BYTES);
    const label = safeText(name.trim(), {bytes: MOST_NAME_BYTES});
    if (label === '') throw new Fault('TOKEN_NAME', 'a token needs a name: it stands beside everything done with it');
    const insert = this.#database.prepare(
      'INSERT INTO tokens (id, name, role, customers, digest, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    const scope = customers === null ? null : JSON.stringify(customers);
    insert.run(id, label, role, scope, this.#digest(secret), this.#outside.clock.now(), expiresAt);
    this.#load();
    const record = this.#rows.get(id)?.record;
    if (record === undefined) throw new Fault('TOKEN_STORE', 'the new token could not be read back');
    return {record, secret: `noct_${id}_${secret}`};
  }

  list(): readonly TokenRecord[] {
    this.refresh();
    return [...this.#rows.values()].map(({record}) => record);
  }

  revoke(name: string): TokenRecord {
    const active = this.list().filter(({revokedAt}) => revokedAt === null);
    const named = active.filter(({id, identity}) => id === name || identity.name === name);
    const [token] = named;
    if (token === undefined) throw new Fault('TOKEN_UNKNOWN', `no token is called ${name}`, {name});
    if (named.length > 1) throw new Fault('TOKEN_AMBIGUOUS', `several tokens are called ${name}; give the id`, {name});
    this.#database.prepare('UPDATE tokens SET revoked_at = ? WHERE id = ?').run(this.#outside.clock.now(), token.id);
    this.#load();
    return this.#rows.get(token.id)?.record ?? token;
  }

  verify(token: string): TokenRecord | null {
    const proven = this.#proven.get(token);
    if (proven !== undefined) return this.current(proven);
    const [, id = '', secret = ''] = TOKEN.exec(token) ?? [];
    const row = this.#rows.get(id);
    const isRight = timingSafeEqual(this.#digest(secret), row?.digest ?? Buffer.alloc(DIGEST_BYTES));
    if (row === undefined || !isRight) return null;
    if (this.#proven.size >= MOST_PROVEN) this.#proven.clear();
    this.#proven.set(token, id);
    return this.current(id);
  }

  current(id: string): TokenRecord | null {
    const record = this.#rows.get(id)?.record;
    if (record === undefined || record.revokedAt !== null) return null;
    return record.expiresAt !== null && record.expiresAt <= this.#outside.clock.now() ? null : record;
  }

  refresh(): void {
    const version = this.#dataVersion.get()?.data_version;
    if (version !== this.#version) this.#load();
    this.#version = version;
  }

  close(): void {
    this.#database.close();
  }

  #load(): void {
    const rows = this.#database
      .prepare('SELECT * FROM tokens ORDER BY created_at, id')
      .all() as unknown as readonly Row[];
    this.#proven.clear();
    this.#rows = new Map(rows.map(row => [row.id, {record: toRecord(row), digest: row.digest}]));
  }

  #digest(secret: string): Buffer {
    return this.#mac(NO_PREFIX, secret);
  }
}

/**
 * Opens the tokens of a data folder, and makes the folder when it is missing; works while a collector runs on it, which takes
 * up changes within two seconds (security rules 14 and 18).
 */
export function openTokens(folder: string, outside: Outside): Tokens {
  return new TokenStore(folder, outside);
}
