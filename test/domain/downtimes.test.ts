import {describe, expect, test} from 'vitest';
import type {CommandBody} from '../../src/domain/command.ts';
import {HOUR, MINUTE} from '../../src/domain/time.ts';
import {AT_ONCE, alertOf, DISK, evening, message, pass, result, START, service, types} from './support/reports.ts';
import {plain} from './support/text.ts';

type Collector = ReturnType<typeof evening>;
type Scope = Partial<Extract<CommandBody, {kind: 'downtime'}>>;

/** Schedules a downtime of the whole customer from now for an hour, unless told otherwise; returns its id. */
function schedule(collector: Collector, other: Scope = {}): string {
  const verdict = collector.command('anna', {
    kind: 'downtime',
    customer: 'mueller',
    site: null,
    host: null,
    service: null,
    start: collector.now,
    end: collector.now + HOUR,
    comment: plain('patching'),
    ...other,
  });
  expect(verdict.code).toBe('OK');
  return [...collector.state.downtimes.keys()].at(-1) ?? '';
}

describe('maintenance windows (MW-1)', () => {
  test('on entry every open alert that is affected gets the flag', () => {
    const collector = evening();
    message(collector);
    message(collector, {address: service('nas', 'raid'), key: 'am:2'});
    schedule(collector, {start: START + MINUTE, host: 'server'});
    expect(alertOf(collector).suppressed).toEqual([]);
    pass(collector, 60);
    expect(alertOf(collector).suppressed).toEqual(['downtime']);
    expect(alertOf(collector, service('nas', 'raid')).suppressed).toEqual([]);
  });

  test('one that starts now takes effect with the command', () => {
    const collector = evening();
    message(collector);
    const id = schedule(collector);
    expect(collector.state.downtimes.get(id)).toMatchObject({state: 'active', by: 'anna', comment: 'patching'});
    expect(alertOf(collector).suppressed).toEqual(['downtime']);
  });

  test('a new alert is opened flagged: kept, seen, not told', () => {
    const collector = evening();
    schedule(collector);
    message(collector);
    expect(alertOf(collector)).toMatchObject({condition: 'firing', suppressed: ['downtime']});
  });

  test('at the end the flag falls with a bad result from after the end, not with one from before', () => {
    const collector = evening();
    schedule(collector, {end: START + 10 * MINUTE});
    result(collector, DISK, 'critical');
    pass(collector, 10 * 60);
    expect(alertOf(collector).suppressed).toEqual(['downtime']);
    pass(collector, 1);
    result(collector, DISK, 'critical', {executedAt: START + 10 * MINUTE - 1});
    expect(alertOf(collector).suppressed).toEqual(['downtime']);
    pass(collector, 60);
    expect(types(result(collector, DISK, 'critical'))).toEqual(['alert.unsuppressed']);
  });

  test('a new alert from a result of before the end opens flagged, and counts with the next', () => {
    const collector = evening();
    schedule(collector, {end: START + 10 * MINUTE});
    pass(collector, 10 * 60 + 5);
    result(collector, DISK, 'critical', {executedAt: START + 10 * MINUTE - 1000});
    expect(alertOf(collector).suppressed).toEqual(['downtime']);
    pass(collector, 60);
    result(collector, DISK, 'critical');
    expect(alertOf(collector).suppressed).toEqual([]);
  });

  test('what is well again after the end ends silently, still flagged', () => {
    const collector = evening();
    schedule(collector, {end: START + 10 * MINUTE});
    result(collector, DISK, 'critical');
    pass(collector, 11 * 60);
    result(collector, DISK, 'ok');
    expect(alertOf(collector)).toMatchObject({condition: 'resolved', suppressed: ['downtime']});
  });

  test('what only an upstream speaks of counts again when it says so, or five minutes after the end', () => {
    const collector = evening();
    schedule(collector, {end: START + 10 * MINUTE});
    message(collector, {startedAt: START});
    message(collector, {startedAt: START, key: 'am:2', address: service('nas', 'raid')});
    pass(collector, 11 * 60);
    expect(types(message(collector, {startedAt: START}))).toEqual(['alert.unsuppressed']);
    expect(alertOf(collector, service('nas', 'raid')).suppressed).toEqual(['downtime']);
    pass(collector, 4 * 60);
    expect(alertOf(collector, service('nas', 'raid')).suppressed).toEqual([]);
  });

  test('what falls silent in it and stays so is told after it', () => {
    const collector = evening();
    result(collector, DISK, 'ok');
    schedule(collector, {end: START + 30 * MINUTE});
    pass(collector, 20 * 60);
    expect(alertOf(collector)).toMatchObject({severity: 'unknown', suppressed: ['downtime']});
    pass(collector, 15 * 60);
    expect(alertOf(collector).suppressed).toEqual([]);
  });
});

