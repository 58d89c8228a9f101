import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {deliverAt} from '../../../src/domain/on-call/quiet-hours.ts';
import {type OnCallSchedule, onCallAt, parseWall, shifts, upcomingGaps} from '../../../src/domain/on-call/rotation.ts';
import {DAY, HOUR} from '../../../src/domain/time.ts';
import {only, weekly} from './schedules.ts';

const at = (text: string) => Date.parse(text);
const who = (schedule: OnCallSchedule, text: string) => {
  const {user, source} = onCallAt(schedule, at(text));
  return `${user} ${source}`;
};

describe('rotations (OC-4)', () => {
  test.each([
    ['2026-03-02T07:59:59.999+01:00', 'null gap'],
    ['2026-03-02T08:00:00+01:00', 'anna rotation'],
    ['2026-03-09T07:59:59.999+01:00', 'anna rotation'],
    ['2026-03-09T08:00:00+01:00', 'ben rotation'],
    ['2026-03-23T08:00:00+01:00', 'anna rotation'],
    ['2026-03-30T07:59:59+02:00', 'anna rotation'],
    ['2026-10-26T07:59:59+01:00', 'anna rotation'],
    ['2026-10-26T08:00:00+01:00', 'ben rotation'],
  ])('at %s it is %s: handoffs stay at 08:00 on the wall', (text, expected) => {
    expect(who(only(weekly), text)).toBe(expected);
  });

  test('half days hand over twice', () => {
    const halfDays = only({...weekly, shiftMs: DAY / 2, participants: ['day', 'night']});
    expect(who(halfDays, '2026-03-29T07:00:00+02:00')).toBe('night rotation');
    expect(who(halfDays, '2026-03-29T08:00:00+02:00')).toBe('day rotation');
    expect(who(halfDays, '2026-03-29T20:00:00+02:00')).toBe('night rotation');
  });

  test('nobody takes turns: a gap', () => {
    expect(who(only({...weekly, participants: []}), '2026-03-05T12:00:00+01:00')).toBe('null gap');
    expect(who(only(), '2026-03-05T12:00:00+01:00')).toBe('null gap');
  });

  test('weeks of the change have 167 and 169 hours', () => {
    const spring = shifts(only(weekly), at('2026-03-23T08:00:00+01:00'), at('2026-04-06T08:00:00+02:00'));
    expect(spring.map(({user, start, end}) => [user, (end - start) / HOUR])).toEqual([
      ['anna', 167],
      ['ben', 168],
    ]);
    const autumn = shifts(only(weekly), at('2026-10-19T08:00:00+02:00'), at('2026-11-02T08:00:00+01:00'));
    expect(autumn.map(({user, start, end}) => [user, (end - start) / HOUR])).toEqual([
      ['anna', 169],
      ['ben', 168],
    ]);
  });
});

describe('who stands in (OC-5)', () => {
  const dora = {from: at('2026-03-05T08:00:00+01:00'), to: at('2026-03-05T20:00:00+01:00'), user: 'dora'};

  test('stands in from the first to before the last instant', () => {
    const schedule = {...only(weekly), overrides: [dora]};
    expect(who(schedule, '2026-03-05T07:59:59.999+01:00')).toBe('anna rotation');
    expect(who(schedule, '2026-03-05T08:00:00+01:00')).toBe('dora override');
    expect(who(schedule, '2026-03-05T20:00:00+01:00')).toBe('anna rotation');
  });

  test('the later of two wins, and either fills a gap', () => {
    const emil = {...dora, user: 'emil', from: dora.from + HOUR};
    expect(who({layers: [], overrides: [dora, emil]}, '2026-03-05T08:30:00+01:00')).toBe('dora override');
    expect(who({layers: [], overrides: [dora, emil]}, '2026-03-05T09:30:00+01:00')).toBe('emil override');
  });

  test('the higher layer wins where it has somebody', () => {
    const later = {...weekly, startLocal: '2026-03-05T08:00:00', participants: ['zoe']};
    expect(who(only(weekly, later), '2026-03-05T07:00:00+01:00')).toBe('anna rotation');
    expect(who(only(weekly, later), '2026-03-05T08:00:00+01:00')).toBe('zoe rotation');
  });
});

