import type {Timers} from '../outside.ts';
import type {TerminalOutput} from '../terminal-output.ts';
import {type Abilities, abilitiesOf} from './abilities.ts';
import {createFlow} from './flow.ts';
import {GlyphTable} from './glyphs.ts';
import {PaintedStream, type TerminalSize} from './painted-stream.ts';
import {Painter} from './painter.ts';
import {ScreenModel} from './screen-model.ts';
import {StyleTable} from './style.ts';

const BEGIN_UPDATE = '\x1b[?2026h';
const END_UPDATE = '\x1b[?2026l';
const SHOW_CURSOR = '\x1b[?25h';
const HIDE_CURSOR = '\x1b[?25l';

/** A change this small is seen at once by itself: the marks around it would be a good part of it. */
const LEAST_SYNCHRONIZED_BYTES = 256;

/** What the writer has done since it was opened. */
export interface WriterFigures {
  readonly frames: number;
  /** Frames that were overtaken by a newer one before the terminal was ready. */
  readonly dropped: number;
  readonly bytes: number;
}

/**
 * Stands between Ink and the terminal: Ink draws whole frames into `stdout`, the terminal gets what changed, and never more
 * than it reads: while it does not, frames are dropped and the newest is kept.
 */
export interface TerminalWriter {
  /** For Ink's `render(node, {stdout})`, without its own alternate screen. */
  readonly stdout: PaintedStream;
  /**
   * The terminal had another size, if only for a moment. Call it for every signal, also when the size is as before: what did not fit on
   * the way has left the terminal.
   */
  resize(size: TerminalSize): void;
  /** Draws everything again: after `hold`, or when something else wrote to the screen. */
  repaint(): void;
  /** The screen is not ours soon: nothing is written until `repaint`. Resolves when the terminal owes no answer. */
  hold(): Promise<void>;
  /** Bell, notification, clipboard: our own bytes, which show nothing, between two frames. */
  send(bytes: string): void;
  /** The terminal answered a probe of the writer (`PROBE_ANSWER` on its input). */
  probeAnswered(): void;
  readonly figures: WriterFigures;
}

export interface TerminalWriterOptions {
  readonly output: TerminalOutput;
  readonly timers: Timers;
  readonly size: TerminalSize;
  /** The variable TERM. */
  readonly term: string;
  /** Ask the terminal how far it has read. Needs somebody who takes the answers out of the input. */
  readonly hasProbes: boolean;
  /** How a terminal of another character set gets its text, cell by cell; without it, as it is. */
  readonly spell?: (text: string) => string;
}

export function openTerminalWriter(options: TerminalWriterOptions): TerminalWriter {
  const {output, timers, size, term, hasProbes, spell} = options;
  const abilities: Abilities = abilitiesOf(term);
  const flow = createFlow(timers, () => paint());
  let glyphs = new GlyphTable();
  let styles = new StyleTable();
  const model = new ScreenModel(size.columns, size.rows, glyphs, styles);
  let painter = new Painter(size.columns, size.rows, abilities, glyphs, styles);
  let isScheduled = false;
  let waitingFrames = 0;
  let isHeld = false;
  let isCursorShown = false;
  const figures = {frames: 0, dropped: 0, bytes: 0};

  const isReady = (): boolean => output.isIdle && (!hasProbes || flow.isReady);

  const frame = (): string => {
    const {cursor} = model;
    const hide = isCursorShown && cursor === null ? HIDE_CURSOR : '';
    const show = !isCursorShown && cursor !== null ? SHOW_CURSOR : '';
    isCursorShown = cursor !== null;
    const bytes = hide + painter.paint(model.cells, cursor) + show;
    const isLong = abilities.synchronizes && bytes.length >= LEAST_SYNCHRONIZED_BYTES;
    return isLong ? BEGIN_UPDATE + bytes + END_UPDATE : bytes;
  };

  const write = (bytes: string): void => {
    const length = Buffer.byteLength(bytes);
    figures.bytes += length;
    output.write(hasProbes ? bytes + flow.send(length) : bytes);
  };

  const paint = (): void => {
    if (waitingFrames === 0 || isHeld || !isReady()) return;
    figures.dropped += waitingFrames - 1;
    waitingFrames = 0;
    const bytes = frame();
    if (bytes === '') return;
    figures.frames++;
    write(bytes);
  };

  /** Ink writes a frame in several pieces; they are painted when it has done. */
  const schedule = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    queueMicrotask(() => {
      isScheduled = false;
      if (model.isSynchronized) return;
      waitingFrames++;
      paint();
    });
  };

  /** Numbers only ever grow; a night of hostile texts must not fill the memory. */
  const renewTables = (): void => {
    glyphs = new GlyphTable();
    styles = new StyleTable();
    model.renumber(glyphs, styles);
    painter = new Painter(stdout.columns, stdout.rows, abilities, glyphs, styles);
  };

  const stdout = new PaintedStream(size, text => {
    // Ink writes nothing, to learn when all before is written.
    if (text === '') return;
    model.feed(spell === undefined ? text : spell(text));
    if (glyphs.isFull || styles.isFull) renewTables();
    schedule();
  });

  output.onIdle(paint);

  return {
    stdout,
    resize(next) {
      model.resize(next.columns, next.rows);
      painter.forget(next.columns, next.rows);
      stdout.resize(next);
      schedule();
    },
    hold() {
      isHeld = true;
      return flow.quiet();
    },
    repaint() {
      isHeld = false;
      painter.forget();
      isCursorShown = false;
      schedule();
    },
    send(bytes) {
      if (!isHeld) write(bytes);
    },
    probeAnswered: flow.answered,
    get figures() {
      return {...figures};
    },
  };
}
