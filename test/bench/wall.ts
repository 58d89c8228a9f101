import {PassThrough, Writable} from 'node:stream';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import blessed from 'blessed';
import type {DomainEvent} from '../../src/domain/event.ts';
import {occurrenceId} from '../../src/domain/occurrence-id.ts';
import {HOUR, MINUTE, SECOND} from '../../src/domain/time.ts';
import {FramePainter} from '../../src/wall/frame-painter.ts';
import {wallSettings} from '../../src/wall/settings.ts';
import {Wall, type WallParts} from '../../src/wall/wall.ts';
import {createHeadlessScreen, type HeadlessScreen} from '../../widgets/wall/headless-screen.ts';
import {Stage} from '../../widgets/wall/stage.ts';
import {NIGHT, virtualOutside} from '../support/clock.ts';
import {MemoryStore} from '../wall/memory-store.ts';
import {acknowledged, closed, customerDefined, hostChecked, hostDefined, raised, resolved} from '../wall/night.ts';
import {round, type Spread, spread} from './spread.ts';

export interface WallBench {
  /** To a terminal of 120 by 40, 256 colours, while the pages rotate. */
  readonly bytesPerMinute: number;
  readonly minutes: Spread;
  /** Of that to what blessed writes by itself for the same frames. */
  readonly ratioToBlessed: number;
  /** Of the whole process after garbage collection, over the virtual hour; plateaus of the allocator make it a few MiB. */
  readonly rssSlopeMiBPerHour: number;
}

const COLUMNS = 120;
const ROWS = 40;
const CUSTOMERS = 300;
const HOSTS_PER_CUSTOMER = 3;
const EVENTS_PER_SECOND = 200;
/** After so many younger ones an alert is acknowledged, ends, is closed, is forgotten: so many are there at one time. */
const ACKNOWLEDGED_AFTER = 30;
const RESOLVED_AFTER = 80;
const CLOSED_AFTER = 100;
const FORGOTTEN_AFTER = 120;
const MINUTES = 10;
/** Until every table has been full everywhere once: maps keep the room that they had. */
const WARM_UP_MINUTES = 20;
/** The frames that are compared with blessed's are those of these minutes; it need not soak. */
const COMPARED = {from: 2, until: 8} as const;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/**
 * A soak on virtual time: ten minutes of a busy provider with 200 events a second, after twenty to warm up. Beside it the same
 * frames at the same instants drawn by blessed as it comes.
 */
export async function benchWall(minutes = MINUTES): Promise<WallBench> {
  const theirs = soak(COMPARED.until, blessedParts);
  const ours = soak(WARM_UP_MINUTES + minutes, ourParts);
  const compared = (bytes: readonly number[]): number => sum(bytes.slice(COMPARED.from, COMPARED.until));
  return {
    bytesPerMinute: round(sum(ours.bytes.slice(WARM_UP_MINUTES)) / minutes),
    minutes: spread(ours.bytes.slice(WARM_UP_MINUTES)),
    ratioToBlessed: round(compared(ours.bytes) / compared(theirs.bytes)),
    rssSlopeMiBPerHour: round(slopeOf(ours.samples.filter(({minute}) => minute >= WARM_UP_MINUTES))),
  };
}

type Drawing = Pick<WallParts, 'stage' | 'painter'> & {
  readonly written: () => number;
  readonly write: (bytes: string) => void;
};

function ourParts(): Drawing {
  let bytes = 0;
  return {
    stage: new Stage(createHeadlessScreen(COLUMNS, ROWS)),
    painter: new FramePainter('xterm-256color', '16'),
    write: text => {
      bytes += Buffer.byteLength(text);
    },
    written: () => bytes,
  };
}

/** blessed with its own program, its own terminfo and its own drawing; only its bytes are counted. */
function blessedParts(): Drawing {
  let bytes = 0;
  const output = Object.assign(
    new Writable({
      write(chunk, _encoding, done) {
        bytes += chunk.length;
        done();
      },
    }),
    {columns: COLUMNS, rows: ROWS, isTTY: true},
  );
  const screen = blessed.screen({
    // Nobody types.
    input: new PassThrough(),
    output,
    terminal: 'xterm-256color',
    smartCSR: true,
    forceUnicode: true,
    fullUnicode: true,
  });
  const {program} = screen as unknown as {readonly program: {flush(): void}};
  const host: HeadlessScreen = {screen, resize: () => screen.alloc()};
  return {
    stage: new Stage(host),
    painter: {
      paint() {
        // It would write at the end of this turn, which on virtual time is the end of all.
        program.flush();
        return '';
      },
      forget: () => screen.alloc(),
      setBrightness: () => {},
    },
    write: () => {},
    written: () => bytes,
  };
}

