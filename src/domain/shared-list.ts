/** Items of one chunk; when it grows beyond, it is cut in two. Most lists of the state are shorter than one. */
const CHUNK_LIMIT = 128;

/** The first index from which on `holds`, by halving; the length when it never does. Appending asks once. */
function firstIndex<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let [low, high] = [0, items.length];
  const last = items.at(-1);
  if (last === undefined || !holds(last)) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && holds(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * A persistent list of keys: a change copies the chunk that it touches and shares the rest.
 *
 * The indexes of the state are made of it. An array copied with each change would make a storm of 50,000 alerts on one host cost
 * 50,000 times 50,000 copies, since every decision looks one step ahead on its own copy.
 */
export class SharedList<T extends string> implements Iterable<T> {
  readonly length: number;
  readonly #chunks: readonly (readonly T[])[];

  /** @param chunks - None of them empty. */
  private constructor(chunks: readonly (readonly T[])[], length: number) {
    this.#chunks = chunks;
    this.length = length;
  }

  static readonly #nothing = new SharedList<never>([], 0);

  static empty<T extends string>(): SharedList<T> {
    return SharedList.#nothing as SharedList<string> as SharedList<T>;
  }

  *[Symbol.iterator](): IterableIterator<T> {
    for (const chunk of this.#chunks) for (const item of chunk) yield item;
  }

  /** undefined when the list is empty. */
  get last(): T | undefined {
    return this.#chunks.at(-1)?.at(-1);
  }

  /** From the last to the first. */
  *reversed(): IterableIterator<T> {
    for (let index = this.#chunks.length - 1; index >= 0; index--) {
      const chunk = this.#chunks[index] ?? [];
      for (let at = chunk.length - 1; at >= 0; at--) {
        const item = chunk[at];
        if (item !== undefined) yield item;
      }
    }
  }

  /**
   * The list with one item more: at the end, or before those at its end that are to stay behind it.
   *
   * @param isBehind - Whether an item that is in the list belongs behind the new one. Those for which it is true are at the end.
   */
  with(item: T, isBehind: (other: T) => boolean = () => false): SharedList<T> {
    const endsBehind = (chunk: readonly T[]) => {
      const last = chunk.at(-1);
      return last !== undefined && isBehind(last);
    };
    const found = firstIndex(this.#chunks, endsBehind);
    const index = Math.max(0, Math.min(found, this.#chunks.length - 1));
    const chunk = this.#chunks[index] ?? [];
    return this.#replace(index, chunk.toSpliced(firstIndex(chunk, isBehind), 0, item), this.length + 1);
  }

  /** The list without an item; the same list when it is not in it. */
  without(item: T): SharedList<T> {
    for (let index = 0; index < this.#chunks.length; index++) {
      const at = this.#chunks[index]?.indexOf(item) ?? -1;
      if (at < 0) continue;
      return this.#replace(index, this.#chunks[index]?.toSpliced(at, 1) ?? [], this.length - 1);
    }
    return this;
  }

  #replace(index: number, chunk: readonly T[], length: number): SharedList<T> {
    const half = CHUNK_LIMIT / 2;
    const pieces = chunk.length > CHUNK_LIMIT ? [chunk.slice(0, half), chunk.slice(half)] : [chunk];
    return new SharedList(this.#chunks.toSpliced(index, 1, ...pieces.filter(piece => piece.length > 0)), length);
  }
}
