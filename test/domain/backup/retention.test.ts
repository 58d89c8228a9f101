import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type KeepRules, keptPoints, type RecoveryPoint, retentionAlarms} from '../../../src/domain/backup/retention.ts';
import {timeZone} from '../../../src/domain/local-time/zone.ts';
import {DAY, HOUR} from '../../../src/domain/time.ts';

const berlin = timeZone('Europe/Berlin');
const point = (text: string, isGood = true): RecoveryPoint => ({id: text, at: Date.parse(text), isGood});

/** Ids kept, newest first. */
function kept(points: readonly RecoveryPoint[], rules: KeepRules): readonly string[] {
  const ids = keptPoints(points, rules, berlin);
  return points.toSorted((a, b) => b.at - a.at).flatMap(({id}) => (ids.has(id) ? [id] : []));
}

/** One point each night at 23:00 local from 1 January 2026 on. */
function nightly(nights: number): readonly RecoveryPoint[] {
  return Array.from({length: nights}, (_, night) => {
    const at = berlin.toInstant(Date.UTC(2026, 0, 1 + night, 23));
    return {id: new Date(at).toISOString().slice(0, 10), at, isGood: true};
  });
}

describe('retention (BK-8)', () => {
  test('without rules everything stays', () => {
    expect(kept(nightly(3), {})).toHaveLength(3);
  });

  test('each rule covers only what the earlier ones did not', () => {
    expect(kept(nightly(60), {last: 2, daily: 3, weekly: 2, monthly: 2})).toEqual([
      '2026-03-01',
      '2026-02-28',
      '2026-02-27',
      '2026-02-26',
      '2026-02-25',
      '2026-02-22',
      '2026-02-15',
      '2026-01-31',
    ]);
  });

  test('periods without a point do not count', () => {
    const sparse = ['2026-01-01T23:00:00+01:00', '2026-01-20T23:00:00+01:00', '2026-02-09T23:00:00+01:00'].map(text =>
      point(text),
    );
    expect(kept(sparse, {daily: 3})).toHaveLength(3);
    expect(kept(sparse, {daily: 2})).toEqual(['2026-02-09T23:00:00+01:00', '2026-01-20T23:00:00+01:00']);
  });

  test('the newest of a period stays, and the others of it are gone for later rules too', () => {
    const hours = ['08:10', '08:40', '09:05', '10:50'].map(time => point(`2026-02-02T${time}:00+01:00`));
    expect(kept(hours, {hourly: 3})).toEqual(['10:50', '09:05', '08:40'].map(time => `2026-02-02T${time}:00+01:00`));
    expect(kept(hours, {hourly: 3, yearly: 5})).toHaveLength(3);
  });

  test('what a week let go is not the last of its month', () => {
    expect(kept(nightly(60), {weekly: 1, monthly: 2})).toEqual(['2026-03-01', '2026-02-22', '2026-01-31']);
  });

  test('days are those of the wall, weeks are ISO weeks over the turn of the year', () => {
    const late = [point('2026-02-02T23:30:00+01:00'), point('2026-02-03T00:30:00+01:00')];
    expect(kept(late, {daily: 2})).toHaveLength(2);
    const turn = [
      point('2025-12-29T12:00:00+01:00'),
      point('2026-01-04T12:00:00+01:00'),
      point('2026-01-05T12:00:00+01:00'),
    ];
    expect(kept(turn, {weekly: 2})).toEqual(['2026-01-05T12:00:00+01:00', '2026-01-04T12:00:00+01:00']);
  });

  test('no rule keeps more than it says, and what is kept alone is kept again', () => {
    const rules = fc.record(
      {last: fc.nat(4), hourly: fc.nat(4), daily: fc.nat(4), weekly: fc.nat(4), monthly: fc.nat(4), yearly: fc.nat(4)},
      {requiredKeys: ['last']},
    );
    const points = fc
      .uniqueArray(fc.integer({min: 0, max: 20_000}), {maxLength: 60})
      .map(hours =>
        hours.map((hour): RecoveryPoint => ({id: String(hour), at: Date.UTC(2025) + hour * HOUR, isGood: true})),
      );
    fc.assert(
      fc.property(points, rules, (list, rule) => {
        const keeps = keptPoints(list, rule, berlin);
        const sum = Object.values(rule).reduce((total, count) => total + count, 0);
        expect(keeps.size).toBeLessThanOrEqual(sum);
        const rest = list.filter(({id}) => keeps.has(id));
        expect(keptPoints(rest, rule, berlin)).toEqual(keeps);
        const newest = list.toSorted((a, b) => b.at - a.at)[0];
        if (newest !== undefined && sum > 0) expect(keeps.has(newest.id)).toBe(true);
      }),
    );
  });
});

describe('alarms of a retention (BK-8)', () => {
  const now = Date.UTC(2026, 1, 2);
  const days = (ago: number, isGood = true): RecoveryPoint => ({id: String(ago), at: now - ago * DAY, isGood});
  const all = (points: readonly RecoveryPoint[]) => new Set(points.map(({id}) => id));

  test('the oldest point must reach back as far as the contract wants', () => {
    const points = [days(1), days(30)];
    const since = now - 400 * DAY;
    expect(retentionAlarms(points, all(points), 30 * DAY, since, now)).toEqual([]);
    expect(retentionAlarms(points, all(points), 30 * DAY + 1, since, now)).toEqual(['tooShort']);
    expect(retentionAlarms(points, new Set(['1']), 30 * DAY, since, now)).toEqual(['tooShort']);
    expect(retentionAlarms([], new Set(), 30 * DAY, since, now)).toEqual(['tooShort']);
    expect(retentionAlarms(points, all(points), null, since, now)).toEqual([]);
  });

  test('a young job cannot reach back further than it exists', () => {
    expect(retentionAlarms([days(1)], new Set(['1']), 30 * DAY, now - 30 * DAY + 1, now)).toEqual([]);
    expect(retentionAlarms([days(1)], new Set(['1']), 30 * DAY, now - 30 * DAY, now)).toEqual(['tooShort']);
  });

  test('the last good point must not go', () => {
    const points = [days(1, false), days(2), days(3)];
    expect(retentionAlarms(points, new Set(['1', '3']), null, 0, now)).toEqual(['lastGoodPruned']);
    expect(retentionAlarms(points, new Set(['2']), null, 0, now)).toEqual([]);
  });
});
