import {describe, expect, test} from 'vitest';
import type {BackupPlan} from '../../src/domain/backup/backup-record.ts';
import type {DomainEvent} from '../../src/domain/event.ts';
import {DAY, HOUR, MINUTE} from '../../src/domain/time.ts';
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

  test('elsewhere `r` is what it was: it connects again', async () => {
    const {noc, outside} = night();
    using console = openConsole({store: noc, outside});
    await console.press('r');
    expect(noc.reconnects).toBe(1);
  });
});
