import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {alertState} from '../../../src/domain/alert.ts';
import {apply} from '../../../src/domain/apply.ts';
import {type BackupPlan, backupKey, type RunRecord} from '../../../src/domain/backup/backup-record.ts';
import {judgeObject} from '../../../src/domain/backup/judge-object.ts';
import {nextBackupChange} from '../../../src/domain/backup/next-change.ts';
import {type Catalogue, decideCatalogue} from '../../../src/domain/catalogue.ts';
import {NO_HOLIDAYS} from '../../../src/domain/contract.ts';
import type {BackupRepositoryObservation, BackupRunObservation} from '../../../src/domain/observation.ts';
import {fromItems, snapshotItems} from '../../../src/domain/snapshot.ts';
import {emptyState} from '../../../src/domain/state.ts';
import {DAY, HOUR, type Instant, MINUTE} from '../../../src/domain/time.ts';
import {backupPlan, jobPlan, run} from '../../support/backups.ts';
import {PureCollector} from '../support/collector.ts';
import {plainState} from '../support/plain-state.ts';
import {plain} from '../support/text.ts';

/** 22:00 in Berlin, when the nightly job is due. */
const DUE = Date.UTC(2026, 10, 20, 21);
const START = DUE - 6 * HOUR;

const plan = backupPlan({object: plain('srv-01')});

function catalogue(...backups: readonly BackupPlan[]): Catalogue {
  const mueller = {id: 'mueller', name: plain('Müller'), state: null, timezone: 'Europe/Berlin', contract: null};
  return {
    customers: [mueller],
    holidays: NO_HOLIDAYS,
    sources: [],
    hosts: [],
    checks: [],
    backups,
    onCall: [],
    isGone: () => false,
  };
}

function configure(collector: PureCollector, ...backups: readonly BackupPlan[]): void {
  collector.draft(...decideCatalogue(collector.state, catalogue(...backups), collector.now, collector.rules));
}

function configured(...backups: readonly BackupPlan[]): PureCollector {
  const collector = new PureCollector(START);
  configure(collector, ...(backups.length === 0 ? [plan] : backups));
  return collector;
}

function report(record: RunRecord, over: Partial<BackupRunObservation> = {}): BackupRunObservation {
  const object = over.object ?? plain('srv-01');
  return {
    type: 'backup-run',
    progress: null,
    address: {customer: 'mueller', site: '', host: object, service: 'backup nightly'},
    source: 'report',
    object,
    job: plain('nightly'),
    copies: [],
    run: record,
    ...over,
  };
}

/** Open alerts with what monitoring makes of them. */
function open({state}: PureCollector): readonly string[] {
  return [...state.alerts.values()]
    .filter(alert => alertState(alert) === 'open')
    .map(({host, service, severity, incident}) => {
      const priority = incident === null ? '–' : state.incidents.get(incident)?.priority;
      return `${host} ${service} ${severity} ${priority}`;
    })
    .sort();
}

function weekOf(collector: PureCollector, days: number, figures: Partial<RunRecord['figures']> = {}): void {
  for (let day = days; day > 0; day--) {
    const record = run(DUE - day * DAY, 'success');
    collector.observe(report({...record, figures: {...record.figures, ...figures}}));
  }
}

