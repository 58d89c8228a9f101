import {EventEmitter} from 'node:events';
import {PassThrough} from 'node:stream';
import {setTimeout as pause} from 'node:timers/promises';
import {drawConsole} from '../../src/console/draw-console.tsx';
import type {DomainEvent} from '../../src/domain/event.ts';
import {occurrenceId} from '../../src/domain/occurrence-id.ts';
import {realOutside} from '../../src/runtime/outside-real.ts';
import {createShutdown} from '../../src/runtime/shutdown.ts';
import type {TerminalOutput} from '../../src/runtime/terminal-output.ts';
import {openTerminalWriter} from '../../src/runtime/terminal-writer/writer.ts';
import {checked, customerDefined, hostDefined, raised} from '../console/night.ts';
import {text} from '../support/frames.ts';
import {VirtualNoc} from '../support/virtual-noc.ts';

export interface KeyToPaintOptions {
  readonly columns: number;
  readonly rows: number;
  readonly hosts: number;
  readonly alerts: number;
  readonly eventsPerSecond: number;
  readonly keys: number;
}

export interface KeyToPaint {
  readonly firstPaintMs: number;
  /** From the byte of the key to the last byte of the frame that shows it, ascending. */
  readonly pressesMs: readonly number[];
  /** The same in CPU time of this thread, ascending: what a machine with a core to spare would take. */
  readonly pressesCpuMs: readonly number[];
}

const SERVICES = ['disk', 'load', 'memory', 'ntp', 'updates'] as const;
const CUSTOMERS = 40;
const BATCH_MS = 20;
const KEY_EVERY_MS = 45;

/** Presses keys on a real console with a full picture while events arrive. Real time: for the bench, not for tests. */
export async function keyToPaint(options: KeyToPaintOptions): Promise<KeyToPaint> {
  const {columns, rows, hosts, alerts, eventsPerSecond, keys} = options;
  const noc = new VirtualNoc({...realOutside, advance() {}, async advanceAsync() {}, jump() {}, pending: () => 0});
  noc.addCollector('berlin');
  noc.append('berlin', picture(hosts, alerts));
  let bytes = 0;
  const output: TerminalOutput = {
    write(sent) {
      bytes += sent.length;
    },
    isIdle: true,
    onIdle() {},
    writeLast() {},
    close() {},
  };
  const {timers} = realOutside;
  const writer = openTerminalWriter({output, timers, size: {columns, rows}, term: 'xterm-256color', hasProbes: false});
  const keyboard = new PassThrough();
  const process = Object.assign(new EventEmitter(), {exit() {}});
  const shutdown = createShutdown({process, timers, report: error => console.error(error)});
  const start = performance.now();
  const running = drawConsole({
    store: noc,
    lang: 'de',
    me: null,
    isReadOnly: false,
    depth: '256',
    canvas: writer,
    suspend() {},
    keyboard,
    outside: realOutside,
    shutdown,
  });
  await running.settled();
  await pause(0);
  const firstPaintMs = performance.now() - start;

  let count = 0;
  const storm = setInterval(() => {
    const events = Array.from({length: Math.round((eventsPerSecond * BATCH_MS) / 1000)}, () =>
      news(count++, hosts, alerts),
    );
    noc.append('berlin', events);
  }, BATCH_MS);
  const pressesMs: number[] = [];
  const pressesCpuMs: number[] = [];
  for (let press = 0; press < keys; press++) {
    await pause(KEY_EVERY_MS + Math.random() * KEY_EVERY_MS);
    const before = bytes;
    const pressed = performance.now();
    const cpuBefore = cpuMs();
    keyboard.write(press % 40 < 20 ? 'j' : 'k');
    while (bytes === before) await new Promise(resolve => setImmediate(resolve));
    pressesMs.push(performance.now() - pressed);
    pressesCpuMs.push(cpuMs() - cpuBefore);
  }
  clearInterval(storm);
  shutdown.exit(0);
  const ascending = (a: number, b: number) => a - b;
  return {firstPaintMs, pressesMs: pressesMs.sort(ascending), pressesCpuMs: pressesCpuMs.sort(ascending)};
}

function cpuMs(): number {
  const {user, system} = globalThis.process.threadCpuUsage();
  return (user + system) / 1000;
}

export function picture(hosts: number, alerts: number): readonly DomainEvent[] {
  const events: DomainEvent[] = [];
  for (let index = 0; index < CUSTOMERS; index++)
    events.push(customerDefined(`c${index}`, `Kunde Nummer ${index} GmbH`));
  for (let index = 0; index < hosts; index++) {
    const [customer, host] = [`c${index % CUSTOMERS}`, `srv-${index}`];
    events.push(hostDefined(customer, host), checked(customer, host, '', 'ok'));
    for (const service of SERVICES) events.push(checked(customer, host, service, 'ok'));
  }
  for (let n = 0; n < alerts; n++) {
    const trouble = {customer: `c${n % CUSTOMERS}`, host: `srv-${n % hosts}`, service: `dienst-${n}`};
    const severity = (['critical', 'warning', 'unknown'] as const)[n % 3] ?? 'warning';
    events.push(raised({n, ...trouble, severity, summary: `Etwas ist seit ${n} Minuten nicht in Ordnung`}));
  }
  return events;
}

/** Checks that change, alerts that say something new, alerts that are taken and given back. */
export function news(count: number, hosts: number, alerts: number): DomainEvent {
  const index = (count * 7919) % hosts;
  if (count % 2 === 0) {
    return checked(
      `c${index % CUSTOMERS}`,
      `srv-${index}`,
      SERVICES[count % SERVICES.length] ?? 'disk',
      count % 4 === 0 ? 'warning' : 'ok',
    );
  }
  const occurrence = occurrenceId((count * 31) % alerts);
  if (count % 5 === 0) return {type: 'alert.escalated', occurrence, level: 2 + (count % 3)};
  const note = {at: realOutside.clock.now(), by: text('Ben'), text: text(`Notiz ${count}`), customerVisible: false};
  return {type: 'alert.noted', occurrence, note};
}
