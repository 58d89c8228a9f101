import {describe, expect, test} from 'vitest';
import type {BackupPlan} from '../../src/domain/backup/backup-record.ts';
import {progressKey} from '../../src/domain/backup/run-progress.ts';
import type {DomainEvent} from '../../src/domain/event.ts';
import {DAY, HOUR, MINUTE, SECOND} from '../../src/domain/time.ts';
import type {Language} from '../../src/runtime/i18n.ts';
import {backupPlan, reported, run} from '../support/backups.ts';
import {NIGHT, virtualOutside} from '../support/clock.ts';
import {type OpenConsole, openConsole} from '../support/console.tsx';
import {text} from '../support/frames.ts';
import {VirtualNoc} from '../support/virtual-noc.ts';
import {customerDefined, hostDefined} from './night.ts';

/** 22:00 in Berlin of the evening before. */
const EVENING = NIGHT - 4 * HOUR - 47 * MINUTE;

function history(plan: BackupPlan, nights: number, sizes = 120e9): readonly DomainEvent[] {
  return Array.from({length: nights}, (_, index) => {
    const night = nights - 1 - index;
    const record = run(EVENING - night * DAY, 'success');
    return reported(plan, {...record, figures: {...record.figures, sizeBytes: sizes + index * 1e9}});
  });
}

function verified({customer, object, copies}: BackupPlan): DomainEvent {
  const ids = copies.map(({id}) => id);
  return {
    type: 'backup.verified',
    customer,
    object,
    copies: ids,
    verifiedAt: NIGHT - 5 * DAY,
    ok: true,
    errors: 0,
    note: null,
  };
}

function restored({customer, object}: BackupPlan): DomainEvent {
  const test = {
    at: NIGHT - 20 * DAY,
    ok: true,
    scope: 'full',
    durationMs: 42 * MINUTE,
    point: NIGHT - 21 * DAY,
    job: null,
    by: text('Mira'),
    note: text('Hash und Anmeldung geprüft'),
  } as const;
  return {type: 'backup.restoreTested', customer, object, test};
}

/** Protected, failed, missed, 3-2-1 broken, never reported, and a host that nothing keeps. */
function night() {
  const outside = virtualOutside();
  const noc = new VirtualNoc(outside);
  noc.addCollector('berlin');
  const good = backupPlan({object: text('srv-db-01'), promised: '3-2-1-1-0'});
  const failed = backupPlan({object: text('srv-file-01')});
  const missed = backupPlan({object: text('srv-app-01')});
  const broken = backupPlan({object: text('srv-mail-01'), customer: 'hofer', criticality: 'B'});
  const silent = backupPlan({object: text('srv-neu-01'), customer: 'hofer'});
  const plans = [good, failed, missed, broken, silent];
  const before = {at: EVENING - 30 * DAY};
  noc.append(
    'berlin',
    [customerDefined('mueller', 'Müller Maschinenbau GmbH'), customerDefined('hofer', 'Hofer KG')],
    before,
  );
  noc.append(
    'berlin',
    [...plans.map((plan): DomainEvent => ({type: 'backup.expected', plan})), hostDefined('mueller', 'srv-alt-07')],
    before,
  );
  noc.append('berlin', [
    ...history(good, 14),
    verified(good),
    restored(good),
    ...history(failed, 14).slice(0, 13),
    reported(failed, run(EVENING, 'failed')),
    restored(failed),
    ...history(missed, 14).slice(0, 13),
    restored(missed),
    ...history(broken, 14).map(event => (event.type === 'backup.reported' ? {...event, copies: [text('NAS')]} : event)),
    restored(broken),
  ]);
  return {outside, noc};
}

