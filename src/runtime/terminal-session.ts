import type {Timers} from './outside.ts';
import {HANG_UP_EXIT, type Shutdown} from './shutdown.ts';
import type {TerminalOutput} from './terminal-output.ts';

/** Alternate screen, no wrapping at the edge, bracketed paste, no cursor, empty. */
const ENTER = '\x1b[?1049h\x1b[?7l\x1b[?2004h\x1b[?25l\x1b[H\x1b[2J';
/** All of it back: end of a synchronized update, colours, wrapping, paste, the main screen, cursor. */
const LEAVE = '\x1b[?2026l\x1b[m\x1b[?7h\x1b[?2004l\x1b[?1049l\x1b[?25h';

const FULL_SCREEN = {enter: ENTER, leave: LEAVE} as const;

const LAST_WORDS_MS = 500;
/** A stop that the system ignores (no shell with job control above us) is over after this. */
const STOP_MS = 50;

/** The keyboard side: `process.stdin`. */
export interface TerminalInput {
  readonly isTTY?: boolean;
  setRawMode?(isRaw: boolean): unknown;
  on(event: 'end' | 'close' | 'error', listener: () => void): unknown;
}

/** The parts of `process` that stopping and going on need. */
export interface ProcessStop {
  readonly pid: number;
  on(event: 'SIGTSTP' | 'SIGCONT', listener: () => void): unknown;
  off(event: 'SIGTSTP' | 'SIGCONT', listener: () => void): unknown;
  kill(pid: number, signal: 'SIGTSTP'): unknown;
}

export interface TerminalSessionOptions {
  readonly input: TerminalInput;
  readonly output: TerminalOutput;
  readonly process: ProcessStop;
  readonly timers: Timers;
  readonly shutdown: Shutdown;
  /** Other than the modes of a full screen, for a face that writes lines. */
  readonly modes?: {readonly enter: string; readonly leave: string};
  /** The screen is about to be given back: no more writing. */
  readonly onLeave: () => Promise<void>;
  /** The screen is ours again after a stop, empty: paint all of it. */
  readonly onResume: () => void;
}

/** A full-screen face's hold on the terminal. It is given back when the process ends (security rule 48). */
export interface TerminalSession {
  /** Ctrl-Z: gives the terminal back and stops, with whoever started us in the same job. */
  suspend(): void;
}

/**
 * Takes the terminal: alternate screen, raw keys. It is put back on exit, on a stop, and taken again on going on; when the
 * terminal goes away the process leaves (security rules 48 and 49).
 */
export function openTerminalSession(options: TerminalSessionOptions): TerminalSession {
  const {input, output, process, timers, shutdown, modes = FULL_SCREEN} = options;
  let isOurs = false;

  const enter = (): void => {
    isOurs = true;
    input.setRawMode?.(true);
    output.write(modes.enter);
  };

  const leave = (): void => {
    if (!isOurs) return;
    isOurs = false;
    output.writeLast(modes.leave, LAST_WORDS_MS);
    try {
      input.setRawMode?.(false);
    } catch {
      // The terminal is gone: nothing to put back.
    }
  };

  const stop = async (pid: number): Promise<void> => {
    if (!isOurs) return;
    await options.onLeave();
    leave();
    process.off('SIGTSTP', onStop);
    process.kill(pid, 'SIGTSTP');
    timers.after(STOP_MS, () => {
      process.on('SIGTSTP', onStop);
      if (!isOurs && !shutdown.isEnding) resume();
    });
  };

  const resume = (): void => {
    enter();
    options.onResume();
  };

  const onStop = (): void => void stop(process.pid);
  const onContinue = (): void => {
    if (!shutdown.isEnding) resume();
  };
  const onHangUp = (): void => shutdown.exit(HANG_UP_EXIT);

  shutdown.defer(() => {
    process.off('SIGTSTP', onStop);
    process.off('SIGCONT', onContinue);
    leave();
  });
  shutdown.defer(options.onLeave);
  process.on('SIGTSTP', onStop);
  process.on('SIGCONT', onContinue);
  for (const event of ['end', 'close', 'error'] as const) input.on(event, onHangUp);
  enter();
  return {suspend: () => void stop(0)};
}