interface Sample {
  readonly minute: number;
  readonly mebibytes: number;
}

/** Bytes of each minute, and the memory of the process at its start. */
function soak(
  minutes: number,
  open: () => Drawing,
): {readonly bytes: readonly number[]; readonly samples: readonly Sample[]} {
  const outside = virtualOutside({now: NIGHT});
  const store = provider();
  const drawing = open();
  const wall = new Wall({
    ...drawing,
    store,
    terminal: {size: () => ({columns: COLUMNS, rows: ROWS}), write: drawing.write, isBusy: () => false},
    settings: wallSettings({dim: 'off'}),
    lang: 'de',
    customer: null,
    hasDots: true,
    outside,
  });
  wall.start();
  const next = trouble();
  const bytes: number[] = [];
  const samples: Sample[] = [];
  for (let minute = 0; minute < minutes; minute++) {
    const before = drawing.written();
    collectGarbage();
    samples.push({minute, mebibytes: process.memoryUsage().rss / 2 ** 20});
    for (let second = 0; second < 60; second++) {
      const now = outside.clock.now();
      const events = Array.from({length: EVENTS_PER_SECOND}, () => next(now));
      store.append('berlin', now, events);
      outside.advance(SECOND);
    }
    bytes.push(drawing.written() - before);
  }
  wall.stop();
  return {bytes, samples};
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Least squares, mebibytes an hour. */
function slopeOf(samples: readonly Sample[]): number {
  const meanX = sum(samples.map(({minute}) => minute)) / samples.length;
  const meanY = sum(samples.map(({mebibytes}) => mebibytes)) / samples.length;
  const covariance = sum(samples.map(({minute, mebibytes}) => (minute - meanX) * (mebibytes - meanY)));
  return (covariance / sum(samples.map(({minute}) => (minute - meanX) ** 2))) * (HOUR / MINUTE);
}

function provider(): MemoryStore {
  const store = new MemoryStore();
  store.addCollector('berlin', NIGHT);
  for (let customer = 0; customer < CUSTOMERS; customer++) {
    const id = `kunde-${customer}`;
    const hosts = Array.from({length: HOSTS_PER_CUSTOMER}, (_, host) => `srv-${host}`);
    store.append('berlin', NIGHT, [
      customerDefined(id, `Kunde ${customer} Maschinenbau GmbH`),
      ...hosts.flatMap(host => [hostDefined(id, host), hostChecked(id, host, 'ok')]),
    ]);
  }
  return store;
}

/** Of this many events one begins, and one each goes on with, the life of an alert; the others are checks that change. */
const EVENTS_PER_ALERT = 50;
/** Of this many alerts one is critical, and interrupts. */
const ALERTS_PER_CRITICAL = 600;

/** One event after the other: alerts that open, are acknowledged, end, close and are forgotten, and checks that change. */
function trouble(): (now: number) => DomainEvent {
  let turn = 0;
  let n = 0;
  return now => {
    const step = turn++ % EVENTS_PER_ALERT;
    switch (step) {
      case 0:
        n++;
        return raised({
          n,
          customer: `kunde-${(n * 13) % CUSTOMERS}`,
          host: `srv-${n % HOSTS_PER_CUSTOMER}`,
          service: `dienst-${n}`,
          severity: n % ALERTS_PER_CRITICAL === 0 ? 'critical' : n % 3 === 0 ? 'unknown' : 'warning',
          summary: `Störung Nummer ${n}`,
        });
      case 1:
        return acknowledged(Math.max(1, n - ACKNOWLEDGED_AFTER), 'Jana', now);
      case 2:
        return resolved(Math.max(1, n - RESOLVED_AFTER));
      case 3:
        return closed(Math.max(1, n - CLOSED_AFTER));
      case 4:
        return {
          type: 'alert.forgotten',
          occurrence: occurrenceId(Math.max(1, n - FORGOTTEN_AFTER)),
          customer: 'kunde-0',
        };
      default: {
        const host = `srv-${turn % HOSTS_PER_CUSTOMER}`;
        return hostChecked(`kunde-${(turn * 7) % CUSTOMERS}`, host, turn % 3 === 0 ? 'critical' : 'ok');
      }
    }
  };
}
