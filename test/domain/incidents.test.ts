import {describe, expect, test} from 'vitest';
import {type CheckAddress, fingerprint} from '../../src/domain/address.ts';
import type {CommandBody} from '../../src/domain/command.ts';
import type {Contract} from '../../src/domain/contract.ts';
import type {LogEntry} from '../../src/domain/event.ts';
import type {Incident} from '../../src/domain/incident.ts';
import {clocksOf} from '../../src/domain/incident-sla.ts';
import {DAY, HOUR, type Instant, MINUTE} from '../../src/domain/time.ts';
import {HOLIDAYS} from './examples/shapes.ts';
import {at} from './sla/calendars.ts';
import {PureCollector} from './support/collector.ts';
import {GOLD, OFFICE} from './support/contracts.ts';
import {AT_ONCE, alertOf, result as checked, DISK, pass, service} from './support/reports.ts';
import {plain} from './support/text.ts';

/** A Monday morning, in service time of everybody. */
const MONDAY = at('2026-02-02T09:00:00+01:00');

/** A collector that knows two customers, each with a contract. */
function collectorAt(
  start: Instant,
  contracts: Readonly<Record<string, Contract | null>> = {mueller: GOLD, hofer: GOLD},
) {
  const collector = new PureCollector(start);
  collector.draft({customer: null, event: {type: 'holidays.defined', rules: HOLIDAYS}});
  for (const [id, contract] of Object.entries(contracts)) {
    const customer = {id, name: plain(id), state: 'BY', timezone: 'Europe/Berlin', contract};
    collector.draft({customer: id, event: {type: 'customer.defined', customer}});
  }
  return collector;
}

function host(
  collector: PureCollector,
  name: string,
  over: {criticality?: 'A' | 'B' | 'C'; parents?: string[][]} = {},
) {
  const {criticality = 'A', parents = []} = over;
  const event = {type: 'host.defined', customer: 'mueller', site: 'hq', host: name, parents, criticality} as const;
  collector.draft({customer: 'mueller', event});
}

function incidentOf(collector: PureCollector, address: CheckAddress = DISK): Incident {
  const id = alertOf(collector, address).incident;
  const incident = id === null ? undefined : collector.state.incidents.get(id);
  if (incident === undefined) throw new Error(`no incident for ${fingerprint(address)}`);
  return incident;
}

/** A result of a check that comes when it likes, so that silence means nothing. */
function result(collector: PureCollector, address: CheckAddress, state: 'ok' | 'warning' | 'critical') {
  return checked(collector, address, state, {policy: {...AT_ONCE, intervalMs: 0, retryIntervalMs: 0}});
}

/** Hosts of an incident's alerts, in their order. */
function hostsIn(collector: PureCollector, {id}: Incident): readonly string[] {
  const alerts = [...(collector.state.ofIncident.get(id)?.alerts ?? [])];
  return alerts.map(occurrence => collector.state.alerts.get(occurrence)?.host ?? '?');
}

function clocks(collector: PureCollector, address: CheckAddress = DISK) {
  return clocksOf(collector.state, incidentOf(collector, address), collector.now);
}

/** `response notice`, in the order of the log. */
function marks(entries: readonly LogEntry[]): readonly string[] {
  return entries.flatMap(({event}) =>
    event.type === 'incident.marked' ? [`${event.clock} ${event.level}${event.late ? ' late' : ''}`] : [],
  );
}

function incidentEvents(entries: readonly LogEntry[]): readonly string[] {
  return entries.map(({event}) => event.type).filter(type => type.startsWith('incident.'));
}

type Wish = CommandBody extends infer Body
  ? Body extends {occurrence: string}
    ? Omit<Body, 'occurrence'>
    : never
  : never;

function command(collector: PureCollector, wish: Wish, address: CheckAddress = DISK, by = 'jana') {
  const {occurrence} = alertOf(collector, address);
  return collector.command(by, {...wish, occurrence} as CommandBody);
}

const ACK = {kind: 'ack', note: null, until: null, sticky: false} as const;
const PAUSE = {kind: 'pause', reason: plain('waits for the customer'), question: plain('Which disk?')} as const;

