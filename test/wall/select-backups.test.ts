import {describe, expect, test} from 'vitest';
import type {BackupPlan, RunRecord} from '../../src/domain/backup/backup-record.ts';
import type {RunResult} from '../../src/domain/backup/run-result.ts';
import type {DomainEvent} from '../../src/domain/event.ts';
import {DAY, HOUR, type Instant, MINUTE} from '../../src/domain/time.ts';
import type {BackupFigures} from '../../src/wall/figures.ts';
import {selectBackups} from '../../src/wall/select-backups.ts';
import {NIGHT} from '../support/clock.ts';
import {text} from '../support/frames.ts';
import {MemoryStore} from './memory-store.ts';
import {customerDefined} from './night.ts';

/** 08:00 in Berlin on the morning after `NIGHT`. */
const MORNING: Instant = NIGHT + 5 * HOUR + 13 * MINUTE;
/** 01:00 in Berlin of that morning. */
const ONE: Instant = MORNING - 7 * HOUR;

function plan(customer: string, object: string): BackupPlan {
  const production = {device: 'san-1', media: 'disk', site: 'augsburg'};
  return {
    customer,
    object: text(object),
    host: text(object),
    site: text(''),
    criticality: 'A',
    production,
    jobs: [
      {
        name: text('nightly'),
        schedule: {cron: '0 1 * * *', timeZone: 'Europe/Berlin'},
        startGraceMs: HOUR,
        maxDurationMs: 4 * HOUR,
        isEnabled: true,
        warningCounts: true,
      },
    ],
    copies: [
      {
        id: text('nas'),
        job: null,
        device: 'nas-1',
        media: 'disk',
        site: 'augsburg',
        maxAgeMs: 2 * DAY,
        isImmutable: false,
        isOffline: false,
      },
      {
        id: text('cloud'),
        job: null,
        device: 's3',
        media: 'cloud',
        site: 'frankfurt',
        maxAgeMs: 2 * DAY,
        isImmutable: true,
        isOffline: false,
      },
    ],
    promised: '3-2-1',
    rpoMs: null,
    rtoMs: null,
    restoreEveryMonths: 3,
    timeZone: 'Europe/Berlin',
    isExempt: false,
  };
}

function ran(customer: string, object: string, startedAt: Instant, result: RunResult | null): DomainEvent {
  const run: RunRecord = {
    id: text(`${object}-${startedAt}`),
    tool: text('restic'),
    startedAt,
    end: result === null ? null : {at: startedAt + 10 * MINUTE, result},
    figures: {
      sizeBytes: null,
      changedFiles: null,
      totalFiles: null,
      durationMs: null,
      compressionRatio: null,
      deletions: [],
    },
    addedBytes: null,
    exitCode: 0,
    errors: 0,
    note: null,
    snapshot: null,
  };
  const copies = result === 'failed' || result === null ? [] : [text('nas'), text('cloud')];
  return {type: 'backup.reported', customer, object: text(object), job: text('nightly'), run, copies};
}

function storeOf(): MemoryStore {
  const store = new MemoryStore();
  store.addCollector('berlin', MORNING - 30 * DAY);
  store.append('berlin', MORNING - 30 * DAY, [
    customerDefined('mueller', 'Müller'),
    customerDefined('hofer', 'Hofer'),
    customerDefined('fulda', 'Fulda'),
  ]);
  return store;
}

function expectFrom(store: MemoryStore, customer: string, object: string, at: Instant): void {
  store.append('berlin', at, [{type: 'backup.expected', plan: plan(customer, object)}], customer);
}

function report(
  store: MemoryStore,
  customer: string,
  object: string,
  nightsAgo: number,
  result: RunResult | null,
): void {
  const at = ONE - nightsAgo * DAY;
  store.append('berlin', at + 10 * MINUTE, [ran(customer, object, at, result)], customer);
}

function figuresOf(store: MemoryStore, now = MORNING): BackupFigures | null {
  return selectBackups(store.getSnapshot(), () => true, now);
}

const rowOf = (figures: BackupFigures | null, customer: string) => figures?.rows.find(row => row.customer === customer);

