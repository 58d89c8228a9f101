import fc from 'fast-check';
import {Temporal} from 'temporal-polyfill';
import {describe, expect, test} from 'vitest';
import {formatDate} from '../../../src/domain/local-time/civil-date.ts';
import {localDay, timeZone} from '../../../src/domain/local-time/zone.ts';
import {DAY, HOUR} from '../../../src/domain/time.ts';

/** Odd ones among them: half hours, a gap at midnight, a month of winter time in summer, a date that never was, the far ends. */
const ZONES = [
  'Europe/Berlin',
  'UTC',
  'Europe/London',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Africa/Casablanca',
  'America/Sao_Paulo',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
];

const instants = fc.integer({min: Date.UTC(1975), max: Date.UTC(2045)});

/** Moments around the changes of a zone, where mistakes are made. */
function aroundChanges(id: string): readonly number[] {
  const changes = timeZone(id).transitions(Date.UTC(2008), Date.UTC(2030));
  return changes.flatMap(at => [-DAY, -HOUR, -1, 0, 1, HOUR / 2, HOUR, DAY].map(offset => at + offset));
}

function wallOf(id: string, instant: number): number {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(id);
  return Date.parse(`${zoned.toPlainDateTime().toString({smallestUnit: 'millisecond'})}Z`);
}

function instantOf(id: string, wall: number): number {
  const plain = Temporal.PlainDateTime.from(new Date(wall).toISOString().slice(0, -1));
  return plain.toZonedDateTime(id, {disambiguation: 'compatible'}).epochMilliseconds;
}

describe.each(ZONES)('the wall clock of %s', id => {
  const zone = timeZone(id);

  test('shows what Temporal shows, both ways (CA-3 compatible)', () => {
    fc.assert(
      fc.property(instants, instant => {
        expect(zone.toWall(instant)).toBe(wallOf(id, instant));
        expect(zone.toInstant(instant)).toBe(instantOf(id, instant));
      }),
      {numRuns: 40},
    );
  });

  test('agrees with Temporal around every change, in the hours that are skipped and shown twice too', () => {
    for (const instant of aroundChanges(id).slice(-160)) {
      expect(zone.toWall(instant)).toBe(wallOf(id, instant));
      const wall = zone.toWall(instant);
      for (const shifted of [wall - HOUR / 2, wall, wall + HOUR / 2]) {
        expect(zone.toInstant(shifted)).toBe(instantOf(id, shifted));
      }
    }
  });

  test('changes when Temporal says so', () => {
    const [from, until] = [Date.UTC(2024), Date.UTC(2028)];
    const expected: number[] = [];
    let at: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(id);
    while (at !== null && at.epochMilliseconds < until) {
      at = at.getTimeZoneTransition('next');
      if (at !== null && at.epochMilliseconds < until) expected.push(at.epochMilliseconds);
    }
    expect(zone.transitions(from, until)).toEqual(expected);
  });
});

describe('time zones', () => {
  test('02:30 moves to 03:30 in March and is the first 02:30 in October (CA-3)', () => {
    const berlin = timeZone('Europe/Berlin');
    expect(berlin.toInstant(Date.UTC(2026, 2, 29, 2, 30))).toBe(Date.parse('2026-03-29T03:30:00+02:00'));
    expect(berlin.toInstant(Date.UTC(2026, 9, 25, 2, 30))).toBe(Date.parse('2026-10-25T02:30:00+02:00'));
  });

  test('one that nobody knows is refused', () => {
    expect(() => timeZone('Europe/Bielefeld')).toThrowError(expect.objectContaining({code: 'TIME_ZONE'}));
    expect(() => timeZone('')).toThrowError(expect.objectContaining({code: 'TIME_ZONE'}));
  });

  test('a wild time stamp has a wall time all the same', () => {
    const berlin = timeZone('Europe/Berlin');
    for (const wild of [-8.64e15, 8.64e15, 9e15, 0]) expect(Number.isFinite(berlin.toWall(wild))).toBe(true);
  });

  test('the date on the wall is the zone’s own', () => {
    const instant = Date.parse('2026-11-20T23:30:00Z');
    expect(formatDate(localDay(timeZone('Europe/Berlin'), instant))).toBe('2026-11-21');
    expect(formatDate(localDay(timeZone('America/St_Johns'), instant))).toBe('2026-11-20');
  });
});