function priority(wanted: 'P1' | 'P2' | 'P3' | 'P4', mode: 'retroactive' | 'fromChange' = 'retroactive') {
  return {kind: 'priority', priority: wanted, mode, reason: plain('the boss called')} as const;
}

describe('alerts that are one matter become one incident (CO-2)', () => {
  test('a: what hangs on the same root cause', () => {
    const collector = collectorAt(MONDAY);
    host(collector, 'router');
    host(collector, 'server', {parents: [['router']]});
    result(collector, service('server'), 'critical');
    const own = incidentOf(collector, service('server'));
    pass(collector, 20 * 60);
    result(collector, service('router'), 'critical');
    const root = incidentOf(collector, service('router'));
    expect(alertOf(collector, service('server')).suppressed).toContain('unreachable');
    expect([...collector.state.incidents.keys()]).toEqual([own.id]);
    expect(root.id).toBe(own.id);
    expect(hostsIn(collector, root)).toEqual(['server', 'router']);
  });

  test('only as bad as the contract wants it: milder alerts open nothing, join nothing and bring nothing back', () => {
    const collector = collectorAt(MONDAY, {mueller: {...GOLD, incidentThreshold: 'critical'}});
    result(collector, DISK, 'warning');
    expect(collector.state.incidents.size).toBe(0);
    expect(alertOf(collector).incident).toBeNull();
    pass(collector, 60);
    result(collector, DISK, 'critical');
    const {id, openedAt} = incidentOf(collector);
    // It began when it became an incident, not with the warning.
    expect(openedAt).toBe(MONDAY + MINUTE);
    result(collector, service('server', 'web'), 'warning');
    expect(alertOf(collector, service('server', 'web')).incident).toBeNull();
    const next = (state: 'ok' | 'warning' | 'critical') => {
      pass(collector, 60);
      result(collector, DISK, state);
      return collector.state.incidents.get(id)?.resolvedAt ?? null;
    };
    expect(next('warning')).toBeNull();
    expect(next('ok')).not.toBeNull();
    expect(next('warning')).not.toBeNull();
    expect(next('critical')).toBeNull();
    expect(collector.replay().incidents.get(id)).toEqual(collector.state.incidents.get(id));
  });

  test('unknown is worse than a warning, and without a threshold every alert is an incident', () => {
    const collector = collectorAt(MONDAY, {mueller: {...GOLD, incidentThreshold: 'unknown'}});
    result(collector, DISK, 'warning');
    result(collector, service('nas', 'raid'), 'critical');
    expect(collector.state.incidents.size).toBe(1);
    const before = collectorAt(MONDAY);
    result(before, DISK, 'warning');
    expect(before.state.incidents.size).toBe(1);
  });

  test('b: the same host within five minutes, and no later', () => {
    const collector = collectorAt(MONDAY);
    result(collector, DISK, 'warning');
    pass(collector, 5 * 60);
    result(collector, service('server', 'web'), 'warning');
    expect(incidentOf(collector, service('server', 'web')).id).toBe(incidentOf(collector).id);
    pass(collector, 5 * 60 + 1);
    result(collector, service('server', 'mail'), 'warning');
    expect(incidentOf(collector, service('server', 'mail')).id).not.toBe(incidentOf(collector).id);
  });

  test('c: the same check on the third host of a site within five minutes; what came before joins', () => {
    const collector = collectorAt(MONDAY);
    for (const name of ['one', 'two']) result(collector, service(name, 'dns'), 'warning');
    expect(collector.state.incidents.size).toBe(2);
    pass(collector, 60);
    result(collector, service('three', 'dns'), 'warning');
    expect(collector.state.incidents.size).toBe(1);
    expect(hostsIn(collector, incidentOf(collector, service('three', 'dns'))).toSorted()).toEqual([
      'one',
      'three',
      'two',
    ]);
    result(collector, service('four', 'dns'), 'warning');
    expect(collector.state.incidents.size).toBe(1);
  });

  test('c: two hosts, or three over more than five minutes, are matters of their own', () => {
    const collector = collectorAt(MONDAY);
    for (const name of ['one', 'two', 'three']) {
      result(collector, service(name, 'dns'), 'warning');
      pass(collector, 151);
    }
    expect(collector.state.incidents.size).toBe(3);
  });

  test('c: three alerts of one host are not three hosts', () => {
    const collector = collectorAt(MONDAY);
    for (const name of ['disk', 'web', 'mail']) result(collector, service('one', name), 'warning');
    result(collector, service('two', 'disk'), 'warning');
    expect(incidentOf(collector, service('two', 'disk')).id).not.toBe(incidentOf(collector, service('one', 'disk')).id);
    result(collector, service('three', 'disk'), 'warning');
    expect(incidentOf(collector, service('two', 'disk')).id).toBe(incidentOf(collector, service('one', 'disk')).id);
  });

  test('never across customers or sites', () => {
    const collector = collectorAt(MONDAY);
    for (const name of ['one', 'two']) result(collector, service(name, 'dns'), 'warning');
    result(collector, service('three', 'dns', 'hofer'), 'warning');
    result(collector, service('three', 'dns', 'mueller', 'branch'), 'warning');
    expect(collector.state.incidents.size).toBe(4);
  });

  test('an alert of a resolved incident brings nobody in', () => {
    const collector = collectorAt(MONDAY);
    result(collector, DISK, 'warning');
    pass(collector, 60);
    result(collector, DISK, 'ok');
    result(collector, service('server', 'web'), 'warning');
    expect(incidentOf(collector, service('server', 'web')).id).not.toBe(incidentOf(collector).id);
  });
});