describe('shifts and gaps (OC-4)', () => {
  test('gaps of the next fortnight are told', () => {
    const overrides = [{from: at('2026-02-20T08:00:00+01:00'), to: at('2026-02-21T08:00:00+01:00'), user: 'dora'}];
    expect(upcomingGaps({...only(weekly), overrides}, at('2026-02-18T08:00:00+01:00'))).toEqual([
      {user: null, source: 'gap', start: at('2026-02-18T08:00:00+01:00'), end: at('2026-02-20T08:00:00+01:00')},
      {user: null, source: 'gap', start: at('2026-02-21T08:00:00+01:00'), end: at('2026-03-02T08:00:00+01:00')},
    ]);
    expect(upcomingGaps(only(weekly), at('2026-03-05T08:00:00+01:00'))).toEqual([]);
  });

  test('they cover the time without holes or overlaps, and say what a look at each instant says', () => {
    const rotations = fc.record({
      timeZone: fc.constantFrom('Europe/Berlin', 'America/St_Johns', 'Africa/Cairo'),
      startLocal: fc.constantFrom(
        '2026-03-20T02:30',
        '2026-03-27T00:30:00',
        '2026-04-02T08:00:00',
        '2026-10-20T02:15:00',
      ),
      shiftMs: fc.constantFrom(DAY / 2, DAY, 5 * HOUR, 7 * DAY),
      participants: fc.constantFrom(['anna', 'ben', 'cem'], ['anna', 'ben'], ['dora'], []),
    });
    const times = fc.integer({min: Date.UTC(2026, 2, 25), max: Date.UTC(2026, 3, 10)});
    const overrides = fc.array(fc.record({from: times, to: times, user: fc.constantFrom('emil', 'fritz')}), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(
        fc.array(rotations, {maxLength: 2}),
        overrides,
        fc.boolean(),
        times,
        (layers, stand, isAutumn, probe) => {
          const [from, until] = isAutumn
            ? [Date.UTC(2026, 9, 22), Date.UTC(2026, 10, 3)]
            : [Date.UTC(2026, 2, 25), Date.UTC(2026, 3, 10)];
          const schedule = {layers, overrides: stand};
          const list = shifts(schedule, from, until);
          expect([list[0]?.start, list.at(-1)?.end]).toEqual([from, until]);
          for (const [index, shift] of list.entries()) {
            const before = list[index - 1];
            if (before !== undefined) expect(before.end).toBe(shift.start);
            for (const instant of [shift.start, shift.end - 1, Math.floor((shift.start + shift.end) / 2)]) {
              expect(onCallAt(schedule, instant)).toEqual({user: shift.user, source: shift.source});
            }
          }
          if (isAutumn) return;
          const at_ = list.find(({start, end}) => probe >= start && probe < end);
          if (at_ !== undefined) expect(onCallAt(schedule, probe).user).toBe(at_.user);
        },
      ),
      {numRuns: 60},
    );
  });

  test('a shift of no length is refused', () => {
    const broken = only({...weekly, shiftMs: 0});
    expect(() => shifts(broken, 0, DAY)).toThrowError(expect.objectContaining({code: 'ROTATION_SHIFT'}));
  });

  test.each(['2026-03-02', '2026-03-02T24:00', '2026-03-02 08:00', '2026-02-30T08:00', '2026-03-02T08:00:00Z'])(
    'the local time %j is refused',
    text => {
      expect(() => parseWall(text)).toThrowError(
        expect.objectContaining({code: expect.stringMatching(/^(LOCAL_TIME|DATE)$/)}),
      );
    },
  );
});

describe('quiet hours (NO-1)', () => {
  const nights = {timeZone: 'Europe/Berlin', startMs: 22 * HOUR, endMs: 7 * HOUR};
  const told = (priority: 'P1' | 'P2' | 'P3' | 'P4', text: string) => deliverAt(priority, nights, at(text));

  test('hold back P3 and P4 until they end, and never P1 or P2', () => {
    const late = '2026-02-02T23:15:00+01:00';
    expect([told('P1', late), told('P2', late)]).toEqual([at(late), at(late)]);
    expect([told('P3', late), told('P4', late)]).toEqual(Array(2).fill(at('2026-02-03T07:00:00+01:00')));
    expect(told('P3', '2026-02-03T03:00:00+01:00')).toBe(at('2026-02-03T07:00:00+01:00'));
  });

  test('begin at their first and end before their last instant', () => {
    expect(told('P3', '2026-02-02T21:59:59.999+01:00')).toBe(at('2026-02-02T21:59:59.999+01:00'));
    expect(told('P3', '2026-02-02T22:00:00+01:00')).toBe(at('2026-02-03T07:00:00+01:00'));
    expect(told('P3', '2026-02-03T07:00:00+01:00')).toBe(at('2026-02-03T07:00:00+01:00'));
  });

  test('go by the wall on the days of the change', () => {
    expect(told('P3', '2026-10-24T23:00:00+02:00')).toBe(at('2026-10-25T07:00:00+01:00'));
    expect(told('P3', '2026-03-28T23:00:00+01:00')).toBe(at('2026-03-29T07:00:00+02:00'));
  });

  test('of no length are none, of a day without a night too', () => {
    const none = {...nights, startMs: 7 * HOUR};
    expect(deliverAt('P4', none, at('2026-02-02T07:00:00+01:00'))).toBe(at('2026-02-02T07:00:00+01:00'));
    const siesta = {...nights, startMs: 12 * HOUR, endMs: 14 * HOUR};
    expect(deliverAt('P4', siesta, at('2026-02-02T13:00:00+01:00'))).toBe(at('2026-02-02T14:00:00+01:00'));
  });
});
