import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {occurrenceId} from '../../src/domain/occurrence-id.ts';
import {MINUTE, SECOND} from '../../src/domain/time.ts';
import type {Language} from '../../src/runtime/i18n.ts';
import {type OpenConsole, openConsole} from '../support/console.tsx';
import {temporaryFolder} from '../support/temporary-folder.ts';
import {DNS, foldNight, joinsIncident, opensIncident} from './fold-night.ts';
import {acknowledged, calmNight, type Night, raised, resolved} from './night.ts';

function open(night: Night, over: Partial<Parameters<typeof openConsole>[0]> = {}): OpenConsole {
  return openConsole({store: night.noc, outside: night.outside, columns: 80, rows: 24, ...over});
}

async function cursorRow(console: OpenConsole): Promise<string> {
  return (await console.frame()).find(line => line.startsWith('▌')) ?? '';
}

/** The rows below the head of the list, without the cursor. */
async function rows(console: OpenConsole): Promise<readonly string[]> {
  const frame = await console.frame();
  const head = frame.findIndex(line => line.includes('WAS'));
  return frame.slice(head + 1, -1).filter(line => line.trim() !== '');
}

async function lastRow(console: OpenConsole): Promise<string> {
  return (await console.frame()).at(-1) ?? '';
}

/** To the incident on three hosts. */
async function toDns(console: OpenConsole): Promise<void> {
  while (!(await cursorRow(console)).includes('3 Hosts')) await console.do('move.down');
}

describe('opening', () => {
  test('CO-2: one row for each incident with more than one alert, which → opens in place and ← closes', async () => {
    using console = open(foldNight());
    const closed = await rows(console);
    expect(closed).toHaveLength(6);
    expect(closed[0]).toMatch(/P1 ▲ KRIT .* srv-db-01 +2 ▸ Platte/);
    await console.do('alerts.openFold');
    const opened = await rows(console);
    expect(opened[0]).toMatch(/^▌.*2 ▾ Platte/);
    expect(opened[1]).toMatch(/^ {13}▲ KRIT .*├ Platte/);
    expect(opened[2]).toMatch(/^ {13}● WARN .*└ Antwort/);
    await console.do('alerts.openFold');
    expect(await cursorRow(console)).toContain('├ Platte');
    await console.do('move.down');
    await console.do('alerts.closeFold');
    expect(await rows(console)).toEqual(closed);
    expect(await cursorRow(console)).toContain('2 ▸');
  });

  test('Enter shows the whole incident, and the alert alone from inside', async () => {
    using console = open(foldNight());
    await toDns(console);
    await console.do('list.open');
    expect((await console.frame()).join('\n')).toMatch(/Störung \w+: 3 Alarme auf 3 Hosts/);
    await console.press('escape');
    await console.do('alerts.openFold');
    await console.press('down', 'enter');
    expect((await console.frame()).join('\n')).not.toContain('3 Alarme auf');
  });

  test('DP-2: what hides behind an outage opens from the same row', async () => {
    using console = open(foldNight());
    const row = (await rows(console)).findIndex(line => line.includes('6 ▸'));
    expect((await rows(console))[row + 1]).toContain('└ 5 betroffen (Standort Kassel): pos-01');
    while (!(await cursorRow(console)).includes('6 ▸')) await console.do('move.down');
    await console.do('alerts.openFold');
    const opened = (await rows(console)).slice(row, row + 7);
    expect(opened[0]).toContain('6 ▾ nicht');
    expect(opened[1]).toMatch(/fw-01 +├ nicht/);
    expect(opened[6]).toMatch(/pos-0\d +└ nicht/);
    expect(await rows(console)).not.toContainEqual(expect.stringContaining('betroffen'));
  });

  test('an incident of one alert is that alert’s row, and → does nothing there', async () => {
    using console = open(foldNight());
    await console.do('move.bottom');
    const before = await rows(console);
    expect(await cursorRow(console)).toContain('Zertifikat 6 Tage');
    await console.do('alerts.openFold');
    await console.do('alerts.closeFold');
    expect(await rows(console)).toEqual(before);
  });

  test('only the rows of the window are drawn of an incident with thousands', async () => {
    const night = calmNight();
    const events = Array.from({length: 3000}, (_, n) => ({
      n: n + 1,
      customer: 'mueller',
      host: `h-${String(n).padStart(4, '0')}`,
      summary: 'weg',
    })).flatMap(trouble => (trouble.n === 1 ? opensIncident(trouble) : joinsIncident(trouble, 1)));
    night.noc.append('berlin', events);
    using console = open(night);
    expect(await rows(console)).toHaveLength(1);
    expect(await cursorRow(console)).toContain('3000 ▸');
    await console.do('alerts.openFold');
    await console.do('move.bottom');
    expect(await rows(console)).toHaveLength(19);
    expect(await cursorRow(console)).toContain('└ weg');
    await console.do('alerts.closeFold');
    expect(await cursorRow(console)).toContain('3000 ▸');
  });
});

