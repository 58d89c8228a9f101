import {describe, expect, test} from 'vitest';
import {fingerprint} from '../../src/domain/address.ts';
import {type Catalogue, decideCatalogue, expectCheck} from '../../src/domain/catalogue.ts';
import {NO_HOLIDAYS} from '../../src/domain/contract.ts';
import {decideDue, dueOfCheck} from '../../src/domain/due.ts';
import {MINUTE} from '../../src/domain/time.ts';
import {PureCollector} from './support/collector.ts';
import {AT_ONCE, alertOf, DISK, message, result, START, service, types} from './support/reports.ts';
import {plain} from './support/text.ts';

const mueller = {id: 'mueller', name: plain('Müller'), state: 'BY', timezone: 'Europe/Berlin', contract: null};
const am = {name: 'am', type: 'alertmanager', capabilities: ['push']};
const router = {customer: 'mueller', site: 'hq', host: 'router', parents: [], criticality: 'A'} as const;
const server = {customer: 'mueller', site: 'hq', host: 'server', parents: [['router']], criticality: 'B'} as const;
const disk = {address: DISK, source: 'check', policy: AT_ONCE};

/** What the tests' configuration says, with some of it changed. */
function catalogue(other: Partial<Catalogue> = {}): Catalogue {
  const checks = other.checks ?? [disk];
  const expected = new Set(checks.map(({address}) => fingerprint(address)));
  return {
    holidays: NO_HOLIDAYS,
    customers: [mueller],
    sources: [am],
    hosts: [router, server],
    checks,
    backups: [],
    onCall: [],
    isGone: check => check.source === 'check' && !expected.has(check.fingerprint),
    ...other,
  };
}

function configure(collector: PureCollector, other: Partial<Catalogue> = {}) {
  return types(collector.draft(...decideCatalogue(collector.state, catalogue(other), collector.now, collector.rules)));
}

function configured(): PureCollector {
  const collector = new PureCollector(START);
  configure(collector);
  return collector;
}

describe('what the configuration says there is', () => {
  test('is defined once; the same configuration again changes nothing', () => {
    const collector = new PureCollector(START);
    expect(configure(collector)).toEqual([
      'customer.defined',
      'source.defined',
      'host.defined',
      'host.defined',
      'check.changed',
    ]);
    expect(collector.state.checks.get(fingerprint(DISK))).toMatchObject({state: 'pending', stale: false});
    expect(configure(collector)).toEqual([]);
  });

  test('only what differs is written', () => {
    const collector = configured();
    const renamed = {...mueller, name: plain('Müller & Söhne')};
    expect(configure(collector, {customers: [renamed]})).toEqual(['customer.defined']);
    expect(configure(collector, {customers: [renamed], hosts: [router, {...server, criticality: 'A'}]})).toEqual([
      'host.defined',
    ]);
    expect(collector.state.hosts.get('mueller|hq|server')?.criticality).toBe('A');
  });

  test('a check that is taken away closes its alert as decommissioned (AL-1)', () => {
    const collector = configured();
    result(collector, DISK, 'critical');
    expect(configure(collector, {checks: []})).toEqual(['check.removed', 'alert.closed']);
    expect(alertOf(collector).condition).toBe('closed');
    expect(alertOf(collector).timeline.at(-1)).toMatchObject({what: 'alert.closed', text: 'decommissioned'});
  });

  test('a host that is taken away goes, unless somebody still speaks of it', () => {
    const collector = configured();
    expect(configure(collector, {hosts: [server]})).toEqual(['host.removed']);
    result(collector, service('server', 'web'), 'ok', {source: 'am'});
    expect(configure(collector, {hosts: [], checks: []})).toEqual(['check.removed', 'host.defined']);
    expect(collector.state.hosts.get('mueller|hq|server')).toMatchObject({parents: [], criticality: 'B'});
  });

  test('what an upstream says of a host stands, whether the host is configured or not', () => {
    const collector = configured();
    message(collector, {address: service('router', 'bgp')});
    expect(configure(collector, {hosts: [server]})).toEqual(['host.removed']);
    expect(alertOf(collector, service('router', 'bgp')).condition).toBe('firing');
  });

  test('a source that is taken away takes the alerts with it that nobody else speaks of', () => {
    const collector = configured();
    message(collector, {address: service('server', 'raid'), key: 'am:1'});
    message(collector, {address: service('server', 'web'), key: 'am:2'});
    message(collector, {address: service('server', 'web'), key: 'zabbix:2', source: 'zabbix'});
    expect(configure(collector, {sources: []})).toEqual(['source.removed', 'alert.closed']);
    expect(alertOf(collector, service('server', 'web')).condition).toBe('firing');
  });

  test('a customer that is taken away takes everything along', () => {
    const collector = configured();
    result(collector, DISK, 'critical');
    message(collector, {address: service('nas', 'raid')});
    configure(collector, {customers: [], hosts: [], checks: []});
    const {customers, hosts, checks, live, ofHost, ofSite} = collector.state;
    expect([customers.size, hosts.size, checks.size, live.size, ofHost.size, ofSite.size]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('the customer of what could not be placed is never taken away', () => {
    const collector = configured();
    const unassigned = {...mueller, id: 'unassigned', name: plain('unassigned')};
    configure(collector, {customers: [mueller, unassigned]});
    expect(configure(collector)).toEqual([]);
    expect(collector.state.customers.has('unassigned')).toBe(true);
  });
});

describe('a configured check that never reports', () => {
  test('is missed like any other (FR-1, FR-3)', () => {
    const collector = configured();
    const memory = expectCheck(collector.state, undefined, disk, START);
    const record = collector.state.checks.get(fingerprint(DISK));
    expect(record && dueOfCheck(record, memory, collector.rules)).toBe(START + 10 * MINUTE);
    const timed = {kind: 'check', fingerprint: fingerprint(DISK)} as const;
    const {drafts} = decideDue(collector.state, memory, timed, START + 10 * MINUTE, collector.rules);
    expect(types(collector.draft(...drafts))).toEqual(['check.changed', 'alert.opened']);
    expect(alertOf(collector)).toMatchObject({severity: 'unknown', labels: {reason: 'stale'}});
  });

  test('keeps what is remembered when only its policy changes', () => {
    const collector = configured();
    result(collector, DISK, 'critical');
    const before = collector.memories.get(fingerprint(DISK));
    const policy = {...AT_ONCE, intervalMs: MINUTE};
    const after = expectCheck(collector.state, before, {...disk, policy}, START + MINUTE);
    expect(after).toEqual({...before, result: {...before?.result, policy}});
  });
});

describe('a removal that a source reports', () => {
  test('of a service closes its alert; of a host, everything on it', () => {
    const collector = configured();
    result(collector, DISK, 'critical');
    result(collector, service('server'), 'ok');
    message(collector, {address: service('server', 'raid')});
    expect(types(collector.observe({type: 'removal', address: DISK}))).toEqual(['check.removed', 'alert.closed']);
    expect(types(collector.observe({type: 'removal', address: service('server')})).toSorted()).toEqual([
      'alert.closed',
      'check.removed',
      'host.removed',
    ]);
    expect(collector.state.live.size).toBe(0);
    expect(collector.observe({type: 'removal', address: service('server')})).toEqual([]);
  });
});
