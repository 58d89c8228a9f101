import {describe, expect, test} from 'vitest';
import {type ContractVersion, contractAt, type IncidentTerms, termsFor} from '../../../src/domain/sla/contract.ts';
import {
  type ClockedIncident,
  type IncidentClockEvent,
  incidentClocks,
  incidentMarks,
} from '../../../src/domain/sla/incident-clocks.ts';
import {parseTarget} from '../../../src/domain/sla/target.ts';
import {HOUR, MINUTE} from '../../../src/domain/time.ts';
import {at, berlin, office, roundTheClock} from './calendars.ts';

const clock = (time: string, day = 2) => at(`2026-02-0${day}T${time}+01:00`);

const gold: ContractVersion = {
  validFrom: at('2026-01-01T00:00:00+01:00'),
  priorities: {
    P1: {
      calendar: roundTheClock,
      response: parseTarget('15m'),
      resolution: parseTarget('4h'),
      update: parseTarget('60m'),
    },
    P3: {calendar: office, response: parseTarget('4h'), resolution: parseTarget('1d'), update: parseTarget('1d')},
    P4: {calendar: office, response: parseTarget('1d'), resolution: parseTarget('5d'), update: null},
  },
};

const start = clock('15:00:00');

function incident(terms: IncidentTerms, ...events: readonly IncidentClockEvent[]): ClockedIncident {
  return {start, terms, events};
}

const p1 = termsFor(gold, 'P1');
const p3 = termsFor(gold, 'P3');

describe('the three clocks of an incident (SL-1)', () => {
  test('all run, and the soonest due instant is the one to show', () => {
    const clocks = incidentClocks(incident(p1), clock('15:05:00'));
    expect(clocks.response?.dueAt).toBe(clock('15:15:00'));
    expect(clocks.resolution?.dueAt).toBe(clock('19:00:00'));
    expect(clocks.update?.dueAt).toBe(clock('16:00:00'));
    expect(clocks.nextDueAt).toBe(clock('15:15:00'));
  });

  test('a reaction stops the first, a message to the customer also renews the third (SL-3, SL-10)', () => {
    const reacted = incidentClocks(incident(p1, {type: 'responded', at: clock('15:10:00')}), clock('15:30:00'));
    expect(reacted.response).toMatchObject({clock: 'stopped', outcome: 'met', elapsedMs: 10 * MINUTE});
    expect(reacted.nextDueAt).toBe(clock('16:00:00'));
    const told = incidentClocks(incident(p1, {type: 'informed', at: clock('15:10:00')}), clock('15:30:00'));
    expect(told.response?.outcome).toBe('met');
    expect(told.nextDueAt).toBe(clock('16:10:00'));
  });

  test('waiting for the customer pauses the second alone (SL-3, SL-6)', () => {
    const clocks = incidentClocks(incident(p1, {type: 'paused', at: clock('15:05:00')}), clock('15:20:00'));
    expect(clocks.response).toMatchObject({clock: 'running', outcome: 'breached'});
    expect(clocks.resolution).toMatchObject({clock: 'paused', dueAt: null, elapsedMs: 5 * MINUTE});
    expect(clocks.update).toMatchObject({clock: 'running'});
  });

  test('the end of the incident ends all three; what healed before a reaction has none to wait for', () => {
    const clocks = incidentClocks(incident(p1, {type: 'resolved', at: clock('15:10:00')}), clock('18:00:00'));
    expect([clocks.response, clocks.resolution, clocks.update].map(state => [state?.clock, state?.outcome])).toEqual([
      ['stopped', 'met'],
      ['stopped', 'met'],
      ['stopped', 'met'],
    ]);
    expect(clocks.nextDueAt).toBeNull();
  });

  test('a reopening starts second and third again, the first stays as it was (SL-7)', () => {
    const events: IncidentClockEvent[] = [
      {type: 'resolved', at: clock('15:10:00')},
      {type: 'reopened', at: clock('17:00:00')},
    ];
    const clocks = incidentClocks(incident(p1, ...events), clock('17:30:00'));
    expect(clocks.response).toMatchObject({clock: 'stopped', outcome: 'met'});
    expect(clocks.resolution).toMatchObject({clock: 'running', elapsedMs: 40 * MINUTE});
    expect(clocks.update).toMatchObject({dueAt: clock('18:00:00')});
  });

  test('a reaction that was given stays judged by the old target (SL-8)', () => {
    const events: IncidentClockEvent[] = [
      {type: 'responded', at: clock('16:30:00')},
      {type: 'terms', at: clock('16:40:00'), terms: p1, mode: 'retroactive'},
    ];
    const clocks = incidentClocks(incident(p3, ...events), clock('16:45:00'));
    expect(clocks.response).toMatchObject({outcome: 'met', remainingMs: 2.5 * HOUR});
    expect(clocks.resolution).toMatchObject({elapsedMs: 105 * MINUTE, dueAt: clock('19:00:00')});
    expect(clocks.update).toMatchObject({missed: 1, breachedAt: clock('16:40:00')});
  });

  test('what is not promised has no clock', () => {
    expect(incidentClocks(incident(termsFor(gold, 'P4')), clock('15:05:00')).update).toBeNull();
    expect(incidentClocks(incident(termsFor(gold, 'P2')), clock('15:05:00'))).toEqual({
      response: null,
      resolution: null,
      update: null,
      nextDueAt: null,
    });
  });
});

