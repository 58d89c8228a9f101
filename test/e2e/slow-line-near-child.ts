import {once} from 'node:events';
import {connect} from 'node:net';
import {join} from 'node:path';
import {bundle} from '../support/collector-process.ts';
import {homeIn} from '../support/home.ts';
import {type LiveScreen, liveScreen, openPty} from '../support/pty.ts';
import {relay} from '../support/relay.ts';
import {FAR, laySlowLine} from '../support/slow-line.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

// Run by `slow-line.test.ts` in a network namespace of its own: somebody at a slow line who presses keys. Prints what was measured.

const BITS_PER_SECOND = 64_000;
const EVENTS_PER_SECOND = 50;
const KEYS = 40;
/** Deliveries before the first key: every alert is there, and the line is as full as it gets. */
const WARM_UP = 150;
/** Whoever waits longer waits for ever. */
const MOST_MS = 200_000;
const RIGHT = '\x1b[C';
const SIZE = {columns: 120, rows: 40};

/** What the far end says of its deliveries. */
class Deliveries {
  count = 0;
  #waiting: {readonly at: number; readonly resolve: () => void}[] = [];

  heard(dots: number): void {
    this.count += dots;
    const due = this.#waiting.filter(({at}) => at <= this.count);
    this.#waiting = this.#waiting.filter(({at}) => at > this.count);
    for (const {resolve} of due) resolve();
  }

  more(count: number): Promise<void> {
    const at = this.count + count;
    return new Promise(resolve => this.#waiting.push({at, resolve}));
  }
}

/** The row with the cursor, and the host in it; the cursor stays with its alert, wherever the news push that. The incident has no one host. */
function underCursor({screen}: LiveScreen): {readonly row: number; readonly host: string} {
  const lines = screen.lines();
  const row = lines.findIndex(line => line.includes('▌'));
  return {row, host: /srv-\d+/.exec(lines[row] ?? '')?.[0] ?? 'the incident'};
}

function isWhole(live: LiveScreen): boolean {
  return underCursor(live).row !== -1 && !live.screen.modes().synchronized;
}

const MIDDLE = SIZE.rows / 2;

/** Moves the cursor to where there is room, and waits until it is seen on another row, in a frame that is complete. */
async function press(live: LiveScreen): Promise<number> {
  // On a slow line a frame arrives in pieces.
  await live.until(() => isWhole(live));
  const before = underCursor(live);
  const begun = performance.now();
  live.type(before.row < MIDDLE ? 'j' : 'k');
  await live.until(() => isWhole(live) && underCursor(live).host !== before.host);
  return performance.now() - begun;
}

/** The key that paints the most: milliseconds until the whole screen is another. */
async function toggleHelp(live: LiveScreen, isOpening: boolean): Promise<number> {
  const begun = performance.now();
  live.type('?');
  await live.until(() => {
    const isOpen = live.screen.lines().some(line => line.includes('acknowledge at once'));
    return isOpen === isOpening && !live.screen.modes().synchronized;
  });
  return performance.now() - begun;
}

/** The number of the newest delivery on the screen. */
function newest({screen}: LiveScreen): number {
  return Math.max(...screen.lines().map(line => Number(/Warteschlange (\d+) lang/.exec(line)?.[1] ?? 0)));
}

/** A console that is looked at, and its end. */
interface Watched {
  readonly live: LiveScreen;
  readonly gone: Promise<unknown>;
}

/** The terminal here, the console beside its collector at the far end. */
async function overSsh(port: number): Promise<Watched> {
  const socket = connect(port, FAR).setNoDelay(true);
  await once(socket, 'connect');
  const gone = once(socket, 'close');
  return {live: liveScreen(socket, socket, SIZE, gone), gone};
}

/** The console here, the collector at the far end. */
async function withFarCollector(port: number, token: string, home: string): Promise<Watched> {
  const near = await relay('127.0.0.1', {host: FAR, port});
  const env = {
    NOCTURNE_URL: `ws://127.0.0.1:${near}`,
    NOCTURNE_TOKEN: token,
    ...homeIn(home),
  };
  const pty = openPty([process.execPath, bundle, 'console', '--lang', 'en'], {...SIZE, env});
  return {live: pty, gone: pty.exit};
}

async function measure(what: string) {
  await using line = await laySlowLine(BITS_PER_SECOND);
  const far = line.spawn([
    process.execPath,
    join(import.meta.dirname, 'slow-line-far-child.ts'),
    what,
    String(EVENTS_PER_SECOND),
    String(SIZE.columns),
    String(SIZE.rows),
  ]);
  const ended = once(far, 'close');
  const output = far.stdout;
  if (output === null) throw new Error('no pipe');
  const deliveries = new Deliveries();
  const told = Promise.withResolvers<{readonly port: number; readonly token: string}>();
  let head = '';
  output.setEncoding('utf8').on('data', (text: string) => {
    if (head.includes('\n')) return deliveries.heard(text.length);
    head += text;
    const end = head.indexOf('\n');
    if (end === -1) return;
    told.resolve(JSON.parse(head.slice(0, end)));
    deliveries.heard(head.length - end - 1);
  });
  const {port, token} = await told.promise;
  using home = temporaryFolder();
  const {live, gone} = what === 'terminal' ? await overSsh(port) : await withFarCollector(port, token, home.path);
  setTimeout(() => {
    process.stderr.write(
      `not done after ${MOST_MS} ms, ${deliveries.count} deliveries; the screen:\n${live.screen.lines().join('\n')}\n`,
    );
    process.exit(1);
  }, MOST_MS).unref();
  await live.until(() => underCursor(live).row !== -1);
  await deliveries.more(WARM_UP);
  // They are one incident by now: its row is opened, and the cursor put among its alerts.
  live.type(`${RIGHT}j`);
  await live.until(() => isWhole(live) && underCursor(live).host.startsWith('srv-'));
  const [bytes, before, begun] = [live.raw().length, deliveries.count, performance.now()];
  const keysMs: number[] = [];
  for (let turn = 0; turn < KEYS; turn++) {
    // A person's pace, out of step with the news.
    await deliveries.more(7 + (turn % 5));
    keysMs.push(await press(live));
  }
  const helpMs: number[] = [];
  for (let turn = 0; turn < 6; turn++) {
    for (const isOpen of [true, false]) {
      await deliveries.more(20);
      helpMs.push(await toggleHelp(live, isOpen));
    }
  }
  const seconds = (performance.now() - begun) / 1000;
  const result = {
    keysMs,
    helpMs,
    eventsPerSecond: (deliveries.count - before) / seconds,
    terminalBytesPerSecond: (live.raw().length - bytes) / seconds,
    /** Deliveries that the screen does not know yet. */
    behind: deliveries.count - newest(live),
    header: live.screen.lines()[0] ?? '',
    queue: line.figures(),
  };
  live.type('q');
  await gone;
  far.stdin?.end();
  await ended;
  return result;
}

process.stdout.write(`${JSON.stringify(await measure(process.argv[2] ?? ''))}\n`);
process.exit(0);
