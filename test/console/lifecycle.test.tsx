import {describe, expect, test} from 'vitest';
import type {Contract} from '../../src/domain/contract.ts';
import {occurrenceId} from '../../src/domain/occurrence-id.ts';
import {MINUTE, SECOND} from '../../src/domain/time.ts';
import {openConsole} from '../support/console.tsx';
import {text} from '../support/frames.ts';
import {busyNight, calmNight, type Night, raised} from './night.ts';

const GOLD: Contract = {
  tier: 'gold',
  calendar: {timeZone: 'Europe/Berlin', weekly: null},
  priorities: {
    P1: {
      response: {amount: 15, unit: 'minute'},
      resolution: {amount: 4, unit: 'hour'},
      update: {amount: 60, unit: 'minute'},
    },
  },
  availabilityPercent: null,
  ackCountsAsResponse: true,
};

/** A gold customer's alert, opened as many minutes ago. */
function promised(minutesAgo: number): Night {
  const night = calmNight();
  const now = night.outside.clock.now();
  const customer = {id: 'mueller', name: text('Müller Maschinenbau GmbH'), state: 'BY', timezone: 'Europe/Berlin'};
  night.noc.append('berlin', [{type: 'customer.defined', customer: {...customer, contract: GOLD}}], {
    at: now - 60 * MINUTE,
  });
  night.noc.append(
    'berlin',
    [
      raised({n: 1, customer: 'mueller', host: 'srv-db-01', summary: 'Platte voll'}),
      {
        type: 'incident.opened',
        incident: occurrenceId(1),
        site: '',
        cause: 'mueller||srv-db-01|',
        priority: 'P1',
      },
      {type: 'incident.joined', incident: occurrenceId(1), alert: occurrenceId(1), because: 'sameHost'},
    ],
    {at: now - minutesAgo * MINUTE, customer: 'mueller'},
  );
  night.noc.change('berlin', {heardAt: now});
  return night;
}

describe('what ticks', () => {
  test('a deadline more than ten minutes away moves by the minute, the header by the second', async () => {
    const {noc, outside} = promised(2);
    using console = openConsole({store: noc, outside, columns: 132, rows: 24});
    const row = async () => (await console.frame()).find(line => line.includes('▲ KRIT')) ?? '';
    expect(await row()).toMatch(/13 min +P1 ▲ KRIT/);
    const before = await console.frame();
    await console.pass(SECOND);
    const after = await console.frame();
    expect(after.slice(1)).toEqual(before.slice(1));
    expect(after[0]).toContain('02:47:01');
    await console.pass(59 * SECOND);
    expect(await row()).toMatch(/12 min +P1/);
  });

  test('in its last ten minutes it moves by the second, and below zero it says so', async () => {
    const {noc, outside} = promised(5);
    using console = openConsole({store: noc, outside, columns: 132, rows: 24});
    const row = async () => (await console.frame()).find(line => line.includes('▲ KRIT')) ?? '';
    await console.pass(19 * SECOND);
    expect(await row()).toMatch(/09:41 +P1/);
    await console.pass(SECOND);
    expect(await row()).toMatch(/09:40 +P1/);
    // Not second by second: that draws as many frames, and their real time counts.
    outside.jump(9 * MINUTE + 44 * SECOND);
    await console.pass(SECOND);
    expect(await row()).toMatch(/−00:05 +P1/);
  });

  test('while nothing happens a second costs a few bytes, and a frame that changed nothing none', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside, columns: 120, rows: 40});
    await console.frame();
    const before = console.bytes().length;
    for (let second = 0; second < 20; second++) await console.pass(SECOND);
    expect(console.bytes().length - before).toBeLessThan(20 * 60);
  });
});

describe('the end', () => {
  test('q leaves with 0, and nothing is written afterwards', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    await console.do('app.quit');
    expect(await console.exit).toBe(0);
    expect(console.reports).toEqual([]);
    const bytes = console.bytes().length;
    noc.append('berlin', [raised({n: 99, customer: 'mueller', host: 'spät', summary: 'zu spät'})]);
    await outside.advanceAsync(5 * SECOND);
    expect(console.bytes().length).toBe(bytes);
    expect(outside.pending()).toBe(0);
  });

  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
  ])('rule 48: %s leaves with %i', async (signal, code) => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    console.process.emit(signal);
    expect(await console.exit).toBe(code);
  });

  test('rule 48: a component that throws ends with 1, and says why once the screen is back', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    const defect = {
      toString() {
        throw new Error('a defect of ours');
      },
    };
    noc.change('berlin', {name: defect as never});
    await outside.advanceAsync(SECOND);
    expect(await console.exit).toBe(1);
    expect(String(console.reports[0])).toContain('a defect of ours');
  });

  test('Ctrl-Z gives the terminal back, Ctrl-L draws it anew', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    const before = await console.frame();
    await console.do('app.suspend');
    expect(console.asked.suspends).toBe(1);
    await console.terminal.write('\x1b[2J\x1b[Hsomething else wrote here');
    await console.do('app.redraw');
    expect((await console.frame()).map(line => line.trimEnd())).toEqual(before.map(line => line.trimEnd()));
  });
});

describe('links', () => {
  test('r tries them again at once', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    await console.do('app.reconnect');
    expect(noc.reconnects).toBe(1);
  });

  test('losing one is told at once, with the key that helps; coming back clears the rows', async () => {
    const {noc, outside} = calmNight();
    using console = openConsole({store: noc, outside});
    noc.change('berlin', {link: 'down', heardAt: outside.clock.now()});
    await console.pass(100);
    expect((await console.frame()).at(-1)).toContain('berlin: seit 02:47 nichts gehört, r versucht es sofort.');
    expect((await console.frame()).join('\n')).not.toContain('Keine offenen Alarme. Zuletzt geprüft');
    noc.change('berlin', {link: 'live', heardAt: outside.clock.now()});
    await console.pass(12 * SECOND);
    expect((await console.frame()).join('\n')).toContain('3 von 3 Sammlern');
  });

  test.each([
    ['down', {code: 'CLOSED', message: text('4001')}, 'getrennt, Code 4001'],
    ['refused', {code: 'UNAUTHORIZED', message: text('')}, 'das Token ist unbekannt oder falsch'],
  ] as const)('why it is %s stands whole at 80 columns, with the key', async (link, reason, words) => {
    const {noc, outside} = calmNight();
    using console = openConsole({store: noc, outside});
    noc.change('berlin', {link, reason, heardAt: outside.clock.now()});
    await console.pass(100);
    const last = (await console.frame()).at(-1);
    expect(last).toContain(words);
    expect(last).toContain('r versucht es');
  });

  test('figures are asked for of the hosts on the screen, and of no others', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    expect(noc.watched.get('hamburg') ?? []).toEqual([]);
    await console.do('pane.hosts');
    expect(noc.watched.get('berlin')).toHaveLength(4);
    await console.do('pane.alerts');
    expect(noc.watched.get('berlin')).toEqual([]);
  });
});
