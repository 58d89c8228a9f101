/** Something waiting, and how much work it is. */
interface Waiting<T> {
  readonly item: T;
  readonly cost: number;
}

/** Limits of a queue, in units of cost. */
export interface QueueLimits {
  /** Of one lane: a flood fills its own lane. */
  readonly lane: number;
  readonly total: number;
}

/**
 * A bounded queue of lanes that take turns, so that who sends much waits behind himself and not before others (security
 * rule 36). A lane is first in, first out.
 */
export class FairQueue<T> {
  readonly #limits: QueueLimits;
  /** Lanes with something in them; the first is next. */
  readonly #lanes = new Map<string, {readonly waiting: Waiting<T>[]; next: number; cost: number}>();
  #cost = 0;

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  /** Cost of all that waits. */
  get cost(): number {
    return this.#cost;
  }

  hasRoom(lane: string): boolean {
    return this.#cost < this.#limits.total && (this.#lanes.get(lane)?.cost ?? 0) < this.#limits.lane;
  }

  push(lane: string, item: T, cost: number): void {
    let line = this.#lanes.get(lane);
    if (line === undefined) {
      line = {waiting: [], next: 0, cost: 0};
      this.#lanes.set(lane, line);
    }
    line.waiting.push({item, cost});
    line.cost += cost;
    this.#cost += cost;
  }

  /** The next item, from the lane whose turn it is. */
  shift(): T | undefined {
    const [turn] = this.#lanes;
    if (turn === undefined) return undefined;
    const [lane, line] = turn;
    const first = line.waiting[line.next++];
    this.#lanes.delete(lane);
    if (first === undefined) return undefined;
    line.cost -= first.cost;
    this.#cost -= first.cost;
    if (line.next < line.waiting.length) this.#lanes.set(lane, line);
    return first.item;
  }
}
