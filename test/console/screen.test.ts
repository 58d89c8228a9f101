import {EventEmitter} from 'node:events';
import {expect, test} from 'vitest';
import {openConsoleScreen} from '../../src/console/screen.ts';
import {createShutdown} from '../../src/runtime/shutdown.ts';
import type {TerminalOutput} from '../../src/runtime/terminal-output.ts';
import {virtualOutside} from '../support/clock.ts';
import {headlessTerminal} from '../support/headless-terminal.ts';

test.each(['cells', 'ink'] as const)(
  'a size that came back before it was heard of is painted anew (%s)',
  async painter => {
    const {timers} = virtualOutside();
    using terminal = headlessTerminal(20, 5);
    const write = (bytes: string): void => void terminal.write(bytes);
    const output: TerminalOutput = {write, isIdle: true, onIdle() {}, writeLast: write, close() {}};
    const process = Object.assign(new EventEmitter(), {pid: 4711, kill: () => true, exit() {}});
    const shutdown = createShutdown({process, timers, report() {}});
    const {canvas} = openConsoleScreen({
      ...{painter, output, process, timers, shutdown, ascii: null, env: {TERM: 'xterm'}},
      input: {on() {}},
      screen: {columns: 20, rows: 5},
      forgetFrame() {},
    });
    const draw = (): void => void canvas.stdout.write('\x1b[Hwhat stands there');
    // As Ink does.
    canvas.stdout.on('resize', draw);
    draw();
    await Promise.resolve();
    expect(terminal.lines()[0]).toBe('what stands there');
    // What it loses that was small for a moment.
    write('\x1b[2J');
    process.emit('SIGWINCH');
    await Promise.resolve();
    expect(terminal.lines()[0]).toBe('what stands there');
    shutdown.exit(0);
  },
);
