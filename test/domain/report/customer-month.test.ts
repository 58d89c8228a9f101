import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {customerMonth, monthAt, monthSpan} from '../../../src/domain/report/customer-month.ts';
import {openHistory} from '../../../src/domain/report/history.ts';
import {DAY, HOUR, MINUTE} from '../../../src/domain/time.ts';
import {HOLIDAYS} from '../examples/shapes.ts';
import {at} from '../sla/calendars.ts';
import {PureCollector} from '../support/collector.ts';
import {GOLD} from '../support/contracts.ts';
import {NIGHT_START, night, playNight} from '../support/night.ts';
import {AT_ONCE, FIVE_MINUTES, pass, result, service} from '../support/reports.ts';
import {plain} from '../support/text.ts';

const MARCH = at('2026-03-01T00:00:00+01:00');
const WEB = service('web-01', 'https');
const LOUD = {policy: {...AT_ONCE, intervalMs: 0, retryIntervalMs: 0}};

function collectorAt(start: number): PureCollector {
  const collector = new PureCollector(start);
  collector.draft({customer: null, event: {type: 'holidays.defined', rules: HOLIDAYS}});
  const customer = {id: 'mueller', name: plain('Müller'), state: 'BY', timezone: 'Europe/Berlin', contract: GOLD};
  collector.draft({customer: 'mueller', event: {type: 'customer.defined', customer}});
  return collector;
}

function monthOf(collector: PureCollector, month: string, now = collector.now) {
  const reader = openHistory();
  for (const entry of collector.log) if (entry.customer !== 'hofer') reader.take(entry);
  const span = monthSpan('Europe/Berlin', month);
  if (span === null) throw new Error(`no month: ${month}`);
  const report = customerMonth(collector.state, reader.history, 'mueller', month, span, now);
  if (report === null) throw new Error('no customer');
  return report;
}

describe('months are those of the customer (RP-1)', () => {
  test('March has an hour less, October one more', () => {
    const length = (month: string) => {
      const [from, to] = monthSpan('Europe/Berlin', month) ?? [0, 0];
      return to - from;
    };
    expect(length('2026-03')).toBe(31 * DAY - HOUR);
    expect(length('2026-10')).toBe(31 * DAY + HOUR);
    expect(length('2028-02')).toBe(29 * DAY);
    expect(monthSpan('Europe/Berlin', '2026-13')).toBeNull();
    expect(monthAt('Europe/Berlin', at('2026-10-31T23:30:00Z'))).toBe('2026-11');
  });
});