describe('what is no fault of its own makes no incident', () => {
  test('in a downtime there is none; when it ends and it is still bad, there is (MW-1)', () => {
    const collector = collectorAt(MONDAY);
    collector.command('jana', {
      kind: 'downtime',
      customer: 'mueller',
      site: null,
      host: null,
      service: null,
      start: MONDAY,
      end: MONDAY + HOUR,
      comment: plain('patching'),
    });
    result(collector, DISK, 'critical');
    expect(alertOf(collector).incident).toBeNull();
    expect(collector.state.incidents.size).toBe(0);
    pass(collector, 3660);
    result(collector, DISK, 'critical');
    expect(incidentOf(collector).openedAt).toBe(collector.now);
  });

  test('behind a router that is down there is none (DP-2)', () => {
    const collector = collectorAt(MONDAY);
    host(collector, 'router');
    host(collector, 'server', {parents: [['router']]});
    result(collector, service('router'), 'critical');
    result(collector, service('server'), 'critical');
    expect(alertOf(collector, service('server')).incident).toBeNull();
  });

  test('an incident from before the downtime keeps its clocks running (MW-1)', () => {
    const collector = collectorAt(MONDAY);
    result(collector, DISK, 'critical');
    const scope = {customer: 'mueller', site: null, host: null, service: null};
    collector.command('jana', {
      kind: 'downtime',
      ...scope,
      start: MONDAY,
      end: MONDAY + DAY,
      comment: plain('late'),
    });
    pass(collector, 1800);
    expect(clocks(collector).resolution).toMatchObject({clock: 'running', elapsedMs: 30 * MINUTE});
  });

  test('a silenced alert has its clocks all the same', () => {
    const collector = collectorAt(MONDAY);
    result(collector, DISK, 'critical');
    command(collector, {kind: 'snooze', until: MONDAY + HOUR});
    pass(collector, 1800);
    expect(clocks(collector).resolution?.clock).toBe('running');
  });
});

