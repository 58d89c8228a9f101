// A long-lived program with three things to undo; says what happens on standard output.
import {writeSync} from 'node:fs';
import {realOutside} from '../../src/runtime/outside-real.ts';
import {createShutdown} from '../../src/runtime/shutdown.ts';

const [, , scenario] = process.argv;
const say = (text: string): void => void writeSync(1, `${text}\n`);

const shutdown = createShutdown({
  process,
  timers: realOutside.timers,
  report: error => say(`report ${error instanceof Error ? error.message : error}`),
  isDaemon: scenario === 'daemon',
  graceMs: 200,
});
shutdown.defer(() => say('undo first'));
const release = shutdown.defer(() => say('undo released'));
shutdown.defer(async () => {
  await Promise.resolve();
  say('undo second');
  if (scenario === 'bad-undo') throw new Error('undo failed');
});
if (scenario === 'hanging') shutdown.defer(() => new Promise(() => say('hangs')));
release();
const alive = setInterval(() => {}, 1000);

switch (scenario) {
  case 'throw':
    setImmediate(() => {
      throw new Error('thrown');
    });
    break;
  case 'reject':
    void Promise.reject(new Error('rejected'));
    break;
  case 'twice':
    shutdown.exit(3);
    shutdown.exit(4);
    break;
  case 'bad-undo':
    shutdown.exit(0);
    break;
  case 'drained':
    clearInterval(alive);
    break;
  case 'abrupt':
    process.exit(7);
    break;
  default:
    say('ready');
}
