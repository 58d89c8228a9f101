import {describe, expect, test} from 'vitest';
import {type ClockState, clockMarks, readClock} from '../../../src/domain/sla/clock.ts';
import type {Clock, ClockEvent, ClockTerms} from '../../../src/domain/sla/clock-history.ts';
import {HOUR, MINUTE} from '../../../src/domain/time.ts';
import {at, berlin, office, roundTheClock, workdays} from './calendars.ts';

/** Monday, 2 February 2026, and the days after it. */
const monday = (time: string, days = 0) => at(`2026-02-0${2 + days}T${time}+01:00`);
const officeHours = (hours: number): ClockTerms => ({calendar: office, targetMs: hours * HOUR});

function clockOf(...events: readonly ClockEvent[]): Clock {
  return {start: monday('09:00:00'), terms: officeHours(4), events};
}

function read(clock: Clock, now: number): ClockState {
  const state = readClock(clock, now);
  if (state === null) throw new Error('nothing promised');
  return state;
}

const pause = (time: string, days = 0): ClockEvent => ({type: 'pause', at: monday(time, days)});
const resume = (time: string, days = 0): ClockEvent => ({type: 'resume', at: monday(time, days)});
const stop = (time: string, days = 0): ClockEvent => ({type: 'stop', at: monday(time, days)});
const reopen = (time: string, days = 0): ClockEvent => ({type: 'reopen', at: monday(time, days)});

describe('levels (SL-4, SL-5)', () => {
  test.each([
    ['10:59:59.999', 'ok', 49, 'pending'],
    ['11:00:00', 'notice', 50, 'pending'],
    ['11:59:59.999', 'notice', 74, 'pending'],
    ['12:00:00', 'warning', 75, 'pending'],
    ['12:35:59.999', 'warning', 89, 'pending'],
    ['12:36:00', 'critical', 90, 'pending'],
    ['12:59:59.999', 'critical', 99, 'pending'],
    ['13:00:00', 'critical', 100, 'pending'],
    ['13:00:00.001', 'breached', 100, 'breached'],
    ['17:00:00', 'breached', 200, 'breached'],
  ])('at %s the clock of four hours is %s', (time, level, percent, outcome) => {
    expect(read(clockOf(), monday(time))).toMatchObject({level, percent, outcome, dueAt: monday('13:00:00')});
  });

  test('before the start nothing has run', () => {
    expect(read(clockOf(), monday('08:30:00'))).toMatchObject({elapsedMs: 0, percent: 0, clock: 'running'});
  });

  test('the office closes the clock too: due at 17:00 and done next morning is met, a second into service is not', () => {
    const clock = {...clockOf(), start: monday('16:00:00'), terms: officeHours(1)};
    expect(read({...clock, events: [stop('08:00:00', 1)]}, monday('12:00:00', 1)).outcome).toBe('met');
    const late = read({...clock, events: [stop('08:00:01', 1)]}, monday('12:00:00', 1));
    expect(late).toMatchObject({outcome: 'breached', remainingMs: -1000, breachedAt: monday('08:00:00.001', 1)});
  });

  test('a target of 0 is used up at once and broken by the first millisecond of service', () => {
    const clock = {...clockOf(), terms: officeHours(0)};
    const start = monday('09:00:00');
    expect(read(clock, start)).toMatchObject({percent: 100, level: 'critical', outcome: 'pending', dueAt: start});
    expect(read(clock, start + 1)).toMatchObject({level: 'breached', breachedAt: start + 1});
    expect(read({...clock, events: [stop('09:00:00')]}, monday('12:00:00'))).toMatchObject({
      outcome: 'met',
      dueAt: start,
    });
  });

  test('no terms, no clock', () => {
    expect(readClock({...clockOf(), terms: null}, monday('12:00:00'))).toBeNull();
  });

  test('a calendar that never opens has nothing due', () => {
    const clock = {...clockOf(), terms: {calendar: berlin({}), targetMs: HOUR}};
    expect(read(clock, monday('12:00:00'))).toMatchObject({elapsedMs: 0, dueAt: null, level: 'ok'});
    expect(clockMarks(clock, monday('12:00:00'))).toEqual({reached: [], next: null});
  });
});

