import {describe, expect, test} from 'vitest';
import {
  readUpdateClock,
  type UpdateClock,
  type UpdateEvent,
  updateMarks,
} from '../../../src/domain/sla/update-clock.ts';
import {HOUR, MINUTE} from '../../../src/domain/time.ts';
import {at, office, roundTheClock} from './calendars.ts';

const clock = (time: string) => at(`2026-02-02T${time}+01:00`);
const hourly = {calendar: roundTheClock, targetMs: HOUR};
const told = (time: string): UpdateEvent => ({type: 'update', at: clock(time)});

function updates(...events: readonly UpdateEvent[]): UpdateClock {
  return {start: clock('10:00:00'), terms: hourly, events};
}

describe('the duty to tell the customer (SL-10)', () => {
  test('is due one interval after the last message, and a gap of exactly that is no miss', () => {
    const state = readUpdateClock(updates(told('11:00:00')), clock('11:30:00'));
    expect(state).toMatchObject({dueAt: clock('12:00:00'), missed: 0, level: 'notice', since: clock('11:00:00')});
    expect(readUpdateClock(updates(told('11:00:00')), clock('11:45:00'))?.remainingMs).toBe(15 * MINUTE);
  });

  test('a gap is one miss, however long, and the next one another', () => {
    const clocked = updates(told('15:00:00'), told('15:30:00'));
    expect(readUpdateClock(clocked, clock('11:00:00'))?.missed).toBe(0);
    expect(readUpdateClock(clocked, clock('11:00:00.001'))).toMatchObject({missed: 1, outcome: 'breached'});
    expect(readUpdateClock(clocked, clock('14:59:59'))?.missed).toBe(1);
    expect(readUpdateClock(clocked, clock('16:00:00'))).toMatchObject({missed: 1, outcome: 'pending'});
    expect(readUpdateClock(clocked, clock('17:00:00'))?.missed).toBe(2);
  });

  test('stops with the incident, and is met only when nothing was missed', () => {
    const end: UpdateEvent = {type: 'stop', at: clock('11:30:00')};
    expect(readUpdateClock(updates(told('10:40:00'), end), clock('18:00:00'))).toMatchObject({
      clock: 'stopped',
      outcome: 'met',
      dueAt: null,
      missed: 0,
      elapsedMs: 50 * MINUTE,
    });
    expect(readUpdateClock(updates(end), clock('18:00:00'))).toMatchObject({outcome: 'breached', missed: 1});
  });

  test('starts anew with a reopening, and messages in between count for nothing (SL-7)', () => {
    const events: UpdateEvent[] = [
      {type: 'stop', at: clock('10:30:00')},
      told('11:00:00'),
      {type: 'reopen', at: clock('15:00:00')},
    ];
    expect(readUpdateClock(updates(...events), clock('15:30:00'))).toMatchObject({
      clock: 'running',
      dueAt: clock('16:00:00'),
      missed: 0,
    });
  });

  test('runs in service time', () => {
    const friday = at('2026-02-06T16:00:00+01:00');
    const daily: UpdateClock = {start: friday, terms: {calendar: office, targetMs: 9 * HOUR}, events: []};
    expect(readUpdateClock(daily, friday)?.dueAt).toBe(at('2026-02-09T16:00:00+01:00'));
  });

  test('other terms hold for the silence that lasts: retroactive from its beginning, else from the change (SL-8)', () => {
    const half = {calendar: roundTheClock, targetMs: 30 * MINUTE};
    const change = (mode: 'retroactive' | 'fromChange'): UpdateEvent => ({
      type: 'terms',
      at: clock('10:45:00'),
      terms: half,
      mode,
    });
    expect(readUpdateClock(updates(change('retroactive')), clock('10:45:00'))).toMatchObject({
      dueAt: clock('10:30:00'),
      breachedAt: clock('10:45:00'),
      missed: 1,
    });
    expect(readUpdateClock(updates(change('fromChange')), clock('10:45:00'))).toMatchObject({
      dueAt: clock('11:15:00'),
      breachedAt: null,
      missed: 0,
    });
  });

  test('a longer interval does not forgive a miss (SL-4)', () => {
    const change: UpdateEvent = {
      type: 'terms',
      at: clock('11:30:00'),
      terms: {...hourly, targetMs: 9 * HOUR},
      mode: 'retroactive',
    };
    expect(readUpdateClock(updates(change), clock('12:00:00'))).toMatchObject({
      missed: 1,
      breachedAt: clock('11:00:00.001'),
    });
    expect(readUpdateClock(updates(change, told('12:10:00')), clock('13:00:00'))).toMatchObject({
      missed: 1,
      outcome: 'pending',
    });
  });

  test('without a promise there is no clock', () => {
    expect(readUpdateClock({...updates(), terms: null}, clock('12:00:00'))).toBeNull();
    expect(updateMarks({...updates(), terms: null}, clock('12:00:00'))).toEqual({reached: [], next: null});
  });
});

describe('its marks (SL-14)', () => {
  test('are those of every silence, and what comes next of this one', () => {
    const {reached, next} = updateMarks(updates(told('10:50:00')), clock('11:30:00'));
    const first = [clock('10:00:00'), clock('10:50:00')];
    expect(reached).toEqual([
      {level: 'notice', at: clock('10:30:00'), silence: first},
      {level: 'warning', at: clock('10:45:00'), silence: first},
      {level: 'notice', at: clock('11:20:00'), silence: [clock('10:50:00'), Number.POSITIVE_INFINITY]},
    ]);
    expect(next).toEqual({level: 'warning', at: clock('11:35:00')});
  });

  test('end with the incident', () => {
    expect(updateMarks(updates({type: 'stop', at: clock('10:40:00')}), clock('12:00:00'))).toEqual({
      reached: [{level: 'notice', at: clock('10:30:00'), silence: [clock('10:00:00'), clock('10:40:00')]}],
      next: null,
    });
  });
});
