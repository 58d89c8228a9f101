import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createSamples} from '../../src/collector/samples-memory.ts';
import type {HostSample} from '../../src/domain/check.ts';
import {DAY, HOUR, MINUTE, SECOND} from '../../src/domain/time.ts';
import {MAX_FRAME_BYTES} from '../../src/protocol/frames.ts';
import {NIGHT} from '../support/clock.ts';
import {text} from '../support/frames.ts';

const host = 'mueller||srv-db-01';

describe('newest figures', () => {
  test('an unknown host is undefined, one merely heard of has no sample', () => {
    const samples = createSamples();
    expect(samples.latest(host)).toBeUndefined();
    samples.touch(host, NIGHT);
    expect(samples.latest(host)).toEqual({lastSeenAt: NIGHT, sample: null});
    expect([...samples.hosts()]).toEqual([host]);
  });

  test('what one family does not say stays as another said it', () => {
    const samples = createSamples();
    samples.record(host, {at: NIGHT, cpuPercent: 41.5, memoryPercent: 80, loadPerCore: null});
    samples.record(host, {at: NIGHT + SECOND, latencyMs: 3.2, cpuPercent: null});
    expect(samples.latest(host)).toEqual({
      lastSeenAt: NIGHT + SECOND,
      sample: {
        at: NIGHT + SECOND,
        cpuPercent: 41.5,
        memoryPercent: 80,
        diskPercent: null,
        disks: [],
        loadPerCore: null,
        uptimeSeconds: null,
        temperatureCelsius: null,
        latencyMs: 3.2,
      },
    });
  });

  test('an older message does not turn the clock back', () => {
    const samples = createSamples();
    samples.touch(host, NIGHT);
    samples.touch(host, NIGHT - HOUR);
    expect(samples.latest(host)?.lastSeenAt).toBe(NIGHT);
  });

  test('beyond its bound the host longest unheard makes room, with nothing left of its history', () => {
    const samples = createSamples(2);
    samples.record('a', {at: NIGHT, cpuPercent: 50});
    samples.record('b', {at: NIGHT, cpuPercent: 60});
    samples.touch('a', NIGHT + SECOND);
    samples.touch('c', NIGHT + SECOND);
    expect([...samples.hosts()].sort()).toEqual(['a', 'c']);
    expect(samples.history('c', NIGHT + SECOND, HOUR, 1).series.cpu).toEqual([null]);
    expect(samples.history('a', NIGHT + SECOND, HOUR, 1).series.cpu[0]).toBeCloseTo(50, 0);
  });
});

describe('readers', () => {
  test('each reader gets what changed since its own last call, whatever the others read', () => {
    const readers = [{}, {}, {}] as const;
    const hosts = ['a', 'b', 'c', 'd'];
    const step = fc.oneof(
      fc.record({touch: fc.constantFrom(...hosts)}),
      fc.record({read: fc.nat({max: readers.length - 1})}),
    );
    fc.assert(
      fc.property(fc.array(step, {maxLength: 60}), steps => {
        const samples = createSamples();
        const wanted = readers.map(() => new Set<string>());
        for (const [index, one] of steps.entries()) {
          if ('touch' in one) {
            samples.touch(one.touch, NIGHT + index);
            for (const set of wanted) set.add(one.touch);
          } else {
            const reader = readers[one.read] ?? {};
            expect(new Set(samples.changedSince(reader))).toEqual(wanted[one.read]);
            wanted[one.read]?.clear();
          }
        }
      }),
    );
  });

  test('a reader pays for the changes, not for the hosts', () => {
    const samples = createSamples();
    for (let index = 0; index < 50_000; index++) samples.touch(`h${index}`, NIGHT);
    const reader = {};
    expect(samples.changedSince(reader)).toHaveLength(50_000);
    samples.touch('h7', NIGHT + 1);
    samples.touch('h9', NIGHT + 2);
    samples.touch('h7', NIGHT + 3);
    expect(samples.changedSince(reader)).toEqual(['h7', 'h9']);
    expect(samples.changedSince(reader)).toEqual([]);
  });
});

