import type {Timers} from '../outside.ts';

/** Asks the terminal "are you well?" (DSR 5); it answers when it has read everything before. */
export const PROBE = '\x1b[5n';
/** What it answers. Source: ECMA-48, 8.3.35. */
export const PROBE_ANSWER = '\x1b[0n';

/**
 * Bytes that may be on their way unanswered. What a slow line holds in its buffers is what a key has to wait for: at 64 kbit/s
 * this is 0.2 s.
 */
const WINDOW_BYTES = 1536;
/** Probes cost bytes too: one for this many. */
const PROBE_EVERY_BYTES = 512;
/** No answer for so long: the terminal is stuck, or does not answer at all; one frame may try. */
const PATIENCE_MS = 1000;
/** Unanswered probes after which a terminal that never answered is taken for one that cannot. */
const MOST_UNANSWERED = 3;

/**
 * Keeps what is on its way to the terminal small. The kernel of this machine takes many frames more than a phone's hotspot carries; only the
 * terminal's answers tell what has arrived.
 */
export interface Flow {
  /** A frame may be sent now; when not, `onReady` will be called. */
  readonly isReady: boolean;
  /** Notes what is sent, and returns a probe to send with it, or nothing. */
  send(bytes: number): string;
  /** The terminal answered a probe. */
  answered(): void;
  /** Resolves when no answer is awaited any more: one that came after we left would be typed into the shell. */
  quiet(): Promise<void>;
}

export function createFlow(timers: Timers, onReady: () => void): Flow {
  let unansweredBytes = 0;
  let bytesSinceProbe = 0;
  let probes: number[] = [];
  let lost = 0;
  let hasAnswered = false;
  let cancelPatience: (() => void) | null = null;
  let waiting: (() => void)[] = [];
  const isOff = (): boolean => !hasAnswered && lost >= MOST_UNANSWERED;

  const tellWaiting = (): void => {
    if (probes.length > 0) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  };

  const giveUp = (): void => {
    cancelPatience = null;
    lost += probes.length;
    probes = [];
    unansweredBytes = 0;
    tellWaiting();
    onReady();
  };

  const watch = (): void => {
    cancelPatience?.();
    cancelPatience = probes.length > 0 ? timers.after(PATIENCE_MS, giveUp) : null;
  };

  return {
    get isReady() {
      return isOff() || unansweredBytes < WINDOW_BYTES;
    },
    send(bytes) {
      if (isOff()) return '';
      unansweredBytes += bytes;
      bytesSinceProbe += bytes;
      if (bytesSinceProbe < PROBE_EVERY_BYTES) return '';
      probes.push(bytesSinceProbe);
      bytesSinceProbe = 0;
      if (cancelPatience === null) watch();
      return PROBE;
    },
    answered() {
      hasAnswered = true;
      const wasReady = unansweredBytes < WINDOW_BYTES;
      unansweredBytes = Math.max(0, unansweredBytes - (probes.shift() ?? 0));
      watch();
      tellWaiting();
      if (!wasReady && unansweredBytes < WINDOW_BYTES) onReady();
    },
    quiet: () =>
      new Promise(resolve => {
        waiting.push(resolve);
        tellWaiting();
      }),
  };
}