describe('acting on a folded row', () => {
  test('takes all its alerts, and is pending until the events are back', async () => {
    const night = foldNight();
    using console = open(night, {me: 'Jana'});
    await toDns(console);
    await console.do('alerts.acknowledge');
    expect(night.noc.sent.map(body => 'occurrence' in body && body.occurrence).toSorted()).toEqual(
      DNS.map(occurrenceId).toSorted(),
    );
    expect(await cursorRow(console)).toContain('Jana …');
    night.noc.decide({isSeen: false});
    await console.pass(100);
    expect(await cursorRow(console)).toContain('Jana …');
  });

  test('is acknowledged when the events of all are back', async () => {
    const night = foldNight();
    using console = open(night);
    await toDns(console);
    await console.do('alerts.acknowledge');
    night.noc.decide();
    await console.pass(100);
    expect(await cursorRow(console)).toContain('jana ✓');
    await console.do('app.undo');
    night.noc.decide();
    await console.pass(100);
    expect(await cursorRow(console)).toMatch(/–$/);
  });

  test('one alert inside is acted on alone, and the row says of how many', async () => {
    const night = foldNight();
    using console = open(night);
    await toDns(console);
    await console.do('alerts.openFold');
    await console.do('move.down');
    await console.do('alerts.acknowledge');
    night.noc.decide();
    await console.pass(100);
    expect(night.noc.sent).toHaveLength(1);
    await console.do('alerts.closeFold');
    expect(await cursorRow(console)).toMatch(/3 ▸ .*jana 1\/3/);
    expect(await cursorRow(console)).not.toContain('✓');
  });

  test('AL-4: a colleague who was faster with one of them is named, and both stand on the row', async () => {
    const night = foldNight();
    using console = open(night, {columns: 100, rows: 16});
    await toDns(console);
    await console.do('alerts.acknowledge');
    const at = night.outside.clock.now() - MINUTE;
    night.noc.append('berlin', [acknowledged(12, 'Ben', at)], {by: 'Ben', at});
    night.noc.decide();
    await console.pass(100);
    expect(await lastRow(console)).toMatch(/web-02 \/ dns: Ben hat um \d\d:\d\d quittiert/);
    expect(await cursorRow(console)).toMatch(/2 Pers.* ✓/);
  });

  test('DP-2: does not act on what only hangs on it', async () => {
    const night = foldNight();
    using console = open(night);
    while (!(await cursorRow(console)).includes('6 ▸')) await console.do('move.down');
    await console.do('alerts.acknowledge');
    expect(night.noc.sent).toMatchObject([{kind: 'ack', occurrence: occurrenceId(3)}]);
  });

  test('more than twenty ask once, with their list', async () => {
    const night = calmNight();
    const trouble = (n: number) => ({n, customer: 'mueller', host: `srv-${n}`, summary: `Fall ${n}`});
    night.noc.append(
      'berlin',
      Array.from({length: 21}, (_, n) =>
        n === 0 ? opensIncident(trouble(1)) : joinsIncident(trouble(n + 1), 1),
      ).flat(),
    );
    using console = open(night, {rows: 30});
    await console.do('alerts.acknowledge');
    expect((await console.frame()).filter(line => /srv-\d+ {2}Fall/.test(line))).toHaveLength(21);
    expect(night.noc.sent).toEqual([]);
    await console.press('enter');
    expect(night.noc.sent).toHaveLength(21);
  });

  test('acts on what was painted: an alert that joined since then is not among them', async () => {
    const night = foldNight();
    using console = open(night);
    await toDns(console);
    await console.pass(SECOND);
    const late = {n: 40, customer: 'baecker', host: 'web-09', service: 'dns', summary: 'auch weg'};
    night.noc.append('berlin', joinsIncident(late, 11), {customer: 'baecker'});
    // The news are taken, and the key comes in the same turn.
    night.outside.advance(100);
    await console.do('alerts.acknowledge');
    expect(night.noc.sent).toHaveLength(3);
    expect(JSON.stringify(night.noc.sent)).not.toContain(occurrenceId(40));
    await console.pass(SECOND);
    await console.do('alerts.acknowledge');
    expect(night.noc.sent.at(-1)).toMatchObject({kind: 'ack', occurrence: occurrenceId(40)});
  });

  test('SL-6, SL-10: the incident waits once, and its customer is told once', async () => {
    const night = foldNight();
    using console = open(night);
    await toDns(console);
    await console.do('alerts.wait');
    await console.type('Wer hat Zugang?');
    await console.press('enter');
    await console.pass(SECOND);
    await console.do('alerts.tell');
    await console.type('Techniker ist unterwegs');
    await console.press('enter');
    expect(night.noc.sent.map(({kind}) => kind)).toEqual(['pause', 'note']);
    night.noc.decide();
    await console.pass(SECOND);
    await console.do('list.open');
    const detail = (await console.frame()).join('\n');
    expect(detail).toMatch(/jana wartet auf den Kunden: „.*“/);
    expect(detail).toContain('jana hat den Kunden informiert');
  });

  test('space marks all of a folded row and unmarks them, * marks what every row acts on', async () => {
    const night = foldNight();
    using console = open(night);
    await toDns(console);
    await console.do('alerts.mark');
    expect(await lastRow(console)).toContain('3 markiert');
    await console.do('move.up');
    expect(await cursorRow(console)).toMatch(/^▌•/);
    await console.do('alerts.mark');
    expect(await lastRow(console)).not.toContain('markiert');
    await console.do('alerts.markAll');
    expect(await lastRow(console)).toContain('8 markiert');
  });
});

