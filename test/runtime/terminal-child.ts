// A full-screen program: says its process id, obeys single keys, and notes what it lives through in a file.
import {appendFileSync} from 'node:fs';
import {realOutside} from '../../src/runtime/outside-real.ts';
import {createShutdown, HANG_UP_EXIT} from '../../src/runtime/shutdown.ts';
import {openTerminalOutput} from '../../src/runtime/terminal-output.ts';
import {openTerminalSession} from '../../src/runtime/terminal-session.ts';

const [, , notes = ''] = process.argv;
const note = (text: string): void => appendFileSync(notes, `${text}\n`);
const {timers} = realOutside;
const shutdown = createShutdown({process, timers, report: error => process.stderr.write(`failed: ${error}\n`)});
const output = openTerminalOutput({
  descriptor: 1,
  timers,
  onHangUp() {
    note('hang-up');
    shutdown.exit(HANG_UP_EXIT);
  },
});
let resumes = 0;
const session = openTerminalSession({
  input: process.stdin,
  output,
  process,
  timers,
  shutdown,
  onLeave: async () => note('leave'),
  onResume() {
    resumes++;
    output.write(`\x1b[H\x1b[2Jresumed ${resumes}`);
  },
});
shutdown.defer(() => note('undone'));
output.write(`\x1b[Hpid ${process.pid} ready`);

process.stdin.on('data', data => {
  switch (data.toString()) {
    case 'q':
      shutdown.exit(0);
      break;
    case 't':
      throw new Error('thrown');
    case 'r':
      void Promise.reject(new Error('rejected'));
      break;
    case 'z':
      session.suspend();
      break;
    case 'i':
      process.on('SIGHUP', () => note('SIGHUP ignored'));
      process.removeAllListeners('SIGHUP');
      process.on('SIGHUP', () => note('SIGHUP ignored'));
      output.write('\x1b[2;1Hignoring');
      break;
    case 'f': {
      output.onIdle(() => note('idle'));
      output.write(`\x1b[3;1H${'x'.repeat(2_000_000)}`);
      note(output.isIdle ? 'all taken' : 'some waits');
      let ticks = 0;
      const stopTicks = timers.every(5, () => {
        ticks++;
        if (ticks !== 20) return;
        note('20 ticks');
        stopTicks();
      });
      break;
    }
    default:
      note(`key ${JSON.stringify(data.toString())}`);
      output.write(`\x1b[4;1Hkey ${JSON.stringify(data.toString())}`);
  }
});