describe('windows together, cancelled, flexible (MW-2)', () => {
  test('overlapping windows are a union', () => {
    const collector = evening();
    schedule(collector, {end: START + 10 * MINUTE});
    schedule(collector, {start: START + 5 * MINUTE, end: START + 20 * MINUTE, host: 'server'});
    const hourly = {policy: {...AT_ONCE, intervalMs: HOUR}};
    result(collector, DISK, 'critical', hourly);
    pass(collector, 15 * 60);
    expect(result(collector, DISK, 'critical', hourly)).toEqual([]);
    pass(collector, 6 * 60);
    expect(types(result(collector, DISK, 'critical', hourly))).toEqual(['alert.unsuppressed']);
  });

  test('cancelling ends it now; a second time it is already so', () => {
    const collector = evening();
    const id = schedule(collector);
    result(collector, DISK, 'critical');
    pass(collector, 60);
    expect(collector.command('ben', {kind: 'downtime-cancel', id}).code).toBe('OK');
    expect(collector.state.downtimes.get(id)).toMatchObject({state: 'cancelled', end: START + MINUTE});
    expect(collector.command('ben', {kind: 'downtime-cancel', id})).toMatchObject({outcome: 'noop', code: 'ALREADY'});
    pass(collector, 60);
    expect(types(result(collector, DISK, 'critical'))).toEqual(['alert.unsuppressed']);
    expect(collector.command('ben', {kind: 'downtime-cancel', id: 'NONE'}).code).toBe('NOT_FOUND');
  });

  test('one cancelled before it began never begins', () => {
    const collector = evening();
    message(collector);
    const id = schedule(collector, {start: START + HOUR, end: START + 2 * HOUR});
    collector.command('anna', {kind: 'downtime-cancel', id});
    pass(collector, 3 * 3600);
    expect(collector.log.some(({event}) => event.type === 'downtime.started')).toBe(false);
  });

  /** An evening with a downtime of ten minutes somewhere in the two hours that begin a minute after it. */
  function flexible(): Collector {
    const collector = evening();
    const downtime = {
      customer: 'mueller',
      site: null,
      host: 'server',
      service: null,
      id: 'FLEX1',
      start: START + MINUTE,
      end: START + MINUTE + 2 * HOUR,
      flexibleMs: 10 * MINUTE,
      comment: plain('reboot'),
      by: plain('anna'),
      createdAt: START,
    };
    collector.draft({customer: 'mueller', event: {type: 'downtime.scheduled', downtime}});
    return collector;
  }

  test('a flexible one begins with the first bad state in its window and lasts its own time', () => {
    const collector = flexible();
    pass(collector, 30 * 60);
    expect(types(result(collector, DISK, 'critical')).slice(-2)).toEqual(['downtime.started', 'alert.opened']);
    expect(alertOf(collector).suppressed).toEqual(['downtime']);
    expect(collector.state.downtimes.get('FLEX1')).toMatchObject({state: 'active', end: START + 40 * MINUTE});
    pass(collector, 11 * 60);
    expect(collector.state.downtimes.get('FLEX1')?.state).toBe('ended');
  });

  test.each([
    [MINUTE - 1, []],
    [MINUTE, ['downtime']],
    [MINUTE + 2 * HOUR - 1, ['downtime']],
    [MINUTE + 2 * HOUR + 1, []],
  ])('bad after %i ms begins it inside its window only, the start included', (afterMs, suppressed) => {
    const collector = flexible();
    pass(collector, afterMs / 1000);
    result(collector, DISK, 'critical');
    expect(alertOf(collector).suppressed).toEqual(suppressed);
  });

  test('after a while it leaves the table', () => {
    const collector = evening();
    schedule(collector);
    pass(collector, 26 * 3600);
    expect(collector.state.downtimes.size).toBe(0);
  });

  test.each([
    ['ends before it starts', {start: START + HOUR, end: START + MINUTE}, 'INVALID'],
    ['is over', {start: START - HOUR, end: START}, 'INVALID'],
    ['names a service without its host', {service: plain('disk')}, 'INVALID'],
    ['is of a customer that is not there', {customer: 'nobody'}, 'NOT_FOUND'],
  ])('one that %s is refused', (_, other, code) => {
    const body = {
      kind: 'downtime',
      customer: 'mueller',
      site: null,
      host: null,
      service: null,
      start: START,
      end: START + HOUR,
      comment: plain('x'),
      ...other,
    } as const;
    expect(evening().command('anna', body)).toMatchObject({outcome: 'rejected', code});
  });

  test('two scheduled at once have their own ids, easy to type', () => {
    const collector = evening();
    const ids = [schedule(collector), schedule(collector), schedule(collector)];
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{5,6}$/);
  });
});