describe('the backups on the wall', () => {
  test('are not known where no collector knows of any', () => {
    expect(figuresOf(storeOf())).toBeNull();
  });

  test('show each night as its job ended, and silence as missed (BK-2)', () => {
    const store = storeOf();
    expectFrom(store, 'mueller', 'srv-01', MORNING - 30 * DAY);
    for (const [nightsAgo, result] of [
      [5, 'success'],
      [4, 'warning'],
      [3, 'failed'],
      [1, 'success'],
      [0, 'success'],
    ] as const) {
      report(store, 'mueller', 'srv-01', nightsAgo, result);
    }
    const row = rowOf(figuresOf(store), 'mueller');
    expect(row?.nights).toHaveLength(14);
    expect(row?.nights.slice(8)).toEqual(['success', 'warning', 'failed', 'missed', 'success', 'success']);
    // Older runs than the oldest that is kept are forgotten, not missed.
    expect(row?.nights.slice(0, 8)).toEqual(Array.from({length: 8}, () => 'none'));
    expect(row?.name).toBe('Müller');
    expect(row?.oldestGoodAgeMs).toBe(7 * HOUR);
  });

  test('say nothing yet of a night whose job may still start or is running, and call it late in the end', () => {
    const store = storeOf();
    expectFrom(store, 'mueller', 'srv-01', MORNING - 30 * DAY);
    report(store, 'mueller', 'srv-01', 1, 'success');
    expect(rowOf(figuresOf(store, ONE + 30 * MINUTE), 'mueller')?.nights.at(-1)).toBe('none');
    expect(rowOf(figuresOf(store, ONE + 2 * HOUR), 'mueller')?.nights.at(-1)).toBe('missed');
    report(store, 'mueller', 'srv-01', 0, null);
    expect(rowOf(figuresOf(store, ONE + 2 * HOUR), 'mueller')?.nights.at(-1)).toBe('none');
    expect(rowOf(figuresOf(store, ONE + 5 * HOUR), 'mueller')?.nights.at(-1)).toBe('late');
  });

  test('take the worst of a customer for each night, and the 3-2-1 of all its objects (BK-4)', () => {
    const store = storeOf();
    expectFrom(store, 'mueller', 'srv-01', MORNING - 30 * DAY);
    report(store, 'mueller', 'srv-01', 0, 'success');
    expect(rowOf(figuresOf(store), 'mueller')?.isRuleMet).toBe(true);
    expectFrom(store, 'mueller', 'srv-02', MORNING - 30 * DAY);
    report(store, 'mueller', 'srv-02', 0, 'failed');
    const row = rowOf(figuresOf(store), 'mueller');
    expect(row?.nights.at(-1)).toBe('failed');
    expect(row?.isRuleMet).toBe(false);
    expect(row?.oldestGoodAgeMs).toBeNull();
  });

  test('stand worst first, and those of a silent collector are not known to be right', () => {
    const store = storeOf();
    expectFrom(store, 'hofer', 'nas-01', MORNING - 30 * DAY);
    for (const nightsAgo of [2, 1, 0]) report(store, 'hofer', 'nas-01', nightsAgo, 'success');
    expectFrom(store, 'fulda', 'srv-01', MORNING - 30 * DAY);
    expect(figuresOf(store)?.rows.map(({customer}) => customer)).toEqual(['fulda', 'hofer']);
    expect(rowOf(figuresOf(store), 'hofer')).toMatchObject({isRuleMet: true, isStale: false});
    store.change('berlin', {link: 'down'});
    expect(rowOf(figuresOf(store), 'hofer')).toMatchObject({isRuleMet: null, isStale: true});
  });

  test('count a run of the evening and of the day after to the same night', () => {
    const store = storeOf();
    store.append('berlin', MORNING - 20 * HOUR, [ran('mueller', 'frei', MORNING - 12 * HOUR, 'success')], 'mueller');
    expect(rowOf(figuresOf(store), 'mueller')?.nights.slice(-2)).toEqual(['none', 'success']);
    expect(rowOf(figuresOf(store, MORNING + 9 * HOUR), 'mueller')?.nights.slice(-2)).toEqual(['none', 'success']);
    expect(rowOf(figuresOf(store, MORNING + 11 * HOUR), 'mueller')?.nights.slice(-3)).toEqual([
      'none',
      'success',
      'none',
    ]);
  });
});
