import type {Table} from './table.ts';

/**
 * A table that is being changed: reads see the changes at once, the table beneath stays as it is.
 *
 * Lives as long as one batch; `toTable` then copies each touched shard once, however many changes there were.
 */
export class OverlayTable<K extends string, V> implements Table<K, V> {
  readonly #base: Table<K, V>;
  #changes: Map<K, V | undefined> | undefined;
  #size: number;

  constructor(base: Table<K, V>) {
    this.#base = base;
    this.#size = base.size;
  }

  get size(): number {
    return this.#size;
  }

  get(key: K): V | undefined {
    const changed = this.#changes?.get(key);
    if (changed !== undefined || this.#changes?.has(key)) return changed;
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
    if (changes === undefined) {
      yield* this.#base.entries();
      return;
    }
    for (const entry of this.#base.entries()) if (!changes.has(entry[0])) yield entry;
    for (const [key, value] of changes) if (value !== undefined) yield [key, value];
  }

  with(changes: Iterable<readonly [K, V | undefined]>): Table<K, V> {
    return this.toTable().with(changes);
  }

  changesSince(before: Table<K, V>): IterableIterator<readonly [K, V | undefined]> {
    return this.toTable().changesSince(before);
  }

  /** `undefined` removes the key. */
  set(key: K, value: V | undefined): void {
    const had = this.has(key);
    if (value === undefined && !had) return;
    this.#changes ??= new Map();
    this.#changes.set(key, value);
    this.#size += Number(value !== undefined) - Number(had);
  }

  toTable(): Table<K, V> {
    return this.#changes === undefined ? this.#base : this.#base.with(this.#changes);
  }
}
