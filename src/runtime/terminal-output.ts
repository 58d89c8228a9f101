import {closeSync, constants, openSync, writeSync} from 'node:fs';
import {fileError} from './durable-file.ts';
import type {Timers} from './outside.ts';

/**
 * The way to a terminal that never blocks: Node writes to terminals synchronously, so one that does not read (Ctrl-S, a hung SSH)
 * would stop the event loop. Bytes leave in order; what the terminal does not take yet waits here.
 */
export interface TerminalOutput {
  write(bytes: string): void;
  /** Everything given so far is with the terminal. */
  readonly isIdle: boolean;
  /** Called whenever the last waiting byte has left. */
  onIdle(listener: () => void): void;
  /** For the last words: what waits is dropped, and the terminal has `withinMs` to take these, while the process waits. */
  writeLast(bytes: string, withinMs: number): void;
  close(): void;
}

export interface TerminalOutputOptions {
  /** Descriptor of the terminal, 1 as a rule. */
  readonly descriptor: number;
  readonly timers: Timers;
  /** The terminal is gone (EIO, EPIPE): nothing more is written. */
  readonly onHangUp: () => void;
}

const FIRST_RETRY_MS = 2;
const LONGEST_RETRY_MS = 50;
const LAST_RETRY_MS = 10;

/** Ends a control sequence that was cut in the middle, without a mark on the screen. */
const CANCEL = '\x18';

/**
 * Opens the terminal anew, for a descriptor of our own: the flag O_NONBLOCK on the shared one would break the shell that started us.
 * Where that cannot be (not Linux, no /proc) the given one is used, and writes may block.
 */
function openTerminal(descriptor: number): number {
  try {
    return openSync(`/proc/self/fd/${descriptor}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch {
    return descriptor;
  }
}

export function openTerminalOutput({descriptor, timers, onHangUp}: TerminalOutputOptions): TerminalOutput {
  const own = openTerminal(descriptor);
  const listeners: (() => void)[] = [];
  let waiting = Buffer.alloc(0);
  let cancelRetry: (() => void) | null = null;
  let retryMs = FIRST_RETRY_MS;
  let isOpen = true;

  /** How many bytes the terminal took; 0 when it takes none now. */
  const attempt = (bytes: Buffer): number => {
    try {
      return writeSync(own, bytes);
    } catch (error) {
      if (fileError(error) === 'EAGAIN') return 0;
      isOpen = false;
      waiting = Buffer.alloc(0);
      onHangUp();
      return 0;
    }
  };

  const pump = (): void => {
    cancelRetry = null;
    while (isOpen && waiting.length > 0) {
      const taken = attempt(waiting);
      if (taken === 0) break;
      waiting = waiting.subarray(taken);
      retryMs = FIRST_RETRY_MS;
    }
    if (!isOpen) return;
    if (waiting.length === 0) {
      for (const listener of listeners) listener();
      return;
    }
    cancelRetry = timers.after(retryMs, pump);
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
  };

  return {
    write(bytes) {
      if (!isOpen || bytes === '') return;
      waiting = Buffer.concat([waiting, Buffer.from(bytes)]);
      if (cancelRetry === null) pump();
    },
    get isIdle() {
      return waiting.length === 0;
    },
    onIdle(listener) {
      listeners.push(listener);
    },
    writeLast(bytes, withinMs) {
      cancelRetry?.();
      let rest = Buffer.from(waiting.length > 0 ? CANCEL + bytes : bytes);
      waiting = Buffer.alloc(0);
      const pause = new Int32Array(new SharedArrayBuffer(4));
      for (let spentMs = 0; isOpen && rest.length > 0 && spentMs <= withinMs; ) {
        const taken = attempt(rest);
        rest = rest.subarray(taken);
        if (taken > 0) continue;
        Atomics.wait(pause, 0, 0, LAST_RETRY_MS);
        spentMs += LAST_RETRY_MS;
      }
    },
    close() {
      cancelRetry?.();
      isOpen = false;
      if (own !== descriptor) closeSync(own);
    },
  };
}
