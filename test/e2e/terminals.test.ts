import {execFile} from 'node:child_process';
import {readlinkSync} from 'node:fs';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {bundle, CollectorProcess} from '../support/collector-process.ts';
import {homeIn} from '../support/home.ts';
import {nocturne} from '../support/nocturne.ts';
import {childOf, openPty, type Pty, type PtyOptions} from '../support/pty.ts';

const TERMS = ['xterm-256color', 'screen-256color', 'tmux', 'linux', 'vt100'] as const;
/** Those that would show the marks of a synchronized update, or worse. */
const WITHOUT_SYNCHRONIZED: readonly string[] = ['screen-256color', 'linux', 'vt100'];

let collector: CollectorProcess;
let env: Record<string, string> = {};
beforeAll(async () => {
  collector = await CollectorProcess.start();
  env = {
    NOCTURNE_URL: collector.url,
    NOCTURNE_TOKEN: await collector.token('technician'),
    ...homeIn(collector.folder.path),
  };
});
afterAll(() => collector[Symbol.asyncDispose]());

const COMMAND = [process.execPath, bundle, 'console', '--lang', 'en'];

function shows({screen}: Pty, text: string): boolean {
  return screen.lines().some(line => line.includes(text));
}

/** A console that stands on its terminal, its frame complete. */
async function openRunning(over: PtyOptions = {}): Promise<Pty> {
  const pty = openPty(COMMAND, {...over, env: {...env, ...over.env}});
  await pty.until(() => shows(pty, 'No open alerts') && !pty.screen.modes().synchronized);
  return pty;
}

describe('the console on a real terminal', () => {
  test.each(TERMS)('TERM=%s: draws, takes keys, and leaves the terminal as it was', async term => {
    await using pty = await openRunning({env: {TERM: term}});
    pty.type('?');
    await pty.until(() => shows(pty, 'acknowledge at once'));
    pty.type('?');
    await pty.until(() => !shows(pty, 'acknowledge at once'));
    pty.type('q');
    expect(await pty.exit).toBe(0);
    expect(pty.screen.isAlternateScreen()).toBe(false);
    expect(pty.screen.cursor().isHidden).toBe(false);
    expect(pty.raw().includes('\x1b[?2026h')).toBe(!WITHOUT_SYNCHRONIZED.includes(term));
  });

  test('NO_COLOR: no colour is sent', async () => {
    await using pty = await openRunning({env: {NO_COLOR: '1'}});
    pty.type('q');
    await pty.exit;
    const codes = [...pty.raw().matchAll(/\x1b\[([\d;]*)m/g)].flatMap(([, list = '']) => list.split(';').map(Number));
    expect(codes.filter(code => code >= 30)).toEqual([]);
  });

  test('rule 50: TERM=dumb is refused with what works there, exit 2', async () => {
    await using pty = openPty(COMMAND, {env: {...env, TERM: 'dumb'}});
    expect(await pty.exit).toBe(2);
    expect(pty.raw()).toContain('nocturne alerts');
    expect(pty.raw()).not.toContain('\x1b[?1049h');
  });

  test('rule 50: without a terminal for input or output it says so, exit 2, and draws nothing', async () => {
    const {code, stdout, stderr} = await nocturne(['console', '--lang', 'en'], {env: {...env, TERM: 'xterm-256color'}});
    expect({code, stdout}).toEqual({code: 2, stdout: ''});
    expect(stderr).toContain('have to be a terminal');
    const words = COMMAND.map(word => `'${word}'`).join(' ');
    await using half = openPty(['sh', '-c', `${words} </dev/null; echo in $?; ${words} | cat; echo done`], {env});
    await half.exit;
    expect(half.raw()).toMatch(/have to be a terminal[\s\S]*in 2[\s\S]*have to be a terminal[\s\S]*done/);
    expect(half.raw()).not.toContain('\x1b[?1049h');
  });

  test('rule 49: a terminal that goes away ends it', async () => {
    const pty = await openRunning();
    const console = childOf(pty.pid);
    pty.hangUp();
    await ended(console);
    await pty[Symbol.asyncDispose]();
  });

  test('SIGTSTP gives the terminal back, SIGCONT draws all of it again', async () => {
    await using pty = await openRunning();
    const console = childOf(pty.pid);
    const before = pty.screen.lines().slice(1);
    process.kill(console, 'SIGTSTP');
    await pty.until(() => !pty.screen.isAlternateScreen());
    process.kill(console, 'SIGCONT');
    await pty.until(
      () => pty.screen.isAlternateScreen() && shows(pty, 'No open alerts') && !pty.screen.modes().synchronized,
    );
    expect(pty.screen.lines().slice(1).map(withoutClock)).toEqual(before.map(withoutClock));
    pty.type('q');
    expect(await pty.exit).toBe(0);
  });

  test('1,000 sizes as fast as stty sets them, from 20x6 to 300x100, end in the frame of the last', {
    timeout: 180_000,
  }, async () => {
    await using pty = await openRunning({columns: 120, rows: 40});
    const [before, terminal] = [pty.screen.lines().slice(1), readlinkSync(`/proc/${childOf(pty.pid)}/fd/0`)];
    const begun = performance.now();
    const loop = `i=0; while [ $i -lt 1000 ]; do stty -F ${terminal} cols $((20 + i * 37 % 281)) rows $((6 + i * 13 % 95)); i=$((i + 1)); done; stty -F ${terminal} cols 120 rows 40`;
    await promisify(execFile)('sh', ['-c', loop]);
    process.stdout.write(`1,000 sizes in ${Math.round(performance.now() - begun)} ms\n`);
    await pty.until(() => pty.screen.lines().slice(1).map(withoutClock).join() === before.map(withoutClock).join());
    pty.type('q');
    expect(await pty.exit).toBe(0);
  });
});

/** Resolves when a process that is not our own child has ended; fails after half a minute. */
async function ended(pid: number): Promise<void> {
  await promisify(execFile)('tail', [`--pid=${pid}`, '-s', '0.05', '-f', '/dev/null'], {timeout: 30_000});
}

/** "Last checked 02:47:16" moves on by itself. */
function withoutClock(line: string): string {
  return line.replace(/\d\d:\d\d:\d\d/, '');
}
