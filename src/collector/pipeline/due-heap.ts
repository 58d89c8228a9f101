import type {Instant} from '../../domain/time.ts';

interface Due {
  readonly at: Instant;
  readonly key: string;
}

/** Instants at which something happens by itself, soonest first; each key has at most one. */
export class DueHeap {
  /** Binary heap; entries whose instant is no longer that of their key are skipped when they come up. */
  readonly #heap: Due[] = [];
  readonly #current = new Map<string, Instant>();

  /** The instant of a key. */
  at(key: string): Instant | undefined {
    return this.#current.get(key);
  }

  /** null takes the key out. */
  set(key: string, at: Instant | null): void {
    if (at === null) {
      this.#current.delete(key);
      return;
    }
    if (this.#current.get(key) === at) return;
    this.#current.set(key, at);
    this.#push({at, key});
  }

  /** The soonest instant; null when nothing is to come. */
  next(): Instant | null {
    this.#dropStale();
    return this.#heap[0]?.at ?? null;
  }

  /** Takes out and returns the soonest key that is due by `now`. */
  take(now: Instant): string | null {
    this.#dropStale();
    const first = this.#heap[0];
    if (first === undefined || first.at > now) return null;
    this.#pop();
    this.#current.delete(first.key);
    return first.key;
  }

  #dropStale(): void {
    for (let first = this.#heap[0]; first !== undefined; first = this.#heap[0]) {
      if (this.#current.get(first.key) === first.at) return;
      this.#pop();
    }
  }

  #push(due: Due): void {
    const heap = this.#heap;
    let index = heap.push(due) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || above.at <= due.at) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = due;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const smaller = (heap[left + 1]?.at ?? Number.POSITIVE_INFINITY) < (heap[left]?.at ?? 0) ? left + 1 : left;
      const below = heap[smaller];
      if (below === undefined || below.at >= last.at) break;
      heap[index] = below;
      index = smaller;
    }
    heap[index] = last;
  }
}
