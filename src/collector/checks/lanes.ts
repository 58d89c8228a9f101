/** How many tasks run at once: of all, and of one lane. */
export interface LaneLimits {
  readonly total: number;
  readonly lane: number;
}

/**
 * Bounded concurrency with a queue for each destination, so that one that hangs holds up its own checks and nobody else's (security
 * rule 38). Lanes take turns; a lane is first in, first out.
 */
export class Lanes {
  readonly #limits: LaneLimits;
  readonly #running = new Map<string, number>();
  /** Lanes where somebody waits; the first is next. */
  readonly #waiting = new Map<string, (() => void)[]>();
  #total = 0;

  constructor(limits: LaneLimits) {
    this.#limits = limits;
  }

  /** Runs `task` when its lane has room; its result and its errors are the caller's. */
  async run<T>(lane: string, task: () => Promise<T>): Promise<T> {
    await this.#enter(lane);
    try {
      return await task();
    } finally {
      this.#leave(lane);
    }
  }

  #hasRoom(lane: string): boolean {
    return this.#total < this.#limits.total && (this.#running.get(lane) ?? 0) < this.#limits.lane;
  }

  #take(lane: string): void {
    this.#total += 1;
    this.#running.set(lane, (this.#running.get(lane) ?? 0) + 1);
  }

  #enter(lane: string): Promise<void> {
    if (this.#hasRoom(lane)) {
      this.#take(lane);
      return Promise.resolve();
    }
    return new Promise(resolve => {
      const waiting = this.#waiting.get(lane);
      if (waiting === undefined) this.#waiting.set(lane, [resolve]);
      else waiting.push(resolve);
    });
  }

  #leave(lane: string): void {
    this.#total -= 1;
    const left = (this.#running.get(lane) ?? 1) - 1;
    if (left === 0) this.#running.delete(lane);
    else this.#running.set(lane, left);
    // Lanes that are full are skipped: there are at most `total / lane` of them.
    for (const [next, waiting] of this.#waiting) {
      if (!this.#hasRoom(next)) continue;
      this.#waiting.delete(next);
      const first = waiting.shift();
      if (waiting.length > 0) this.#waiting.set(next, waiting);
      if (first === undefined) continue;
      this.#take(next);
      first();
      return;
    }
  }
}
