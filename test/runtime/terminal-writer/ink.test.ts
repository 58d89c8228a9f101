import {Box, render, Text, useCursor} from 'ink';
import {createElement} from 'react';
import {describe, expect, test} from 'vitest';
import {openTerminalWriter} from '../../../src/runtime/terminal-writer/writer.ts';
import {virtualOutside} from '../../support/clock.ts';
import {headlessTerminal} from '../../support/headless-terminal.ts';
import {capturingOutput} from '../../support/terminal-output.ts';

const PLAIN_ROWS = Array.from({length: 40}, (_, row) => `Zeile ${row}`);

function openInk(columns = 40, rows = 8) {
  const {timers} = virtualOutside();
  const output = capturingOutput();
  const terminal = headlessTerminal(columns, rows);
  const writer = openTerminalWriter({output, timers, size: {columns, rows}, term: 'xterm-256color', hasProbes: false});
  const stdout = writer.stdout as unknown as NodeJS.WriteStream;
  const app = render(createElement(Text, null, ''), {
    stdout,
    interactive: true,
    patchConsole: false,
    exitOnCtrlC: false,
    maxFps: 1000,
  });
  return {
    writer,
    terminal,
    output,
    unmount: app.unmount,
    async show(node: ReturnType<typeof createElement>): Promise<string> {
      app.rerender(node);
      await app.waitUntilRenderFlush();
      const bytes = output.take();
      await terminal.write(bytes);
      return bytes;
    },
  };
}

function column(lines: readonly string[], height: number) {
  return createElement(
    Box,
    {flexDirection: 'column', height, overflow: 'hidden'},
    ...lines.map((line, row) =>
      createElement(Text, {key: row, wrap: 'truncate-end'}, row === 2 ? `\x1b[7m${line}\x1b[27m` : line),
    ),
  );
}

function Field({x}: {readonly x: number}) {
  useCursor().setCursorPosition({x, y: 1});
  return column(PLAIN_ROWS.slice(0, 8), 8);
}