describe('clocks of incidents, by decide and apply', () => {
  test('start with the alert, at the priority of severity and host (SL-2, PR-2)', () => {
    const collector = collectorAt(MONDAY);
    host(collector, 'server');
    result(collector, DISK, 'critical');
    expect(incidentOf(collector)).toMatchObject({priority: 'P1', openedAt: MONDAY, resolvedAt: null});
    expect(clocks(collector).nextDueAt).toBe(MONDAY + 15 * MINUTE);
  });

  test('an acknowledgement stops the response clock and no other (SL-3, AL-3)', () => {
    const collector = collectorAt(MONDAY);
    host(collector, 'server');
    result(collector, DISK, 'critical');
    pass(collector, 600);
    command(collector, ACK);
    pass(collector, 600);
    expect(clocks(collector)).toMatchObject({
      response: {clock: 'stopped', outcome: 'met', elapsedMs: 10 * MINUTE},
      resolution: {clock: 'running'},
      update: {clock: 'running', elapsedMs: 20 * MINUTE},
    });
  });

  test('where the contract does not count it, it does not (AL-3)', () => {
    const collector = collectorAt(MONDAY, {mueller: {...GOLD, ackCountsAsResponse: false}});
    result(collector, DISK, 'critical');
    command(collector, ACK);
    expect(clocks(collector).response?.clock).toBe('running');
  });

  test('target and time are judged exactly: all of it is met, a millisecond more is not (SL-4)', () => {
    for (const [lateMs, outcome] of [
      [0, 'met'],
      [1, 'breached'],
    ] as const) {
      const collector = collectorAt(MONDAY);
      host(collector, 'server');
      result(collector, DISK, 'critical');
      collector.advanceTo(MONDAY + 15 * MINUTE + lateMs);
      command(collector, ACK);
      expect(clocks(collector).response?.outcome).toBe(outcome);
    }
  });

  test('waiting for the customer stands still until resume, and the question tells the customer (SL-6, SL-10)', () => {
    const collector = collectorAt(MONDAY);
    host(collector, 'server');
    result(collector, DISK, 'critical');
    pass(collector, 600);
    expect(command(collector, PAUSE).outcome).toBe('applied');
    expect(command(collector, PAUSE, DISK, 'ben')).toMatchObject({outcome: 'noop', by: 'jana'});
    expect(alertOf(collector).notes).toMatchObject([{text: 'Which disk?', customerVisible: true}]);
    pass(collector, 3600);
    expect(clocks(collector)).toMatchObject({
      response: {clock: 'stopped', outcome: 'met'},
      resolution: {clock: 'paused', dueAt: null, elapsedMs: 10 * MINUTE},
      update: {clock: 'running', elapsedMs: HOUR},
    });
    expect(command(collector, {kind: 'resume'}).outcome).toBe('applied');
    expect(command(collector, {kind: 'resume'}).outcome).toBe('noop');
    expect(clocks(collector).resolution?.dueAt).toBe(collector.now + 4 * HOUR - 10 * MINUTE);
  });

  test('a note for the customer restarts the update clock, a work note does not (SL-10)', () => {
    const collector = collectorAt(MONDAY);
    host(collector, 'server');
    result(collector, DISK, 'critical');
    pass(collector, 1800);
    command(collector, {kind: 'note', text: plain('inside'), customerVisible: false});
    expect(clocks(collector).update?.dueAt).toBe(MONDAY + HOUR);
    command(collector, {kind: 'note', text: plain('for you'), customerVisible: true});
    expect(clocks(collector).update?.dueAt).toBe(MONDAY + 90 * MINUTE);
  });

  test('resolves with the last of its alerts', () => {
    const collector = collectorAt(MONDAY);
    result(collector, DISK, 'critical');
    result(collector, service('server', 'web'), 'critical');
    pass(collector, 60);
    result(collector, DISK, 'ok');
    expect(incidentOf(collector).resolvedAt).toBeNull();
    pass(collector, 60);
    result(collector, service('server', 'web'), 'ok');
    expect(incidentOf(collector).resolvedAt).toBe(collector.now);
  });

  test('a paused incident that is over may neither go on nor be paused or prioritised', () => {
    const collector = collectorAt(MONDAY);
    result(collector, DISK, 'critical');
    command(collector, PAUSE);
    pass(collector, 60);
    result(collector, DISK, 'ok');
    expect(incidentOf(collector).pausedAt).toBeNull();
    for (const wish of [PAUSE, {kind: 'resume'} as const, priority('P1')]) {
      expect(command(collector, wish).code).toBe('INVALID_TRANSITION');
    }
  });
});

const NOTHING = {response: null, resolution: null, update: null};