describe('alerts of their own', () => {
  test('BK-2: a job that does not run is missed exactly when its grace is over, and cured by its success', () => {
    const collector = configured();
    collector.advanceTo(DUE + HOUR - 1);
    expect(open(collector)).toEqual([]);
    collector.advanceTo(DUE + HOUR);
    expect(open(collector)).toEqual(['srv-01 backup nightly critical P2']);
    collector.now += MINUTE;
    collector.observe(report(run(collector.now - MINUTE, 'success', {end: null})));
    expect(open(collector)).toEqual(['srv-01 backup nightly critical P2']);
    collector.now += 30 * MINUTE;
    collector.observe(report(run(collector.now - 31 * MINUTE, 'success')));
    expect(open(collector)).toEqual([]);
  });

  test('BK-2: the next start alone mends nothing: a failed job stays an alert until it succeeds', () => {
    const collector = configured({...plan, rpoMs: null});
    collector.advanceTo(DUE + 30 * MINUTE);
    collector.observe(report(run(DUE, 'failed')));
    expect(open(collector)).toEqual(['srv-01 backup nightly critical P2']);
    collector.advanceTo(DUE + DAY + 30 * MINUTE);
    expect(open(collector)).toContain('srv-01 backup nightly critical P2');
    collector.observe(report(run(DUE + DAY, 'success')));
    expect(open(collector).filter(it => it.includes('nightly'))).toEqual([]);
  });

  test('BK-2: a run that never ends is late one millisecond after its longest duration', () => {
    const collector = configured();
    collector.advanceTo(DUE);
    collector.observe(report(run(DUE, 'success', {end: null})));
    collector.advanceTo(DUE + 4 * HOUR);
    expect(open(collector)).toEqual([]);
    collector.advanceTo(DUE + 4 * HOUR + 1);
    expect(open(collector)).toEqual(['srv-01 backup nightly warning P3']);
  });

  test('BK-3, PR-2: data older than promised is an alert at its instant, and raises what is wrong with the job', () => {
    const collector = configured({...plan, criticality: 'B'});
    collector.observe(report(run(DUE - DAY, 'success')));
    collector.advanceTo(DUE + HOUR);
    expect(open(collector)).toEqual(['srv-01 backup nightly critical P3']);
    collector.advanceTo(DUE + 2 * HOUR);
    expect(open(collector)).toEqual(['srv-01 backup nightly critical P3']);
    collector.advanceTo(DUE + 2 * HOUR + 1);
    expect(open(collector)).toContain('srv-01 backup-rpo critical P2');
    expect(open(collector)).toContain('srv-01 backup nightly critical P2');
  });

  test('BK-4: a stale copy breaks 3-2-1 when it gets too old, not while it is still awaited', () => {
    const collector = configured({...plan, rpoMs: null, jobs: [jobPlan({schedule: null})]});
    collector.observe(report(run(START - HOUR, 'success'), {copies: [plain('nas')]}));
    expect(open(collector)).toEqual([]);
    collector.observe(report(run(START - MINUTE, 'success', {id: plain('b')}), {copies: [plain('CLOUD')]}));
    collector.advanceTo(START - HOUR + 26 * HOUR);
    expect(open(collector)).toEqual([]);
    collector.advanceTo(START - HOUR + 26 * HOUR + 1);
    expect(open(collector)).toEqual(['srv-01 backup-rule warning P3']);
  });

  test('BK-6: a failed restore test is a P2, and a passed one ends it', () => {
    const collector = configured({...plan, criticality: 'C'});
    const body = {
      kind: 'restore-test',
      customer: 'mueller',
      object: plain('srv-01'),
      scope: 'full',
      durationMs: null,
    } as const;
    const rest = {point: null, job: null, note: null} as const;
    expect(collector.command('mira', {...body, ...rest, ok: false})).toMatchObject({outcome: 'applied'});
    expect(open(collector)).toEqual(['srv-01 restore-test critical P2']);
    collector.now += DAY / 4;
    collector.command('mira', {...body, ...rest, ok: true});
    expect(open(collector)).toEqual([]);
  });

  test('BK-6: a restore test is overdue on the morning after its day, in the zone of the customer', () => {
    const collector = configured({...plan, jobs: [jobPlan({schedule: null})], rpoMs: null});
    const test = {
      at: Date.UTC(2026, 10, 20, 12),
      ok: true,
      scope: 'file',
      durationMs: null,
      point: null,
      job: null,
      by: plain('mira'),
      note: null,
    } as const;
    const address = {customer: 'mueller', site: '', host: 'srv-01', service: 'restore-test'};
    collector.observe({type: 'restore-test', address, source: 'report', object: plain('srv-01'), test});
    collector.advanceTo(Date.UTC(2027, 1, 20, 22, 59, 59, 999));
    expect(open(collector)).toEqual([]);
    collector.advanceTo(Date.UTC(2027, 1, 20, 23));
    expect(open(collector)).toEqual(['srv-01 restore-test warning P3']);
  });

  test('BK-5: a first verification is awaited for its month and a first restore test for its months, then each is an alert', () => {
    const collector = configured({...plan, promised: '3-2-1-1-0', jobs: [jobPlan({schedule: null})], rpoMs: null});
    const keepFresh = (until: Instant) => {
      for (; collector.now + DAY < until; collector.advanceTo(collector.now + DAY))
        collector.observe(report(run(collector.now - HOUR, 'success')));
      collector.observe(report(run(collector.now - HOUR, 'success')));
      collector.advanceTo(until);
    };
    keepFresh(START + 31 * DAY);
    expect(collector.state.alerts.size).toBe(0);
    keepFresh(START + 31 * DAY + 1);
    expect(open(collector)).toEqual(['srv-01 backup-rule warning P3']);
    const address = {customer: 'mueller', site: '', host: 'srv-01', service: 'backup nightly'};
    const check = {address, source: 'report', object: plain('srv-01'), job: plain('nightly'), note: null} as const;
    const sound = () =>
      collector.observe({...check, type: 'backup-check', copies: [], verifiedAt: collector.now, ok: true, errors: 0});
    sound();
    expect(open(collector)).toEqual([]);
    keepFresh(START + 60 * DAY);
    sound();
    // Known since the morning of 20 November: three months and a day later, at midnight in Berlin.
    keepFresh(Date.UTC(2027, 1, 20, 23) - 1);
    sound();
    expect(open(collector)).toEqual([]);
    collector.advanceTo(Date.UTC(2027, 1, 20, 23));
    expect(open(collector)).toEqual(['srv-01 backup-rule warning P3', 'srv-01 restore-test warning P3']);
    const [never] = [...collector.state.alerts.values()].filter(({service}) => service === 'restore-test');
    expect(never?.summary).toBe('restore-never');
    const body = {kind: 'restore-test', customer: 'mueller', object: plain('srv-01'), scope: 'full', ok: true} as const;
    collector.command('mira', {...body, durationMs: null, point: null, job: null, note: null});
    expect(open(collector)).toEqual([]);
  });

  describe('what a repository holds', () => {
    const [nas, cloud] = plan.copies;
    if (nas === undefined || cloud === undefined) throw new Error('two copies are wanted');
    const quiet: BackupPlan = {...plan, jobs: [jobPlan({schedule: null})], rpoMs: null, copies: [nas]};
    const seen = (at: Instant, over: Partial<BackupRepositoryObservation>): BackupRepositoryObservation => ({
      type: 'backup-repository',
      address: {customer: 'mueller', site: '', host: 'srv-01', service: 'backup nightly'},
      source: 'report',
      object: plain('srv-01'),
      job: plain('nightly'),
      copies: [nas.id],
      at,
      points: null,
      percent: null,
      ...over,
    });
    const nightly = (now: Instant, nights: number) =>
      Array.from({length: nights}, (_, night) => ({id: String(night), at: now - night * DAY, isGood: true}));

    test('BK-8: a retention that reaches less far back than agreed is an alert, and ends when it does', () => {
      const collector = configured({...quiet, copies: [{...nas, reachMs: 30 * DAY}]});
      collector.advanceTo(START + 29 * DAY);
      collector.observe(seen(collector.now, {points: nightly(collector.now, 10)}));
      expect(open(collector).filter(it => it.includes('retention'))).toEqual([]);
      collector.advanceTo(START + 30 * DAY);
      collector.observe(seen(collector.now, {points: nightly(collector.now, 10)}));
      expect(open(collector)).toContain('srv-01 backup-retention warning P3');
      expect(collector.observe(seen(collector.now, {points: nightly(collector.now, 10)}))).toEqual([]);
      collector.now += HOUR;
      collector.observe(seen(collector.now, {points: nightly(collector.now, 31)}));
      expect(open(collector).filter(it => it.includes('retention'))).toEqual([]);
    });

    test('BK-8: that the last good point would be pruned is worse; without rules nothing is known to go', () => {
      const points = nightly(START, 10).map((point, night) => ({...point, isGood: night > 2}));
      const unknown = configured(quiet);
      unknown.observe(seen(START, {points}));
      expect(open(unknown)).toEqual([]);
      const collector = configured({...quiet, copies: [{...nas, keep: {last: 3}}]});
      collector.observe(seen(START, {points}));
      expect(open(collector)).toEqual(['srv-01 backup-retention critical P2']);
      const [alert] = collector.state.alerts.values();
      expect(alert).toMatchObject({summary: 'backup-prune', output: 'NAS'});
    });

    test('BK-10, PF-2: one that fills up is an alert a week and a day before, by time alone; stale words cure nothing', () => {
      const collector = configured({...quiet, restoreEveryMonths: 12});
      const tell = (percent: number) => {
        collector.observe(seen(collector.now, {percent}));
        collector.advanceTo(collector.now + 12 * HOUR);
      };
      const begin = 81;
      for (let step = 0; step < 22; step++) tell(begin + step / 2);
      const of = () => open(collector).filter(it => it.includes('repository'));
      const record = collector.state.backups.values().next().value;
      const fill = record === undefined ? null : judgeObject(record, collector.now).repositories[0]?.fill;
      expect(fill).toMatchObject({type: 'forecast', level: 'ok'});
      const fullAt = collector.now + (fill?.type === 'forecast' ? fill.fullInSeconds : 0) * 1000;
      collector.advanceTo(Math.floor(fullAt - 7 * DAY));
      expect(of()).toEqual([]);
      collector.advanceTo(Math.floor(fullAt - 7 * DAY + 2 * MINUTE));
      expect(of()).toEqual(['srv-01 backup-repository warning P3']);
      const lastTold = fullAt - 7 * DAY + 2 * MINUTE;
      collector.advanceTo(lastTold + 4 * DAY);
      expect(of()).toEqual(['srv-01 backup-repository warning P3']);
      for (let step = 0; step < 14; step++) tell(60 + step / 10);
      expect(of()).toEqual([]);
    });

    test('PF-2: a day before it is full it is critical, by the criticality of the object', () => {
      const collector = configured({...quiet, criticality: 'B'});
      for (let step = 0; step < 24; step++) {
        collector.observe(seen(collector.now, {percent: 81 + step * 0.78}));
        collector.advanceTo(collector.now + 6 * HOUR);
      }
      expect(open(collector).filter(it => it.includes('repository'))).toEqual(['srv-01 backup-repository critical P2']);
    });
  });

  test('BK-9: a mass change is a hint; two hints at one customer in a day are a P1', () => {
    const other = backupPlan({object: plain('srv-02')});
    const collector = configured(plan, other);
    collector.advanceTo(DUE + 31 * MINUTE);
    weekOf(collector, 7);
    for (let day = 7; day > 0; day--)
      collector.observe(report(run(DUE - day * DAY, 'success'), {object: plain('srv-02')}));
    expect(open(collector)).toEqual([]);
    const strange = run(DUE, 'success');
    const massive = {...strange, figures: {...strange.figures, changedFiles: 80_000}};
    collector.observe(report(massive));
    expect(open(collector)).toEqual(['srv-01 backup-anomaly warning P3']);
    collector.observe(report(massive, {object: plain('srv-02')}));
    expect(open(collector)).toContain('srv-02 backup-anomaly critical P1');
  });

  test('what is no longer configured closes its alerts and is forgotten', () => {
    const collector = configured();
    collector.advanceTo(DUE + HOUR);
    configure(collector);
    expect(open(collector)).toEqual([]);
    expect(collector.state.backups.size).toBe(0);
  });
});

