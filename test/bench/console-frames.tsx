import {EventEmitter} from 'node:events';
import {PassThrough} from 'node:stream';
import {drawConsole} from '../../src/console/draw-console.tsx';
import {SECOND} from '../../src/domain/time.ts';
import {createShutdown} from '../../src/runtime/shutdown.ts';
import type {Cells} from '../../src/runtime/terminal-writer/cells.ts';
import {GlyphTable, TAIL} from '../../src/runtime/terminal-writer/glyphs.ts';
import {PaintedStream} from '../../src/runtime/terminal-writer/painted-stream.ts';
import {ScreenModel} from '../../src/runtime/terminal-writer/screen-model.ts';
import {sgrBetween} from '../../src/runtime/terminal-writer/sgr.ts';
import {PLAIN, StyleTable} from '../../src/runtime/terminal-writer/style.ts';
import {acknowledged, busyNight, raised, resolved} from '../console/night.ts';

/** A frame as rows of text with SGR sequences, each from the plain style and back. */
export type FrameRows = readonly string[];

const HEARD_EVERY_SECONDS = 5;
const NEWS_EVERY_SECONDS = 6;
const KEY_EVERY_SECONDS = 5;

function rowsOf(cells: Cells, glyphs: GlyphTable, styles: StyleTable): FrameRows {
  return Array.from({length: cells.rows}, (_, row) => {
    let text = '';
    let pen = PLAIN;
    for (let at = row * cells.columns; at < (row + 1) * cells.columns; at++) {
      const glyph = cells.glyphs[at] ?? TAIL;
      if (glyph === TAIL) continue;
      const style = cells.styles[at] ?? PLAIN;
      text += sgrBetween(styles.style(pen), styles.style(style), true) + glyphs.text(glyph);
      pen = style;
    }
    return (text + sgrBetween(styles.style(pen), styles.style(PLAIN), true)).trimEnd();
  });
}

/**
 * What the console shows in the course of a busy minute: one frame a second, news every few seconds, and a technician who moves
 * and acknowledges.
 */
export async function consoleFrames(columns: number, rows: number, seconds: number): Promise<readonly FrameRows[]> {
  const {outside, noc} = busyNight();
  const glyphs = new GlyphTable();
  const styles = new StyleTable();
  const model = new ScreenModel(columns, rows, glyphs, styles);
  const stdout = new PaintedStream({columns, rows}, text => model.feed(text));
  const keyboard = new PassThrough();
  const process = Object.assign(new EventEmitter(), {exit() {}});
  const shutdown = createShutdown({process, timers: outside.timers, report: error => console.error(error)});
  const canvas = {stdout, resize() {}, send() {}, repaint() {}, hold: async () => {}, probeAnswered() {}};
  const running = drawConsole({
    store: noc,
    lang: 'de',
    me: null,
    isReadOnly: false,
    depth: '256',
    canvas,
    suspend() {},
    keyboard,
    outside,
    shutdown,
  });
  const frames: FrameRows[] = [];
  for (let second = 0; second < seconds; second++) {
    const at = outside.clock.now();
    if (second % HEARD_EVERY_SECONDS === 0) for (const name of ['berlin', 'hamburg']) noc.change(name, {heardAt: at});
    if (second % NEWS_EVERY_SECONDS === 1) {
      const n = 100 + second;
      noc.append(
        'berlin',
        [
          raised({
            n,
            customer: 'mueller',
            host: 'srv-db-01',
            service: `svc-${n}`,
            summary: `Dienst ${n} antwortet nicht`,
          }),
        ],
        {at},
      );
      if (second > 8) noc.append('berlin', [acknowledged(n - NEWS_EVERY_SECONDS, 'Jana', at)], {at});
      if (second > 16) noc.append('berlin', [resolved(n - 3 * NEWS_EVERY_SECONDS)], {at});
    }
    if (second % KEY_EVERY_SECONDS === 2) keyboard.write(second % 2 === 0 ? 'j' : 'k');
    await outside.advanceAsync(SECOND);
    await running.settled();
    frames.push(rowsOf(model.cells, glyphs, styles));
  }
  shutdown.exit(0);
  await outside.advanceAsync(SECOND);
  return frames;
}