describe('the cursor', () => {
  test('stays on the alert that a second one joins, and on what is left when that is over', async () => {
    const night = foldNight();
    using console = open(night);
    await console.do('move.bottom');
    expect(await cursorRow(console)).toContain('web-02');
    const second = {n: 50, customer: 'fulda', host: 'web-03', summary: 'auch das'};
    night.noc.append('berlin', joinsIncident(second, 5), {customer: 'fulda'});
    await console.pass(SECOND);
    expect(await cursorRow(console)).toMatch(/2 Hosts +2 ▸/);
    night.noc.append('berlin', [
      resolved(5),
      {type: 'alert.closed', occurrence: occurrenceId(5), reason: 'settled'},
      {type: 'alert.forgotten', occurrence: occurrenceId(5), customer: 'fulda'},
    ]);
    await console.pass(SECOND);
    expect(await cursorRow(console)).toContain('auch das');
  });

  test('SL-9: stays on the incident that merges into an older one', async () => {
    const night = foldNight();
    using console = open(night);
    await toDns(console);
    const moments = [] as const;
    night.noc.append(
      'berlin',
      [
        {
          type: 'incident.merged',
          incident: occurrenceId(3),
          absorbed: occurrenceId(11),
          priority: 'P2',
          moments,
        },
      ],
      {customer: 'baecker'},
    );
    await console.pass(SECOND);
    expect(await cursorRow(console)).toMatch(/4 Hosts +9 ▸/);
  });

  test('stays on an alert in an open fold when its incident merges: that opens too', async () => {
    const night = foldNight();
    using console = open(night);
    await toDns(console);
    await console.do('alerts.openFold');
    await console.press('down', 'down');
    const before = /web-0\d/.exec(await cursorRow(console))?.[0] ?? '';
    night.noc.append(
      'berlin',
      [{type: 'incident.merged', incident: occurrenceId(3), absorbed: occurrenceId(11), priority: 'P2', moments: []}],
      {customer: 'baecker'},
    );
    await console.pass(SECOND);
    expect(await cursorRow(console)).toMatch(new RegExp(`${before} +[├└]`));
  });

  test('stays on an incident that is over, until it goes away itself', async () => {
    const night = foldNight();
    using console = open(night);
    await toDns(console);
    const at = night.outside.clock.now() - 5 * MINUTE;
    night.noc.append('berlin', DNS.map(resolved), {customer: 'baecker', at});
    await console.pass(SECOND);
    expect(await cursorRow(console)).toMatch(/✓ OK .*3 ▸ DNS/);
    await console.do('move.up');
    await console.pass(MINUTE);
    expect(await rows(console)).not.toContainEqual(expect.stringContaining('DNS'));
  });

  test('an event leads to its alert inside the fold', async () => {
    const night = foldNight();
    using console = open(night);
    night.noc.append('berlin', [acknowledged(12, 'Ben', night.outside.clock.now())], {by: 'Ben'});
    await console.pass(SECOND);
    await console.do('pane.events');
    await console.press('enter');
    expect((await console.frame())[2]).toContain('web-02 / dns');
    await console.press('escape');
    expect(await cursorRow(console)).toMatch(/web-02 +[├└].*Ben ✓/);
  });

  test('] opens what somebody has a part of, and stops at a row that nobody has', async () => {
    const night = foldNight();
    night.noc.append('berlin', [acknowledged(11, 'Ben', night.outside.clock.now())], {by: 'Ben'});
    using console = open(night);
    const seen: string[] = [];
    for (let press = 0; press < 6; press++) {
      await console.do('alerts.nextOpen');
      seen.push(await cursorRow(console));
    }
    expect(seen.some(line => /6 ▸/.test(line))).toBe(true);
    expect(seen.filter(line => /web-0[23] +[├└]/.test(line))).toHaveLength(2);
    for (const line of seen) expect(line).not.toContain('✓');
  });
});