test('a plan that begins today cannot have been missed yesterday', () => {
  const collector = new PureCollector(DUE + 2 * HOUR);
  configure(collector, plan);
  collector.advanceTo(DUE + DAY);
  expect(open(collector)).toEqual([]);
});

test('BK-10: the morning check is ticked once a day, with its name; the second hears who was first', () => {
  const collector = configured();
  const body = {kind: 'morning-check', customer: 'mueller', note: null} as const;
  expect(collector.command('mira', body)).toMatchObject({outcome: 'applied'});
  expect(collector.command('ben', body)).toMatchObject({outcome: 'noop', code: 'ALREADY', by: 'mira', at: START});
  collector.now += DAY;
  expect(collector.command('ben', body)).toMatchObject({outcome: 'applied'});
  expect(collector.command('ben', {...body, customer: 'nobody'})).toMatchObject({code: 'NOT_FOUND'});
});

/** Reports of a few days in any order, some of them twice, some of them only a start. */
const reports = fc.array(
  fc.record({
    hours: fc.integer({min: -200, max: 0}),
    result: fc.constantFrom('success', 'warning', 'failed'),
    isRunning: fc.boolean(),
    object: fc.constantFrom('srv-01', 'srv-02', 'nobody configured me'),
  }),
  {maxLength: 40},
);

