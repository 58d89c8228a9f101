import type {Timers} from './outside.ts';
import {HANG_UP_EXIT, type Shutdown} from './shutdown.ts';
import {openTerminalOutput} from './terminal-output.ts';
import {openTerminalSession} from './terminal-session.ts';
import {PROBE_ANSWER} from './terminal-writer/flow.ts';
import {openTerminalWriter} from './terminal-writer/writer.ts';

const STANDARD_OUTPUT = 1;

/** A full-screen face's place: it draws with Ink into `stdout`; keys come from `process.stdin`. */
export interface Screen {
  /** For Ink's `render`, without its own alternate screen. */
  readonly stdout: NodeJS.WriteStream;
  /** Draws all of it again, for when something else wrote to the terminal (Ctrl-L). */
  repaint(): void;
  /** Gives the terminal back and stops (Ctrl-Z). */
  suspend(): void;
  /** Bytes of our own that show nothing: bell, notification, clipboard. */
  send(bytes: string): void;
}

export interface ScreenOptions {
  readonly process: NodeJS.Process;
  readonly timers: Timers;
  readonly shutdown: Shutdown;
  /** `cells` sends what changed; `ink` leaves painting to Ink, for a terminal that the cell writer does not suit. */
  readonly painter: 'cells' | 'ink';
}

/**
 * Takes the terminal of the process for a full-screen face, and gives it back with `shutdown`. Check it with
 * `checkTerminal` before.
 */
export function openScreen(options: ScreenOptions): Screen {
  const {process, timers, shutdown} = options;
  const {stdin, stdout, env} = process;
  const output = openTerminalOutput({
    descriptor: STANDARD_OUTPUT,
    timers,
    onHangUp: () => shutdown.exit(HANG_UP_EXIT),
  });
  const size = () => ({columns: stdout.columns || 80, rows: stdout.rows || 24});
  const isOurs = options.painter === 'cells';
  const writer = openTerminalWriter({output, timers, size: size(), term: env.TERM ?? '', hasProbes: isOurs});
  const session = openTerminalSession({
    input: stdin,
    output,
    process,
    timers,
    shutdown,
    onLeave: writer.hold,
    onResume() {
      writer.repaint();
      if (!isOurs) stdout.emit('resize');
    },
  });
  const resize = (): void => writer.resize(size());
  stdout.on('resize', resize);
  shutdown.defer(() => void stdout.off('resize', resize));
  if (isOurs) watchAnswers(stdin, writer.probeAnswered);
  return {
    // Ink asks of its stream no more than `PaintedStream` has.
    stdout: isOurs ? (writer.stdout as unknown as NodeJS.WriteStream) : stdout,
    repaint: writer.repaint,
    suspend: session.suspend,
    send: writer.send,
  };
}

/**
 * Calls for each answer to a probe in the input. Ink reads the same input by `readable` and leaves out what is no key; the
 * listener of our own keeps the stream from flowing while Ink has none.
 */
function watchAnswers(stdin: NodeJS.ReadStream, onAnswer: () => void): void {
  let tail = '';
  stdin.on('readable', () => {});
  stdin.on('data', (data: string | Uint8Array) => {
    const text = tail + (typeof data === 'string' ? data : Buffer.from(data).toString('latin1'));
    for (let at = text.indexOf(PROBE_ANSWER); at >= 0; at = text.indexOf(PROBE_ANSWER, at + 1)) onAnswer();
    // An answer may come in two pieces; a whole one must not be counted twice.
    tail = text.slice(1 - PROBE_ANSWER.length);
  });
}
