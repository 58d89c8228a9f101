import {describe, expect, test} from 'vitest';
import {MINUTE, SECOND} from '../../src/domain/time.ts';
import {createPicture} from '../../src/wall/picture.ts';
import {dismissed, interrupting, NOTHING_URGENT, noticeUrgent, type Urgency} from '../../src/wall/urgency.ts';
import {NIGHT} from '../support/clock.ts';
import type {MemoryStore} from './memory-store.ts';
import {acknowledged, nightStore, raised, resolved, type Trouble} from './night.ts';

const raid: Trouble = {
  n: 900,
  customer: 'mueller',
  host: 'srv-09',
  service: 'raid',
  severity: 'critical',
  summary: 'kaputt',
};

function watch(store: MemoryStore) {
  const look = createPicture(null);
  let urgency: Urgency = NOTHING_URGENT;
  return {
    at(now: number): readonly string[] {
      store.heard('berlin', now);
      const picture = look(store.getSnapshot(), now);
      urgency = noticeUrgent(
        urgency,
        picture.alerts,
        picture.view.collectors.map(({url}) => url),
        now,
      );
      return interrupting(urgency, picture.alerts, now).map(({alert}) => alert.host);
    },
    dismiss(now: number) {
      urgency = dismissed(urgency, now);
    },
    remembered: () => urgency.known.size,
  };
}

describe('what interrupts', () => {
  test('is a critical alert that was not there before, once, for 60 seconds', () => {
    const store = nightStore();
    const seen = watch(store);
    expect(seen.at(NIGHT)).toEqual([]);
    store.append('berlin', NIGHT + SECOND, [
      raised(raid),
      raised({...raid, n: 901, severity: 'warning', host: 'srv-10'}),
    ]);
    expect(seen.at(NIGHT + SECOND)).toEqual(['srv-09']);
    expect(seen.at(NIGHT + 60 * SECOND)).toEqual(['srv-09']);
    expect(seen.at(NIGHT + 61 * SECOND)).toEqual([]);
    expect(seen.at(NIGHT + 10 * MINUTE)).toEqual([]);
  });

  test('is one that was raised just before the wall was switched on', () => {
    const store = nightStore();
    store.append('berlin', NIGHT - 20 * SECOND, [raised(raid)]);
    const seen = watch(store);
    expect(seen.at(NIGHT)).toEqual(['srv-09']);
    expect(seen.at(NIGHT + 39 * SECOND)).toEqual(['srv-09']);
    expect(seen.at(NIGHT + 40 * SECOND)).toEqual([]);
  });

  test('is one that was raised while the line was cut, however long ago that was', () => {
    const store = nightStore();
    const seen = watch(store);
    seen.at(NIGHT);
    store.append('berlin', NIGHT + 5 * MINUTE, [raised(raid)]);
    expect(seen.at(NIGHT + 20 * MINUTE)).toEqual(['srv-09']);
  });

  test('is not what went and came back within a quarter of an hour, and is what came back later', () => {
    const store = nightStore();
    const seen = watch(store);
    seen.at(NIGHT);
    store.append('berlin', NIGHT + SECOND, [raised(raid)]);
    expect(seen.at(NIGHT + SECOND)).toEqual(['srv-09']);
    store.append('berlin', NIGHT + 2 * MINUTE, [acknowledged(900, 'Jana', NIGHT)]);
    expect(seen.at(NIGHT + 2 * MINUTE)).toEqual([]);
    store.append('berlin', NIGHT + 3 * MINUTE, [
      {type: 'alert.unacknowledged', occurrence: acknowledgedOccurrence(store), reason: 'expired'},
    ]);
    expect(seen.at(NIGHT + 3 * MINUTE)).toEqual([]);
    store.append('berlin', NIGHT + 4 * MINUTE, [resolved(900)]);
    for (let minute = 4; minute < 20; minute++) seen.at(NIGHT + minute * MINUTE);
    store.append('berlin', NIGHT + 20 * MINUTE, [
      {type: 'alert.reopened', occurrence: acknowledgedOccurrence(store), content: null, count: 2},
    ]);
    expect(seen.at(NIGHT + 20 * MINUTE)).toEqual(['srv-09']);
  });

  test('comes newest first, and goes away together when somebody turns the page', () => {
    const store = nightStore();
    const seen = watch(store);
    seen.at(NIGHT);
    store.append('berlin', NIGHT + SECOND, [raised(raid)]);
    store.append('berlin', NIGHT + 2 * SECOND, [raised({...raid, n: 901, host: 'srv-10'})]);
    expect(seen.at(NIGHT + 2 * SECOND)).toEqual(['srv-10', 'srv-09']);
    seen.dismiss(NIGHT + 3 * SECOND);
    expect(seen.at(NIGHT + 3 * SECOND)).toEqual([]);
  });

  test('is forgotten when it is long gone: nothing grows', () => {
    const store = nightStore();
    const seen = watch(store);
    seen.at(NIGHT);
    const before = seen.remembered();
    for (let n = 0; n < 50; n++) {
      store.append('berlin', NIGHT + n * MINUTE, [
        raised({...raid, n: 1000 + n, host: `srv-${n}`}),
        resolved(1000 + n),
      ]);
      seen.at(NIGHT + n * MINUTE);
    }
    seen.at(NIGHT + 2 * 60 * MINUTE);
    expect(seen.remembered()).toBe(before);
  });
});

/** The life of `raid`. */
function acknowledgedOccurrence(store: MemoryStore): string {
  for (const {state} of store.getSnapshot().collectors) {
    for (const alert of state?.alerts.values() ?? []) if (alert.host === 'srv-09') return alert.occurrence;
  }
  throw new Error('no such alert');
}
