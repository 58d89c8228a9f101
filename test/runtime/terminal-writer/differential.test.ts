import {describe, expect, test} from 'vitest';
import {openTerminalWriter, type TerminalWriter} from '../../../src/runtime/terminal-writer/writer.ts';
import {virtualOutside} from '../../support/clock.ts';
import {type HeadlessTerminal, headlessTerminal, type ScreenCell} from '../../support/headless-terminal.ts';
import {type Frame, nextFrame, randomFrame, rowText} from '../../support/random-frame.ts';
import {capturingOutput} from '../../support/terminal-output.ts';

/** `NOCTURNE_FRAME_PAIRS=100000` for the long run. */
const PAIRS = Number(process.env.NOCTURNE_FRAME_PAIRS ?? 2_000);
const TERMS = [
  'xterm-256color',
  'xterm-kitty',
  'tmux-256color',
  'screen-256color',
  'linux',
  'vt220',
  'vt100',
  'unheard-of',
];
const PAIRS_EACH = Math.ceil(PAIRS / TERMS.length);
const TIMEOUT_MS = 30_000 + 20 * PAIRS_EACH;

/** What a person sees of a cell: an empty one shows its foreground only in lines and when inverse. */
function look({text, width, style}: ScreenCell): string {
  if (text !== ' ') return `${text} ${width} ${style}`;
  const [colours = '', ...flags] = style.split(' ');
  const [fg, bg] = colours.split('/');
  const lines = flags.filter(flag => ['underline', 'inverse', 'strike', 'overline'].includes(flag));
  if (lines.length === 0) return `blank ${bg}`;
  return `blank ${bg} ${fg} ${flags.filter(flag => flag !== 'italic' && flag !== 'blink' && flag !== 'hidden').join(' ')}`;
}

function looks(terminal: HeadlessTerminal): string[][] {
  return terminal.cells().map(row => row.map(look));
}

/** Draws a frame as Ink does: erases the lines of the last one, writes the new one, in one synchronized update. */
function inkFrame(writer: TerminalWriter, frame: Frame, previousRows: number): void {
  const erase = `${'\x1b[2K\x1b[1A'.repeat(Math.max(0, previousRows - 1))}\x1b[2K\x1b[G`;
  writer.stdout.write('\x1b[?2026h');
  writer.stdout.write((previousRows === 0 ? '' : erase) + frame.map(rowText).join('\n'));
  writer.stdout.write('\x1b[?2026l');
}

/** All that the writer ever sends: text, and CR, LF, BS; moves, erasing, repeating, scrolling, styles; cursor and update marks. */
const SENT = /^(?:[^\x00-\x1f\x7f-\x9f]|[\r\n\b]|\x1b\[[\d;]*[ABCDGHJKSTXbmr]|\x1b\[\?(?:25|2026)[hl])*$/;

async function redraw(terminal: HeadlessTerminal, frame: Frame): Promise<void> {
  await terminal.write(`\x1b[?7l\x1b[m\x1b[2J${frame.map((row, at) => `\x1b[${at + 1}H${rowText(row)}`).join('')}`);
}

describe('what was painted step by step equals the frame drawn at once, by harmless sequences alone (rule 45)', () => {
  test.each(TERMS)(`on %s, ${PAIRS_EACH} pairs of frames`, {timeout: TIMEOUT_MS}, async term => {
    const {random, timers} = virtualOutside({seed: TERMS.indexOf(term) + 1});
    let columns = 36;
    let rows = 9;
    const painted = headlessTerminal(columns, rows);
    const whole = headlessTerminal(columns, rows);
    const output = capturingOutput();
    await painted.write('\x1b[?7l');
    const writer = openTerminalWriter({output, timers, size: {columns, rows}, term, hasProbes: false});
    writer.stdout.write('\x1b[?25l');
    let frame: Frame = randomFrame(random, columns, rows);
    let previousRows = 0;
    for (let pair = 0; pair < PAIRS_EACH; pair++) {
      if (random.next() < 0.02) {
        columns = 1 + Math.floor(random.next() * 60);
        rows = 1 + Math.floor(random.next() * 12);
        painted.resize(columns, rows);
        whole.resize(columns, rows);
        writer.resize({columns, rows});
        writer.stdout.write('\x1b[H\x1b[J');
        previousRows = 0;
      }
      output.setStalled(random.next() < 0.1);
      frame = nextFrame(random, frame, columns, rows);
      inkFrame(writer, frame, previousRows);
      previousRows = rows;
      await Promise.resolve();
      output.setStalled(false);
      const bytes = output.take();
      if (!SENT.test(bytes)) expect(bytes).toMatch(SENT);
      await painted.write(bytes);
      await redraw(whole, frame);
      const [seen, wanted] = [looks(painted), looks(whole)];
      for (const [row, cells] of wanted.entries()) {
        if (cells.join() !== seen[row]?.join()) expect({pair, row, cells: seen[row]}).toEqual({pair, row, cells});
      }
    }
    expect(painted.replies()).toBe('');
    painted.dispose();
    whole.dispose();
  });
});
