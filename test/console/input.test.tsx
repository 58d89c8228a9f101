import {describe, expect, test} from 'vitest';
import {keymap} from '../../src/console/keymap.ts';
import {MINUTE} from '../../src/domain/time.ts';
import {openConsole} from '../support/console.tsx';
import {busyNight} from './night.ts';

const EVERY_KEY = keymap
  .flatMap(({keys}) => keys.map(String))
  .filter(key => key.length === 1)
  .join('');

describe('rule 47: what is pasted is no key', () => {
  test('a megabyte with every bound key changes nothing, and keys work afterwards', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    const before = await console.frame();
    const megabyte = `${EVERY_KEY}\r\n\t `.repeat(Math.ceil(1_000_000 / (EVERY_KEY.length + 4)));
    for (let at = 0; at < megabyte.length; at += 65_536) {
      const start = at === 0 ? '\x1b[200~' : '';
      const end = at + 65_536 >= megabyte.length ? '\x1b[201~' : '';
      await console.input(start + megabyte.slice(at, at + 65_536) + end);
    }
    expect(noc.sent).toEqual([]);
    expect(await console.frame()).toEqual(before);
    await console.do('alerts.acknowledge');
    expect(noc.sent).toHaveLength(1);
  });

  test('the marks of a paste may come in pieces', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    for (const piece of ['\x1b[2', '00~aa', 'xx\r', '\x1b[20', '1~']) await console.input(piece);
    expect(noc.sent).toEqual([]);
    await console.do('alerts.acknowledge');
    expect(noc.sent).toHaveLength(1);
  });

  test('from a terminal that does not mark pastes, a long piece of text is taken for one', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    await console.input('asset tag aaaa exexex');
    expect(noc.sent).toEqual([]);
  });

  test('a few keys that came together over a slow line are keys, and so is a held one', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    await console.input('jja');
    expect(noc.sent).toHaveLength(1);
    await console.input('k'.repeat(40));
    expect((await console.frame())[4]).toMatch(/^▌/);
  });

  test('Esc and the key after it, together over a slow line, are both pressed', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    await console.do('alerts.note');
    await console.input('\x1bja');
    expect(noc.sent).toMatchObject([{kind: 'ack'}]);
    expect((await console.frame()).at(-1)).not.toContain('Notiz:');
  });

  test('Esc and Enter or the space bar, together over a slow line, answer no question and send no line', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    await console.do('alerts.escalate');
    expect((await console.frame()).at(-1)).toContain('eskalieren?');
    await console.input('\x1b\r');
    await console.press('escape');
    await console.do('alerts.note');
    await console.type('halb');
    await console.input('\x1b\r');
    await console.press('escape');
    await console.do('alerts.note');
    await console.input('\x1b ');
    expect((await console.frame()).at(-1)).toContain('1 markiert');
    expect(noc.sent).toEqual([]);
  });

  test('in a line that is typed, pasted text is text: line breaks and controls do nothing', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    await console.do('alerts.note');
    await console.paste('erste Zeile\r\nzweite\x1b[2J Zeile\x07');
    expect(noc.sent).toEqual([]);
    expect((await console.frame()).at(-1)).toContain('Notiz: erste Zeile zweite');
    await console.press('enter');
    expect(noc.sent).toMatchObject([{kind: 'note', text: expect.stringMatching(/^erste Zeile zweite/)}]);
    expect(JSON.stringify(noc.sent)).not.toMatch(/\\u001b|\\u0007/);
  });
});

