import {Writable} from 'node:stream';
import blessed from 'blessed';
import {render, Box as Stack, Text} from 'ink';
import {createElement} from 'react';
import {realOutside} from '../../src/runtime/outside-real.ts';
import {createCells} from '../../src/runtime/terminal-writer/cells.ts';
import {GlyphTable} from '../../src/runtime/terminal-writer/glyphs.ts';
import {ScreenModel} from '../../src/runtime/terminal-writer/screen-model.ts';
import {StyleTable} from '../../src/runtime/terminal-writer/style.ts';
import {openTerminalWriter} from '../../src/runtime/terminal-writer/writer.ts';
import {capturingOutput} from '../support/terminal-output.ts';
import {loadBundled} from './bundled.ts';
import type {consoleFrames, FrameRows} from './console-frames.tsx';
import {LeastBytes} from './least-bytes.ts';
import {round, type Spread, spread} from './spread.ts';

export interface TerminalBench {
  /** Mean over the frames of a busy minute, one a second, without the first. */
  readonly bytesPerTick: number;
  readonly ticks: Spread;
  /** To the fewest bytes of any way of writing cells; below 1 where scrolling needs fewer. */
  readonly ratioToLeast: number;
  /** To Ink's own `incrementalRendering`. */
  readonly ratioToInk: number;
  /** To blessed with `smartCSR`. */
  readonly ratioToBlessed: number;
}

const SECONDS = 60;
const SIZES = [
  [120, 40],
  [200, 60],
] as const;

type Size = readonly [columns: number, rows: number];

async function loadFrames(): Promise<typeof consoleFrames> {
  const module = (await loadBundled('console-frames')) as {readonly consoleFrames: typeof consoleFrames};
  return module.consoleFrames;
}

/** Bytes of each frame. */
type Painted = readonly number[];

async function ours(frames: readonly FrameRows[], [columns, rows]: Size): Promise<Painted> {
  const output = capturingOutput();
  const {timers} = realOutside;
  const writer = openTerminalWriter({output, timers, size: {columns, rows}, term: 'xterm-256color', hasProbes: false});
  writer.stdout.write('\x1b[?25l');
  const painted: number[] = [];
  for (const frame of frames) {
    writer.stdout.write(`\x1b[?2026h\x1b[H\x1b[J${frame.join('\n')}`);
    writer.stdout.write('\x1b[?2026l');
    await Promise.resolve();
    painted.push(Buffer.byteLength(output.take()));
  }
  return painted;
}

function least(frames: readonly FrameRows[], [columns, rows]: Size): Painted {
  const glyphs = new GlyphTable();
  const styles = new StyleTable();
  const model = new ScreenModel(columns, rows, glyphs, styles);
  const search = new LeastBytes(glyphs, styles);
  let shown = createCells(columns, rows);
  return frames.map(frame => {
    model.feed(`\x1b[H\x1b[J${frame.join('\n')}`);
    const {glyphs: next, styles: looks} = model.cells;
    const cells = {columns, rows, glyphs: next.slice(), styles: looks.slice()};
    const bytes = search.step(shown, cells);
    shown = cells;
    return bytes;
  });
}

class Sink extends Writable {
  readonly isTTY = true;
  readonly columns: number;
  readonly rows: number;
  bytes = 0;

  constructor([columns, rows]: Size) {
    super({decodeStrings: false});
    this.columns = columns;
    this.rows = rows;
  }

  override _write(chunk: string | Uint8Array, _encoding: BufferEncoding, callback: () => void): void {
    this.bytes += Buffer.byteLength(chunk);
    callback();
  }

  taken(): number {
    const {bytes} = this;
    this.bytes = 0;
    return bytes;
  }
}

async function inks(frames: readonly FrameRows[], size: Size): Promise<Painted> {
  const sink = new Sink(size);
  const draw = (frame: FrameRows) =>
    createElement(
      Stack,
      {flexDirection: 'column', height: size[1], overflow: 'hidden'},
      ...frame.map((row, at) => createElement(Text, {key: at, wrap: 'truncate-end'}, row || ' ')),
    );
  const app = render(draw([]), {
    stdout: sink as unknown as NodeJS.WriteStream,
    interactive: true,
    incrementalRendering: true,
    patchConsole: false,
    exitOnCtrlC: false,
  });
  const painted: number[] = [];
  for (const frame of frames) {
    app.rerender(draw(frame));
    await app.waitUntilRenderFlush();
    painted.push(sink.taken());
  }
  app.unmount();
  return painted;
}

interface Box extends ReturnType<typeof blessed.box> {
  setContent(text: string): void;
}

async function blesseds(frames: readonly FrameRows[], size: Size): Promise<Painted> {
  const sink = new Sink(size);
  const screen = blessed.screen({
    input: new Sink(size),
    output: sink,
    terminal: 'xterm-256color',
    smartCSR: true,
    fullUnicode: true,
    resizeTimeout: 0,
  });
  const box = blessed.box({parent: screen, width: '100%', height: '100%', tags: false, wrap: false}) as Box;
  const painted: number[] = [];
  for (const frame of frames) {
    box.setContent(frame.join('\n'));
    screen.render();
    // Its program gathers what it writes until the next tick.
    await new Promise(resolve => setImmediate(resolve));
    painted.push(sink.taken());
  }
  screen.destroy();
  return painted;
}

function ticks(painted: Painted): number {
  return painted.slice(1).reduce((sum, bytes) => sum + bytes, 0);
}

/** Bytes to the terminal for a busy minute of the console, against the least there is, Ink itself, and blessed. */
export async function benchTerminal(): Promise<Readonly<Record<string, TerminalBench>>> {
  const framesOf = await loadFrames();
  const report: Record<string, TerminalBench> = {};
  for (const size of SIZES) {
    const frames = await framesOf(size[0], size[1], SECONDS);
    const painted = await ours(frames, size);
    const own = ticks(painted);
    report[size.join('x')] = {
      bytesPerTick: round(own / (SECONDS - 1)),
      ticks: spread(painted.slice(1)),
      ratioToLeast: round(own / ticks(least(frames, size))),
      ratioToInk: round(own / ticks(await inks(frames, size))),
      ratioToBlessed: round(own / ticks(await blesseds(frames, size))),
    };
  }
  return report;
}
