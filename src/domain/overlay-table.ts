import type {Table} from './table.ts';

/**
 * A table that is being changed: reads see the changes at once, the table beneath stays as it is.
 *
 * Lives as long as one batch; `toTable` then copies each touched shard once, however many changes there were.
 */
export class OverlayTable<K extends string, V> implements Table<K, V> {
  readonly #base: Table<K, V>;
  #changes: Map<K, V> | undefined;
  #removed: Set<K> | undefined;

  constructor(base: Table<K, V>) {
    this.#base = base;
  }

  /** Counted when asked for: a batch seldom asks. */
  get size(): number {
    let size = this.#base.size;
    for (const key of this.#changes?.keys() ?? []) if (!this.#base.has(key)) size += 1;
    for (const key of this.#removed ?? []) if (this.#base.has(key)) size -= 1;
    return size;
  }

  get(key: K): V | undefined {
    const changed = this.#changes?.get(key);
    if (changed !== undefined || this.#removed?.has(key) === true) return changed;
    return this.#base.get(key);
  }

  has(key: K): boolean {
    return this.get(key) !== undefined;
  }

  *keys(): IterableIterator<K> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): IterableIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  *entries(): IterableIterator<[K, V]> {
    const changes = this.#changes;
    const removed = this.#removed;
    for (const entry of this.#base.entries()) {
      if (changes?.has(entry[0]) !== true && removed?.has(entry[0]) !== true) yield entry;
    }
    if (changes !== undefined) yield* changes.entries();
  }

  with(changes: Iterable<readonly [K, V | undefined]>): Table<K, V> {
    return this.toTable().with(changes);
  }

  changesSince(before: Table<K, V>): IterableIterator<readonly [K, V | undefined]> {
    return this.toTable().changesSince(before);
  }

  /** `undefined` removes the key. */
  set(key: K, value: V | undefined): void {
    if (value === undefined) {
      this.#changes?.delete(key);
      this.#removed ??= new Set();
      this.#removed.add(key);
      return;
    }
    this.#removed?.delete(key);
    this.#changes ??= new Map();
    this.#changes.set(key, value);
  }

  *#all(): IterableIterator<readonly [K, V | undefined]> {
    if (this.#changes !== undefined) yield* this.#changes.entries();
    for (const key of this.#removed ?? []) yield [key, undefined];
  }

  toTable(): Table<K, V> {
    return this.#changes === undefined && this.#removed === undefined ? this.#base : this.#base.with(this.#all());
  }
}
