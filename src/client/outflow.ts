import {type DurationMs, SECOND} from '../domain/time.ts';
import type {Timers} from '../runtime/outside.ts';
import type {LinkStatus} from './link.ts';
import type {PendingCommand} from './noc.ts';

/** One thing that a face is told by the thread of its links. A picture's frame crosses as JSON: cheaper than a clone. */
export type Telling =
  | {readonly type: 'status'; readonly collector: string; readonly status: LinkStatus}
  | {readonly type: 'picture'; readonly collector: string; readonly text: string}
  | {readonly type: 'command'; readonly command: PendingCommand};

/** What goes to the face at once. The face gives `size` back when it is done with it. */
export interface Batch {
  readonly tellings: readonly Telling[];
  readonly size: number;
}

/** How the links are slowed when the face falls behind. */
export interface Brakes {
  setPaused(isPaused: boolean): void;
  hold(): void;
  release(): void;
}

/** Characters: a batch of this size keeps a face busy for some 3 ms, and a key waits no longer than for two of them. */
const BATCH_SIZE = 128 * 1024;
const MOST_UNDERWAY = 2 * BATCH_SIZE;
const MOST_WAITING = 1024 * 1024;
/** Shorter than the ten seconds in which the collector wants its pong. Source: security rule 25. */
const PAUSED_FOR_MS: DurationMs = 5 * SECOND;
/** A status or a command, roughly. */
const SMALL = 500;

/**
 * The way from the links to a face that may stall for an hour (Ctrl-S, a hung SSH session): bounded memory, and the line
 * to the collector stays.
 *
 * A face that is slow makes the links pause, so that the collector waits. One that does not move at all makes them hold:
 * they let frames go, and when the face is back they ask the collector's log for what it missed.
 */
export class Outflow {
  readonly #timers: Timers;
  readonly #post: (batch: Batch) => void;
  readonly #brakes: Brakes;
  #waiting: Telling[] = [];
  #waitingSize = 0;
  #underway = 0;
  #willFlush = false;
  #stage: 'flowing' | 'paused' | 'held' = 'flowing';
  #cancelHold: (() => void) | null = null;

  constructor(timers: Timers, post: (batch: Batch) => void, brakes: Brakes) {
    this.#timers = timers;
    this.#post = post;
    this.#brakes = brakes;
  }

  tell(telling: Telling): void {
    // Of what waits, only the last word on a command counts, and on a link's standing if no picture follows it.
    const outdated = telling.type === 'picture' ? -1 : this.#waiting.findLastIndex(it => supersedes(telling, it));
    if (outdated >= 0 && !this.#waiting.slice(outdated).some(it => it.type === 'picture')) {
      this.#waiting[outdated] = telling;
      return;
    }
    this.#waiting.push(telling);
    this.#waitingSize += sizeOf(telling);
    if (this.#waitingSize > MOST_WAITING && this.#stage === 'flowing') this.#pause();
    if (this.#willFlush) return;
    this.#willFlush = true;
    queueMicrotask(() => {
      this.#willFlush = false;
      this.#flush();
    });
  }

  /** The face is done with a batch. */
  taken(size: number): void {
    this.#underway -= size;
    this.#flush();
    if (this.#waiting.length === 0 && this.#underway === 0) this.#go();
  }

  close(): void {
    this.#cancelHold?.();
    this.#cancelHold = null;
  }

  #flush(): void {
    while (this.#waiting.length > 0 && this.#underway < MOST_UNDERWAY) {
      let size = 0;
      let count = 0;
      while (count < this.#waiting.length && size < BATCH_SIZE) {
        const telling = this.#waiting[count];
        if (telling !== undefined) size += sizeOf(telling);
        count++;
      }
      const tellings = this.#waiting.slice(0, count);
      this.#waiting = this.#waiting.slice(count);
      this.#waitingSize -= size;
      this.#underway += size;
      this.#post({tellings, size});
    }
  }

  #pause(): void {
    this.#stage = 'paused';
    this.#brakes.setPaused(true);
    this.#cancelHold = this.#timers.after(PAUSED_FOR_MS, () => {
      this.#cancelHold = null;
      this.#stage = 'held';
      this.#brakes.hold();
      this.#brakes.setPaused(false);
    });
  }

  #go(): void {
    if (this.#stage === 'flowing') return;
    const wasHeld = this.#stage === 'held';
    this.#stage = 'flowing';
    this.#cancelHold?.();
    this.#cancelHold = null;
    if (wasHeld) this.#brakes.release();
    else this.#brakes.setPaused(false);
  }
}

function sizeOf(telling: Telling): number {
  return telling.type === 'picture' ? telling.text.length : SMALL;
}

function supersedes(later: Telling, earlier: Telling): boolean {
  if (later.type === 'status') return earlier.type === 'status' && earlier.collector === later.collector;
  return later.type === 'command' && earlier.type === 'command' && earlier.command.cid === later.command.cid;
}