describe('bad again (SL-7)', () => {
  test('the same alert within the re-open window goes on with the time it had used', () => {
    const collector = collectorAt(MONDAY);
    result(collector, DISK, 'critical');
    pass(collector, 1800);
    result(collector, DISK, 'ok');
    pass(collector, 600);
    result(collector, DISK, 'critical');
    pass(collector, 600);
    expect(collector.state.incidents.size).toBe(1);
    expect(clocks(collector).resolution).toMatchObject({clock: 'running', elapsedMs: 40 * MINUTE});
    expect(clocks(collector).update).toMatchObject({clock: 'running', elapsedMs: 10 * MINUTE});
  });

  test('a new alert of the same check within three service days goes on too, although the old one left the table', () => {
    const collector = collectorAt(MONDAY, {mueller: OFFICE});
    result(collector, DISK, 'critical');
    const first = alertOf(collector);
    pass(collector, 3600);
    result(collector, DISK, 'ok');
    collector.advanceTo(MONDAY + HOUR + 3 * DAY);
    expect(collector.state.alerts.size).toBe(0);
    expect(collector.state.incidents.size).toBe(1);
    const entries = result(collector, DISK, 'critical');
    expect(alertOf(collector).occurrence).not.toBe(first.occurrence);
    expect(incidentEvents(entries)).toEqual(['incident.joined', 'incident.reopened']);
    expect(incidentOf(collector).id).toBe(first.occurrence);
    expect(clocks(collector).resolution).toMatchObject({clock: 'running', elapsedMs: HOUR});
  });

  test('a millisecond of service time later it is a new incident, and the old one is forgotten', () => {
    const collector = collectorAt(MONDAY, {mueller: OFFICE});
    result(collector, DISK, 'critical');
    pass(collector, 3600);
    result(collector, DISK, 'ok');
    const last = MONDAY + HOUR + 3 * DAY;
    expect(incidentEvents(collector.advanceTo(last))).toEqual([]);
    expect(incidentEvents(collector.advanceTo(last + 1))).toEqual(['incident.forgotten']);
    expect(incidentEvents(result(collector, DISK, 'critical'))).toEqual(['incident.opened']);
  });

  test('another check of the same host is another cause', () => {
    const collector = collectorAt(MONDAY);
    result(collector, DISK, 'critical');
    pass(collector, 60);
    result(collector, DISK, 'ok');
    pass(collector, 3600);
    result(collector, service('server', 'web'), 'critical');
    expect(collector.state.incidents.size).toBe(2);
  });

  test('the terms of the present priority decide, as they do for the clock', () => {
    const {P1 = NOTHING} = GOLD.priorities;
    const collector = collectorAt(MONDAY, {mueller: {...GOLD, priorities: {P1, P3: NOTHING}}});
    result(collector, DISK, 'warning');
    command(collector, priority('P1'));
    pass(collector, 3600);
    result(collector, DISK, 'ok');
    collector.advanceTo(MONDAY + HOUR + 2 * DAY);
    result(collector, DISK, 'warning');
    expect(clocks(collector).resolution).toMatchObject({clock: 'running', elapsedMs: HOUR});
  });

  test('without a contract it goes on as long as the old alert is known', () => {
    const collector = collectorAt(MONDAY, {mueller: null});
    result(collector, DISK, 'critical');
    pass(collector, 60);
    result(collector, DISK, 'ok');
    pass(collector, 3600);
    result(collector, DISK, 'critical');
    expect(collector.state.incidents.size).toBe(1);
    pass(collector, 60);
    result(collector, DISK, 'ok');
    pass(collector, 2 * 86_400);
    expect(collector.state.incidents.size).toBe(0);
  });
});

