import type {DurationMs, Instant} from '../domain/time.ts';
import type {Clock, Timers} from '../runtime/outside.ts';

/** News are painted at most this often; a key is painted at once. */
const EVERY_MS: DurationMs = 67;
/** On a slow machine less often: painting news takes no more than a part of the time, the rest is for keys. */
const SHARE = 4;
const AT_LEAST_EVERY_MS: DurationMs = 500;

/** When the newest picture is taken: news come in bursts, the first is shown at once, the others together. */
export interface NewsPace {
  /** Something is new. */
  heard(): void;
  /** The newest picture is on its way to the screen. */
  taken(): void;
  /** It stands there. */
  painted(): void;
  close(): void;
}

/** @param take - Takes the newest picture; says so by `taken`. */
export function createNewsPace(clock: Clock, timers: Timers, take: () => void): NewsPace {
  let takenAt: Instant = Number.NEGATIVE_INFINITY;
  let everyMs = EVERY_MS;
  let isOnItsWay = false;
  let cancel: (() => void) | null = null;
  return {
    heard() {
      if (cancel !== null) return;
      const waitMs = Math.min(takenAt + everyMs - clock.now(), everyMs);
      if (waitMs <= 0) {
        take();
        return;
      }
      cancel = timers.after(waitMs, () => {
        cancel = null;
        take();
      });
    },
    taken() {
      takenAt = clock.now();
      isOnItsWay = true;
    },
    painted() {
      if (!isOnItsWay) return;
      isOnItsWay = false;
      everyMs = Math.min(AT_LEAST_EVERY_MS, Math.max(EVERY_MS, (clock.now() - takenAt) * SHARE));
    },
    close: () => cancel?.(),
  };
}
