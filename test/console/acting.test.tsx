import {describe, expect, test} from 'vitest';
import {occurrenceId} from '../../src/domain/occurrence-id.ts';
import {HOUR, MINUTE, SECOND} from '../../src/domain/time.ts';
import {type OpenConsole, openConsole} from '../support/console.tsx';
import {text} from '../support/frames.ts';
import {acknowledged, busyNight, calmNight, type Night, raised} from './night.ts';

/** The one alert of a calm night at `berlin`. */
function oneAlert(): Night {
  const night = calmNight();
  night.noc.append('berlin', [raised({n: 1, customer: 'mueller', host: 'srv-db-01', summary: 'Platte voll'})]);
  return night;
}

/** Two alerts alike, of two hosts. */
function twoOutages(): Night {
  const night = calmNight();
  for (const [n, host] of [
    [1, 'aaa-01'],
    [2, 'bbb-02'],
  ] as const) {
    night.noc.append('berlin', [raised({n, customer: 'mueller', host, summary: 'Ausfall'})]);
  }
  return night;
}

function open(night: Night, over: Partial<Parameters<typeof openConsole>[0]> = {}): OpenConsole {
  return openConsole({store: night.noc, outside: night.outside, columns: 100, rows: 16, ...over});
}

async function rowOf(console: OpenConsole, host: string): Promise<string> {
  return (await console.frame()).find(line => line.includes(host)) ?? '';
}

async function lastRow(console: OpenConsole): Promise<string> {
  return (await console.frame()).at(-1) ?? '';
}

describe('acknowledging', () => {
  test('is pending at once, and done only when the event is back: the verdict alone is not enough', async () => {
    const night = oneAlert();
    using console = open(night, {me: 'Jana'});
    await console.do('alerts.acknowledge');
    expect(night.noc.sent).toEqual([
      {kind: 'ack', occurrence: occurrenceId(1), note: null, until: null, sticky: false},
    ]);
    expect(await rowOf(console, 'srv-db-01')).toContain('Jana …');
    night.noc.decide({isSeen: false});
    await console.pass(100);
    expect(await rowOf(console, 'srv-db-01')).toContain('Jana …');
    night.noc.catchUp();
    await console.pass(100);
    expect(await rowOf(console, 'srv-db-01')).toContain('jana ✓');
    expect(await rowOf(console, 'srv-db-01')).not.toContain('jana …');
  });

  test('AL-4: names the version that was seen, and says by name who was faster', async () => {
    const night = oneAlert();
    using console = open(night);
    await console.do('alerts.acknowledge');
    expect([...night.noc.expected.values()]).toEqual([night.noc.collector('berlin').state?.seq]);
    const at = night.outside.clock.now() - 6 * MINUTE;
    night.noc.append('berlin', [acknowledged(1, 'Ben', at)], {by: 'Ben', at});
    night.noc.decide();
    await console.pass(100);
    expect(await lastRow(console)).toContain('srv-db-01: Ben hat um 02:41 quittiert.');
    expect(await rowOf(console, 'Platte voll')).toContain('Ben ✓');
  });

  test('with note and duration in one line, in either order', async () => {
    const night = oneAlert();
    using console = open(night);
    await console.do('alerts.acknowledgeWith');
    await console.type('Größe geprüft 2h');
    await console.press('enter');
    const until = night.outside.clock.now() + 2 * HOUR;
    expect(night.noc.sent).toEqual([
      {kind: 'ack', occurrence: occurrenceId(1), note: 'Größe geprüft', until, sticky: false},
    ]);
  });

  test('instants of commands are in the time of the collector', async () => {
    const night = oneAlert();
    night.noc.change('berlin', {skewMs: 90 * SECOND});
    using console = open(night);
    await console.do('alerts.snooze');
    await console.press('enter');
    const until = night.outside.clock.now() + 90 * SECOND + HOUR;
    expect(night.noc.sent).toEqual([{kind: 'snooze', occurrence: occurrenceId(1), until}]);
  });

  test('what is acknowledged already says so, and sends nothing', async () => {
    const night = oneAlert();
    night.noc.append('berlin', [acknowledged(1, 'Ben', night.outside.clock.now())], {by: 'Ben'});
    using console = open(night);
    await console.do('alerts.acknowledge');
    expect(night.noc.sent).toEqual([]);
    expect(await lastRow(console)).toContain('srv-db-01 hat Ben schon quittiert.');
  });

  test('a held key does it once; pressing again after a pause is a new press', async () => {
    const night = oneAlert();
    using console = open(night);
    await console.do('alerts.acknowledge');
    for (let repeat = 0; repeat < 20; repeat++) {
      await console.pass(repeat === 0 ? 500 : 33);
      await console.do('alerts.acknowledge');
    }
    expect(night.noc.sent).toHaveLength(1);
    night.noc.decide();
    await console.do('app.undo');
    night.noc.decide();
    await console.pass(1000);
    await console.do('alerts.acknowledge');
    expect(night.noc.sent.map(({kind}) => kind)).toEqual(['ack', 'unack', 'ack']);
  });

  test('without a link it waits, and the last row says so', async () => {
    const night = oneAlert();
    using console = open(night);
    night.noc.change('berlin', {link: 'down'});
    await console.pass(12 * SECOND);
    await console.do('alerts.acknowledge');
    expect(await rowOf(console, 'Platte voll')).toMatch(/○ KRIT.*○ \d+s.*…/);
    expect(await lastRow(console)).toContain('1 wartet auf Verbindung');
  });
});

