import {readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {DatabaseSync} from 'node:sqlite';
import {describe, expect, test} from 'vitest';
import {hmacSha256} from '../../../src/collector/hmac.ts';
import {verifyAudit} from '../../../src/collector/store/audit.ts';
import {openDatabase} from '../../../src/collector/store/database.ts';
import {SqliteJournal} from '../../../src/collector/store/journal.ts';
import {toRow} from '../../../src/collector/store/log-row.ts';
import {openStore, type Store} from '../../../src/collector/store/store.ts';
import {apply} from '../../../src/domain/apply.ts';
import {noMemory} from '../../../src/domain/check-memory.ts';
import {digest} from '../../../src/domain/digest.ts';
import type {LogEntry} from '../../../src/domain/event.ts';
import {emptyTable} from '../../../src/domain/table.ts';
import {virtualOutside} from '../../support/clock.ts';
import {text} from '../../support/frames.ts';
import {temporaryFolder} from '../../support/temporary-folder.ts';

const outside = virtualOutside();
const everybody = () => true;

/** Entries `from` to `to`: each gives a customer another name. */
function entries(from: number, to: number): readonly LogEntry[] {
  return Array.from({length: to - from + 1}, (_, index) => {
    const seq = from + index;
    const id = `c${seq % 7}`;
    const customer = {id, name: text(`Kunde ${seq}`), state: null, timezone: 'Europe/Berlin', contract: null};
    return {seq, at: seq, customer: id, actor: null, cid: null, event: {type: 'customer.defined', customer}};
  });
}

function write(store: Store, from: number, to: number): Promise<void> {
  return store.journal.commit({events: entries(from, to).map(toRow), commands: [], memory: [], follows: false});
}

/** Opens a folder, does something, closes it. */
async function using<T>(folder: string, act: (store: Store) => Promise<T> | T, isThreaded = false): Promise<T> {
  const store = await openStore(folder, outside, isThreaded);
  try {
    return await act(store);
  } finally {
    await store.close();
  }
}

/** Does something to the database behind the collector's back. */
function tamper(folder: string, act: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(`${folder}/collector.db`);
  database.exec('DROP TRIGGER IF EXISTS events_no_update; DROP TRIGGER IF EXISTS events_no_delete');
  act(database);
  database.close();
}

describe.each([
  ['in this thread', false],
  ['in a thread of its own', true],
])('the journal %s', (_where, isThreaded) => {
  test('what was committed is there after a start, and the fold of it too', async () => {
    using folder = temporaryFolder();
    await using(
      folder.path,
      async store => {
        await write(store, 1, 10);
        await write(store, 11, 20);
      },
      isThreaded,
    );
    await using(
      folder.path,
      ({recovery, log}) => {
        expect(recovery).toMatchObject({replayed: 20, lastAt: 20, brokenAt: null, isNewHistory: false});
        expect(recovery.picture.state.customers.get('c6')?.name).toBe('Kunde 20');
        expect(log.rowsAfter(18, 5).map(({seq}) => seq)).toEqual([19, 20]);
      },
      isThreaded,
    );
  });

  test('what follows a batch that failed fails too, until one starts from what is there', async () => {
    using folder = temporaryFolder();
    await using(
      folder.path,
      async store => {
        const send = (from: number, to: number, follows: boolean) =>
          store.journal.commit({events: entries(from, to).map(toRow), commands: [], memory: [], follows});
        const twice = {
          events: [...entries(1, 1), ...entries(1, 1)].map(toRow),
          commands: [],
          memory: [],
          follows: false,
        };
        const results = await Promise.allSettled([store.journal.commit(twice), send(2, 3, true), send(4, 4, true)]);
        expect(results.map(({status}) => status)).toEqual(['rejected', 'rejected', 'rejected']);
        await send(1, 2, false);
        await send(3, 3, true);
        expect(store.log.head().seq).toBe(3);
      },
      isThreaded,
    );
  });

  test('a batch that fails leaves nothing, and the next one joins on', async () => {
    using folder = temporaryFolder();
    await using(
      folder.path,
      async store => {
        await write(store, 1, 3);
        const twice = [...entries(4, 5), ...entries(5, 5)].map(toRow);
        const memory = [{key: 'k', body: '{}'}];
        const command = {cid: 'a', hash: 'h', verdict: '{}', seq: null, at: 1};
        await expect(
          store.journal.commit({events: twice, commands: [command], memory, follows: false}),
        ).rejects.toMatchObject({
          code: 'STORE_FAILED',
        });
        expect(store.log.head().seq).toBe(3);
        expect(store.log.verdictOf('a')).toBeNull();
        await write(store, 4, 6);
      },
      isThreaded,
    );
    expect(verifyAudit(folder.path)).toMatchObject({type: 'sound', seq: 6});
  });
});

test('rule 13: WAL, synchronous FULL, foreign keys', () => {
  using folder = temporaryFolder();
  const database = openDatabase(folder.path);
  expect(database.prepare('PRAGMA journal_mode').get()).toEqual({journal_mode: 'wal'});
  expect(database.prepare('PRAGMA synchronous').get()).toEqual({synchronous: 2});
  expect(database.prepare('PRAGMA foreign_keys').get()).toEqual({foreign_keys: 1});
  database.close();
});

test('a disk that is full: the batch is refused with SQLite’s own word, nothing of it is kept, and room makes it well', async () => {
  using folder = temporaryFolder();
  await using(folder.path, () => {});
  const database = openDatabase(folder.path);
  const journal = new SqliteJournal(database, hmacSha256(Buffer.alloc(32)));
  const pages = Number(database.prepare('PRAGMA page_count').get()?.page_count);
  database.exec(`PRAGMA max_page_count = ${pages + 2}`);
  const batch = {events: entries(1, 500).map(toRow), commands: [], memory: [], follows: false};
  await expect(journal.commit(batch)).rejects.toMatchObject({
    code: 'STORE_FAILED',
    values: {reason: 'database or disk is full'},
  });
  expect(database.prepare('SELECT count(*) AS count FROM events').get()).toEqual({count: 0});
  database.exec('PRAGMA max_page_count = 100000');
  await journal.commit(batch);
  await journal.close();
});

test('a second collector on the same folder is told so; after the first is gone it may', async () => {
  using folder = temporaryFolder();
  await using(folder.path, async () => {
    await expect(openStore(folder.path, outside, false)).rejects.toMatchObject({
      code: 'DATA_LOCKED',
      message: expect.stringContaining('another collector'),
    });
  });
  await using(folder.path, () => {});
});

test('rule 8: files are for the owner alone, whatever the umask', async () => {
  using folder = temporaryFolder();
  const before = process.umask(0);
  try {
    await using(folder.file('data'), async store => {
      await write(store, 1, 2);
      await store.snapshot({state: apply(store.recovery.picture.state, entries(1, 2)), memory: emptyTable()});
      for (const name of readdirSync(folder.file('data'))) {
        expect([name, (statSync(`${folder.file('data')}/${name}`).mode & 0o777).toString(8)]).toEqual([name, '600']);
      }
    });
    expect((statSync(folder.file('data')).mode & 0o777).toString(8)).toBe('700');
  } finally {
    process.umask(before);
  }
});

describe('a snapshot', () => {
  async function withSnapshot(folder: string): Promise<void> {
    await using(folder, async store => {
      await write(store, 1, 100);
      const state = apply(store.recovery.picture.state, entries(1, 100));
      const memory = emptyTable<string, ReturnType<typeof noMemory>>().with([
        ['k', {...noMemory(), ended: [{key: 'a', startedAt: 1, endedAt: 2}]}],
      ]);
      await store.snapshot({state, memory});
      await write(store, 101, 110);
    });
  }

  test('and the tail after it equal the whole log', async () => {
    using folder = temporaryFolder();
    await withSnapshot(folder.path);
    await using(folder.path, ({recovery}) => {
      expect(recovery.replayed).toBe(10);
      const whole = apply(apply(recovery.picture.state, []), entries(1, 110));
      expect(digest(recovery.picture.state, everybody)).toBe(digest(whole, everybody));
      expect(recovery.picture.state.seq).toBe(110);
      expect(recovery.picture.memory.get('k')?.ended).toHaveLength(1);
    });
  });

  test.each<[string, (bytes: Buffer) => Buffer]>([
    ['cut short', bytes => bytes.subarray(0, bytes.length / 2)],
    ['with a changed byte', bytes => Buffer.concat([bytes.subarray(0, 200), Buffer.from('#'), bytes.subarray(201)])],
    ['empty', () => Buffer.alloc(0)],
    ['of another form', () => Buffer.from('{"format":99}\n')],
  ])('that is %s is passed over: the log makes it again', async (_what, damage) => {
    using folder = temporaryFolder();
    await withSnapshot(folder.path);
    const [name] = readdirSync(folder.path).filter(it => it.startsWith('snapshot-'));
    const file = folder.file(name ?? '');
    writeFileSync(file, damage(readFileSync(file)));
    await using(folder.path, ({recovery}) => {
      expect(recovery).toMatchObject({replayed: 110});
      expect(recovery.picture.state.seq).toBe(110);
    });
  });

  test('only the newest two are kept', async () => {
    using folder = temporaryFolder();
    await using(folder.path, async store => {
      let {state} = store.recovery.picture;
      for (let seq = 1; seq <= 5; seq++) {
        await write(store, seq, seq);
        state = apply(state, entries(seq, seq));
        await store.snapshot({state, memory: emptyTable()});
      }
    });
    const kept = readdirSync(folder.path).filter(name => name.startsWith('snapshot-'));
    expect(kept.sort()).toEqual(['snapshot-0000000000000004.jsonl', 'snapshot-0000000000000005.jsonl']);
  });
});

test('what the rules remember of a check is as new as its last event, not as the last snapshot', async () => {
  using folder = temporaryFolder();
  const memory = (endedAt: number) => ({...noMemory(), ended: [{key: 'a', startedAt: 1, endedAt}]});
  await using(folder.path, async store => {
    await write(store, 1, 1);
    await store.snapshot({
      state: apply(store.recovery.picture.state, entries(1, 1)),
      memory: emptyTable<string, ReturnType<typeof noMemory>>().with([['k', memory(1)]]),
    });
    await store.journal.commit({
      events: entries(2, 2).map(toRow),
      commands: [],
      memory: [{key: 'k', body: JSON.stringify(memory(2))}],
      follows: false,
    });
  });
  await using(folder.path, ({recovery}) => expect(recovery.picture.memory.get('k')).toEqual(memory(2)));
});

describe('a history that is not the one of before has another name', () => {
  test('after a clean stop, and after a database put back from a copy', async () => {
    using folder = temporaryFolder();
    const first = await using(folder.path, async store => {
      await write(store, 1, 5);
      return store.epoch;
    });
    const copy = readFileSync(folder.file('collector.db'));
    await using(folder.path, async store => {
      expect(store.epoch).toBe(first);
      await write(store, 6, 9);
    });
    writeFileSync(folder.file('collector.db'), copy);
    await using(folder.path, store => {
      expect(store.recovery).toMatchObject({isNewHistory: true, picture: {state: {seq: 5}}});
      expect(store.epoch).not.toBe(first);
    });
  });
});

describe('damage is said, not worked with', () => {
  test('a file that is no database', async () => {
    using folder = temporaryFolder();
    writeFileSync(folder.file('collector.db'), 'x'.repeat(5000));
    await expect(openStore(folder.path, outside, false)).rejects.toMatchObject({code: 'STORE_DAMAGED'});
  });

  test('pages overwritten in the middle', async () => {
    using folder = temporaryFolder();
    await using(folder.path, store => write(store, 1, 2000));
    const bytes = readFileSync(folder.file('collector.db'));
    bytes.fill(0x41, 16_384, 40_960);
    writeFileSync(folder.file('collector.db'), bytes);
    await expect(openStore(folder.path, outside, false)).rejects.toMatchObject({code: 'STORE_DAMAGED'});
  });

  test('a database of a later release', async () => {
    using folder = temporaryFolder();
    await using(folder.path, () => {});
    tamper(folder.path, database => database.exec('PRAGMA user_version = 99'));
    await expect(openStore(folder.path, outside, false)).rejects.toMatchObject({code: 'STORE_VERSION'});
  });

  test('keys that are damaged', async () => {
    using folder = temporaryFolder();
    await using(folder.path, () => {});
    writeFileSync(folder.file('keys'), 'short\n');
    await expect(openStore(folder.path, outside, false)).rejects.toMatchObject({code: 'KEYS'});
  });
});

describe('rule 52: the log proves itself', () => {
  test('it cannot be changed through SQL', async () => {
    using folder = temporaryFolder();
    await using(folder.path, store => write(store, 1, 3));
    const database = new DatabaseSync(folder.file('collector.db'));
    expect(() => database.exec("UPDATE events SET body = '{}'")).toThrow(/append-only/);
    expect(() => database.exec('DELETE FROM events')).toThrow(/append-only/);
    database.close();
  });

  test('a thousand edits, deletions, swaps and cuts are all found', async () => {
    using folder = temporaryFolder();
    await using(folder.path, store => write(store, 1, 40));
    const anchor = verifyAudit(folder.path);
    if (anchor.type !== 'sound') throw new Error('not sound to begin with');
    const {random} = virtualOutside({seed: 7});
    const line = () => 1 + Math.floor(random.next() * 40);
    const columns = ['at', 'customer', 'actor', 'cid', 'body', 'mac'] as const;
    tamper(folder.path, database => {
      database.exec('PRAGMA synchronous = OFF; CREATE TABLE original AS SELECT * FROM events');
      const damages: readonly (() => string)[] = [
        () => {
          const column = columns[Math.floor(random.next() * columns.length)] ?? 'body';
          const value = column === 'at' ? '999' : column === 'mac' ? 'zeroblob(32)' : "'[1]'";
          return `UPDATE events SET ${column} = ${value} WHERE seq = ${line()}`;
        },
        () => `DELETE FROM events WHERE seq = ${line()}`,
        () => {
          const a = line();
          const b = 1 + (a % 40);
          return `UPDATE events SET seq = -1 WHERE seq = ${a}; UPDATE events SET seq = ${a} WHERE seq = ${b}; UPDATE events SET seq = ${b} WHERE seq = -1`;
        },
        () => `DELETE FROM events WHERE seq >= ${line()}`,
      ];
      for (let round = 0; round < 1000; round++) {
        const damage = damages[round % damages.length]?.() ?? '';
        database.exec(`BEGIN; ${damage}; COMMIT`);
        expect(verifyAudit(folder.path, anchor).type, damage).toBe('broken');
        database.exec('BEGIN; DELETE FROM events; INSERT INTO events SELECT * FROM original; COMMIT');
      }
    });
    expect(verifyAudit(folder.path, anchor)).toEqual(anchor);
  });
});