describe('pauses (SL-6)', () => {
  test('stop the clock, leave the remaining time, and take the due instant away', () => {
    const paused = clockOf(pause('10:00:00'));
    expect(read(paused, monday('16:00:00', 2))).toMatchObject({clock: 'paused', dueAt: null, remainingMs: 3 * HOUR});
    const resumed = clockOf(pause('10:00:00'), resume('16:00:00', 2));
    expect(read(resumed, monday('16:00:00', 2)).dueAt).toBe(monday('10:00:00', 3));
  });

  test('outside of service time change nothing', () => {
    const calm = clockOf(pause('17:30:00'), resume('07:00:00', 1));
    const now = monday('08:30:00', 1);
    expect(read(calm, now)).toEqual(read(clockOf(), now));
  });

  test('repeated ones are one, and a resume without a pause is none', () => {
    const events = [resume('09:30:00'), pause('10:00:00'), pause('10:30:00'), resume('11:00:00'), resume('11:30:00')];
    expect(read(clockOf(...events), monday('12:00:00')).elapsedMs).toBe(2 * HOUR);
  });

  test('a pause at the very due instant leaves it: the target was used up', () => {
    expect(read(clockOf(pause('13:00:00')), monday('16:00:00'))).toMatchObject({
      clock: 'paused',
      dueAt: monday('13:00:00'),
      outcome: 'pending',
      remainingMs: 0,
    });
  });

  test('after a breach keep the due instant and the breach', () => {
    expect(read(clockOf(pause('14:00:00')), monday('16:00:00'))).toMatchObject({
      clock: 'paused',
      outcome: 'breached',
      dueAt: monday('13:00:00'),
      breachedAt: monday('13:00:00.001'),
    });
  });

  test('before the start count from the start', () => {
    expect(read(clockOf(pause('08:00:00'), resume('10:00:00')), monday('11:00:00')).elapsedMs).toBe(HOUR);
  });

  test('events after now have not happened', () => {
    expect(read(clockOf(pause('10:00:00'), stop('11:00:00')), monday('09:59:59'))).toMatchObject({clock: 'running'});
  });
});

describe('stops and reopenings (SL-7)', () => {
  test('a stop in a pause stops at what had run', () => {
    const state = read(clockOf(pause('10:00:00'), stop('15:00:00')), monday('16:00:00', 1));
    expect(state).toMatchObject({clock: 'stopped', outcome: 'met', elapsedMs: HOUR, dueAt: null});
  });

  test('a second stop is none', () => {
    expect(read(clockOf(stop('10:00:00'), stop('16:00:00')), monday('17:00:00')).elapsedMs).toBe(HOUR);
  });

  test('an earlier met can become breached after a reopening', () => {
    const clock = clockOf(stop('12:30:00'), reopen('15:00:00'), stop('15:45:00'));
    expect(read(clock, monday('13:00:00')).outcome).toBe('met');
    expect(read(clock, monday('16:00:00'))).toMatchObject({
      clock: 'stopped',
      outcome: 'breached',
      elapsedMs: 4 * HOUR + 15 * MINUTE,
      breachedAt: monday('15:30:00.001'),
      dueAt: monday('15:30:00'),
    });
  });

  test('a reopening within three service days continues, later it is a new incident', () => {
    const inTime = clockOf(stop('10:00:00'), reopen('10:00:00', 3));
    expect(read(inTime, monday('11:00:00', 3))).toMatchObject({clock: 'running', elapsedMs: 2 * HOUR});
    const tooLate = clockOf(stop('10:00:00'), reopen('10:00:00.001', 3));
    expect(read(tooLate, monday('11:00:00', 3))).toMatchObject({clock: 'stopped', outcome: 'met', elapsedMs: HOUR});
  });

  test('a reopening while it runs is none', () => {
    expect(read(clockOf(reopen('10:00:00')), monday('11:00:00')).elapsedMs).toBe(2 * HOUR);
  });
});