describe('taking back', () => {
  test.each([
    ['alerts.acknowledge', 'unack'],
    ['alerts.resolve', 'reopen'],
  ] as const)('%s is taken back by %s within ten seconds', async (action, kind) => {
    const night = oneAlert();
    using console = open(night);
    await console.do(action);
    night.noc.decide();
    await console.pass(9 * SECOND);
    await console.do('app.undo');
    expect(night.noc.sent.at(-1)).toEqual({kind, occurrence: occurrenceId(1)});
    expect([...night.noc.expected.values()].at(-1)).toBeNull();
  });

  test('after ten seconds it is too late, and once is enough', async () => {
    const night = oneAlert();
    using console = open(night);
    await console.do('alerts.acknowledge');
    night.noc.decide();
    await console.pass(11 * SECOND);
    await console.do('app.undo');
    expect(await lastRow(console)).toContain('Nichts zum Zurücknehmen');
    expect(night.noc.sent).toHaveLength(1);
  });

  test('a downtime is cancelled by the id that the collector gave it', async () => {
    const night = oneAlert();
    using console = open(night);
    await console.do('hosts.downtime');
    await console.type('2h Umbau');
    await console.press('enter');
    night.noc.decide();
    await console.pass(100);
    const [id] = [...(night.noc.collector('berlin').state?.downtimes.keys() ?? [])];
    await console.do('app.undo');
    expect(night.noc.sent.at(-1)).toEqual({kind: 'downtime-cancel', id});
    night.noc.decide();
    expect(night.noc.collector('berlin').state?.downtimes.get(id ?? '')?.state).toBe('cancelled');
  });
});

