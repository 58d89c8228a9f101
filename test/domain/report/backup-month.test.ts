import {expect, test} from 'vitest';
import {apply} from '../../../src/domain/apply.ts';
import type {BackupEvent} from '../../../src/domain/backup/backup-event.ts';
import {foldBackup} from '../../../src/domain/backup/fold-backup.ts';
import {backupMonth, openBackupHistory} from '../../../src/domain/report/backup-month.ts';
import {monthSpan} from '../../../src/domain/report/customer-month.ts';
import {emptyState} from '../../../src/domain/state.ts';
import {buildOn} from '../../../src/domain/state-builder.ts';
import {DAY, HOUR, type Instant, MINUTE} from '../../../src/domain/time.ts';
import {backupPlan, jobPlan, reported, run} from '../../support/backups.ts';
import {hostDefined} from '../../support/facts.ts';
import {plain} from '../support/text.ts';

const plan = backupPlan({object: plain('srv-01'), jobs: [jobPlan({schedule: {cron: '0 22 * * *', timeZone: 'UTC'}})]});
const BEGIN = Date.UTC(2026, 9, 1);

function restored(at: Instant, ok: boolean, scope: 'file' | 'full'): BackupEvent {
  const test = {at, ok, scope, durationMs: 42 * MINUTE, point: null, job: null, by: plain('mira'), note: null};
  return {type: 'backup.restoreTested', customer: 'mueller', object: plan.object, test};
}

/** October and November; every seventh night is missed, every fifth fails. */
function autumn(...more: readonly BackupEvent[]) {
  const builder = buildOn(emptyState());
  const reader = openBackupHistory();
  const nights = Array.from({length: 61}, (_, night) => night).filter(night => night % 7 !== 6);
  const runs = nights.map(night =>
    reported(plan, run(BEGIN + night * DAY + 22 * HOUR, night % 5 === 4 ? 'failed' : 'success')),
  );
  const events: readonly BackupEvent[] = [{type: 'backup.expected', plan}, ...runs, ...more];
  for (const [index, event] of events.entries()) {
    const entry = {seq: index + 1, at: BEGIN, customer: 'mueller', actor: null, cid: null, event} as const;
    foldBackup(builder, event, entry);
    reader.take(entry);
  }
  return {state: builder.close(), reader};
}

function month(of: ReturnType<typeof autumn>, name: string, now: Instant = Date.UTC(2026, 11, 2)) {
  const span = monthSpan('UTC', name);
  if (span === null) throw new Error(name);
  return backupMonth(of.state, of.reader.history, 'mueller', 'UTC', span, now);
}

test('RP-1: a run that did not happen counts against the success rate, as one that failed does', () => {
  const october = month(autumn(), '2026-10');
  expect(october).toMatchObject({missed: 4, runs: {warning: 0}});
  const {success = 0, failed = 0} = october?.runs ?? {};
  expect(success + failed).toBe(27);
  expect(october?.successPercent).toBeCloseTo((100 * success) / 31, 6);
});

test('RP-1: without runs there is no rate, which is not 100 %; without backups there is no section', () => {
  expect(month(autumn(), '2026-08')).toMatchObject({missed: 0, successPercent: null});
  const nobody = autumn();
  const span = monthSpan('UTC', '2026-10') ?? [0, 0];
  expect(backupMonth(emptyState(), openBackupHistory().history, 'mueller', 'UTC', span, BEGIN)).toBeNull();
  expect(nobody.state.backups.size).toBe(1);
});

test('BK-10: a host that is watched and that no job keeps is named, not passed over', () => {
  const {state, reader} = autumn();
  const hosts = ['srv-02', 'srv-01', 'cad-01'].map(host => hostDefined('mueller', host));
  const entries = [...hosts, hostDefined('hofer', 'nas-01')].map((event, index) => {
    return {seq: state.seq + index + 1, at: BEGIN, customer: null, actor: null, cid: null, event};
  });
  expect(month({state: apply(state, entries), reader}, '2026-10')?.uncovered).toEqual(['cad-01', 'srv-02']);
});

test('BK-6: the quarter is met by a test that passed in it, and by a whole system apart from that', () => {
  const of = autumn(
    restored(Date.UTC(2026, 8, 30), true, 'full'),
    restored(Date.UTC(2026, 9, 5), true, 'file'),
    restored(Date.UTC(2026, 10, 7), false, 'full'),
    restored(Date.UTC(2026, 10, 20), true, 'full'),
  );
  expect(month(of, '2026-09')?.quarter).toEqual({year: 2026, number: 3, isMet: true, hasFullSystem: true});
  expect(month(of, '2026-10')?.quarter).toEqual({year: 2026, number: 4, isMet: true, hasFullSystem: false});
  const november = month(of, '2026-11');
  expect(november?.quarter).toMatchObject({isMet: true, hasFullSystem: true});
  expect(november?.tests.map(({ok, rtoMs}) => [ok, rtoMs])).toEqual([true, false, true].map(ok => [ok, 4 * HOUR]));
  of.reader.forgetBefore(Date.UTC(2026, 10, 1));
  expect(month(of, '2026-11')).toEqual(november);
});