describe('typing', () => {
  test('umlauts and wide characters stand where they should, and the caret behind them', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    await console.do('alerts.note');
    await console.type('Größe 予約 ok');
    const row = console.terminal.cells().at(-1) ?? [];
    expect(row.map(({text}) => text).join('')).toContain('Notiz: Größe 予約 ok');
    const caret = row.findIndex(({style}) => style.includes('inverse'));
    expect(caret).toBe('Notiz: Größe '.length + 4 + ' ok'.length);
    await console.press('backspace', 'backspace', 'backspace', 'backspace');
    expect((await console.frame()).at(-1)).toContain('Notiz: Größe 予 ');
    await console.press('enter');
    expect(noc.sent).toMatchObject([{text: 'Größe 予'}]);
  });

  test('the caret moves by what a reader takes for one character', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    await console.do('alerts.note');
    await console.paste('Mu\u0308ller');
    await console.press('home', 'right', 'right', 'backspace', 'ctrl+e');
    await console.type('!');
    await console.press('enter');
    expect(noc.sent).toMatchObject([{text: 'Mller!'}]);
  });

  test.each([
    ['Alt+B and Alt+F', '\x1bb', '\x1bf'],
    ['Ctrl and the arrows', '\x1b[1;5D', '\x1b[1;5C'],
    ['Alt and the arrows', '\x1b[1;3D', '\x1b[1;3C'],
  ])('%s go from word to word, and keep what was typed', async (_, left, right) => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    await console.do('alerts.note');
    await console.type('der Lüfter  dreht');
    await console.input(left);
    await console.input(left);
    await console.type('neue ');
    await console.input(right);
    await console.type('nicht,');
    await console.press('enter');
    expect(noc.sent).toMatchObject([{text: 'der neue Lüfternicht,  dreht'}]);
  });

  test('the keys of a shell edit the line', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    await console.do('alerts.note');
    await console.type('der alte Lüfter');
    await console.input('\x1b\x7f'); // Alt+Backspace: a word
    await console.type('x');
    await console.input('\x02\x04'); // Ctrl+B, Ctrl+D: back, and away with it
    await console.input('\x01\x06'); // Ctrl+A, Ctrl+F: one on from the start
    await console.type('-');
    await console.press('enter');
    expect(noc.sent).toMatchObject([{text: 'd-er alte'}]);
  });

  test('letters and Backspace that came together over a slow line are typed and taken away', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    await console.do('alerts.note');
    await console.input('Lüfterr\x7f');
    await console.input('\x7f\x7f\x15neu\x08');
    await console.press('enter');
    expect(noc.sent).toMatchObject([{text: 'ne'}]);
  });

  test('Esc leaves the line, and what was typed does nothing', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    for (const action of [
      'alerts.note',
      'alerts.acknowledgeWith',
      'alerts.snooze',
      'hosts.downtime',
      'list.filter',
    ] as const) {
      await console.do(action);
      await console.type('axe');
      await console.press('escape');
    }
    expect(noc.sent).toEqual([]);
    expect((await console.frame())[1]).toContain('Alarme  5 offen');
  });

  test('a line longer than the screen keeps its end in sight', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside, columns: 60});
    await console.do('alerts.note');
    await console.paste(`${'lang '.repeat(30)}ENDE`);
    const last = (await console.frame()).at(-1) ?? '';
    expect(last).toMatch(/^Notiz: ….*ENDE *$/);
    expect(last.length).toBeLessThanOrEqual(60);
  });
});

describe('a line says what it is about', () => {
  test('a downtime names its host or its customer, and a line for many alerts says how many', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    const label = async () => (await console.frame()).at(-1) ?? '';
    await console.do('hosts.downtime');
    expect(await label()).toMatch(/^srv-db-01 {2}Wartung: /);
    await console.press('escape');
    await console.do('pane.customers');
    await console.do('hosts.downtime');
    expect(await label()).toMatch(/^Bäcker AG {2}Wartung: /);
    await console.type('2h Umbau');
    await console.press('enter');
    expect(noc.sent).toMatchObject([{kind: 'downtime', host: null}]);
    await console.do('pane.alerts');
    await console.do('alerts.markAll');
    await console.do('alerts.note');
    expect(await label()).toMatch(/^\d+ Alarme {2}Notiz: /);
  });

  test('an example goes once something is typed, so that it is taken for no offer', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    await console.do('list.filter');
    expect((await console.frame()).at(-1)).toContain('z. B. mueller');
    await console.type('srv');
    expect((await console.frame()).at(-1)?.trimEnd()).toBe('Filter: srv');
  });

  test('Tab in a note says what it would do now', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    await console.do('alerts.note');
    expect((await console.frame()).at(-1)).toContain('Tab: für den Kunden');
    await console.press('tab');
    expect((await console.frame()).at(-1)).toMatch(/Notiz für den Kunden: .*Tab: nur für uns/);
  });

  test('a command says what it takes and does', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    await console.do('app.command');
    await console.type('save nacht');
    expect((await console.frame()).at(-1)).toContain('NAME [KEY]  den Filter behalten');
  });

  test('snoozing takes what is typed, and an hour when nothing is', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    await console.do('alerts.snooze');
    await console.type('30m');
    await console.press('enter');
    expect(noc.sent).toMatchObject([{kind: 'snooze', until: outside.clock.now() + 30 * MINUTE}]);
  });
});