const LANGUAGES: readonly Language[] = ['de', 'en'];
const CASES: readonly {readonly name: string; readonly act: (console: OpenConsole) => Promise<void>}[] = [
  {name: 'backups', act: console => console.do('pane.backups')},
  {
    name: 'backup-detail',
    act: async console => {
      await console.do('pane.backups');
      await console.press('end', 'enter');
    },
  },
  {
    name: 'restore-test',
    act: async console => {
      await console.do('pane.backups');
      await console.press('end');
      await console.do('backups.restoreTest');
      await console.paste('gut voll 42m');
    },
  },
  {
    name: 'restore-test-wrong',
    act: async console => {
      await console.do('pane.backups');
      await console.press('end');
      await console.do('backups.restoreTest');
      await console.paste('vielleicht');
      await console.press('enter');
    },
  },
  {
    name: 'morning-check',
    act: async console => {
      await console.do('pane.backups');
      await console.do('backups.morningCheck');
    },
  },
];

describe('the pane of backups', () => {
  test.each(CASES.flatMap(one => LANGUAGES.map(lang => ({...one, lang}))))(
    '$name in $lang',
    async ({name, act, lang}) => {
      const {noc, outside} = night();
      using console = openConsole({store: noc, outside, lang});
      await act(console);
      await console.toMatchFrames(name);
    },
  );

  test.each(LANGUAGES)('without any backup it says so, in %s', async lang => {
    const outside = virtualOutside();
    const noc = new VirtualNoc(outside);
    noc.addCollector('berlin');
    using console = openConsole({store: noc, outside, lang});
    await console.do('pane.backups');
    await console.toMatchFrames('backups-none');
  });

  test('BK-10: the worst customer first, gaps and silence never green; the last row counts what is protected', async () => {
    const {noc, outside} = night();
    using console = openConsole({store: noc, outside, columns: 120, rows: 40});
    await console.do('pane.backups');
    const rows = await console.frame();
    const at = (object: string) => rows.findIndex(row => row.includes(object));
    expect(at('srv-file-01')).toBeLessThan(at('srv-app-01'));
    expect(at('srv-app-01')).toBeLessThan(at('srv-alt-07'));
    expect(at('srv-alt-07')).toBeLessThan(at('srv-db-01'));
    expect(rows[at('srv-neu-01')]).toMatch(/\?/);
    expect(rows.at(-1)).toContain('Sicherungen ✗ 1 von 6');
  });

  test('BK-10: `m` ticks the morning check of the customer once, with name and time', async () => {
    const {noc, outside} = night();
    using console = openConsole({store: noc, outside, columns: 120, rows: 40});
    await console.do('pane.backups');
    await console.do('backups.morningCheck');
    noc.decide();
    await console.pass(100);
    expect(noc.sent).toEqual([{kind: 'morning-check', customer: 'mueller', note: null}]);
    expect(noc.collector('berlin').state?.customers.get('mueller')?.morningChecks).toMatchObject([
      {at: NIGHT, note: null},
    ]);
    expect((await console.frame()).join('\n')).toContain('Müller Maschinenbau GmbH: Morgenkontrolle jana 02:47');
    await console.pass(MINUTE);
    await console.do('backups.morningCheck');
    expect(noc.sent).toHaveLength(1);
  });

  test('BK-6: `r` records a restore test with scope, time and words; what cannot be read is not sent', async () => {
    const {noc, outside} = night();
    using console = openConsole({store: noc, outside, columns: 120, rows: 40});
    await console.do('pane.backups');
    await console.press('end');
    await console.do('backups.restoreTest');
    await console.type('vielleicht 42m');
    await console.press('enter');
    expect(noc.sent).toEqual([]);
    await console.press('escape');
    await console.pass(MINUTE);
    await console.do('backups.restoreTest');
    await console.type('gut voll 42m Hash stimmt');
    await console.press('enter');
    const [body] = noc.sent;
    expect(body).toMatchObject({
      kind: 'restore-test',
      ok: true,
      scope: 'full',
      durationMs: 42 * MINUTE,
      note: 'Hash stimmt',
    });
    noc.decide();
    await console.pass(100);
    expect(noc.getSnapshot().commands.map(({verdict}) => verdict?.outcome)).toEqual(['applied']);
  });

  test('a run says how far it is; words that stop coming are shown with their age, never as if it went on', async () => {
    const {noc, outside} = night();
    const running = backupPlan({object: text('srv-db-01'), promised: '3-2-1-1-0'});
    const {customer, object} = running;
    const started = {...run(NIGHT - 20 * MINUTE, 'success', {id: text('tonight')}), end: null, note: null};
    noc.append('berlin', [reported(running, started)]);
    const progress = {
      at: NIGHT,
      percent: 42.9,
      bytesDone: 56.2e9,
      bytesTotal: 120e9,
      filesDone: 38_000,
      filesTotal: 90_000,
      remainingMs: 27 * MINUTE,
    };
    const pulse = {customer, object, job: text('nightly'), run: started.id, progress};
    noc.change('berlin', {progress: new Map([[progressKey(pulse), pulse]])});
    using console = openConsole({store: noc, outside, columns: 120, rows: 40});
    await console.do('pane.backups');
    const rows = (await console.frame()).filter(line => /srv-\w+-0/.test(line));
    const place = rows.findIndex(line => line.includes('srv-db-01'));
    expect(rows[place]).toContain('▹ läuft 42 %');
    await console.press(...new Array<'down'>(place).fill('down'), 'enter');
    expect((await console.frame()).join('\n')).toContain(
      '42 %  56 GB von 120 GB  38.000 von 90.000 Dateien  noch 27 min',
    );
    outside.jump(5 * MINUTE);
    await outside.advanceAsync(SECOND);
    const later = (await console.frame()).join('\n');
    expect(later).toContain('seit 5 min keine Nachricht');
    expect(later).not.toContain('noch 27 min');
    await console.press('escape');
    const row = (await console.frame()).find(line => line.includes('srv-db-01'));
    expect(row).toContain('? 42 % 5 min');
    expect(row).not.toContain('läuft');
    const end = {at: NIGHT + MINUTE, result: 'success'} as const;
    noc.append('berlin', [reported(running, run(started.startedAt, 'success', {id: started.id, end}))]);
    await outside.advanceAsync(SECOND);
    expect((await console.frame()).join('\n')).not.toContain('42 %');
  });

  test('a tick and a restore test are on their way until the collector has them on disk', async () => {
    const {noc, outside} = night();
    using console = openConsole({store: noc, outside, columns: 80, rows: 24});
    await console.do('pane.backups');
    await console.press('m');
    const ticked = (await console.frame()).join('\n');
    expect(ticked).toContain('Morgenkontrolle jana …');
    expect(ticked).toContain('Morgenkontrolle Müller Maschinenbau GmbH: unterwegs …');
    await console.press('m', 'r');
    await console.type('fehler voll 42m Platte voll');
    await console.press('enter');
    expect(noc.sent.map(({kind}) => kind)).toEqual(['morning-check', 'restore-test']);
    expect((await console.frame()).find(line => line.startsWith('▌'))).toContain('Fehler …');
    await console.press('enter');
    expect((await console.frame()).join('\n')).toContain('… Fehler, ganzes System  unterwegs zum Sammler');
    await console.press('escape', 'escape');
    noc.decide();
    await console.pass(SECOND);
    expect((await console.frame()).at(-1)).toContain('Morgenkontrolle Müller Maschinenbau GmbH abgezeichnet.');
    await console.pass(MINUTE);
    const done = (await console.frame()).join('\n');
    expect(done).not.toContain('unterwegs');
    expect(done).toMatch(/Morgenkontrolle jana 02:\d\d/);
  });

  test('the keys of the list work in the detail of a backup too', async () => {
    const {noc, outside} = night();
    using console = openConsole({store: noc, outside, columns: 80, rows: 24});
    await console.do('pane.backups');
    await console.press('enter');
    expect((await console.frame()).at(-1)).toContain('m Morgenkontrolle  r Rücktest');
    await console.press('m', 'r');
    await console.type('gut datei');
    await console.press('enter');
    expect(noc.sent.map(({kind}) => kind)).toEqual(['morning-check', 'restore-test']);
  });

  test('elsewhere `r` is what it was: it connects again', async () => {
    const {noc, outside} = night();
    using console = openConsole({store: noc, outside});
    await console.press('r');
    expect(noc.reconnects).toBe(1);
  });
});