describe('what cannot be taken back asks', () => {
  test('escalating: Esc does nothing, Enter does it', async () => {
    const night = oneAlert();
    using console = open(night);
    await console.do('alerts.escalate');
    expect(await lastRow(console)).toContain('srv-db-01 auf Stufe 2 eskalieren?');
    await console.press('a', 'escape');
    expect(night.noc.sent).toEqual([]);
    await console.pass(SECOND);
    await console.do('alerts.escalate');
    await console.press('enter');
    expect(night.noc.sent).toEqual([{kind: 'escalate', occurrence: occurrenceId(1), level: null}]);
  });

  test('taking away a colleague’s acknowledgement asks; one’s own does not', async () => {
    const night = oneAlert();
    night.noc.append('berlin', [acknowledged(1, 'Ben', night.outside.clock.now())], {by: 'Ben'});
    using console = open(night);
    await console.do('alerts.release');
    expect(await lastRow(console)).toContain('srv-db-01 hat Ben quittiert. Trotzdem zurücknehmen?');
    await console.press('enter');
    night.noc.decide();
    await console.pass(SECOND);
    await console.do('alerts.acknowledge');
    night.noc.decide();
    await console.pass(SECOND);
    await console.do('alerts.release');
    expect(night.noc.sent.map(({kind}) => kind)).toEqual(['unack', 'ack', 'unack']);
  });

  test('more than twenty alerts ask once, with their list', async () => {
    const night = calmNight();
    const troubles = Array.from({length: 21}, (_, n) =>
      raised({n, customer: 'mueller', host: `srv-${n}`, summary: `Fall ${n}`}),
    );
    night.noc.append('berlin', troubles);
    using console = open(night, {rows: 30});
    await console.do('alerts.markAll');
    expect(await lastRow(console)).toContain('21 markiert');
    await console.do('alerts.acknowledge');
    const frame = await console.frame();
    expect(frame.at(-1)).toContain('Quittieren: alle 21 Alarme?');
    expect(frame.filter(line => /srv-\d+ {2}Fall/.test(line))).toHaveLength(21);
    expect(night.noc.sent).toEqual([]);
    await console.press('enter');
    expect(night.noc.sent).toHaveLength(21);
  });

  test('twenty do not ask, and are taken back together', async () => {
    const night = calmNight();
    const troubles = Array.from({length: 20}, (_, n) =>
      raised({n, customer: 'mueller', host: `srv-${n}`, summary: `Fall ${n}`}),
    );
    night.noc.append('berlin', troubles);
    using console = open(night);
    await console.do('alerts.markAll');
    await console.do('alerts.acknowledge');
    expect(night.noc.sent).toHaveLength(20);
    night.noc.decide();
    await console.do('app.undo');
    expect(night.noc.sent.slice(20).map(({kind}) => kind)).toEqual(Array.from({length: 20}, () => 'unack'));
  });
});

describe('the alert under the cursor', () => {
  test('stays under it when a worse one arrives above, and is the one that is acted on', async () => {
    const night = calmNight();
    night.noc.append('berlin', [
      raised({n: 1, customer: 'mueller', host: 'nas-01', severity: 'warning', summary: 'spät'}),
    ]);
    using console = open(night);
    expect(await rowOf(console, 'nas-01')).toContain('▌');
    night.noc.append('berlin', [raised({n: 2, customer: 'mueller', host: 'fw-01', summary: 'nicht erreichbar'})]);
    await console.pass(100);
    expect(await rowOf(console, 'fw-01')).not.toMatch(/▌ .*fw-01/);
    expect(await rowOf(console, 'nas-01 ')).toContain('▌');
    await console.do('alerts.acknowledge');
    expect(night.noc.sent).toMatchObject([{kind: 'ack', occurrence: occurrenceId(1)}]);
  });

  test('stays in sight when it no longer fits the filter, so that no other slides under the finger', async () => {
    const night = twoOutages();
    using console = open(night);
    await console.do('list.filter');
    await console.type('!acked');
    await console.press('enter');
    const first = (await rowOf(console, 'bbb-02')).includes('▌') ? 'bbb-02' : 'aaa-01';
    await console.do('alerts.acknowledge');
    night.noc.decide();
    await console.pass(2 * SECOND);
    expect(await rowOf(console, first)).toMatch(/▌.*jana ✓/);
    await console.do('alerts.acknowledge');
    expect(night.noc.sent).toHaveLength(1);
    await console.do('move.down');
    expect((await console.frame()).filter(line => /▌ .*Ausfall/.test(line)).join()).not.toContain(first);
  });

  test('does not act on the next one when it vanished before anybody could see that', async () => {
    const night = twoOutages();
    using console = open(night);
    const selected = (await rowOf(console, 'bbb-02')).includes('▌') ? 2 : 1;
    night.noc.append('berlin', [
      {type: 'alert.closed', occurrence: occurrenceId(selected), reason: 'settled'},
      {type: 'alert.forgotten', occurrence: occurrenceId(selected), customer: 'mueller'},
    ]);
    // The news are taken however slow the painting is, and the key comes in the same turn: nothing is painted between them.
    night.outside.advance(SECOND);
    await console.do('alerts.acknowledge');
    expect(night.noc.sent).toEqual([]);
    expect(await lastRow(console)).toContain('verschwunden, nichts getan');
    await console.pass(SECOND);
    await console.do('alerts.acknowledge');
    expect(night.noc.sent).toMatchObject([{kind: 'ack', occurrence: occurrenceId(selected === 1 ? 2 : 1)}]);
  });

  test('a prompt is for the alert it was opened on, whatever moves meanwhile', async () => {
    const night = oneAlert();
    using console = open(night);
    await console.do('alerts.note');
    await console.type('gesehen');
    night.noc.append('berlin', [raised({n: 9, customer: 'mueller', host: 'neu-01', summary: 'noch schlimmer'})]);
    await console.pass(100);
    await console.press('enter');
    expect(night.noc.sent).toEqual([
      {kind: 'note', occurrence: occurrenceId(1), text: 'gesehen', customerVisible: false},
    ]);
  });
});

