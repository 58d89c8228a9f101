import {describe, expect, test} from 'vitest';
import {fingerprint} from '../../src/domain/address.ts';
import {decideDue, dueOfAlert, dueOfCheck} from '../../src/domain/due.ts';
import {DAY, HOUR, MINUTE, SECOND} from '../../src/domain/time.ts';
import {
  AT_ONCE,
  alertOf,
  DISK,
  evening,
  FIVE_MINUTES,
  message,
  pass,
  result,
  START,
  service,
  types,
} from './support/reports.ts';

const END = {status: 'resolved', startedAt: START, endedAt: START} as const;

describe('what time does to an alert (AL-1, AL-2)', () => {
  test('an acknowledgement with an end returns by itself, at its very instant', () => {
    const collector = evening();
    message(collector);
    const {occurrence} = alertOf(collector);
    collector.command('anna', {kind: 'ack', occurrence, note: null, until: START + HOUR, sticky: true});
    expect(dueOfAlert(alertOf(collector), collector.rules)).toBe(START + HOUR);
    pass(collector, 3599);
    expect(alertOf(collector).ack?.by).toBe('anna');
    expect(types(pass(collector, 1))).toEqual(['alert.unacknowledged']);
    expect(alertOf(collector)).toMatchObject({ack: null, firstAckAt: START});
    expect(alertOf(collector).timeline.at(-1)).toMatchObject({what: 'alert.unacknowledged', by: null, text: 'expired'});
  });

  test('a snooze ends at its instant', () => {
    const collector = evening();
    message(collector);
    const {occurrence} = alertOf(collector);
    collector.command('anna', {kind: 'snooze', occurrence, until: START + MINUTE});
    pass(collector, 60);
    expect(alertOf(collector)).toMatchObject({suppressed: [], silencedUntil: null});
  });

  test('a recovered alert closes when the re-open window is over, and is forgotten later', () => {
    const collector = evening();
    message(collector);
    message(collector, END);
    pass(collector, 15 * 60 - 1);
    expect(alertOf(collector).condition).toBe('resolved');
    pass(collector, 1);
    expect(alertOf(collector)).toMatchObject({condition: 'closed', closedAt: START + 15 * MINUTE});
    expect(dueOfAlert(alertOf(collector), collector.rules)).toBe(START + 15 * MINUTE + DAY);
    pass(collector, 24 * 3600);
    expect(collector.state.alerts.size).toBe(0);
    expect(collector.state.ofHost.size).toBe(0);
  });

  test('bad at exactly the end of the window is a new alert, also when the heap was late', () => {
    const collector = evening();
    message(collector);
    const first = alertOf(collector).occurrence;
    message(collector, END);
    collector.now = START + 15 * MINUTE;
    expect(types(message(collector))).toEqual(['alert.closed', 'alert.opened']);
    expect(alertOf(collector).occurrence).not.toBe(first);
  });

  test('an acknowledgement that has just run out is gone before the next is given, also when the heap was late', () => {
    const collector = evening();
    message(collector);
    const {occurrence} = alertOf(collector);
    const ack = {kind: 'ack', occurrence, note: null, sticky: false} as const;
    collector.command('anna', {...ack, until: START + HOUR});
    collector.now = START + HOUR;
    expect(collector.command('ben', {...ack, until: null}).code).toBe('OK');
    expect(alertOf(collector).ack?.by).toBe('ben');
  });

  test('asked too early, nothing happens', () => {
    const collector = evening();
    message(collector);
    const {occurrence} = alertOf(collector);
    const early = decideDue(collector.state, undefined, {kind: 'alert', occurrence}, START, collector.rules);
    expect(early.drafts).toEqual([]);
    const gone = decideDue(collector.state, undefined, {kind: 'alert', occurrence: 'ZZZZ'}, START, collector.rules);
    expect(gone.drafts).toEqual([]);
  });
});

const check = (collector: ReturnType<typeof evening>, address = DISK) =>
  collector.state.checks.get(fingerprint(address));

