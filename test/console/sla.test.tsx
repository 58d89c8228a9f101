import {describe, expect, test} from 'vitest';
import {occurrenceId} from '../../src/domain/occurrence-id.ts';
import {MINUTE, SECOND} from '../../src/domain/time.ts';
import type {Language} from '../../src/runtime/i18n.ts';
import {FRAME_SIZES, openConsole} from '../support/console.tsx';
import {busyNight} from './night.ts';
import {slaNight} from './sla-night.ts';

const DISK = occurrenceId(1);

function open(night = slaNight(), {lang = 'de', ...size}: {lang?: Language; columns?: number; rows?: number} = {}) {
  return {night, console: openConsole({store: night.noc, outside: night.outside, lang, ...size})};
}

describe('the banner', () => {
  test('names the next deadline while it is at risk, and ticks by the second in its last ten minutes', async () => {
    const {console: opened, night} = open();
    using console = opened;
    const banner = async () => (await console.frame())[1];
    expect(await banner()).toMatch(
      /^Frist 03:00 {2}Müller Maschinenbau {2}srv-db-01 {2}Platte \/var 97 % +Reaktion P1$/,
    );
    await console.pass(5 * SECOND);
    expect(await banner()).toMatch(/^Frist 02:55 /);
    night.outside.jump(3 * MINUTE - SECOND);
    await console.pass(SECOND);
    expect(await banner()).toMatch(/^Frist −00:05 /);
  });

  test('names what can still be kept, though another promise was broken long ago; its row ticks too', async () => {
    const {console: opened, night} = open();
    using console = opened;
    night.outside.jump(46 * MINUTE);
    await console.pass(SECOND);
    const frame = await console.frame();
    expect(frame[1]).toMatch(/^Frist 05:59 {2}Bäcker AG {2}fw-01 {2}nicht erreichbar +Reaktion P2$/);
    expect(frame[5]).toMatch(/−43 min .*Müller/);
    await console.pass(SECOND);
    const row = (await console.frame()).slice(2).find(line => line.includes('nicht erreichbar'));
    expect(row).toMatch(/05:58/);
  });

  test('is not there while nothing is at risk', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside, columns: 80, rows: 24});
    expect((await console.frame())[1]).not.toMatch(/Frist/);
  });

  test('gives way to what lies over the list', async () => {
    using console = open().console;
    await console.do('app.help');
    expect((await console.frame()).join('\n')).not.toContain('Frist 03:00');
    expect((await console.frame()).length).toBe(24);
  });

  test('a silent collector breaks no promise that we know of', async () => {
    const {console: opened, night} = open();
    using console = opened;
    night.noc.change('berlin', {link: 'down'});
    await console.pass(SECOND);
    expect((await console.frame())[1]).not.toMatch(/^Frist/);
  });
});

describe('keys of promises', () => {
  test('P changes the priority with a reason, and asks for both', async () => {
    const {console: opened, night} = open();
    using console = opened;
    await console.do('alerts.priority');
    await console.type('P3');
    await console.press('enter');
    expect((await console.frame()).at(-1)).toContain('Priorität und Grund');
    await console.type(' nur ein Testsystem');
    await console.press('enter');
    expect(night.noc.sent).toEqual([
      {kind: 'priority', occurrence: DISK, priority: 'P3', mode: 'retroactive', reason: 'nur ein Testsystem'},
    ]);
    night.noc.decide();
    await console.pass(100);
    const row = (await console.frame()).find(line => line.includes('Platte /var'));
    expect(row).toMatch(/P3/);
  });

  test('w asks the customer and stops the resolution clock, W goes on (SL-6)', async () => {
    const {console: opened, night} = open();
    using console = opened;
    await console.do('alerts.wait');
    await console.type('Wer hat Zugang? // ohne Schlüssel geht nichts');
    await console.press('enter');
    expect(night.noc.sent.at(-1)).toEqual({
      kind: 'pause',
      occurrence: DISK,
      question: 'Wer hat Zugang?',
      reason: 'ohne Schlüssel geht nichts',
    });
    night.noc.decide();
    await console.pass(SECOND);
    await console.do('alerts.wait');
    expect((await console.frame()).at(-1)).toContain('wartet schon auf den Kunden');
    await console.pass(SECOND);
    await console.do('alerts.resume');
    expect(night.noc.sent.at(-1)).toEqual({kind: 'resume', occurrence: DISK});
  });

  test('t tells the customer: a note that the customer sees (SL-10)', async () => {
    const {console: opened, night} = open();
    using console = opened;
    await console.do('alerts.tell');
    await console.type('Techniker ist unterwegs');
    expect((await console.frame()).at(-1)).toContain('Notiz für den Kunden:');
    await console.press('enter');
    expect(night.noc.sent.at(-1)).toMatchObject({kind: 'note', customerVisible: true, text: 'Techniker ist unterwegs'});
  });

  test('of many marked alerts of one incident one command is sent', async () => {
    const {console: opened, night} = open();
    using console = opened;
    await console.do('alerts.openFold');
    await console.press('down', 'space', 'space');
    await console.do('alerts.wait');
    await console.type('Wer hat Zugang?');
    await console.press('enter');
    expect(night.noc.sent.map(({kind}) => kind)).toEqual(['pause']);
  });
});

