import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {openNotes} from '../../support/notes.ts';
import {openPty} from '../../support/pty.ts';

async function openList() {
  const notes = openNotes();
  const pty = openPty([process.execPath, join(import.meta.dirname, 'ink-child.ts'), notes.file]);
  const line = (row: number): string => pty.screen.lines()[row] ?? '';
  await pty.until(() => line(23).startsWith('storm 0'));
  return {
    pty,
    line,
    pid: Number(/pid (\d+)/.exec(line(23))?.[1]),
    notes,
    async [Symbol.asyncDispose]() {
      await pty[Symbol.asyncDispose]();
      notes[Symbol.dispose]();
    },
  };
}

describe.concurrent('the writer on a real terminal', () => {
  test('shows an Ink program, takes its keys, and leaves the terminal as it was', async () => {
    await using list = await openList();
    const {pty, line} = list;
    expect(pty.screen.isAlternateScreen()).toBe(true);
    pty.type('j');
    await pty.until(() => line(1).startsWith('>'));
    expect(line(0)).toBe('  row 0');
    pty.type('q');
    expect(await pty.exit).toBe(0);
    expect(pty.screen.isAlternateScreen()).toBe(false);
    expect(pty.screen.cursor().isHidden).toBe(false);
    expect(pty.screen.modes()).toEqual({bracketedPaste: false, synchronized: false, wraparound: true});
  });

  test('a key sends a few bytes', async () => {
    await using list = await openList();
    const before = list.pty.raw().length;
    list.pty.type('j');
    await list.pty.until(() => list.line(1).startsWith('>'));
    expect(list.pty.raw().length - before).toBeLessThan(12);
  });

  test('the answers that pace it are no keys', async () => {
    await using list = await openList();
    list.pty.type('s');
    await list.pty.until(() => list.pty.screen.replies().length > 20);
    list.pty.type('j');
    await list.pty.until(() => list.line(1).startsWith('>'));
    expect(list.notes.read()).toBe('"s"\n"j"\n');
    list.pty.type('q');
    expect(await list.pty.exit).toBe(0);
  });

  test('after 2 s without reading, the newest frame is there at once', async () => {
    await using list = await openList();
    const {pty, line} = list;
    const shown = (): number => Number(/storm (\d+)/.exec(line(23))?.[1]);
    pty.type('s');
    await pty.until(() => shown() > 5);
    pty.setReading(false);
    const before = shown();
    await list.notes.until('it storms');
    pty.setReading(true);
    const begin = performance.now();
    await pty.until(() => shown() > before + 60);
    expect(performance.now() - begin).toBeLessThan(1000);
  });

  test('a stop gives the terminal back, going on draws all of it again', async () => {
    await using list = await openList();
    const {pty, line, pid} = list;
    pty.type('z');
    await pty.until(() => !pty.screen.isAlternateScreen());
    process.kill(pid, 'SIGCONT');
    await pty.until(() => pty.screen.isAlternateScreen() && line(23).startsWith('storm'));
    expect(line(5)).toBe('  row 5');
    pty.type('j');
    await pty.until(() => line(1).startsWith('>'));
  });

  test('an error in the program itself is said on the terminal as it was, with exit code 1 (rule 48)', async () => {
    await using list = await openList();
    list.pty.type('e');
    expect(await list.pty.exit).toBe(1);
    expect(list.pty.screen.isAlternateScreen()).toBe(false);
    expect(list.pty.screen.lines().join('\n')).toContain('render failed');
  });
});
