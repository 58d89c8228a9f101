// A full-screen Ink program, wired as the console is: a list that moves with j and k, a storm with s, and what it heard.
import {appendFileSync} from 'node:fs';
import {Box, render, Text, useInput} from 'ink';
import {createElement, useState} from 'react';
import {realOutside} from '../../../src/runtime/outside-real.ts';
import {createShutdown, HANG_UP_EXIT} from '../../../src/runtime/shutdown.ts';
import {openTerminalOutput} from '../../../src/runtime/terminal-output.ts';
import {openTerminalSession} from '../../../src/runtime/terminal-session.ts';
import {PROBE_ANSWER} from '../../../src/runtime/terminal-writer/flow.ts';
import {openTerminalWriter} from '../../../src/runtime/terminal-writer/writer.ts';

const [, , notes = ''] = process.argv;
const {timers} = realOutside;
const {stdin, stdout, env} = process;
const shutdown = createShutdown({process, timers, report: error => process.stderr.write(`failed: ${error}\n`)});
const output = openTerminalOutput({descriptor: 1, timers, onHangUp: () => shutdown.exit(HANG_UP_EXIT)});
const writer = openTerminalWriter({output, timers, size: stdout, term: env.TERM ?? '', hasProbes: true});
const session = openTerminalSession({
  input: stdin,
  output,
  process,
  timers,
  shutdown,
  onLeave: writer.hold,
  onResume: writer.repaint,
});
stdout.on('resize', () => writer.resize(stdout));
// Ink reads by `readable`; the listener here keeps the stream from flowing while Ink has none.
stdin.on('readable', () => {});
stdin.on('data', (data: string) => {
  for (let answers = data.split(PROBE_ANSWER).length; answers > 1; answers--) writer.probeAnswered();
});
let storm = 0;
/** Two seconds of it. */
const STORM = 100;

function List() {
  const [cursor, setCursor] = useState(0);
  const [, redraw] = useState(0);
  useInput(input => {
    appendFileSync(notes, `${JSON.stringify(input)}\n`);
    if (input === 'j') setCursor(cursor + 1);
    if (input === 'q') shutdown.exit(0);
    if (input === 'z') session.suspend();
    if (input === 'e') throw new Error('render failed');
    if (input === 's') {
      timers.every(20, () => {
        storm++;
        if (storm === STORM) appendFileSync(notes, 'it storms\n');
        redraw(storm);
      });
    }
  });
  const rows = Array.from({length: 23}, (_, row) => {
    const text = `${row === cursor ? '>' : ' '} row ${row} ${storm > 0 ? String(storm * 7919 + row).repeat(8) : ''}`;
    return createElement(Text, {key: row, wrap: 'truncate-end'}, text);
  });
  return createElement(
    Box,
    {flexDirection: 'column', height: 24},
    ...rows,
    createElement(Text, {key: 'end'}, `storm ${storm}, pid ${process.pid}`),
  );
}

const app = render(createElement(List), {
  stdout: writer.stdout as unknown as NodeJS.WriteStream,
  stdin,
  interactive: true,
  exitOnCtrlC: false,
  patchConsole: false,
});
shutdown.defer(() => app.unmount());
app.waitUntilExit().then(undefined, shutdown.fail);
