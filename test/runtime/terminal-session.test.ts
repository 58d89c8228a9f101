import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {checkTerminal} from '../../src/runtime/terminal-check.ts';
import {openNotes} from '../support/notes.ts';
import {openPty} from '../support/pty.ts';

async function openProgram() {
  const notes = openNotes();
  const pty = openPty([process.execPath, join(import.meta.dirname, 'terminal-child.ts'), notes.file]);
  const line = (row: number): string => pty.screen.lines()[row] ?? '';
  await pty.until(() => line(0).endsWith('ready'));
  return {
    pty,
    pid: Number(/\d+/.exec(line(0))?.[0]),
    line,
    notes,
    async [Symbol.asyncDispose]() {
      await pty[Symbol.asyncDispose]();
      notes[Symbol.dispose]();
    },
  };
}

type Program = Awaited<ReturnType<typeof openProgram>>;

function expectRestored({pty}: Program): void {
  expect(pty.screen.isAlternateScreen()).toBe(false);
  expect(pty.screen.cursor().isHidden).toBe(false);
  expect(pty.screen.modes()).toEqual({bracketedPaste: false, synchronized: false, wraparound: true});
}

describe.concurrent('openTerminalSession (rules 45, 48 and 49)', () => {
  test('takes the alternate screen, raw keys, bracketed paste, and hides the cursor', async () => {
    await using program = await openProgram();
    const {pty, line} = program;
    expect(pty.screen.isAlternateScreen()).toBe(true);
    expect(pty.screen.cursor().isHidden).toBe(true);
    expect(pty.screen.modes()).toEqual({bracketedPaste: true, synchronized: false, wraparound: false});
    pty.type('\x03');
    await pty.until(() => line(3) === 'key "\\u0003"');
    pty.type('q');
    expect(await pty.exit).toBe(0);
    expectRestored(program);
    expect(pty.screen.replies()).toBe('');
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGQUIT', 131],
  ] as const)('%s puts it back and leaves with %d', async (signal, code) => {
    await using program = await openProgram();
    process.kill(program.pid, signal);
    expect(await program.pty.exit).toBe(code);
    expectRestored(program);
  });

  test.each([
    ['t', 'failed: Error: thrown'],
    ['r', 'failed: Error: rejected'],
  ])('an error nobody caught (%s) is read on the screen as it was', async (key, message) => {
    await using program = await openProgram();
    program.pty.type(key);
    expect(await program.pty.exit).toBe(1);
    expectRestored(program);
    expect(program.pty.screen.lines().join('\n')).toContain(message);
  });

  test.each(['SIGTSTP', 'z'] as const)('%s gives it back, and going on takes it again', async how => {
    await using program = await openProgram();
    const {pty, pid, line} = program;
    if (how === 'z') pty.type('z');
    else process.kill(pid, how);
    await pty.until(() => !pty.screen.isAlternateScreen());
    expectRestored(program);
    process.kill(pid, 'SIGCONT');
    await pty.until(() => line(0).startsWith('resumed'));
    expect(pty.screen.isAlternateScreen()).toBe(true);
    expect(pty.screen.modes().bracketedPaste).toBe(true);
    pty.type('q');
    expect(await pty.exit).toBe(0);
    expectRestored(program);
  });

  test('a terminal that goes away ends it within 2 s, also with SIGHUP ignored', async () => {
    await using program = await openProgram();
    const {pty, line} = program;
    pty.type('i');
    await pty.until(() => line(1) === 'ignoring');
    const begin = performance.now();
    pty.hangUp();
    await program.notes.until('undone');
    expect(performance.now() - begin).toBeLessThan(2000);
  });

  test('a terminal that does not read stops nothing, and gets the rest later', async () => {
    await using program = await openProgram();
    const {pty} = program;
    pty.setReading(false);
    pty.type('f');
    await program.notes.until('20 ticks');
    expect(program.notes.read()).toContain('some waits');
    expect(program.notes.read()).not.toContain('idle');
    pty.setReading(true);
    await program.notes.until('idle');
    expect(pty.raw().match(/x/g)?.length).toBeGreaterThanOrEqual(1_900_000);
  });

  test('leaving while the terminal does not read takes half a second, not for ever', async () => {
    await using program = await openProgram();
    const {pty, pid} = program;
    pty.setReading(false);
    pty.type('f');
    await program.notes.until('20 ticks');
    const begin = performance.now();
    process.kill(pid, 'SIGTERM');
    await program.notes.until('undone');
    expect(performance.now() - begin).toBeLessThan(2000);
  });
});

describe('checkTerminal (rule 50)', () => {
  const tty = {isTTY: true};

  test.each([
    [tty, tty, {TERM: 'xterm-256color'}, null],
    [tty, tty, {TERM: 'vt100'}, null],
    [{}, tty, {TERM: 'xterm'}, 'NOT_A_TERMINAL'],
    [tty, {isTTY: false}, {TERM: 'xterm'}, 'NOT_A_TERMINAL'],
    [tty, tty, {TERM: 'dumb'}, 'TERMINAL_TOO_PLAIN'],
    [tty, tty, {}, 'TERMINAL_TOO_PLAIN'],
  ])('input %j, output %j, %j', (input, output, env, code) => {
    expect(checkTerminal(input, output, env)?.code ?? null).toBe(code);
  });
});