describe('changes of priority (SL-8)', () => {
  const change = (
    time: string,
    terms: ClockTerms | null,
    mode: 'retroactive' | 'fromChange',
    days = 0,
  ): ClockEvent => ({
    type: 'terms',
    at: monday(time, days),
    terms,
    mode,
  });
  const clockHours = (hours: number): ClockTerms => ({calendar: roundTheClock, targetMs: hours * HOUR});

  test('retroactive: the new calendar counts from the start, and breaches at the instant of the change', () => {
    const clock = clockOf(change('10:00:00', clockHours(20), 'retroactive', 1));
    expect(read(clock, monday('10:00:00', 1))).toMatchObject({
      elapsedMs: 25 * HOUR,
      outcome: 'breached',
      dueAt: monday('05:00:00', 1),
      breachedAt: monday('13:00:00.001'),
    });
    const fresh = {...clock, terms: officeHours(20)};
    expect(read(fresh, monday('10:00:00', 1))).toMatchObject({breachedAt: monday('10:00:00', 1), outcome: 'breached'});
    expect(read(fresh, monday('09:59:59', 1)).outcome).toBe('pending');
  });

  test('retroactive keeps the pauses of the past', () => {
    const clock = clockOf(pause('10:00:00'), resume('11:00:00'), change('12:00:00', clockHours(6), 'retroactive'));
    expect(read(clock, monday('12:00:00'))).toMatchObject({elapsedMs: 2 * HOUR, dueAt: monday('16:00:00')});
  });

  test('fromChange gives the full new target, and counts no pause of the past', () => {
    const clock = clockOf(pause('10:00:00'), change('10:30:00', clockHours(2), 'fromChange'), resume('11:00:00'));
    expect(read(clock, monday('12:00:00'))).toMatchObject({elapsedMs: HOUR, dueAt: monday('13:00:00')});
  });

  test('a downgrade never heals a breach (SL-4)', () => {
    const clock = clockOf(change('14:00:00', officeHours(40), 'retroactive'));
    expect(read(clock, monday('15:00:00'))).toMatchObject({
      outcome: 'breached',
      level: 'breached',
      breachedAt: monday('13:00:00.001'),
      remainingMs: 34 * HOUR,
    });
  });

  test('what breaches at the very instant of a change is judged by the old terms, before the change (AL-2)', () => {
    const lucky = clockOf(change('13:00:00', officeHours(8), 'retroactive'));
    expect(read(lucky, monday('14:00:00')).outcome).toBe('pending');
    const unlucky = clockOf({...change('13:00:00', officeHours(8), 'retroactive'), at: monday('13:00:00.001')});
    expect(read(unlucky, monday('14:00:00')).outcome).toBe('breached');
  });

  test('a stopped clock keeps its verdict until it is reopened', () => {
    const events = [stop('12:00:00'), change('14:00:00', officeHours(1), 'retroactive')];
    expect(read(clockOf(...events), monday('15:00:00'))).toMatchObject({outcome: 'met', remainingMs: HOUR});
    expect(read(clockOf(...events, reopen('15:00:00')), monday('15:30:00'))).toMatchObject({
      outcome: 'breached',
      breachedAt: monday('15:00:00'),
    });
  });

  test('to a priority without a promise the clock goes, unless it was broken before', () => {
    expect(readClock(clockOf(change('12:00:00', null, 'retroactive')), monday('16:00:00'))).toBeNull();
    expect(readClock(clockOf(change('14:00:00', null, 'retroactive')), monday('16:00:00'))?.outcome).toBe('breached');
  });

  test('what promised nothing is reopened like any other, and runs when something is promised (SL-7)', () => {
    const promised = change('15:00:00', officeHours(4), 'retroactive');
    const clock = {...clockOf(stop('10:00:00'), reopen('14:00:00'), promised), terms: null};
    expect(read(clock, monday('15:30:00'))).toMatchObject({clock: 'running', elapsedMs: 2.5 * HOUR});
  });

  test('and back again', () => {
    const clock = clockOf(change('10:00:00', null, 'retroactive'), change('11:00:00', officeHours(4), 'retroactive'));
    expect(read(clock, monday('12:00:00'))).toMatchObject({elapsedMs: 3 * HOUR, dueAt: monday('13:00:00')});
  });
});

