import {describe, expect, test} from 'vitest';
import {fingerprint} from '../../src/domain/address.ts';
import {alertState} from '../../src/domain/alert.ts';
import {MINUTE} from '../../src/domain/time.ts';
import {alertOf, DISK, evening, FIVE_MINUTES, message, pass, result, START, service, types} from './support/reports.ts';
import {plain} from './support/text.ts';

const THREE = {policy: FIVE_MINUTES};
const checkOf = (collector: ReturnType<typeof evening>) => collector.state.checks.get(fingerprint(DISK));

describe('soft and hard (ST-2 to ST-4)', () => {
  test('an alert opens with the third bad result, seven minutes after the fault at the latest (ST-7)', () => {
    const collector = evening();
    result(collector, DISK, 'ok', THREE);
    pass(collector, 5 * 60);
    expect(types(result(collector, DISK, 'critical', THREE))).toEqual(['check.changed']);
    pass(collector, 60);
    expect(types(result(collector, DISK, 'warning', THREE))).toEqual(['check.changed']);
    pass(collector, 60);
    expect(types(result(collector, DISK, 'critical', THREE))).toEqual(['check.changed', 'alert.opened']);
    expect(collector.now - START).toBe(7 * MINUTE);
    expect(checkOf(collector)).toMatchObject({state: 'critical', stateType: 'hard', attempt: 3, maxAttempts: 3});
  });

  test('a soft recovery raises nothing', () => {
    const collector = evening();
    for (const state of ['ok', 'critical', 'critical', 'ok'] as const) {
      result(collector, DISK, state, THREE);
      pass(collector, 60);
    }
    expect(collector.state.alerts.size).toBe(0);
  });

  test('a hard change of the state is told at once (ST-3)', () => {
    const collector = evening();
    result(collector, DISK, 'warning');
    pass(collector, 60);
    result(collector, DISK, 'critical');
    expect(alertOf(collector)).toMatchObject({severity: 'critical', maxSeverity: 'critical', count: 2});
    pass(collector, 60);
    result(collector, DISK, 'ok');
    expect(alertState(alertOf(collector))).toBe('resolved');
  });

  test('a result that changes nothing writes nothing', () => {
    const collector = evening();
    result(collector, DISK, 'ok');
    pass(collector, 60);
    expect(result(collector, DISK, 'ok')).toEqual([]);
    pass(collector, 60);
    result(collector, DISK, 'critical');
    pass(collector, 60);
    expect(result(collector, DISK, 'critical')).toEqual([]);
  });

  test('a newer output of a check that stays bad is told now and then, with what was not counted before', () => {
    const collector = evening();
    result(collector, DISK, 'critical', {output: plain('91 %')});
    for (let percent = 92; percent <= 96; percent++) {
      pass(collector, 60);
      result(collector, DISK, 'critical', {output: plain(`${percent} %`)});
    }
    expect(alertOf(collector)).toMatchObject({summary: '96 %', count: 6});
    expect(collector.log.filter(({event}) => event.type === 'alert.updated')).toHaveLength(1);
  });

  test('the first result of a host makes the host known', () => {
    const collector = evening();
    expect(types(result(collector, service('nas'), 'ok'))).toEqual(['host.defined', 'check.changed']);
    expect(types(result(collector, service('nas', 'raid'), 'ok'))).toEqual(['check.changed']);
  });

  test.each([
    ['ok', 'ok'],
    ['warning', 'ok'],
    ['critical', 'critical'],
    ['unknown', 'critical'],
  ] as const)('a host whose own check is %s is %s: up or down (ST-1)', (state, expected) => {
    const collector = evening();
    result(collector, service('nas'), state);
    expect(collector.state.checks.get(fingerprint(service('nas')))?.state).toBe(expected);
  });
});

describe('results that come twice, late, or from a wrong clock (ST-5)', () => {
  test('the same result again advances neither attempt nor flapping', () => {
    const collector = evening();
    result(collector, DISK, 'ok', THREE);
    pass(collector, 60);
    const bad = {...THREE, resultId: 'r1'};
    result(collector, DISK, 'critical', bad);
    const before = collector.memories.get(fingerprint(DISK));
    pass(collector, 1);
    expect(result(collector, DISK, 'critical', bad)).toEqual([]);
    const sameInstant = {...THREE, executedAt: collector.now - 1000};
    result(collector, DISK, 'critical', {...sameInstant, resultId: 'r1'});
    expect(collector.memories.get(fingerprint(DISK))).toEqual(before);
  });

  test('without an id the same instant is the same result', () => {
    const collector = evening();
    result(collector, DISK, 'critical', THREE);
    expect(result(collector, DISK, 'critical', {...THREE, executedAt: START})).toEqual([]);
    expect(checkOf(collector)?.attempt).toBe(1);
  });

  test('an older result is dropped', () => {
    const collector = evening();
    pass(collector, 60);
    result(collector, DISK, 'ok');
    expect(result(collector, DISK, 'critical', {executedAt: START})).toEqual([]);
  });

  test('an older result counts when the last one came from the future', () => {
    const collector = evening();
    result(collector, DISK, 'ok', {executedAt: START + 50_000});
    pass(collector, 10);
    expect(types(result(collector, DISK, 'critical'))).toContain('alert.opened');
  });

  test('an execution more than a minute after its receipt is taken as of the receipt, and flagged', () => {
    const collector = evening();
    result(collector, DISK, 'critical', {executedAt: START + 2 * MINUTE});
    expect(collector.memories.get(fingerprint(DISK))?.result).toMatchObject({executedAt: START, hasClockSkew: true});
    expect(alertOf(collector).labels).toEqual({reason: 'clock-skew'});
  });
});

