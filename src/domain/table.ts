/**
 * A persistent map for large tables: `with` returns a new one and copies only the shards it touches,
 * so that a batch costs its own size and not the table's.
 */
export interface Table<K extends string, V> {
  readonly size: number;
  get(key: K): V | undefined;
  has(key: K): boolean;
  keys(): IterableIterator<K>;
  values(): IterableIterator<V>;
  entries(): IterableIterator<[K, V]>;
  /** `undefined` as value removes the key. Later changes win over earlier ones. */
  with(changes: Iterable<readonly [K, V | undefined]>): Table<K, V>;
  /**
   * What is not the same as in `before`: new and other records, and `undefined` for those that are gone.
   * Costs the shards that differ, so that who keeps an index over a table pays for what changed and not for its size.
   */
  changesSince(before: Table<K, V>): IterableIterator<readonly [K, V | undefined]>;
}

const SHARDS = 512;

/** FNV-1a, 32 bit, folded to a shard number. */
function shardOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  return (hash ^ (hash >>> 16)) & (SHARDS - 1);
}

class ShardedTable<K extends string, V> implements Table<K, V> {
  readonly size: number;
  readonly #shards: readonly (ReadonlyMap<K, V> | undefined)[];

  constructor(shards: readonly (ReadonlyMap<K, V> | undefined)[], size: number) {
    this.#shards = shards;
    this.size = size;
  }

  get(key: K): V | undefined {
    if (this.size === 0) return undefined;
    return this.#shards[shardOf(key)]?.get(key);
  }

  has(key: K): boolean {
    return this.#shards[shardOf(key)]?.has(key) ?? false;
  }

  *keys(): IterableIterator<K> {
    for (const shard of this.#shards) if (shard !== undefined) yield* shard.keys();
  }

  *values(): IterableIterator<V> {
    for (const shard of this.#shards) if (shard !== undefined) yield* shard.values();
  }

  *entries(): IterableIterator<[K, V]> {
    for (const shard of this.#shards) if (shard !== undefined) yield* shard.entries();
  }

  with(changes: Iterable<readonly [K, V | undefined]>): Table<K, V> {
    let shards: (ReadonlyMap<K, V> | undefined)[] | undefined;
    const copies = new Map<number, Map<K, V>>();
    let size = this.size;
    for (const [key, value] of changes) {
      const number = shardOf(key);
      let copy = copies.get(number);
      if (copy === undefined) {
        copy = new Map(this.#shards[number]);
        copies.set(number, copy);
        shards ??= [...this.#shards];
        shards[number] = copy;
      }
      const before = copy.size;
      if (value === undefined) copy.delete(key);
      else copy.set(key, value);
      size += copy.size - before;
    }
    return shards === undefined ? this : new ShardedTable(shards, size);
  }

  *changesSince(before: Table<K, V>): IterableIterator<readonly [K, V | undefined]> {
    const theirs = before instanceof ShardedTable ? before.#shards : undefined;
    for (let number = 0; number < SHARDS; number++) {
      const shard = this.#shards[number];
      const other = theirs?.[number];
      if (theirs !== undefined && shard === other) continue;
      for (const entry of shard ?? []) if (entry[1] !== before.get(entry[0])) yield entry;
      for (const key of other?.keys() ?? []) if (shard?.has(key) !== true) yield [key, undefined];
    }
    if (theirs !== undefined) return;
    for (const key of before.keys()) if (!this.has(key)) yield [key, undefined];
  }
}

export function emptyTable<K extends string, V>(): Table<K, V> {
  return new ShardedTable<K, V>(new Array(SHARDS).fill(undefined), 0);
}