describe('availability of a service (AV-1, AV-2, AV-4)', () => {
  test('down is critical from the first bad result of a confirmed streak to the first good one', () => {
    const collector = collectorAt(MARCH);
    const confirmed = {policy: {...FIVE_MINUTES, intervalMs: 0, retryIntervalMs: 0}};
    result(collector, WEB, 'ok', confirmed);
    for (let attempt = 0; attempt < 3; attempt++) {
      pass(collector, 60);
      result(collector, WEB, 'critical', confirmed);
    }
    pass(collector, 58 * 60);
    result(collector, WEB, 'ok', confirmed);
    const [web] = monthOf(collector, '2026-03', at('2026-04-02T00:00:00+02:00')).services;
    expect(web).toMatchObject({downtimeMs: 60 * MINUTE, noDataMs: 0, targetPercent: 99.5, targetMet: true});
    expect(web?.percent).toBeCloseTo(100 * (1 - 1 / 743), 6);
    expect(web?.budgetRemainingMs).toBeCloseTo(743 * HOUR * 0.005 - HOUR, 3);
  });

  test('what recovered before it was confirmed, and a warning, are no downtime', () => {
    const collector = collectorAt(MARCH);
    const confirmed = {policy: {...FIVE_MINUTES, intervalMs: 0, retryIntervalMs: 0}};
    for (const state of ['ok', 'critical', 'ok', 'warning', 'warning', 'warning', 'ok'] as const) {
      result(collector, WEB, state, confirmed);
      pass(collector, 60);
    }
    expect(monthOf(collector, '2026-03').services).toMatchObject([{downtimeMs: 0, percent: 100}]);
  });

  test('what nobody saw is neither up nor down, and said', () => {
    const collector = collectorAt(MARCH + DAY);
    result(collector, WEB, 'ok', {policy: AT_ONCE});
    pass(collector, 2 * 86_400);
    const [web] = monthOf(collector, '2026-03').services;
    // The day before the first result, and the silence after it less the time in which it was not late.
    expect(web).toMatchObject({noDataMs: 3 * DAY - 10 * MINUTE, downtimeMs: 0, percent: 100, hasNotableGaps: true});
  });

  test('maintenance announced before it began excuses, made later it does not', () => {
    for (const [startsIn, downtimeMs] of [
      [10 * MINUTE, 0],
      [-10 * MINUTE, HOUR],
    ] as const) {
      const collector = collectorAt(MARCH);
      result(collector, WEB, 'ok', LOUD);
      pass(collector, 3600);
      const {now} = collector;
      collector.command('jana', {
        kind: 'downtime',
        customer: 'mueller',
        site: null,
        host: 'web-01',
        service: null,
        start: now + startsIn,
        end: now + 2 * HOUR,
        comment: plain('new disks'),
      });
      pass(collector, 30 * 60);
      result(collector, WEB, 'critical', LOUD);
      pass(collector, 3600);
      result(collector, WEB, 'ok', LOUD);
      const report = monthOf(collector, '2026-03');
      expect(report.services).toMatchObject([{downtimeMs}]);
      expect(report.maintenance).toMatchObject([{comment: 'new disks', isAnnounced: startsIn > 0}]);
    }
  });
});

describe('incidents of a month', () => {
  test('that were forgotten are in it all the same; merged ones are not (SL-9)', () => {
    const collector = collectorAt(MARCH);
    for (const name of ['one', 'two', 'three']) result(collector, service(name, 'dns'), 'warning', LOUD);
    pass(collector, 600);
    for (const name of ['one', 'two', 'three']) result(collector, service(name, 'dns'), 'ok', LOUD);
    pass(collector, 20 * 86_400);
    expect(collector.state.incidents.size).toBe(0);
    expect(monthOf(collector, '2026-03').incidents).toMatchObject({
      opened: 1,
      stillOpen: 0,
      toResolve: {n: 1, meanMs: 10 * MINUTE},
      causes: [{subject: {service: 'dns'}, count: 1}],
    });
  });

  test('counts of clocks: met, breached, and still open ones beside them', () => {
    const collector = collectorAt(MARCH);
    const {now} = collector;
    const host = {
      type: 'host.defined',
      customer: 'mueller',
      site: 'hq',
      host: 'web-01',
      parents: [],
      criticality: 'A',
    } as const;
    collector.draft({customer: 'mueller', event: host});
    result(collector, WEB, 'critical', LOUD);
    pass(collector, 30 * 60);
    const report = monthOf(collector, '2026-03');
    expect(report.compliance.map(({clock, percent, pending}) => [clock, percent, pending])).toEqual([
      ['response', 0, 0],
      ['resolution', null, 1],
      ['update', null, 1],
    ]);
    expect(report.breaches).toMatchObject([{clock: 'response', at: now + 15 * MINUTE + 1, overMs: 15 * MINUTE}]);
  });
});

test('the error budget of a month that is not over is that of the whole month (AV-2)', () => {
  const collector = collectorAt(MARCH);
  result(collector, WEB, 'ok', LOUD);
  pass(collector, 3600);
  result(collector, WEB, 'critical', LOUD);
  pass(collector, 60 * 60);
  result(collector, WEB, 'ok', LOUD);
  pass(collector, 8 * 3600);
  const [web] = monthOf(collector, '2026-03').services;
  // 99.5 % of 743 hours: March has an hour less.
  const budgetMs = (743 * HOUR) / 200;
  expect(web?.percent).toBe(90);
  expect(web?.errorBudgetMs).toBeCloseTo(budgetMs);
  expect(web?.budgetRemainingMs).toBeCloseTo(budgetMs - HOUR);
  expect(web?.burn).toBeCloseTo(0.1 / 0.005);
});

