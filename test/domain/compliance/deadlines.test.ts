import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {gdprDeadlines} from '../../../src/domain/compliance/gdpr.ts';
import {
  ASSESSMENT_WITHIN,
  NIS2_TIME_ZONE,
  type Nis2Case,
  nis2Deadlines,
  stageState,
} from '../../../src/domain/compliance/nis2.ts';
import {certificateState} from '../../../src/domain/compliance/tls-certificate.ts';
import {timeZone} from '../../../src/domain/local-time/zone.ts';
import {DAY, HOUR} from '../../../src/domain/time.ts';

const at = (text: string) => Date.parse(text);
const zone = timeZone(NIS2_TIME_ZONE);
const known = (more: Partial<Nis2Case> = {}) =>
  nis2Deadlines(
    {
      awareAt: at('2026-02-06T16:20:00+01:00'),
      notificationSubmittedAt: null,
      isOngoingAtFinal: false,
      handledAt: null,
      intermediateDueAt: null,
      ...more,
    },
    zone,
  );

describe('NIS-2 deadlines', () => {
  test('24 and 72 hours pass as they pass, whatever the day (NI-4)', () => {
    fc.assert(
      fc.property(fc.integer({min: Date.UTC(2020), max: Date.UTC(2035)}), awareAt => {
        const {earlyWarningDueAt, notificationDueAt} = known({awareAt});
        expect([earlyWarningDueAt - awareAt, notificationDueAt - awareAt]).toEqual([24 * HOUR, 72 * HOUR]);
      }),
    );
  });

  test.each([
    ['2026-01-31T10:00:00+01:00', '2026-02-28T10:00:00+01:00'],
    ['2028-01-31T10:00:00+01:00', '2028-02-29T10:00:00+01:00'],
    ['2026-02-28T10:00:00+01:00', '2026-03-28T10:00:00+01:00'],
    ['2026-03-10T10:00:00+01:00', '2026-04-10T10:00:00+02:00'],
    ['2026-02-28T02:30:00+01:00', '2026-03-28T02:30:00+01:00'],
    ['2026-12-31T23:59:59+01:00', '2027-01-31T23:59:59+01:00'],
    ['2027-02-28T02:30:00+01:00', '2027-03-28T03:30:00+02:00'],
    ['2026-09-25T02:30:00+02:00', '2026-10-25T02:30:00+02:00'],
    ['2026-04-30T23:30:00Z', '2026-05-31T23:30:00Z'],
  ])('handed in %s, the final report is due %s: one month on the wall of Berlin (NI-5)', (submitted, due) => {
    expect(known({notificationSubmittedAt: at(submitted)})).toMatchObject({
      finalReportDueAt: at(due),
      finalIsProjected: false,
    });
  });

  test('an incident that runs on has a progress report, and no end to count from until it ends (NI-6)', () => {
    expect(known({isOngoingAtFinal: true, notificationSubmittedAt: at('2026-02-08T09:00:00+01:00')})).toMatchObject({
      progressReportDueAt: at('2026-03-08T09:00:00+01:00'),
      finalReportDueAt: null,
      finalIsProjected: true,
    });
    expect(known({isOngoingAtFinal: true})).toMatchObject({progressReportDueAt: at('2026-03-09T16:20:00+01:00')});
    expect(known().progressReportDueAt).toBeNull();
  });

  test('an intermediate report is due when the request says (NI-6)', () => {
    expect(known().intermediateReportDueAt).toBeNull();
    expect(known({intermediateDueAt: 5}).intermediateReportDueAt).toBe(5);
  });

  test('a report is in time at its very deadline, and late stays late (NI-7)', () => {
    expect([stageState(10, null, 10), stageState(10, null, 11)]).toEqual(['open', 'late']);
    expect([stageState(10, 10, 99), stageState(10, 11, 99)]).toEqual(['submitted', 'submittedLate']);
    expect(ASSESSMENT_WITHIN).toBe(4 * HOUR);
  });
});

describe('GDPR deadlines (GD-1)', () => {
  test('on the stroke of an hour the hour that begins does not count', () => {
    const noon = at('2026-02-02T12:00:00+01:00');
    expect(gdprDeadlines(noon)).toEqual({
      dueAt: noon + 72 * HOUR,
      latestByReg1182_71: noon + 73 * HOUR,
      processorDueAt: noon + 4 * HOUR,
    });
    expect(gdprDeadlines(noon - 1).latestByReg1182_71).toBe(noon + 72 * HOUR);
  });

  test('the law may become another: 96 hours', () => {
    expect(gdprDeadlines(0, {authority: 96 * HOUR, processor: HOUR})).toMatchObject({
      dueAt: 96 * HOUR,
      processorDueAt: HOUR,
    });
  });
});

describe('certificates (SE-4)', () => {
  const end = Date.UTC(2026, 9, 6);
  const left = (days: number, lifetime: number) => certificateState(end - lifetime * DAY, end, end - days * DAY);

  test.each([
    [200, 30.001, 'ok'],
    [200, 30, 'warning'],
    [200, 7.001, 'warning'],
    [200, 7, 'critical'],
    [47, 15.667, 'ok'],
    [47, 15.666, 'warning'],
    [47, 7.001, 'warning'],
    [47, 7, 'critical'],
    [6, 2.001, 'ok'],
    [6, 2, 'warning'],
    [6, 1, 'critical'],
    [200, 1e-8, 'critical'],
    [200, 0, 'expired'],
    [200, -5, 'expired'],
  ])('of %d days with %d left are %s', (lifetime, days, state) => {
    expect(left(days, lifetime).state).toBe(state);
  });

  test('days are rounded down, also after the end', () => {
    expect([40.9, 1, 0.5, 0, -0.1, -1].map(days => left(days, 200).daysLeft)).toEqual([40, 1, 0, 0, -1, -1]);
  });

  test('one that begins tomorrow is not valid yet, unless it is over already', () => {
    expect(left(201, 200)).toEqual({state: 'notYetValid', daysLeft: 201});
    expect(left(200, 200).state).toBe('ok');
    expect(certificateState(end + DAY, end, end).state).toBe('expired');
  });
});
