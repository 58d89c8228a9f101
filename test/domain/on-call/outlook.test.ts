import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {outlookAt} from '../../../src/domain/on-call/outlook.ts';
import {onCallAt} from '../../../src/domain/on-call/rotation.ts';
import {DAY, HOUR, MINUTE} from '../../../src/domain/time.ts';
import {only, weekly} from './schedules.ts';

const at = (text: string) => Date.parse(text);

describe('who is on call, and what comes (OC-4, OC-5)', () => {
  test('the week of the change hands over at 08:00 on the wall', () => {
    const schedule = only(weekly);
    expect(outlookAt(schedule, at('2026-03-25T12:00:00+01:00'))).toEqual({
      user: 'anna',
      until: at('2026-03-30T08:00:00+02:00'),
      next: 'ben',
      gap: null,
    });
    expect(outlookAt(schedule, at('2026-10-25T12:00:00+01:00'))).toMatchObject({
      user: 'anna',
      until: at('2026-10-26T08:00:00+01:00'),
      next: 'ben',
    });
  });

  test('who stands in for himself is no change', () => {
    const anna = {from: at('2026-03-04T08:00:00+01:00'), to: at('2026-03-05T08:00:00+01:00'), user: 'anna'};
    expect(outlookAt({...only(weekly), overrides: [anna]}, at('2026-03-03T08:00:00+01:00'))).toMatchObject({
      user: 'anna',
      until: at('2026-03-09T08:00:00+01:00'),
      next: 'ben',
    });
  });

  test('nobody is followed by who ends the gap, and a gap to come is told (OC-2)', () => {
    const stand = {from: at('2026-02-20T08:00:00+01:00'), to: at('2026-02-21T08:00:00+01:00'), user: 'dora'};
    const schedule = {...only(weekly), overrides: [stand]};
    expect(outlookAt(schedule, at('2026-02-19T08:00:00+01:00'))).toEqual({
      user: null,
      until: stand.from,
      next: 'dora',
      gap: {from: stand.to, to: at('2026-03-02T08:00:00+01:00')},
    });
    expect(outlookAt({layers: [], overrides: [stand]}, at('2026-02-20T09:00:00+01:00'))).toEqual({
      user: 'dora',
      until: stand.to,
      next: null,
      gap: {from: stand.to, to: null},
    });
  });

  test('whoever is always on call has no end', () => {
    const alone = only({...weekly, participants: ['anna']});
    expect(outlookAt(alone, at('2026-03-03T08:00:00+01:00'))).toEqual({
      user: 'anna',
      until: null,
      next: null,
      gap: null,
    });
  });

  test('asked at any instants, in any order, it says what the rotation says at each of them', () => {
    const from = Date.UTC(2026, 9, 20);
    const rotations = fc.record({
      timeZone: fc.constantFrom('Europe/Berlin', 'America/St_Johns', 'Asia/Kolkata'),
      startLocal: fc.constantFrom('2026-03-20T02:30', '2026-10-20T02:15', '2026-10-24T08:00'),
      shiftMs: fc.constantFrom(DAY / 2, DAY, 5 * HOUR, 7 * DAY),
      participants: fc.constantFrom(['anna', 'ben', 'cem'], ['anna', 'ben'], ['dora']),
    });
    const times = fc.integer({min: from, max: from + 12 * DAY});
    const overrides = fc.array(fc.record({from: times, to: times, user: fc.constantFrom('emil', 'fritz')}), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(
        fc.array(rotations, {maxLength: 2}),
        overrides,
        fc.array(times, {minLength: 1, maxLength: 6}),
        (layers, stand, asked) => {
          const schedule = {layers, overrides: stand};
          for (const instant of asked) {
            const {user, until, next, gap} = outlookAt(schedule, instant);
            expect(user).toBe(onCallAt(schedule, instant).user);
            const probe = (share: number) =>
              onCallAt(schedule, Math.floor(instant + share * ((until ?? instant + DAY) - instant))).user;
            expect([probe(0.3), probe(0.7), probe(0.999)]).toEqual([user, user, user]);
            if (until !== null) {
              expect(onCallAt(schedule, until - 1).user).toBe(user);
              expect(onCallAt(schedule, until).user).toBe(next);
              expect(next).not.toBe(user);
            }
            if (gap !== null) expect(onCallAt(schedule, gap.from)).toEqual({user: null, source: 'gap'});
            if (gap !== null && gap.to !== null) expect(onCallAt(schedule, gap.to).user).not.toBeNull();
          }
        },
      ),
      {numRuns: 80},
    );
  });

  test('every second of a handover is asked of one schedule, and the change comes at its instant', () => {
    const schedule = only(weekly);
    const handover = at('2026-10-26T08:00:00+01:00');
    for (let instant = handover - MINUTE; instant < handover + MINUTE; instant += 1000) {
      expect(outlookAt(schedule, instant).user).toBe(instant < handover ? 'anna' : 'ben');
    }
  });
});
