import {EventEmitter} from 'node:events';
import {PassThrough} from 'node:stream';
import {describe, expect, test} from 'vitest';
import {runReader} from '../../../src/console/reader/run-reader.tsx';
import type {Environment} from '../../../src/runtime/folders.ts';
import {readSettings} from '../../../src/runtime/settings.ts';
import {createShutdown} from '../../../src/runtime/shutdown.ts';
import type {TerminalOutput} from '../../../src/runtime/terminal-output.ts';
import {busyNight} from '../night.ts';

process.env.TZ = 'Europe/Berlin';

interface Around {
  readonly isTerminalIn?: boolean;
  readonly isTerminalOut?: boolean;
  readonly env?: Environment;
}

/** The face itself, on a terminal or a pipe of the test. */
async function run({isTerminalIn = true, isTerminalOut = true, env = {TERM: 'xterm-256color'}}: Around = {}) {
  const {noc, outside} = busyNight();
  let bytes = '';
  const output: TerminalOutput = {
    write(text) {
      bytes += text;
    },
    isIdle: true,
    onIdle() {},
    writeLast: text => output.write(text),
    close() {},
  };
  const left = Promise.withResolvers<number>();
  const killed: string[] = [];
  const process = Object.assign(new EventEmitter(), {
    pid: 4711,
    kill: (_: number, signal: string) => killed.push(signal) > 0,
    exit: left.resolve,
  });
  const reports: unknown[] = [];
  const shutdown = createShutdown({process, timers: outside.timers, report: error => void reports.push(error)});
  const raw: boolean[] = [];
  const input = Object.assign(new PassThrough(), {isTTY: isTerminalIn, setRawMode: (is: boolean) => void raw.push(is)});
  runReader({
    store: noc,
    lang: 'de',
    me: null,
    isReadOnly: false,
    isSpoken: true,
    settings: readSettings('/nonexistent/config.json'),
    profile: null,
    themeName: null,
    input: input as unknown as NodeJS.ReadStream,
    output,
    screen: Object.assign(new EventEmitter(), {isTTY: isTerminalOut}) as unknown as NodeJS.WriteStream,
    process: process as never,
    env: {...env, XDG_CONFIG_HOME: '/nonexistent', XDG_STATE_HOME: '/nonexistent'},
    outside,
    shutdown,
  });
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn++) await new Promise<void>(resolve => setImmediate(resolve));
    await outside.advanceAsync(1000);
  };
  await settle();
  return {
    bytes: () => bytes,
    raw,
    process,
    killed,
    reports,
    exit: left.promise,
    async type(text: string) {
      const from = bytes.length;
      input.write(text);
      await settle();
      return bytes.slice(from);
    },
  };
}

const PASTE_ON = '\x1b[?2004h';
const PASTE_OFF = '\x1b[?2004l';

describe('the screen-reader mode leaves the terminal as it found it (security rule 48)', () => {
  test('it takes keys raw and marked pastes, and nothing else: no other screen, no cursor, no colour', async () => {
    const reader = await run();
    expect(await reader.type('j')).toMatch(/, 2 von \d+\n$/);
    await reader.type('q');
    expect(await reader.exit).toBe(0);
    expect(reader.raw).toEqual([true, false]);
    expect(reader.bytes().startsWith('Nocturne, Vorlesemodus.')).toBe(true);
    expect(reader.bytes().endsWith(PASTE_OFF)).toBe(true);
    expect(reader.bytes().replace(PASTE_ON, '').replace(PASTE_OFF, '')).not.toContain('\x1b');
  });

  test('a pipe gets lines alone', async () => {
    const reader = await run({isTerminalOut: false});
    await reader.type('j');
    await reader.type('q');
    expect(await reader.exit).toBe(0);
    expect(reader.bytes()).not.toContain('\x1b');
    expect(reader.raw).toEqual([true, false]);
  });

  test('so does a terminal that knows nothing', async () => {
    const reader = await run({env: {TERM: 'dumb'}});
    expect(reader.bytes()).not.toContain('\x1b');
  });

  test('without a keyboard it tells the news, and leaves the input alone', async () => {
    const reader = await run({isTerminalIn: false, isTerminalOut: false});
    expect(reader.bytes()).toContain('02:47 Uhr: 2 kritisch');
    expect(reader.raw).toEqual([]);
    expect(await reader.type('q')).toBe('');
  });

  test('Ctrl+Z gives it back and stops; on going on it says how things stand', async () => {
    const reader = await run();
    await reader.type('\x1a');
    expect(reader.killed).toEqual(['SIGTSTP']);
    expect(reader.raw).toEqual([true, false, true]);
    expect(reader.bytes().split('02:47 Uhr:').length).toBeGreaterThan(2);
  });

  test('a crash ends it with the terminal back', async () => {
    const reader = await run();
    reader.process.emit('uncaughtException', new Error('broken'));
    expect(await reader.exit).toBe(1);
    expect(reader.raw).toEqual([true, false]);
    expect(reader.reports).toHaveLength(1);
  });

  test('what is pasted is no key (security rule 47)', async () => {
    const reader = await run();
    expect(await reader.type('\x1b[200~aq\x1b[201~')).toBe('');
  });

  test('where the locale is no UTF-8, it writes ASCII', async () => {
    const reader = await run({env: {TERM: 'linux', LANG: 'C'}});
    expect(reader.bytes().replaceAll('\x1b[?2004h', '')).toMatch(/^[\x20-\x7e\n]+$/);
    expect(reader.bytes()).toContain('Muller Maschinenbau');
  });
});
