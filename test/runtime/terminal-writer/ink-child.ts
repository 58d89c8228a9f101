// A full-screen Ink program, wired as the console is: a list that moves with j and k, a storm with s, and what it heard.
import {appendFileSync} from 'node:fs';
import {Box, render, Text, useInput} from 'ink';
import {createElement, useState} from 'react';
import {realOutside} from '../../../src/runtime/outside-real.ts';
import {openScreen} from '../../../src/runtime/screen.ts';
import {createShutdown} from '../../../src/runtime/shutdown.ts';

const [, , notes = '', painter = 'cells'] = process.argv;
const {timers} = realOutside;
const shutdown = createShutdown({process, timers, report: error => process.stderr.write(`failed: ${error}\n`)});
const screen = openScreen({process, timers, shutdown, painter: painter === 'ink' ? 'ink' : 'cells'});
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
    if (input === 'z') screen.suspend();
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
  stdout: screen.stdout,
  stdin: process.stdin,
  interactive: true,
  exitOnCtrlC: false,
  patchConsole: false,
});
shutdown.defer(() => app.unmount());
app.waitUntilExit().then(undefined, shutdown.fail);