describe('who may do what', () => {
  test('with --read-only no key changes anything, and says why', async () => {
    const night = oneAlert();
    using console = open(night, {isReadOnly: true});
    for (const key of ['a', 'A', 'U', 'e', 'n', 'z', 'd', 'x', 'u']) {
      await console.press(key);
      expect(await lastRow(console)).toContain('--read-only');
    }
    expect(night.noc.sent).toEqual([]);
  });

  test('a viewer’s token says so before anything is sent', async () => {
    const night = oneAlert();
    for (const name of ['berlin', 'hamburg', 'kassel']) {
      night.noc.change(name, {who: {name: text('wand'), role: 'viewer', customers: null}});
    }
    using console = open(night);
    await console.do('alerts.acknowledge');
    expect(night.noc.sent).toEqual([]);
    expect(await lastRow(console)).toContain('darf nur lesen');
  });
});

describe('freshness', () => {
  test('FR-2: nothing of a silent collector is coloured or green, and its age is told', async () => {
    const night = busyNight();
    using console = open(night, {columns: 80, rows: 24});
    await console.frame();
    const rows = console.terminal.cells();
    const row =
      rows.find(cells =>
        cells
          .map(({text: cell}) => cell)
          .join('')
          .includes('wms-01'),
      ) ?? [];
    expect(row.map(({text: cell}) => cell).join('')).toMatch(/○ WARN.*○ 6m/);
    const head =
      rows.find(cells =>
        cells
          .map(({text: cell}) => cell)
          .join('')
          .includes('KUNDE'),
      ) ?? [];
    const dim = head.find(({text: cell}) => cell === 'K')?.style;
    const styles = new Set(row.filter(({text: cell}) => cell.trim() !== '').map(({style}) => style));
    expect([...styles]).toEqual([dim]);
  });

  test('no cell of any screen is green', async () => {
    const night = busyNight();
    using console = open(night, {columns: 160, rows: 48});
    for (const key of ['2', '3', '5', '1', '4', '?']) {
      await console.press(key);
      const colours = new Set(
        console.terminal
          .cells()
          .flat()
          .map(({style}) => style.split('/')[0]),
      );
      // Terminal colours 2 and 10, and the green part of the cube.
      expect([...colours].filter(colour => colour === '2' || colour === '10')).toEqual([]);
      await console.press('escape');
    }
  });
});