describe('priority (PR-2, SL-8)', () => {
  test('monitoring raises it when it finds worse, from the start on, and never lowers it', () => {
    const collector = collectorAt(MONDAY);
    host(collector, 'server');
    result(collector, DISK, 'warning');
    expect(incidentOf(collector).priority).toBe('P3');
    pass(collector, 600);
    result(collector, DISK, 'critical');
    expect(incidentOf(collector)).toMatchObject({priority: 'P1', isPrioritised: false});
    expect(clocks(collector).response?.dueAt).toBe(MONDAY + 15 * MINUTE);
    pass(collector, 60);
    result(collector, DISK, 'warning');
    expect(incidentOf(collector).priority).toBe('P1');
  });

  test('once a human has set it, monitoring leaves it', () => {
    const collector = collectorAt(MONDAY);
    host(collector, 'server');
    result(collector, DISK, 'warning');
    expect(command(collector, priority('P2')).outcome).toBe('applied');
    expect(command(collector, priority('P2'), DISK, 'ben')).toMatchObject({outcome: 'noop', by: 'jana'});
    pass(collector, 60);
    result(collector, DISK, 'critical');
    expect(incidentOf(collector)).toMatchObject({priority: 'P2', isPrioritised: true});
  });

  test('retroactive may break it at the instant of the change; from the change on it has all of the new target', () => {
    for (const [mode, outcome] of [
      ['retroactive', 'breached'],
      ['fromChange', 'pending'],
    ] as const) {
      const collector = collectorAt(MONDAY);
      result(collector, DISK, 'warning');
      pass(collector, 3600);
      command(collector, priority('P1', mode));
      expect(clocks(collector).response?.outcome).toBe(outcome);
      const entries = collector.advanceTo(collector.now);
      expect(marks(entries).includes('response breached')).toBe(mode === 'retroactive');
    }
  });

  test('a downgrade heals no breach (SL-4)', () => {
    const collector = collectorAt(MONDAY);
    host(collector, 'server');
    result(collector, DISK, 'critical');
    pass(collector, 1200);
    command(collector, priority('P3'));
    expect(clocks(collector).response).toMatchObject({outcome: 'breached', breachedAt: MONDAY + 15 * MINUTE + 1});
  });

  test('needs a reason', () => {
    const collector = collectorAt(MONDAY);
    result(collector, DISK, 'warning');
    expect(command(collector, {...priority('P1'), reason: plain(' ')}).code).toBe('INVALID');
    expect(command(collector, {...PAUSE, reason: plain(' ')}).code).toBe('INVALID');
  });

  test('an alert without an incident has none', () => {
    const collector = collectorAt(MONDAY);
    host(collector, 'router');
    host(collector, 'server', {parents: [['router']]});
    result(collector, service('router'), 'critical');
    result(collector, service('server'), 'critical');
    expect(command(collector, priority('P1'), service('server')).code).toBe('INVALID_TRANSITION');
  });
});

describe('merging (SL-9)', () => {
  test('the oldest survives with the highest priority, the earliest reaction, and the pauses of all', () => {
    const collector = collectorAt(MONDAY);
    result(collector, service('one', 'dns'), 'warning');
    pass(collector, 30);
    result(collector, service('two', 'dns'), 'critical');
    const elder = incidentOf(collector, service('one', 'dns'));
    command(collector, ACK, service('two', 'dns'));
    const respondedAt = collector.now;
    command(collector, PAUSE, service('one', 'dns'));
    pass(collector, 60);
    command(collector, PAUSE, service('two', 'dns'));
    const bothFrom = collector.now;
    pass(collector, 60);
    result(collector, service('three', 'dns'), 'warning');
    const survivor = incidentOf(collector, service('three', 'dns'));
    expect(survivor).toMatchObject({id: elder.id, openedAt: elder.openedAt, priority: 'P2', pausedAt: bothFrom});
    expect(survivor.moments.filter(({type}) => type === 'responded').map(({at: when}) => when)).toEqual([respondedAt]);
    expect(clocks(collector, service('one', 'dns')).resolution).toMatchObject({
      clock: 'paused',
      elapsedMs: bothFrom - elder.openedAt,
    });
    expect(collector.state.incidents.size).toBe(1);
  });

  test('goes over the wire as one event that says what both came to', () => {
    const collector = collectorAt(MONDAY);
    for (const name of ['one', 'two']) result(collector, service(name, 'dns'), 'warning');
    expect(incidentEvents(result(collector, service('three', 'dns'), 'warning'))).toEqual([
      'incident.merged',
      'incident.joined',
    ]);
  });
});

