import {describe, expect, test} from 'vitest';
import {HOUR, MINUTE, SECOND} from '../../src/domain/time.ts';
import type {Language} from '../../src/runtime/i18n.ts';
import {FRAME_SIZES, type OpenConsole, openConsole} from '../support/console.tsx';
import {text} from '../support/frames.ts';
import {chartedNight, DB} from './host-night.ts';

/** A console on the detail of Müller's database. */
async function openHost(lang: 'de' | 'en', night = chartedNight()) {
  const {noc, outside} = night;
  const console = openConsole({store: noc, outside, lang});
  await console.do('pane.hosts');
  await console.press('down', 'enter');
  await console.pass(100);
  return console;
}

/** Each size after the trends of the hosts that it shows more have come in. */
async function toMatchFrames(console: OpenConsole, name: string, lang: Language): Promise<void> {
  for (const [columns, rows] of FRAME_SIZES) {
    await console.resize(columns, rows);
    for (let second = 0; second < 5; second++) await console.pass(SECOND);
    await console.toMatchFrame(`${name}-${columns}x${rows}-${lang}`);
  }
}

describe.each(['de', 'en'] as const)('the detail of a host in %s, at every size', lang => {
  test('an hour of every figure, with gaps as gaps, limits, forecasts, alerts and what hangs on it (PF-2)', async () => {
    using console = await openHost(lang);
    await toMatchFrames(console, 'host', lang);
  });

  test('a key shows a day', async () => {
    using console = await openHost(lang);
    await console.do('hosts.history');
    await console.press('escape');
    await toMatchFrames(console, 'host-day', lang);
  });

  test('of a collector that is silent everything is grey and says its age', async () => {
    const night = chartedNight();
    using console = await openHost(lang, night);
    const now = night.outside.clock.now();
    night.noc.change('berlin', {link: 'down', since: now - 7 * MINUTE, heardAt: now - 7 * MINUTE});
    await console.pass(100);
    await console.pass(11 * SECOND);
    await toMatchFrames(console, 'host-stale', lang);
  });
});

test('an hour is asked for when the host is looked at, a day with the key, and again when there is a point more', async () => {
  const night = chartedNight();
  const asked: number[] = [];
  const {history} = night.noc;
  night.noc.history = async (collector, host, spanMs, points) => {
    if (points > 30) asked.push(spanMs / HOUR);
    return history(collector, host, spanMs, points);
  };
  using console = await openHost('de', night);
  expect(asked).toEqual([1]);
  await console.do('hosts.history');
  expect(asked).toEqual([1, 24]);
  await console.do('hosts.history');
  expect(asked).toEqual([1, 24]);
  await console.pass(MINUTE);
  expect(asked).toEqual([1, 24, 1]);
});

test('an older collector, which tells no file systems and no limits, is shown as far as it tells', async () => {
  const night = chartedNight();
  const {history} = night.noc;
  night.noc.history = async (...question) => {
    const {disks, limits, ...older} = await history(...question);
    return older;
  };
  using console = await openHost('de', night);
  const screen = (await console.frame()).join('\n');
  expect(screen).toContain('cpu 34 %');
  expect(screen).not.toContain('Prognose');
});

test('mount names that try to draw outside their line are harmless (security rule 42)', async () => {
  const night = chartedNight();
  const {history} = night.noc;
  night.noc.history = async (...question) => {
    const answer = await history(...question);
    return {
      ...answer,
      disks: (answer.disks ?? []).map(disk => ({...disk, mount: text(`\x1b[2J${disk.mount}\u202e‍${'ü'.repeat(90)}`)})),
    };
  };
  using console = await openHost('de', night);
  for (const [columns, rows] of [
    [80, 24],
    [120, 40],
    [41, 11],
  ] as const) {
    await console.resize(columns, rows);
    const lines = await console.frame();
    expect(lines.every(line => line.length <= columns)).toBe(true);
    expect(console.bytes()).not.toContain('\u202e');
  }
});

test('the way from an alert to its host, to what hangs on it, to its alerts, and back', async () => {
  const {noc, outside} = chartedNight();
  using console = openConsole({store: noc, outside, columns: 80, rows: 24});
  const title = async () => (await console.frame())[1]?.trim();
  await console.do('move.bottom');
  for (let press = 0; press < 9 && !(await console.frame()).some(line => /^▌.*srv-db-01/.test(line)); press++) {
    await console.do('move.up');
  }
  await console.do('hosts.show');
  expect(await title()).toBe('srv-db-01   Müller Maschinenbau GmbH');
  await console.do('hosts.children');
  expect(await title()).toMatch(/Hosts {2}1 {2}› Müller Maschinenbau GmbH › \/parent:"srv-db-01"/);
  expect((await console.frame()).some(line => line.includes('app-01'))).toBe(true);
  await console.press('escape');
  await console.do('hosts.children');
  expect((await console.frame()).at(-1)).not.toContain('app-02');
  await console.do('pane.detail');
  await console.press('enter');
  expect(await title()).toMatch(/Alarme.*› Müller Maschinenbau GmbH › \/hos/);
});

test('no link: the detail says that there is no history, and asks again when there is one', async () => {
  const night = chartedNight();
  const {history} = night.noc;
  night.noc.history = () => Promise.reject(new Error('no link'));
  using console = await openHost('de', night);
  expect((await console.frame()).join('\n')).toContain('Der Verlauf wird geholt.');
  night.noc.history = history;
  await console.pass(11_000);
  expect((await console.frame()).join('\n')).toContain('cpu 34 %');
});

test('the list of hosts names what will be full, by shape and word, and nothing without a base (PF-2)', async () => {
  const {noc, outside} = chartedNight();
  using console = openConsole({store: noc, outside, columns: 120, rows: 40, depth: 'none'});
  await console.do('pane.hosts');
  await console.pass(3000);
  const lines = await console.frame();
  expect(lines.find(line => line.includes('srv-db-01'))).toMatch(/97 % {2}▲ \d+ h/);
  expect(lines.filter(line => /▲ \d+ h/.test(line))).toHaveLength(1);
  expect(noc.watched.get('berlin')).toContain(DB);
});