describe('Ink through the writer', () => {
  test('draws a full-height frame, and then only what changed', async () => {
    const ink = openInk();
    await ink.show(column(PLAIN_ROWS.slice(0, 8), 8));
    expect(ink.terminal.lines()).toEqual(PLAIN_ROWS.slice(0, 8));
    expect(ink.terminal.cells()[2]?.[0]?.style).toBe('-/- inverse');
    const changed = [...PLAIN_ROWS.slice(0, 4), 'Zeile 5', ...PLAIN_ROWS.slice(5, 8)];
    expect(await ink.show(column(changed, 8))).toBe('\x1b[5;7H5');
    expect(ink.terminal.lines()).toEqual(changed);
    expect(await ink.show(column(changed, 8))).toBe('');
    ink.unmount();
  });

  test('a frame that gets shorter leaves nothing behind', async () => {
    const ink = openInk();
    await ink.show(column(PLAIN_ROWS.slice(0, 8), 8));
    await ink.show(column(PLAIN_ROWS.slice(0, 3), 3));
    expect(ink.terminal.lines()).toEqual([...PLAIN_ROWS.slice(0, 3), '', '', '', '', '']);
    await ink.show(column(PLAIN_ROWS.slice(0, 8), 8));
    expect(ink.terminal.lines()).toEqual(PLAIN_ROWS.slice(0, 8));
    ink.unmount();
  });

  test.each([
    [30, 5],
    [60, 12],
    [12, 8],
  ])('is whole again after a resize to %d columns and %d rows', async (columns, rows) => {
    const ink = openInk();
    await ink.show(column(PLAIN_ROWS.slice(0, 8), 8));
    ink.terminal.resize(columns, rows);
    ink.writer.resize({columns, rows});
    await ink.show(column(PLAIN_ROWS.slice(0, rows), rows));
    expect(ink.terminal.lines()).toEqual(PLAIN_ROWS.slice(0, rows));
    ink.unmount();
  });

  test('1,000 resizes end in the right picture', async () => {
    const ink = openInk();
    const {random} = virtualOutside({seed: 5});
    let rows = 8;
    for (let resize = 0; resize < 1000; resize++) {
      const columns = 20 + Math.floor(random.next() * 281);
      rows = 6 + Math.floor(random.next() * 95);
      ink.writer.resize({columns, rows});
    }
    const {columns} = ink.writer.stdout;
    ink.terminal.resize(columns, rows);
    await ink.show(column(PLAIN_ROWS.slice(0, 6), rows));
    expect(ink.terminal.lines().slice(0, 6)).toEqual(PLAIN_ROWS.slice(0, 6));
    ink.unmount();
  });

  test('a cursor that a component asks for stands where it is wanted, and goes with it', async () => {
    const ink = openInk();
    await ink.show(createElement(Field, {x: 5}));
    expect(ink.terminal.cursor()).toEqual({column: 5, row: 1, isHidden: false});
    await ink.show(createElement(Field, {x: 9}));
    expect(ink.terminal.cursor()).toEqual({column: 9, row: 1, isHidden: false});
    await ink.show(column(PLAIN_ROWS.slice(0, 8), 8));
    expect(ink.terminal.cursor().isHidden).toBe(true);
    ink.unmount();
  });

  test('drops frames while the terminal takes none, and shows the newest at once after', async () => {
    const ink = openInk();
    await ink.show(column(PLAIN_ROWS.slice(0, 8), 8));
    const {dropped, frames} = ink.writer.figures;
    ink.output.setStalled(true);
    for (let frame = 0; frame < 50; frame++) {
      expect(await ink.show(column([`Bild ${frame}`, ...PLAIN_ROWS.slice(1, 8)], 8))).toBe('');
    }
    ink.output.setStalled(false);
    await ink.terminal.write(ink.output.take());
    expect(ink.terminal.lines()[0]).toBe('Bild 49');
    expect(ink.writer.figures.dropped).toBe(dropped + 49);
    expect(ink.writer.figures.frames).toBe(frames + 1);
    ink.unmount();
  });

  test('paints all again when told that the screen was touched', async () => {
    const ink = openInk();
    await ink.show(column(PLAIN_ROWS.slice(0, 8), 8));
    await ink.terminal.write('\x1b[2J\x1b[Hsome other program');
    ink.writer.repaint();
    await ink.show(column(PLAIN_ROWS.slice(0, 8), 8));
    expect(ink.terminal.lines()).toEqual(PLAIN_ROWS.slice(0, 8));
    ink.unmount();
  });

  test('writes nothing while the screen is not ours', async () => {
    const ink = openInk();
    await ink.show(column(PLAIN_ROWS.slice(0, 8), 8));
    await ink.writer.hold();
    ink.writer.send('\x07');
    expect(await ink.show(column(PLAIN_ROWS.slice(8, 16), 8))).toBe('');
    ink.writer.repaint();
    await ink.show(column(PLAIN_ROWS.slice(8, 16), 8));
    expect(ink.terminal.lines()).toEqual(PLAIN_ROWS.slice(8, 16));
    ink.unmount();
  });

  test('a glyph that the terminal measures otherwise moves nothing else', async () => {
    const ink = openInk();
    await ink.show(column(['vorher nachher |', 'Zeile'], 8));
    const row = '🇩🇪 👩‍🚒 ⚠️ 🫠 한|';
    await ink.show(column([row, 'Zeile'], 8));
    await ink.show(column([`${row}!`, 'Zeile 1'], 8));
    const cells = ink.terminal.cells();
    // Ink lays each of the five out in two cells.
    expect(cells[0]?.slice(14, 17).map(cell => cell.text)).toEqual(['|', '!', ' ']);
    expect(ink.terminal.lines()[1]).toBe('Zeile 1');
    ink.unmount();
  });

  test('a text with sequences in it changes nothing but its own cells (rule 45)', async () => {
    const ink = openInk();
    await ink.terminal.write('\x1b]0;before\x07');
    await ink.show(column(['\x1b]0;owned\x07title', 'a\x1b[6nb', '\x1b[?1049lc', '\x07d'], 8));
    expect(ink.terminal.title()).toBe('before');
    expect(ink.terminal.replies()).toBe('');
    expect(ink.terminal.bell()).toBe(0);
    ink.unmount();
  });
});