describe('history', () => {
  test('an hour by 15 seconds comes back within the precision of one byte', () => {
    const samples = createSamples();
    for (let slot = 0; slot < 240; slot++) {
      samples.record(host, {
        at: NIGHT + slot * 15 * SECOND,
        cpuPercent: slot % 100,
        loadPerCore: slot / 10,
        latencyMs: slot * 4,
      });
    }
    const until = NIGHT + 239 * 15 * SECOND;
    const {stepMs, series} = samples.history(host, until, HOUR, 240);
    expect(stepMs).toBe(15 * SECOND);
    for (let slot = 0; slot < 240; slot++) {
      // Half a step of the byte, and the four digits of the answer.
      expect(Math.abs((series.cpu[slot] ?? -1) - (slot % 100))).toBeLessThanOrEqual(0.205);
      expect(Math.abs((series.load[slot] ?? -1) - slot / 10)).toBeLessThanOrEqual(0.01 + (0.03 * slot) / 10);
      expect(Math.abs((series.latency[slot] ?? -1) - slot * 4)).toBeLessThanOrEqual(0.01 + 0.03 * slot * 4);
      expect(series.memory[slot]).toBeNull();
    }
  });

  test('what was not heard is null, never zero, and zero is zero', () => {
    const samples = createSamples();
    samples.record(host, {at: NIGHT, cpuPercent: 0});
    samples.record(host, {at: NIGHT + 5 * MINUTE, cpuPercent: 10});
    const {series} = samples.history(host, NIGHT + 5 * MINUTE, 6 * MINUTE, 6);
    expect(series.cpu.map(value => value && Math.round(value))).toEqual([0, null, null, null, null, 10]);
  });

  test('a gap longer than the ring leaves nothing of the old round behind', () => {
    const samples = createSamples();
    for (let slot = 0; slot < 240; slot++) samples.record(host, {at: NIGHT + slot * 15 * SECOND, cpuPercent: 90});
    const later = NIGHT + 3 * HOUR;
    samples.record(host, {at: later, cpuPercent: 5});
    const {series} = samples.history(host, later, HOUR, 60);
    expect(series.cpu.filter(value => value !== null)).toHaveLength(1);
  });

  test('a day keeps the peak of each five minutes', () => {
    const samples = createSamples();
    const start = NIGHT - 2 * MINUTE;
    for (let second = 0; second < 3 * 3600; second += 15) {
      samples.record(host, {at: start + second * SECOND, cpuPercent: second === 3600 ? 100 : 10});
    }
    const {series, stepMs} = samples.history(host, start + 3 * HOUR, DAY, 288);
    expect(stepMs).toBe(5 * MINUTE);
    expect(series.cpu.filter(value => value !== null)).toHaveLength(36);
    expect(series.cpu.filter(value => value === 100)).toHaveLength(1);
  });

  test('an hour that the fine ring no longer holds is read from the coarse one', () => {
    const samples = createSamples();
    for (let minute = 0; minute < 180; minute++) samples.record(host, {at: NIGHT + minute * MINUTE, cpuPercent: 33});
    const {series} = samples.history(host, NIGHT + HOUR, HOUR, 12);
    expect(series.cpu.filter(value => value !== null).length).toBeGreaterThanOrEqual(11);
  });

  test('samples out of order find their own slots, and those older than the ring are left out', () => {
    const sample = fc.record({second: fc.integer({min: 0, max: 5400}), cpuPercent: fc.integer({min: 0, max: 100})});
    fc.assert(
      fc.property(fc.uniqueArray(sample, {selector: one => Math.floor(one.second / 15), maxLength: 80}), list => {
        const base = Math.ceil(NIGHT / HOUR) * HOUR;
        const samples = createSamples();
        let newest = 0;
        const wanted = new Map<number, number>();
        for (const {second, cpuPercent} of list) {
          samples.record(host, {at: base + second * SECOND, cpuPercent});
          newest = Math.max(newest, Math.floor(second / 15));
          wanted.set(Math.floor(second / 15), cpuPercent);
        }
        const {series} = samples.history(host, base + (newest + 0.5) * 15 * SECOND, HOUR - 15 * SECOND, 239);
        series.cpu.forEach((value, index) => {
          const slot = newest - 238 + index;
          const expected = wanted.get(slot);
          if (expected === undefined) expect(value).toBeNull();
          else if (value !== null) expect(Math.abs(value - expected)).toBeLessThanOrEqual(0.205);
        });
        expect(series.cpu.at(-1) !== null).toBe(list.length > 0);
      }),
    );
  });

  test('an unknown host and hostile points answer bounded nothing', () => {
    const samples = createSamples();
    const {series} = samples.history('nobody', NIGHT, HOUR, 1e9);
    expect(series.cpu).toHaveLength(1440);
    expect(series.latency.every(value => value === null)).toBe(true);
    expect(samples.history('nobody', NIGHT, 0, 0).series.cpu).toEqual([null]);
  });
});

/** `/` at that many percent, and what else. */
function disks(...percent: readonly (readonly [mount: string, usedPercent: number])[]): HostSample['disks'] {
  return percent.map(([mount, usedPercent]) => ({mount: text(mount), usedPercent, sizeBytes: 1e11}));
}

/** A samples lane that has heard `percentAt(hours ago)` of one disk every ten minutes for so many hours, until `NIGHT`. */
function heardFor(hours: number, percentAt: (hoursAgo: number) => number) {
  const samples = createSamples();
  for (let minute = hours * 60; minute >= 0; minute -= 10) {
    samples.record(host, {at: NIGHT - minute * MINUTE, disks: disks(['/var', percentAt(minute / 60)])});
  }
  return samples;
}