function play(
  list: typeof reports extends fc.Arbitrary<infer T> ? T : never,
  collector = configured(plan),
): PureCollector {
  for (const {hours, result, isRunning, object} of list) {
    const record = run(DUE + hours * HOUR, result as 'success');
    collector.observe(report(isRunning ? {...record, end: null} : record, {object: plain(object)}));
    collector.advanceTo(collector.now + 20 * MINUTE);
  }
  return collector;
}

describe('laws', () => {
  test('the log replayed gives the same objects, and so does a snapshot', () => {
    fc.assert(
      fc.property(reports, list => {
        const {log, state} = play(list);
        expect(plainState(apply(emptyState(), log))).toEqual(plainState(state));
        const items = snapshotItems(state, () => true);
        expect(plainState(fromItems(state.seq, state.occurrences, items))).toEqual(plainState(state));
      }),
      {numRuns: 60},
    );
  });

  test('the same report twice drafts nothing', () => {
    fc.assert(
      fc.property(reports, fc.nat(), (list, at) => {
        const collector = play(list);
        const again = list[at % Math.max(1, list.length)];
        if (again === undefined) return;
        const record = run(DUE + again.hours * HOUR, again.result as 'success');
        const one = report(record, {object: plain(again.object)});
        collector.observe(one);
        expect(collector.observe(one)).toEqual([]);
      }),
      {numRuns: 60},
    );
  });

  test('nothing changes between the instants at which it was said to change', () => {
    fc.assert(
      fc.property(reports, fc.integer({min: 1, max: 40 * DAY}), (list, later: number) => {
        const {state, now} = play(list);
        const record = state.backups.get(backupKey({customer: 'mueller', object: plain('srv-01')}));
        if (record === undefined) return;
        const next = nextBackupChange(record, now) ?? Number.POSITIVE_INFINITY;
        const told = (at: Instant) => {
          const {jobs, rule, rpo, restoreTest} = judgeObject(record, at);
          const bad = jobs.map(({status}) => ['missed', 'late', 'failed'].includes(status));
          return JSON.stringify([
            bad.includes(true) && jobs.map(({status}) => status === 'late'),
            rule?.rule321,
            rpo?.isViolated,
            restoreTest.state === 'overdue',
          ]);
        };
        const at = Math.min(now + later, next - 1);
        const isBeforeStart = jobs(record, at) === jobs(record, now);
        if (isBeforeStart) expect(told(at)).toBe(told(now));
      }),
      {numRuns: 100},
    );
  });

  test('a run that a clock ahead of ours reported is judged anew when our clock gets there', () => {
    const {state, now} = play([{hours: -2, result: 'success', isRunning: false, object: 'srv-01'}]);
    const record = state.backups.get(backupKey({customer: 'mueller', object: plain('srv-01')}));
    if (record === undefined) throw new Error('the report is not in the log');
    const startedAt = DUE - 2 * HOUR;
    expect(now).toBeLessThan(startedAt);
    expect(nextBackupChange(record, now)).toBe(startedAt);
    const endedAt = record.jobs[0]?.runs[0]?.end?.at ?? 0;
    expect(nextBackupChange(record, startedAt)).toBe(endedAt);
    expect(judgeObject(record, endedAt - 1).rpo?.isViolated).toBe(true);
    expect(judgeObject(record, endedAt).rpo?.isViolated).toBe(false);
  });

  test('a record fits a frame of 64 KiB, whatever is reported', () => {
    const collector = configured(plan);
    const long = plain('ä'.repeat(120));
    for (let job = 0; job < 15; job++) {
      for (let n = 0; n < 40; n++) {
        const record = run(DUE - (n * 15 + job) * HOUR, 'success', {
          id: plain(`${job} ${n} ${'x'.repeat(60)}`),
          note: long,
          snapshot: long,
          tool: long,
        });
        collector.observe(report(record, {job: plain(`job ${job}`)}));
      }
    }
    for (let hour = 0; hour < 60; hour++) {
      const address = {customer: 'mueller', site: '', host: 'srv-01', service: 'backup'};
      const copies = Array.from({length: 8}, (_, copy) => plain(`${'k'.repeat(200)} ${copy}`));
      const at = START + hour * 7 * HOUR;
      const of = {address, source: 'report', object: plain('srv-01'), job: long, copies, at, percent: 100 / 3 + hour};
      collector.observe({type: 'backup-repository', ...of, points: [{id: '0', at, isGood: true}]});
    }
    const [record] = collector.state.backups.values();
    expect(record?.jobs).toHaveLength(12);
    expect(record?.copies.at(-1)?.repository?.fill).toHaveLength(40);
    expect(Buffer.byteLength(JSON.stringify(record))).toBeLessThan(64 * 1024);
  });
});

/** The expected start that the verdict of an instant speaks of: a new one may end an old `failed`. */
function jobs(record: Parameters<typeof judgeObject>[0], at: Instant): string {
  return JSON.stringify(judgeObject(record, at).jobs.map(({expectedAt}) => expectedAt));
}
