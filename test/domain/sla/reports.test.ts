import {describe, expect, test} from 'vitest';
import {
  announcedMaintenance,
  availability,
  compliancePercent,
  type ServiceRecord,
} from '../../../src/domain/sla/availability.ts';
import {meanTimes} from '../../../src/domain/sla/mean-times.ts';
import type {Span} from '../../../src/domain/sla/spans.ts';
import {HOUR, MINUTE} from '../../../src/domain/time.ts';
import {at, office, roundTheClock} from './calendars.ts';

const june = (day: number, hour = 0, minute = 0) =>
  at('2026-06-01T00:00:00+02:00') + ((day - 1) * 24 + hour) * HOUR + minute * MINUTE;
const record = (more: Partial<ServiceRecord>): ServiceRecord => ({
  calendar: roundTheClock,
  period: [june(1), june(2)],
  downtime: [],
  maintenance: [],
  noData: [],
  targetPercent: 99,
  ...more,
});

describe('availability (AV-1, AV-2, AV-4)', () => {
  test('maintenance counts before downtime, downtime before gaps, overlaps once', () => {
    const result = availability(
      record({
        maintenance: [
          [june(1, 1), june(1, 3)],
          [june(1, 2), june(1, 4)],
        ],
        downtime: [
          [june(1, 3), june(1, 5)],
          [june(1, 4), june(1, 6)],
        ],
        noData: [[june(1, 5), june(1, 7)]],
      }),
    );
    expect(result).toMatchObject({maintenanceMs: 3 * HOUR, downtimeMs: 2 * HOUR, noDataMs: HOUR});
    expect(result.percent).toBeCloseTo((100 * 18) / 20, 10);
  });

  test('what reaches beyond the period is cut, and outside of service nothing counts', () => {
    const whole: readonly Span[] = [[june(0), june(9)]];
    expect(availability(record({downtime: whole})).percent).toBe(0);
    const nightly = availability(record({calendar: office, downtime: [[june(1, 18), june(1, 23)]]}));
    expect(nightly).toMatchObject({serviceMs: 9 * HOUR, downtimeMs: 0, percent: 100});
  });

  test('nothing to judge is not 100 %: no service, all maintenance, nothing seen', () => {
    const sunday: Span = [june(7), june(8)];
    const blind = [
      availability(record({calendar: office, period: sunday})),
      availability(record({maintenance: [[june(1), june(2)]]})),
      availability(record({noData: [[june(1), june(2)]]})),
    ];
    expect(blind.map(({percent, targetMet, burn}) => [percent, targetMet, burn])).toEqual(
      Array(3).fill([null, null, null]),
    );
  });

  test('the target itself is met, a millisecond of downtime more is not', () => {
    const allowed = 0.01 * 24 * HOUR;
    const down = (ms: number): ServiceRecord => record({downtime: [[june(1), june(1) + ms]]});
    expect(availability(down(allowed))).toMatchObject({targetMet: true, percent: 99, budgetRemainingMs: 0});
    expect(availability(down(allowed + 1))).toMatchObject({targetMet: false, budgetRemainingMs: -1});
  });

  test('burn is the share of the budget used against the share of the time gone', () => {
    const down = record({downtime: [[june(1), june(1) + 0.01 * 12 * HOUR]]});
    expect(availability(down, june(1, 12)).burn).toBeCloseTo(1, 10);
    expect(availability(down).burn).toBeCloseTo(0.5, 10);
    expect(availability({...down, targetPercent: 100}).burn).toBeNull();
    expect(availability({...down, targetPercent: null})).toMatchObject({
      burn: null,
      errorBudgetMs: null,
      targetMet: null,
    });
  });

  test('gaps are worth a word above 1 % of the service time', () => {
    const unseen = (ms: number) => availability(record({noData: [[june(1), june(1) + ms]]})).hasNotableGaps;
    expect([unseen(0.01 * 24 * HOUR), unseen(0.01 * 24 * HOUR + 1)]).toEqual([false, true]);
  });

  test('maintenance excuses only what was announced before it began (MW-2)', () => {
    const window = {start: june(1, 2), end: june(1, 3)};
    const announced = [-1, 0, 1].map(ms => announcedMaintenance([{...window, createdAt: window.start + ms}]).length);
    expect(announced).toEqual([1, 0, 0]);
  });

  test('no cases are no compliance of 100 % (RP-1)', () => {
    expect(compliancePercent([])).toBeNull();
    expect(compliancePercent(['pending'])).toBeNull();
    expect(compliancePercent(['met', 'met', 'breached', 'pending'])).toBeCloseTo(66.667, 3);
    expect(compliancePercent(['met', 'breached'])).toBe(50);
  });
});

describe('mean times (AV-3)', () => {
  const opened = june(1);
  const handled = (ack: number | null, resolved: number | null, excluded: string | null = null) => ({
    openedAt: opened,
    ackAt: ack === null ? null : opened + ack * MINUTE,
    resolvedAt: resolved === null ? null : opened + resolved * MINUTE,
    excluded,
  });

  test('no data is null and not 0', () => {
    const none = {meanMs: null, medianMs: null, n: 0};
    expect(meanTimes([])).toEqual({toAcknowledge: none, toResolve: none, selfHealed: 0});
    expect(meanTimes([handled(5, 9, 'test')]).toResolve).toEqual(none);
  });

  test('the median of an even count lies between the middle two', () => {
    const {toAcknowledge, toResolve} = meanTimes([
      handled(1, 10),
      handled(2, null),
      handled(10, 30),
      handled(40, null),
    ]);
    expect(toAcknowledge).toEqual({meanMs: 13.25 * MINUTE, medianMs: 6 * MINUTE, n: 4});
    expect(toResolve).toEqual({meanMs: 20 * MINUTE, medianMs: 20 * MINUTE, n: 2});
  });

  test('what healed before anybody took it is told apart', () => {
    expect(meanTimes([handled(5, 4), handled(4, 4)]).selfHealed).toBe(1);
    expect(
      meanTimes([handled(null, 4), handled(5, 9), handled(null, null), handled(null, 1, 'merged')]).selfHealed,
    ).toBe(1);
  });
});
