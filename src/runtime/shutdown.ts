import {constants} from 'node:os';
import type {Timers} from './outside.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

type Signal = (typeof SIGNALS)[number];

/** What the shell expects of a program that a signal ended. */
const SIGNAL_EXIT_BASE = 128;
const FAILED = 1;
/** 128 + SIGHUP: the terminal went away. */
export const HANG_UP_EXIT = 129;

const DEFAULT_GRACE_MS = 5000;

/** Undoes one thing; may take its time. */
export type Undo = () => void | Promise<void>;

/** The one way out of a long-lived process: everything acquired is undone in reverse order, once, however the end came. */
export interface Shutdown {
  /**
   * Registers the undo where something is acquired.
   *
   * @returns Takes the undo off the stack without running it, for what was let go of earlier.
   */
  defer(undo: Undo): () => void;
  /** Runs all undos and leaves; further calls change nothing. */
  exit(code: number): void;
  /** An error nobody caught: leaves with code 1 and says it once the screen is back. */
  fail(error: unknown): void;
  /** The exit has begun. */
  readonly isEnding: boolean;
}

/** The parts of `process` that are needed. */
export interface ProcessEnd {
  on(event: string, listener: (...values: unknown[]) => void): unknown;
  exit(code: number): void;
}

export interface ShutdownOptions {
  readonly process: ProcessEnd;
  readonly timers: Timers;
  /** Says what went wrong, after the undos (a terminal is back by then). */
  readonly report: (error: unknown) => void;
  /** A daemon is asked to stop by TERM and INT: that is no failure, so it leaves with 0. */
  readonly isDaemon?: boolean;
  /** All undos together; what is not done by then is left undone. */
  readonly graceMs?: number;
}

/**
 * Takes over signals and uncaught errors of the process. INT, TERM, HUP and QUIT leave with 128 + their number; a second
 * signal leaves at once, without waiting for slow undos. What is still on the stack when the process ends in some
 * other way is run as far as that goes without waiting.
 */
export function createShutdown(options: ShutdownOptions): Shutdown {
  const {process, timers, report, isDaemon = false, graceMs = DEFAULT_GRACE_MS} = options;
  const undos: Undo[] = [];
  const errors: unknown[] = [];
  let exitCode: number | null = null;
  let isReported = false;

  const finish = (code: number): void => {
    runRestNow();
    process.exit(code);
  };

  const runRestNow = (): void => {
    for (let undo = undos.pop(); undo !== undefined; undo = undos.pop()) attempt(undo);
    reportAll();
  };

  const attempt = (undo: Undo): void | Promise<void> => {
    try {
      return Promise.resolve(undo()).catch((error: unknown) => void errors.push(error));
    } catch (error) {
      errors.push(error);
    }
  };

  const reportAll = (): void => {
    if (isReported) return;
    isReported = true;
    for (const error of errors) report(error);
  };

  const exit = (code: number): void => {
    if (exitCode !== null) return;
    exitCode = code;
    const cancel = timers.after(graceMs, () => finish(code));
    void (async () => {
      for (let undo = undos.pop(); undo !== undefined; undo = undos.pop()) await attempt(undo);
      cancel();
      finish(errors.length > 0 && code === 0 ? FAILED : code);
    })();
  };

  const fail = (error: unknown): void => {
    errors.push(error);
    exit(FAILED);
  };

  const onSignal = (signal: Signal): void => {
    const isAsked = isDaemon && (signal === 'SIGTERM' || signal === 'SIGINT');
    const code = isAsked ? 0 : SIGNAL_EXIT_BASE + constants.signals[signal];
    if (exitCode === null) exit(code);
    else finish(code);
  };

  for (const signal of SIGNALS) process.on(signal, () => onSignal(signal));
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  process.on('exit', runRestNow);

  return {
    defer(undo) {
      undos.push(undo);
      return () => {
        const at = undos.lastIndexOf(undo);
        if (at >= 0) undos.splice(at, 1);
      };
    },
    exit,
    fail,
    get isEnding() {
      return exitCode !== null;
    },
  };
}