describe('finding', () => {
  test('a folded row says how many of it match, opens into those, and acts on those', async () => {
    const night = foldNight();
    using console = open(night);
    await console.do('list.filter');
    await console.type('severity:warning customer:baecker');
    await console.press('enter');
    expect(await rows(console)).toHaveLength(1);
    expect(await cursorRow(console)).toContain('1/3 ▸ DNS');
    await console.do('alerts.openFold');
    expect(await rows(console)).toHaveLength(2);
    await console.do('alerts.closeFold');
    await console.do('alerts.acknowledge');
    expect(night.noc.sent).toMatchObject([{kind: 'ack', occurrence: occurrenceId(13)}]);
  });

  test('the row stays in sight when none of it fits the filter any more', async () => {
    const night = foldNight();
    using console = open(night);
    await console.do('list.filter');
    await console.type('!acked');
    await console.press('enter');
    await toDns(console);
    await console.do('alerts.acknowledge');
    night.noc.decide();
    await console.pass(2 * SECOND);
    expect(await cursorRow(console)).toMatch(/3 ▸ DNS.*jana ✓/);
    await console.do('move.down');
    await console.pass(MINUTE);
    expect(await rows(console)).not.toContainEqual(expect.stringContaining('DNS'));
  });

  test('an alert in an open fold stays in sight, too', async () => {
    const night = foldNight();
    using console = open(night);
    await console.do('list.filter');
    await console.type('!acked customer:baecker');
    await console.press('enter');
    await toDns(console);
    await console.do('alerts.openFold');
    await console.press('down', 'down');
    const host = /web-0\d/.exec(await cursorRow(console))?.[0] ?? '';
    const place = (await console.frame()).findIndex(line => line.startsWith('▌'));
    await console.do('alerts.acknowledge');
    night.noc.decide();
    await console.pass(2 * SECOND);
    expect(await cursorRow(console)).toMatch(new RegExp(`${host} +├.*jana ✓`));
    expect((await console.frame()).findIndex(line => line.startsWith('▌'))).toBe(place);
    await console.do('move.down');
    await console.pass(MINUTE);
    expect(await rows(console)).not.toContainEqual(expect.stringContaining(host));
  });

  test('grouped by host its alerts stand where they belong', async () => {
    using console = open(foldNight());
    for (let press = 0; press < 3; press++) await console.do('list.group');
    const listed = await rows(console);
    expect(listed).toContainEqual(expect.stringMatching(/^Müller Maschinenbau \/ srv-db-01 {2}2$/));
    expect(listed).toContainEqual(expect.stringContaining('2 ▸ Platte'));
    expect(listed).not.toContainEqual(expect.stringContaining('3 ▸'));
    for (const host of ['web-01', 'web-02', 'web-03']) {
      expect(listed).toContainEqual(expect.stringMatching(new RegExp(`${host} +DNS`)));
    }
    expect(listed).toContainEqual(expect.stringContaining('6 ▸'));
  });

  test('copying and exporting give all of a folded row', async () => {
    using folder = temporaryFolder();
    using console = open(foldNight());
    await toDns(console);
    await console.do('alerts.copy');
    const [, text = ''] = /\x1b\]52;c;([A-Za-z0-9+/=]+)\x07/.exec(console.bytes()) ?? [];
    const copied = Buffer.from(text, 'base64').toString();
    for (const host of ['web-01', 'web-02', 'web-03']) expect(copied).toContain(host);
    const file = folder.file('alarme.json');
    await console.do('app.command');
    await console.paste(`export ${file}`);
    await console.press('enter');
    const exported = JSON.parse(readFileSync(file, 'utf8')).alerts.map(({host}: {readonly host: string}) => host);
    expect(exported).toHaveLength(13);
    expect(new Set(exported)).toContain('pos-05');
  });

  test('rule 45: of a fold with hundreds as many lines as fit are copied, and the rest is counted', async () => {
    const night = calmNight();
    const trouble = (n: number) => ({n, customer: 'mueller', host: `srv-${n}`, summary: `Fall ${n}`});
    night.noc.append(
      'berlin',
      Array.from({length: 200}, (_, n) =>
        n === 0 ? opensIncident(trouble(1)) : joinsIncident(trouble(n + 1), 1),
      ).flat(),
    );
    using console = open(night);
    await console.do('alerts.copy');
    const [, text = ''] = /\x1b\]52;c;([A-Za-z0-9+/=]+)\x07/.exec(console.bytes()) ?? [];
    expect(text.length).toBeLessThan(4096);
    const lines = Buffer.from(text, 'base64').toString().trimEnd().split('\n');
    expect(lines.at(-1)).toBe(`… und ${200 - (lines.length - 2)} weitere`);
  });

  test('the counts of the header and the title are of alerts, folded or not', async () => {
    using console = open(foldNight());
    const before = (await console.frame()).slice(0, 3);
    expect(before.join('\n')).toContain('8 offen, 0 quittiert, 5 unterdrückt');
    expect(before[0]).toContain('▲4 ●4 ◆0');
    await console.do('alerts.openFold');
    expect((await console.frame()).slice(0, 3)).toEqual(before);
  });
});