describe('when the collector itself was not at work (AV-1, AV-4)', () => {
  const started = (downSince: number | null) =>
    ({customer: null, event: {type: 'collector.started', downSince}}) as const;

  test('nobody saw anything: not up, and not down unless it was so before and after', () => {
    const collector = collectorAt(MARCH);
    const db = service('db-01', 'sql');
    collector.draft(started(null));
    result(collector, WEB, 'ok', LOUD);
    result(collector, db, 'ok', LOUD);
    pass(collector, 3600);
    result(collector, db, 'critical', LOUD);
    pass(collector, 3600);
    // Down from one hour to three hours; both checks go on as they were.
    const lastSign = collector.now;
    pass(collector, 3 * 3600);
    collector.draft(started(lastSign));
    pass(collector, 3600);
    result(collector, db, 'ok', LOUD);
    const report = monthOf(collector, '2026-03', at('2026-04-02T00:00:00+02:00'));
    expect(report.outages).toEqual([[lastSign, lastSign + 3 * HOUR]]);
    expect(report.outagesKnownFrom).toBeNull();
    const [sql, web] = report.services;
    expect(web).toMatchObject({downtimeMs: 0, noDataMs: 3 * HOUR, percent: 100});
    expect(sql).toMatchObject({downtimeMs: 5 * HOUR, noDataMs: 0});
    // The fold of the state passes it over, and so does one of a release that does not know it.
    expect(collector.replay().checks.size).toBe(2);
  });

  test('a log of before tells no such times, and a month that began before them says since when it is told', () => {
    const collector = collectorAt(MARCH - DAY);
    result(collector, WEB, 'ok', LOUD);
    expect(monthOf(collector, '2026-02')).toMatchObject({outages: [], outagesKnownFrom: 'never'});
    pass(collector, 2 * 86_400);
    const upgradedAt = collector.now;
    collector.draft(started(upgradedAt - MINUTE));
    expect(monthOf(collector, '2026-03', upgradedAt + DAY)).toMatchObject({
      outages: [[upgradedAt - MINUTE, upgradedAt]],
      outagesKnownFrom: upgradedAt - MINUTE,
    });
  });
});

test('a check that was taken away before the month and came again in it is told (AV-1)', () => {
  const collector = collectorAt(MARCH - DAY);
  result(collector, WEB, 'ok', LOUD);
  pass(collector, 60);
  collector.observe({type: 'removal', address: WEB});
  pass(collector, 2 * 86_400);
  result(collector, WEB, 'ok', LOUD);
  pass(collector, 86_400);
  const [web] = monthOf(collector, '2026-03').services;
  expect(web).toMatchObject({percent: 100, serviceMs: 2 * DAY + MINUTE, noDataMs: DAY + MINUTE});
});

describe('a history that forgets what is over', () => {
  test('tells every later month as the whole one does, at whatever moment it forgets', () => {
    fc.assert(
      fc.property(night, fc.nat(1000), fc.nat(1000), (steps, cut, forgetting) => {
        const collector = playNight(steps);
        const whole = openHistory();
        const brief = openHistory();
        const length = collector.now - NIGHT_START;
        const from = NIGHT_START + Math.floor((length * cut) / 1000);
        // It is told what has come, and forgets, at any time once the period has begun.
        const forgetAt = from + Math.floor(((collector.now - from) * forgetting) / 1000);
        let hasForgotten = false;
        for (const entry of collector.log) {
          if (!hasForgotten && entry.at > forgetAt) {
            brief.forgetBefore(from);
            hasForgotten = true;
          }
          whole.take(entry);
          brief.take(entry);
        }
        const of = ({history}: typeof whole) =>
          customerMonth(collector.state, history, 'mueller', '2026-02', [from, from + 30 * DAY], collector.now);
        expect(of(brief)).toEqual(of(whole));
      }),
      {numRuns: 60},
    );
  });
});