describe('the pane of promises', () => {
  test('lists each customer, who breaches first at the top, and opens into its alerts', async () => {
    using console = open().console;
    await console.do('pane.sla');
    const frame = await console.frame();
    expect(frame[2]).toMatch(/^Fristen {2}8 laufen, 1 gefährdet, 0 verletzt$/);
    expect(frame[5]).toMatch(/^▌ 03:00 .*Müller/);
    await console.press('down', 'enter');
    expect((await console.frame()).join('\n')).toContain('› Bäcker AG');
  });

  test('says when service begins again, and that a customer has no contract', async () => {
    using console = open().console;
    await console.do('pane.sla');
    const text = (await console.frame()).join('\n');
    expect(text).toMatch(/Hofer KG +zu bis Mo 08:00/);
    expect(text).toMatch(/Stadtwerk.* ohne Vertrag/);
  });
});

describe('how the month stands', () => {
  const rowOf = (frame: readonly string[], customer: string) => frame.find(row => row.includes(customer)) ?? '';

  test('is met of decided, availability against its target, and what is left of the budget (RP-1, AV-1, AV-2)', async () => {
    using console = open(slaNight(), {columns: 200, rows: 60}).console;
    await console.do('pane.sla');
    const frame = await console.frame();
    expect(rowOf(frame, 'gold ')).toMatch(/Müller.* 12 von 13 +99,47 % +99,5 % +−12 min/);
    // A star says that not all of it was seen (AV-4).
    expect(rowOf(frame, 'office')).toMatch(/4 von 4 +99,98 %\* +99,0 % +40 min\*/);
  });

  test('says how old it is when the collector has told nothing new, and is grey then', async () => {
    using console = open(slaNight(), {columns: 200, rows: 60}).console;
    await console.do('pane.sla');
    expect((await console.frame()).join('\n')).toMatch(/Bäcker AG .*7\/7 ○31m +99,93 %/);
  });

  test('is not known until the collector tells it, and not what was so last month', async () => {
    const night = slaNight();
    const {months} = night.noc.collector('berlin');
    const last = [...months].map(([id, it]) => [id, {...it, month: '2026-10'}] as const);
    for (const told of [new Map(), new Map(last)]) {
      night.noc.change('berlin', {months: told});
      using console = open(night, {columns: 200, rows: 60}).console;
      await console.do('pane.sla');
      const text = (await console.frame()).join('\n');
      expect(text).toMatch(/Müller.* unbekannt +unbekannt +99,5 % +unbekannt/);
      expect(text).not.toContain('12 von 13');
    }
  });
});

describe('frames', () => {
  const LANGUAGES: readonly Language[] = ['de', 'en'];
  const sizes = [...FRAME_SIZES, [160, 48]] as const;

  test.each(LANGUAGES)('alerts with their clocks in %s', async lang => {
    using console = open(slaNight(), {lang}).console;
    await console.toMatchFrames('sla-alerts', sizes);
  });

  test.each(LANGUAGES)('promises by customer in %s', async lang => {
    using console = open(slaNight(), {lang}).console;
    await console.do('pane.sla');
    await console.toMatchFrames('sla-customers', sizes);
  });

  test.each(LANGUAGES)('detail with its clocks in %s', async lang => {
    using console = open(slaNight(), {lang}).console;
    await console.do('pane.detail');
    await console.toMatchFrames('sla-detail', sizes);
  });
});