describe('file systems', () => {
  test('each has a course of its own, the fullest first, gaps kept as gaps', () => {
    const samples = createSamples();
    for (const minute of [0, 5, 20]) {
      samples.record(host, {at: NIGHT + minute * MINUTE, disks: disks(['/', 20], ['/var', 90])});
    }
    const answer = samples.history(host, NIGHT + 20 * MINUTE, 25 * MINUTE, 5);
    expect(answer.disks.map(({mount}) => mount)).toEqual(['/var', '/']);
    expect(answer.disks[0]?.values.map(value => value && Math.round(value))).toEqual([90, 90, null, null, 90]);
  });

  test('a disk that fills steadily is forecast within the precision of a byte (PF-1, PF-2)', () => {
    const samples = heardFor(7 * 24, hoursAgo => 94 - 0.1 * hoursAgo);
    const [disk] = samples.history(host, NIGHT, HOUR, 30).disks;
    expect(disk?.forecast).toEqual({
      type: 'forecast',
      fullInSeconds: expect.closeTo(60 * 3600, -4),
      level: 'warning',
    });
  });

  test('the forecast is of the moment it is asked, however long ago the hour began', () => {
    const samples = heardFor(48, hoursAgo => 97 - 0.25 * hoursAgo);
    const inTenMinutes = samples.history(host, NIGHT + 10 * MINUTE, HOUR, 30).disks[0]?.forecast;
    expect(inTenMinutes).toMatchObject({type: 'forecast', level: 'critical'});
    if (inTenMinutes?.type === 'forecast') expect(inTenMinutes.fullInSeconds / 3600).toBeCloseTo(11.83, 0);
  });

  test('without a base there is no number, but the reason (PF-2, PF-5)', () => {
    const reason = (samples: ReturnType<typeof createSamples>, now = NIGHT) => {
      const forecast = samples.history(host, now, HOUR, 30).disks[0]?.forecast;
      return forecast?.type === 'none' ? forecast.reason : forecast?.type;
    };
    expect(reason(heardFor(23, hoursAgo => 97 - 0.1 * hoursAgo))).toBe('shortSpan');
    expect(reason(heardFor(3, hoursAgo => 97 - 0.1 * hoursAgo))).toBe('shortSpan');
    expect(reason(heardFor(48, () => 50))).toBe('notFull');
    expect(reason(heardFor(48, hoursAgo => (hoursAgo % 7 < 3 ? 92 : 85)))).toBe('unsteady');
    expect(
      reason(
        heardFor(48, hoursAgo => 97 - 0.1 * hoursAgo),
        NIGHT + 21 * MINUTE,
      ),
    ).toBe('stale');
  });

  test('of a host with hundreds of mounts as many are kept as a host may have, and none of them twice', () => {
    const samples = createSamples();
    const many = Array.from({length: 300}, (_, index) => [`/m${index}`, 50] as const);
    for (let minute = 0; minute < 3; minute++)
      samples.record(host, {at: NIGHT + minute * MINUTE, disks: disks(...many)});
    expect(samples.history(host, NIGHT + 2 * MINUTE, HOUR, 30).disks).toHaveLength(16);
  });

  test('a mount that is gone makes room for a new one, which has nothing of its course', () => {
    const samples = createSamples();
    const full = Array.from({length: 16}, (_, index) => [`/m${index}`, 50] as const);
    samples.record(host, {at: NIGHT, disks: disks(...full)});
    samples.record(host, {at: NIGHT + 5 * MINUTE, disks: disks(['/new', 70], ...full.slice(1))});
    const found = samples.history(host, NIGHT + 5 * MINUTE, 10 * MINUTE, 2).disks.find(({mount}) => mount === '/new');
    expect(found?.values).toEqual([null, expect.closeTo(70, 0)]);
  });

  test('the limits that its checks judge by come along', () => {
    const samples = createSamples();
    const limit = {warning: 80, critical: null};
    samples.record(host, {at: NIGHT, cpuPercent: 3});
    expect(samples.history(host, NIGHT, HOUR, 1).limits).toBeNull();
    samples.judgedBy(host, {cpu: limit, memory: limit, disk: limit});
    expect(samples.history(host, NIGHT, HOUR, 1).limits?.cpu).toEqual(limit);
  });

  test('the longest answer fits in a frame (security rule 20)', () => {
    const samples = createSamples();
    const full = Array.from({length: 16}, (_, index) => [`/${'m'.repeat(190)}${index}`, 33.333] as const);
    for (let slot = 0; slot < 288; slot++) {
      const at = NIGHT - slot * 5 * MINUTE;
      const load = {loadPerCore: 0.1234567, latencyMs: 123.4567};
      samples.record(host, {
        at,
        cpuPercent: 12.345,
        memoryPercent: 45.678,
        diskPercent: 33.3,
        ...load,
        disks: disks(...full),
      });
    }
    for (const points of [30, 60, 288, 476, 1000, 1440]) {
      const frame = {t: 'history', id: 1, host, until: NIGHT, ...samples.history(host, NIGHT, DAY, points)};
      expect(JSON.stringify(frame).length).toBeLessThan(MAX_FRAME_BYTES);
    }
    expect(samples.history(host, NIGHT, DAY, 288).disks).toHaveLength(16);
  });
});