describe('levels are written down, each once (SL-5, SL-14)', () => {
  test('at 50, 75 and 90 percent and one millisecond beyond, at their instants', () => {
    const collector = collectorAt(MONDAY);
    host(collector, 'server');
    result(collector, DISK, 'critical');
    const entries = collector.advanceTo(MONDAY + 20 * MINUTE);
    expect(marks(entries)).toEqual(['response notice', 'response warning', 'response critical', 'response breached']);
    const written = entries.filter(({event}) => event.type === 'incident.marked');
    expect(written.map(({at: when}) => when - MONDAY)).toEqual([
      7.5 * MINUTE,
      11.25 * MINUTE,
      13.5 * MINUTE,
      15 * MINUTE + 1,
    ]);
    expect(marks(collector.advanceTo(MONDAY + 20 * MINUTE))).toEqual([]);
  });

  test('a collector that was down at the instant writes them when it is back, marked late', () => {
    const collector = collectorAt(MONDAY);
    host(collector, 'server');
    result(collector, DISK, 'critical');
    collector.advanceTo(MONDAY + 8 * MINUTE);
    const back = PureCollector.resumed(collector, MONDAY + 14 * MINUTE);
    const entries = back.advanceTo(MONDAY + 14 * MINUTE);
    expect(marks(entries)).toEqual(['response warning late', 'response critical late']);
    expect(entries.map(({event}) => (event.type === 'incident.marked' ? event.reachedAt - MONDAY : 0))).toEqual([
      11.25 * MINUTE,
      13.5 * MINUTE,
    ]);
    expect(marks(back.advanceTo(MONDAY + 16 * MINUTE))).toEqual(['response breached']);
    expect(marks(PureCollector.resumed(back, MONDAY + 17 * MINUTE).advanceTo(MONDAY + 17 * MINUTE))).toEqual([]);
  });

  test('pause, resume and changed priority repeat none of them', () => {
    const collector = collectorAt(MONDAY);
    host(collector, 'server');
    result(collector, DISK, 'critical');
    command(collector, ACK);
    const wishes = [
      PAUSE,
      {kind: 'resume'} as const,
      priority('P2'),
      priority('P1'),
      priority('P3', 'fromChange'),
      priority('P1'),
    ];
    for (const wish of wishes) {
      pass(collector, 45 * 60);
      command(collector, wish);
    }
    pass(collector, 12 * 3600);
    const written = marks(collector.log).filter(mark => mark.startsWith('resolution'));
    expect(written).toEqual(['resolution notice', 'resolution warning', 'resolution critical', 'resolution breached']);
  });

  test('each silence towards the customer has its own', () => {
    const collector = collectorAt(MONDAY);
    host(collector, 'server');
    result(collector, DISK, 'critical');
    pass(collector, 40 * 60);
    command(collector, {kind: 'note', text: plain('we are on it'), customerVisible: true});
    pass(collector, 40 * 60);
    const written = marks(collector.log).filter(mark => mark.startsWith('update'));
    expect(written).toEqual(['update notice', 'update notice']);
  });

  test('outside of service time nothing becomes due', () => {
    const friday = at('2026-02-06T16:59:00+01:00');
    const collector = collectorAt(friday, {mueller: OFFICE});
    host(collector, 'server');
    result(collector, DISK, 'critical');
    expect(marks(collector.advanceTo(at('2026-02-09T07:59:59+01:00')))).toEqual([]);
    expect(marks(collector.advanceTo(at('2026-02-09T08:29:00+01:00')))).toEqual(['response notice']);
  });
});

test('an edited contract never touches an incident that began before (SL-12)', () => {
  const collector = collectorAt(MONDAY);
  result(collector, DISK, 'critical');
  const before = clocks(collector).nextDueAt;
  const name = plain('mueller');
  const customer = {id: 'mueller', name, state: 'BY', timezone: 'Europe/Berlin', contract: OFFICE};
  pass(collector, 30);
  collector.draft({customer: 'mueller', event: {type: 'customer.defined', customer}});
  expect(clocks(collector).nextDueAt).toBe(before);
});