describe('no key acts on what is not looked at', () => {
  test('the events have no downtime, filter, order and groups of their own', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    await console.do('pane.events');
    for (const action of ['hosts.downtime', 'list.filter', 'list.sort', 'list.group'] as const) {
      await console.do(action);
      expect((await console.frame()).at(-1)).toMatch(/Erst öffnen|Das geht bei den Alarmen/);
    }
    expect((await console.frame())[1]).toContain('Ereignisse');
  });

  test('an event says which of a host’s alerts it happened to, where there is room', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside, columns: 160, rows: 24});
    await console.do('pane.events');
    expect((await console.frame()).join('\n')).toMatch(/Jana hat quittiert: „Platte ist bestellt“ {2}RAID/);
  });

  test('a filter that is typed among the customers narrows the alerts in sight', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    await console.do('pane.customers');
    await console.do('list.filter');
    await console.type('raid');
    expect((await console.frame())[1]).toContain('› /raid');
  });

  test('in the detail of a host a filter is one of hosts', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    await console.do('pane.hosts');
    await console.do('list.open');
    await console.do('list.filter');
    await console.type('srv');
    expect((await console.frame())[1]).toMatch(/^Hosts {2}\d+ {2}› \/srv/);
  });
});

describe('what does not fit', () => {
  test('the title says how much lies above and below, in a list, a detail and the help', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside, rows: 12});
    const corner = async (row: number) => (await console.frame())[row]?.match(/[↑↓] \d+(?: {2}↓ \d+)?(?= *┐| *$)/)?.[0];
    const below = Number((await corner(1))?.replace('↓ ', ''));
    await console.do('move.bottom');
    expect(await corner(1)).toBe(`↑ ${below}`);
    await console.do('move.top');
    await console.do('list.open');
    expect(await corner(1)).toMatch(/^↓ \d+$/);
    await console.do('move.down');
    expect(await corner(1)).toMatch(/^↑ 1 {2}↓ \d+$/);
    await console.do('app.help');
    expect(await corner(1)).toMatch(/^↓ \d+$/);
    await console.do('move.bottom');
    expect(await corner(1)).toMatch(/^↑ \d+$/);
  });

  test('nothing is said where everything fits', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    await console.do('pane.customers');
    expect((await console.frame())[1]).not.toMatch(/[↑↓]/);
  });
});

describe('finding', () => {
  test('the list narrows while the filter is typed, and comes back with Esc', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    await console.do('list.filter');
    await console.type('raid');
    expect((await console.frame()).filter(line => /[▲●◆○✓] (KRIT|WARN|UNBK|OK)/.test(line))).toHaveLength(1);
    await console.press('escape');
    expect((await console.frame()).filter(line => /[▲●◆○✓] (KRIT|WARN|UNBK|OK)/.test(line))).toHaveLength(8);
  });

  test('a customer is gone into with Enter, and left with Esc', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    await console.do('pane.customers');
    await console.press('down', 'enter');
    expect((await console.frame())[1]).toContain('› Müller Maschinenbau GmbH  2');
    await console.do('app.back');
    expect((await console.frame())[1]).not.toContain('Müller');
  });
});