describe('the marks of an incident (SL-14)', () => {
  test('come in the order of time, with the clock they are of', () => {
    const {reached, next} = incidentMarks(incident(p1), clock('15:46:00'));
    expect(reached.map(mark => [mark.clock, mark.level, (mark.at - start) / MINUTE])).toEqual([
      ['response', 'notice', 7.5],
      ['response', 'warning', 11.25],
      ['response', 'critical', 13.5],
      ['response', 'breached', 15 + 1 / MINUTE],
      ['update', 'notice', 30],
      ['update', 'warning', 45],
    ]);
    expect(next).toEqual({clock: 'update', level: 'critical', at: clock('15:54:00')});
  });

  test('a look that comes late sees the same instants as looks in time', () => {
    const late = incidentMarks(incident(p1), clock('23:00:00')).reached;
    const seen = new Set<string>();
    for (let now = start; now <= clock('23:00:00'); now += MINUTE) {
      for (const mark of incidentMarks(incident(p1), now).reached) seen.add(JSON.stringify(mark));
    }
    expect(new Set(late.map(mark => JSON.stringify(mark)))).toEqual(seen);
  });
});

describe('contracts (SL-11, SL-12, SL-15)', () => {
  test('an incident keeps the version that was valid at its start', () => {
    const versions = [{validFrom: 300}, {validFrom: 100}, {validFrom: 200}];
    expect([99, 100, 199, 200, 1000].map(when => contractAt(versions, when)?.validFrom ?? null)).toEqual([
      null,
      100,
      100,
      200,
      300,
    ]);
  });

  test('a day is a service day of the calendar and never 24 hours', () => {
    expect(p3.resolution?.targetMs).toBe(9 * HOUR);
    expect(termsFor(gold, 'P4').resolution?.targetMs).toBe(45 * HOUR);
    expect(termsFor(gold, 'P1').resolution?.targetMs).toBe(4 * HOUR);
    expect(termsFor(null, 'P1').response).toBeNull();
  });

  test('days need a calendar that opens', () => {
    const never = {...gold, priorities: {P1: {...gold.priorities.P3, calendar: berlin({})}}} as ContractVersion;
    expect(() => termsFor(never, 'P1')).toThrowError(expect.objectContaining({code: 'SLA_TARGET_DAY'}));
  });

  test.each(['', '15', '15 m', '-5m', '1.5h', '2w', '9999999m'])('the target %j is refused', text => {
    expect(() => parseTarget(text)).toThrowError(expect.objectContaining({code: 'SLA_TARGET'}));
  });
});
