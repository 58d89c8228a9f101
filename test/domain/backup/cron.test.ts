import {Cron} from 'croner';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parseCron} from '../../../src/domain/backup/cron.ts';
import {formatDate, parseDate} from '../../../src/domain/local-time/civil-date.ts';
import {DAY, HOUR, MINUTE} from '../../../src/domain/time.ts';
import {fastestMs} from '../../support/stopwatch.ts';

function field(low: number, high: number): fc.Arbitrary<string> {
  const value = fc.integer({min: low, max: high});
  const range = fc.tuple(value, value).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
  const step = fc
    .tuple(fc.oneof(fc.constant('*'), range), fc.integer({min: 1, max: 7}))
    .map(([base, n]) => `${base}/${n}`);
  const part = fc.oneof(value.map(String), range, step);
  return fc.oneof(
    {weight: 2, arbitrary: fc.constant('*')},
    fc.array(part, {minLength: 1, maxLength: 3}).map(parts => parts.join(',')),
  );
}

const weekday = fc.oneof(field(0, 7), fc.constantFrom('mon-fri', 'sat,sun', 'SAT#1', 'fri#3', 'friL', 'sat-sun', '7'));
const patterns = fc
  .tuple(
    field(0, 59),
    field(0, 23),
    fc.oneof(field(1, 31), fc.constant('L')),
    fc.oneof(field(1, 12), fc.constant('jan-mar,dec')),
    weekday,
  )
  .map(parts => parts.join(' '));

/** All instants of a day in UTC at which our recurrence matches. */
function ours(pattern: string, day: number): readonly number[] {
  const recurrence = parseCron(pattern);
  return recurrence.isOn(day) ? recurrence.times.map(time => day * DAY + time) : [];
}

describe('cron patterns', () => {
  test('mean what croner takes them to mean, away from changes of the clock', () => {
    fc.assert(
      fc.property(
        patterns,
        fc.integer({min: parseDate('2026-01-01'), max: parseDate('2028-03-05')}),
        (pattern, day) => {
          const croner = new Cron(pattern, {timezone: 'UTC', paused: true});
          const expected: number[] = [];
          let next = croner.nextRun(new Date(day * DAY - 1));
          while (next !== null && next.getTime() < (day + 1) * DAY && expected.length < 30) {
            expected.push(next.getTime());
            next = croner.nextRun(next);
          }
          expect(ours(pattern, day).slice(0, 30)).toEqual(expected);
        },
      ),
      {numRuns: 300},
    );
  });

  test.each([
    ['30 2 * * *', '2026-02-02', [2.5 * HOUR]],
    ['@daily', '2026-02-02', [0]],
    ['0 22 * * mon-fri', '2026-02-07', []],
    [
      '*/20 8-9 * * *',
      '2026-02-02',
      [
        8 * HOUR,
        8 * HOUR + 20 * MINUTE,
        8 * HOUR + 40 * MINUTE,
        9 * HOUR,
        9 * HOUR + 20 * MINUTE,
        9 * HOUR + 40 * MINUTE,
      ],
    ],
    ['0 3 * * sat#1', '2026-02-07', [3 * HOUR]],
    ['0 3 * * sat#1', '2026-02-14', []],
    ['0 3 * * satL', '2026-01-24', []],
    ['0 3 * * satL', '2026-01-31', [3 * HOUR]],
    ['0 3 L * *', '2028-02-29', [3 * HOUR]],
    ['0 3 29 2 *', '2026-02-28', []],
    ['0 3 ? * 7', '2026-02-01', [3 * HOUR]],
    ['0 3 13 * fri', '2026-02-13', [3 * HOUR]],
    ['0 3 13 * fri', '2026-02-20', [3 * HOUR]],
    ['0 3 13 * fri', '2026-04-13', [3 * HOUR]],
    ['0 3 13 * fri', '2026-02-12', []],
  ])('%s on %s', (pattern, date, times) => {
    const day = parseDate(date);
    expect(ours(pattern, day).map(at => at - day * DAY)).toEqual(times);
    expect(formatDate(day)).toBe(date);
  });

  test.each([
    '',
    '* * * *',
    '* * * * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * 32 * *',
    '* * * 13 *',
    '* * * * 8',
    '*/0 * * * *',
    '*/61 * * * *',
    '5/15 * * * *',
    '10-5 * * * *',
    '* * * * mon#6',
    '1,,2 * * * *',
    '-1 * * * *',
    'a * * * *',
    '* * * * fri-mon',
    '@reboot',
    '__proto__',
    'constructor',
    '1-2-3 * * * *',
    '*/1/2 * * * *',
    '* * * foo *',
  ])('%j is refused', pattern => {
    expect(() => parseCron(pattern)).toThrowError(expect.objectContaining({code: 'CRON'}));
  });

  test('a long one is refused unread (security rule 35)', () => {
    for (const pattern of [`${'1,'.repeat(50_000)}1 * * * *`, ' '.repeat(100_000), `${'*/1'.repeat(30_000)} * * * *`]) {
      const run = () => expect(() => parseCron(pattern)).toThrowError(expect.objectContaining({code: 'CRON'}));
      expect(fastestMs(run)).toBeLessThan(100);
    }
  });
});