describe('silence (FR-1 to FR-4)', () => {
  test('a check is stale one period and its grace after the last result: unknown, hard, the last value kept', () => {
    const collector = evening();
    result(collector, DISK, 'ok', {policy: FIVE_MINUTES});
    const record = check(collector);
    const memory = collector.memories.get(fingerprint(DISK));
    expect(record && dueOfCheck(record, memory, collector.rules)).toBe(START + 10 * MINUTE);
    expect(pass(collector, 599)).toEqual([]);
    expect(types(pass(collector, 1))).toEqual(['check.changed', 'alert.opened']);
    expect(check(collector)).toMatchObject({state: 'unknown', stateType: 'hard', stale: true, lastState: 'ok'});
    expect(check(collector)?.output).toBe('disk is ok');
    expect(alertOf(collector)).toMatchObject({severity: 'unknown', labels: {reason: 'stale'}});
  });

  test('while soft, the retry interval counts; a grace of its own replaces the default', () => {
    const collector = evening();
    result(collector, DISK, 'critical', {policy: {...FIVE_MINUTES, graceMs: 10 * SECOND}});
    expect(pass(collector, 69)).toEqual([]);
    expect(types(pass(collector, 1))).toContain('alert.opened');
  });

  test('a critical alert whose check falls silent is unknown, and keeps its acknowledgement', () => {
    const collector = evening();
    result(collector, DISK, 'critical');
    const {occurrence} = alertOf(collector);
    collector.command('anna', {kind: 'ack', occurrence, note: null, until: null, sticky: false});
    pass(collector, 10 * 60);
    expect(alertOf(collector)).toMatchObject({
      occurrence,
      severity: 'unknown',
      maxSeverity: 'critical',
      ack: {by: 'anna'},
    });
  });

  test('the next result ends it', () => {
    const collector = evening();
    result(collector, DISK, 'ok');
    pass(collector, 11 * 60);
    result(collector, DISK, 'ok');
    expect(check(collector)).toMatchObject({stale: false, state: 'ok'});
    expect(alertOf(collector).condition).toBe('resolved');
  });

  test('a fault after silence is confirmed at once: it was unknown and certain before', () => {
    const collector = evening();
    result(collector, DISK, 'ok', {policy: FIVE_MINUTES});
    pass(collector, 11 * 60);
    result(collector, DISK, 'critical', {policy: FIVE_MINUTES});
    expect(check(collector)).toMatchObject({state: 'critical', stateType: 'hard'});
    expect(alertOf(collector)).toMatchObject({severity: 'critical', labels: {}});
  });

  test('silence does not count as flapping', () => {
    const collector = evening();
    for (let n = 0; n < 12; n++) {
      result(collector, DISK, 'ok');
      pass(collector, 11 * 60);
    }
    expect(check(collector)?.flapping).toBe(false);
  });

  test('silence before the collector started is nobody’s fault (FR-3)', () => {
    const collector = evening({collectorStartedAt: START + HOUR});
    result(collector, DISK, 'ok');
    expect(pass(collector, 3600 + 599)).toEqual([]);
    expect(types(pass(collector, 1))).toContain('alert.opened');
  });

  test('the silence of a heartbeat is the alarm: critical, after a day and an hour if nothing else is said (FR-4)', () => {
    const collector = evening();
    const policy = {...AT_ONCE, intervalMs: DAY, retryIntervalMs: DAY, isHeartbeat: true};
    result(collector, DISK, 'ok', {policy});
    expect(pass(collector, 25 * 3600 - 1)).toEqual([]);
    pass(collector, 1);
    expect(alertOf(collector)).toMatchObject({severity: 'critical', labels: {reason: 'heartbeat'}});
  });

  test('a check of which nothing is expected is never stale', () => {
    const collector = evening();
    result(collector, DISK, 'ok', {policy: {...AT_ONCE, intervalMs: 0, retryIntervalMs: 0}});
    expect(pass(collector, 90 * 24 * 3600)).toEqual([]);
  });
});

describe('a silent site (FR-5)', () => {
  const hosts = ['fw', 'nas', 'server'] as const;

  function silentSite() {
    const collector = evening();
    for (const host of hosts) {
      result(collector, service(host), 'ok');
      result(collector, service(host, 'disk'), 'ok');
    }
    pass(collector, 10 * 60);
    return collector;
  }

  test('is one alert; those of its hosts hang under it and are not told', () => {
    const collector = silentSite();
    const site = alertOf(collector, service('(alle)', 'site-silent'));
    expect(site).toMatchObject({severity: 'critical', suppressed: [], labels: {reason: 'site-silent'}});
    const others = [...collector.state.alerts.values()].filter(alert => alert.occurrence !== site.occurrence);
    expect(others).toHaveLength(6);
    for (const alert of others) {
      expect(alert).toMatchObject({severity: 'unknown', suppressed: ['unreachable'], rootCause: site.occurrence});
    }
  });

  test('ends with the first sign of life; each host counts again by its own results', () => {
    const collector = silentSite();
    pass(collector, 60);
    result(collector, service('nas'), 'ok');
    expect(alertOf(collector, service('(alle)', 'site-silent')).condition).toBe('resolved');
    pass(collector, 60);
    result(collector, service('nas', 'disk'), 'critical');
    expect(alertOf(collector, service('nas', 'disk'))).toMatchObject({
      suppressed: [],
      rootCause: null,
      severity: 'critical',
    });
    expect(alertOf(collector, service('fw'))).toMatchObject({suppressed: ['unreachable']});
  });

  test('what stays silent after the site is back is told when the site’s alert closes', () => {
    const collector = silentSite();
    for (let minute = 0; minute < 20; minute++) {
      pass(collector, 60);
      result(collector, service('nas'), 'ok');
    }
    expect(alertOf(collector, service('fw'))).toMatchObject({condition: 'firing', suppressed: [], rootCause: null});
  });

  test('a single host going silent is its own alert', () => {
    const collector = evening();
    result(collector, service('nas'), 'ok');
    pass(collector, 10 * 60);
    expect(collector.picture()).toEqual(['nas/ open unknown']);
  });

  test('one site says nothing about another of the same customer', () => {
    const collector = evening();
    for (const host of hosts) result(collector, service(host), 'ok');
    for (const host of hosts)
      result(collector, service(host, '', 'mueller', 'branch'), 'ok', {policy: {...AT_ONCE, intervalMs: DAY}});
    pass(collector, 10 * 60);
    const silent = [...collector.state.alerts.values()].filter(alert => alert.service === 'site-silent');
    expect(silent.map(alert => alert.site)).toEqual(['hq']);
  });
});