/** Results that go up and down until the check flaps. */
function flap(collector: ReturnType<typeof evening>, times = 8): void {
  for (let n = 0; n < times; n++) {
    result(collector, DISK, n % 2 === 0 ? 'ok' : 'critical');
    pass(collector, 60);
  }
}

describe('flapping (FL-1, FL-3, AL-6)', () => {
  test('a flapping check keeps its alert open, flagged, through OK', () => {
    const collector = evening();
    flap(collector);
    expect(checkOf(collector)).toMatchObject({flapping: true, state: 'critical'});
    expect(alertOf(collector)).toMatchObject({condition: 'firing', suppressed: ['flapping']});
    const {count} = alertOf(collector);
    result(collector, DISK, 'ok');
    expect(alertOf(collector)).toMatchObject({condition: 'firing', severity: 'critical', count});
  });

  test('a renewed fault while flapping keeps the acknowledgement', () => {
    const collector = evening();
    flap(collector);
    const {occurrence} = alertOf(collector);
    collector.command('anna', {kind: 'ack', occurrence, note: null, until: null, sticky: false});
    result(collector, DISK, 'ok');
    pass(collector, 60);
    result(collector, DISK, 'critical');
    expect(alertOf(collector).ack?.by).toBe('anna');
    expect(alertOf(collector).occurrence).toBe(occurrence);
  });

  test('the alert resolves when the check is calm and OK', () => {
    const collector = evening();
    flap(collector);
    for (let n = 0; n < 20; n++) {
      result(collector, DISK, 'ok');
      pass(collector, 60);
    }
    expect(checkOf(collector)?.flapping).toBe(false);
    expect(alertOf(collector)).toMatchObject({condition: 'resolved', suppressed: []});
    const starts = collector.log.filter(({event}) => event.type === 'alert.suppressed' && event.reason === 'flapping');
    expect(starts).toHaveLength(1);
  });
});

describe('clear grace (AL-6)', () => {
  const GRACE = {clearGraceMs: MINUTE};

  test('OK resolves only after it has lasted', () => {
    const collector = evening(GRACE);
    result(collector, DISK, 'critical');
    pass(collector, 60);
    result(collector, DISK, 'ok');
    expect(alertOf(collector).condition).toBe('firing');
    pass(collector, 59);
    expect(alertOf(collector).condition).toBe('firing');
    pass(collector, 1);
    expect(alertOf(collector)).toMatchObject({condition: 'resolved', resolvedAt: collector.now});
  });

  test('bad again within it keeps the alert and the acknowledgement', () => {
    const collector = evening(GRACE);
    result(collector, DISK, 'critical');
    const {occurrence} = alertOf(collector);
    collector.command('anna', {kind: 'ack', occurrence, note: null, until: null, sticky: false});
    pass(collector, 60);
    result(collector, DISK, 'ok');
    pass(collector, 30);
    result(collector, DISK, 'critical');
    pass(collector, 120);
    expect(alertOf(collector)).toMatchObject({condition: 'firing', reopenCount: 0, ack: {by: 'anna'}});
  });

  test('an upstream has its own grace and is believed at once', () => {
    const collector = evening(GRACE);
    message(collector, {startedAt: START});
    message(collector, {status: 'resolved', startedAt: START, endedAt: START});
    expect(alertOf(collector).condition).toBe('resolved');
  });
});

test('results of one check may come from several sources, and the newest speaks for all', () => {
  const collector = evening();
  result(collector, DISK, 'critical', {source: 'nagios'});
  pass(collector, 60);
  result(collector, DISK, 'ok', {source: 'check'});
  expect(alertOf(collector).condition).toBe('resolved');
});

describe('after a crash that lost the memory', () => {
  test('a hard fault goes on as the same alert, and its recovery resolves it', () => {
    const collector = evening();
    result(collector, DISK, 'critical', THREE);
    pass(collector, 60);
    result(collector, DISK, 'critical', THREE);
    pass(collector, 60);
    result(collector, DISK, 'critical', THREE);
    collector.memories.clear();
    pass(collector, 60);
    expect(result(collector, DISK, 'critical', THREE)).toEqual([]);
    pass(collector, 60);
    result(collector, DISK, 'ok', THREE);
    expect(alertOf(collector)).toMatchObject({condition: 'resolved', count: 1});
  });
});

test('a check and an upstream share the alert of one check, which ends with the last of them (CO-1)', () => {
  const collector = evening();
  result(collector, DISK, 'warning');
  message(collector, {severity: 'critical'});
  pass(collector, 60);
  result(collector, DISK, 'ok');
  expect(alertOf(collector)).toMatchObject({condition: 'firing', severity: 'critical'});
  message(collector, {status: 'resolved', startedAt: START, endedAt: collector.now});
  expect(alertOf(collector).condition).toBe('resolved');
  expect(collector.state.alerts.size).toBe(1);
});
