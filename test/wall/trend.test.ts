import {describe, expect, test} from 'vitest';
import {HOUR, MINUTE} from '../../src/domain/time.ts';
import {TREND_HOURS, type Trend, trendOf} from '../../src/wall/trend.ts';
import {MemoryStore} from './memory-store.ts';
import {acknowledged, closed, hostChecked, hostDefined, raised, resolved, type Trouble} from './night.ts';

/** A full hour. */
const TWO = Date.UTC(2026, 10, 21, 2);
const disk: Trouble = {
  n: 1,
  customer: 'mueller',
  host: 'srv-01',
  service: 'disk',
  severity: 'warning',
  summary: 'voll',
};

function storeWith(hosts: number): MemoryStore {
  const store = new MemoryStore();
  store.addCollector('berlin', TWO - 48 * HOUR);
  for (let n = 0; n < hosts; n++) {
    store.append('berlin', TWO - 48 * HOUR, [
      hostDefined('mueller', `srv-${n}`),
      hostChecked('mueller', `srv-${n}`, 'ok'),
    ]);
  }
  return store;
}

/** An alert that is long over: the collector still knows what was since it closed. */
function remembersSince(store: MemoryStore, at: number): void {
  store.append('berlin', at - HOUR, [raised({...disk, n: 999}), resolved(999)]);
  store.append('berlin', at, [closed(999)]);
}

const hourAt = (trend: Trend, start: number) => trend.find(hour => hour.start === start);

describe('the trend of a day', () => {
  test('counts alerts by the hour in which they were opened', () => {
    const store = storeWith(0);
    remembersSince(store, TWO - 24 * HOUR);
    store.append('berlin', TWO - 30 * MINUTE, [raised({...disk, n: 1}), raised({...disk, n: 2, host: 'srv-02'})]);
    store.append('berlin', TWO + 10 * MINUTE, [raised({...disk, n: 3, host: 'srv-03'})]);
    const trend = trendOf([], store.getSnapshot(), TWO, TWO + 20 * MINUTE);
    expect(trend).toHaveLength(TREND_HOURS);
    expect(hourAt(trend, TWO - HOUR)?.opened).toBe(2);
    expect(hourAt(trend, TWO)?.opened).toBe(1);
    expect(hourAt(trend, TWO - 5 * HOUR)?.opened).toBe(0);
  });

  test('does not claim to know hours that nobody remembers', () => {
    const store = storeWith(1);
    const first = trendOf([], store.getSnapshot(), TWO - 30 * MINUTE, TWO + MINUTE);
    expect(first.map(hour => hour.start)).toEqual([TWO]);
    remembersSince(store, TWO - 3 * HOUR);
    const later = trendOf(first, store.getSnapshot(), TWO - 30 * MINUTE, TWO + 2 * MINUTE);
    expect(later.map(hour => hour.start)).toEqual([TWO - 3 * HOUR, TWO - 2 * HOUR, TWO - HOUR, TWO]);
  });

  test('keeps an hour that the collector has forgotten since, and never more than a day', () => {
    const store = storeWith(1);
    remembersSince(store, TWO - 2 * HOUR);
    store.append('berlin', TWO - 90 * MINUTE, [raised(disk)]);
    let trend = trendOf([], store.getSnapshot(), TWO, TWO);
    expect(hourAt(trend, TWO - 2 * HOUR)?.opened).toBe(1);
    const empty = storeWith(1);
    trend = trendOf(trend, empty.getSnapshot(), TWO, TWO + MINUTE);
    expect(hourAt(trend, TWO - 2 * HOUR)?.opened).toBe(1);
    for (let hour = 0; hour < 100; hour++) trend = trendOf(trend, empty.getSnapshot(), TWO, TWO + hour * HOUR);
    expect(trend).toHaveLength(TREND_HOURS);
  });

  test('takes the mean to the first acknowledgement, and says nothing where nobody acknowledged (AV-3)', () => {
    const store = storeWith(0);
    remembersSince(store, TWO - 24 * HOUR);
    for (const [n, minutes] of [
      [1, 4],
      [2, 10],
    ] as const) {
      store.append('berlin', TWO + MINUTE, [raised({...disk, n, host: `srv-${n}`})]);
      store.append('berlin', TWO + (1 + minutes) * MINUTE, [acknowledged(n, 'Jana', TWO + (1 + minutes) * MINUTE)]);
    }
    const trend = trendOf([], store.getSnapshot(), TWO, TWO + 30 * MINUTE);
    expect(hourAt(trend, TWO)).toMatchObject({acknowledgeMs: 7 * MINUTE, acknowledged: 2});
    expect(hourAt(trend, TWO - HOUR)).toMatchObject({acknowledgeMs: null, acknowledged: 0});
  });

  test('takes from a host that was down its share of the hour, from one that was silent nothing (AV-1, FR-2)', () => {
    const store = storeWith(4);
    remembersSince(store, TWO - 24 * HOUR);
    const down = {...disk, service: '', severity: 'critical'} as const;
    store.append('berlin', TWO - HOUR, [raised({...down, n: 1, host: 'srv-0'})]);
    store.append('berlin', TWO - 30 * MINUTE, [resolved(1)]);
    store.append('berlin', TWO - HOUR, [raised({...down, n: 2, host: 'srv-1', severity: 'unknown'})]);
    store.append('berlin', TWO, [resolved(2)]);
    const trend = trendOf([], store.getSnapshot(), TWO, TWO + MINUTE);
    // Three hosts were watched for an hour, one of them was down for half of it.
    expect(hourAt(trend, TWO - HOUR)?.availabilityPercent).toBeCloseTo(100 * (1 - 0.5 / 3));
    expect(hourAt(trend, TWO - 2 * HOUR)?.availabilityPercent).toBe(100);
  });

  test('without any host knows no availability, which is not 100 (AV-1)', () => {
    const trend = trendOf([], storeWith(0).getSnapshot(), TWO, TWO + MINUTE);
    expect(hourAt(trend, TWO)?.availabilityPercent).toBeNull();
  });

  test('corrects the clock of each collector', () => {
    const store = storeWith(0);
    store.append('berlin', TWO - MINUTE, [raised(disk)]);
    store.change('berlin', {skewMs: -10 * MINUTE});
    expect(hourAt(trendOf([], store.getSnapshot(), TWO, TWO + 9 * MINUTE), TWO)?.opened).toBe(1);
  });

  test('does not take for quiet, or for up, the hours of which a silent collector told nothing (FR-2)', () => {
    const store = storeWith(2);
    remembersSince(store, TWO - 24 * HOUR);
    store.append('berlin', TWO - 90 * MINUTE, [raised({...disk, service: '', severity: 'critical', host: 'srv-0'})]);
    store.heard('berlin', TWO - 75 * MINUTE);
    store.change('berlin', {link: 'down'});
    const trend = trendOf([], store.getSnapshot(), TWO, TWO + MINUTE);
    expect(trend.map(hour => hour.start).at(-1)).toBe(TWO - 2 * HOUR);
    // One of two hosts was down for the last 15 of the 45 minutes that were told.
    expect(hourAt(trend, TWO - 2 * HOUR)?.availabilityPercent).toBeCloseTo(100 * (1 - 0.5 / 3));
    store.heard('berlin', TWO + MINUTE);
    store.change('berlin', {link: 'live'});
    expect(hourAt(trendOf(trend, store.getSnapshot(), TWO, TWO + MINUTE), TWO - HOUR)?.opened).toBe(0);
  });
});