describe('frames', () => {
  test.each<Language>(['de', 'en'])('folded and opened in %s', async lang => {
    const {noc, outside} = foldNight();
    using folded = openConsole({store: noc, outside, lang});
    await folded.toMatchFrames('folded');
    await folded.resize(80, 24);
    await folded.do('alerts.openFold');
    await folded.press('down', 'down', 'down');
    await folded.do('alerts.openFold');
    await folded.toMatchFrames('opened');
  });

  test('in ASCII the tree is drawn with signs of ASCII', async () => {
    const {asciiText} = await import('../../src/runtime/ascii.ts');
    expect(asciiText('3 ▾ DNS ├ web └ web ▸')).toBe('3 v DNS + web + web >');
  });

  test('the row of a fold whose alerts are all in a downtime says so', async () => {
    const night = calmNight();
    const quiet = (n: number) => ({
      n,
      customer: 'mueller',
      host: 'fw-01',
      summary: `Umbau ${n}`,
      service: `s${n}`,
      suppressed: ['downtime'] as const,
    });
    night.noc.append('berlin', [...opensIncident(quiet(1)), ...joinsIncident(quiet(2), 1)]);
    using console = open(night);
    expect(await cursorRow(console)).toMatch(/2 ▸ .*Umbau.* Wartung/);
    night.noc.append('berlin', [raised({n: 3, customer: 'mueller', host: 'nas-01', summary: 'neu'})]);
    await console.pass(SECOND);
    expect(await cursorRow(console)).toContain('Umbau');
  });
});