describe('marks (SL-14)', () => {
  test('carry the exact instants, though nobody looked', () => {
    expect(clockMarks(clockOf(), monday('12:00:00', 3)).reached).toEqual([
      {level: 'notice', at: monday('11:00:00')},
      {level: 'warning', at: monday('12:00:00')},
      {level: 'critical', at: monday('12:36:00')},
      {level: 'breached', at: monday('13:00:00.001')},
    ]);
  });

  test('say what comes next while the clock runs, and nothing while it does not', () => {
    expect(clockMarks(clockOf(), monday('11:30:00')).next).toEqual({level: 'warning', at: monday('12:00:00')});
    expect(clockMarks(clockOf(pause('11:10:00')), monday('11:30:00')).next).toBeNull();
    expect(clockMarks(clockOf(stop('11:10:00')), monday('11:30:00')).next).toBeNull();
    expect(clockMarks(clockOf(), monday('14:00:00')).next).toBeNull();
  });

  test('a level reached at this instant is reached, and what comes next is the one after it', () => {
    const {reached, next} = clockMarks(clockOf(), monday('11:00:00'));
    expect([reached, next]).toEqual([
      [{level: 'notice', at: monday('11:00:00')}],
      {level: 'warning', at: monday('12:00:00')},
    ]);
  });

  test('a breach at the end of a window comes with the next service time', () => {
    const clock = {...clockOf(), start: monday('16:00:00'), terms: officeHours(1)};
    expect(clockMarks(clock, monday('20:00:00')).next).toEqual({level: 'breached', at: monday('08:00:00.001', 1)});
  });

  test('are not taken back by a downgrade, and not repeated', () => {
    const downgrade: ClockEvent = {type: 'terms', at: monday('11:30:00'), terms: officeHours(8), mode: 'retroactive'};
    const {reached, next} = clockMarks(clockOf(downgrade), monday('14:00:00'));
    expect(reached).toEqual([{level: 'notice', at: monday('11:00:00')}]);
    expect(next).toEqual({level: 'warning', at: monday('15:00:00')});
  });

  test('all come at the instant of a change that makes them true', () => {
    const upgrade: ClockEvent = {type: 'terms', at: monday('10:30:00'), terms: officeHours(1), mode: 'retroactive'};
    const {reached} = clockMarks(clockOf(upgrade), monday('10:30:00'));
    expect(reached.map(({level, at: when}) => [level, when - monday('10:30:00')])).toEqual([
      ['notice', 0],
      ['warning', 0],
      ['critical', 0],
      ['breached', 0],
    ]);
  });

  test('by thresholds of a contract where it has its own', () => {
    const policy = {levels: {notice: 25, warning: 50, critical: 80}, reopenServiceDays: 3};
    const levels = clockMarks({...clockOf(), policy}, monday('12:30:00')).reached.map(({at: when}) => when);
    expect(levels).toEqual([monday('10:00:00'), monday('11:00:00'), monday('12:12:00')]);
  });
});

describe('thirds of a millisecond', () => {
  test('round no level up: a target of 1 ms is noticed at 1 ms (SL-5)', () => {
    const calendar = berlin(workdays(['08:00', '17:00']));
    const clock = {start: monday('09:00:00'), terms: {calendar, targetMs: 1}, events: []};
    expect(read(clock, monday('09:00:00')).level).toBe('ok');
    expect(clockMarks(clock, monday('09:00:01')).reached[0]).toEqual({level: 'notice', at: monday('09:00:00.001')});
  });
});
