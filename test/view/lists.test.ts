import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {hostKey} from '../../src/domain/address.ts';
import type {DomainEvent} from '../../src/domain/event.ts';
import {occurrenceId} from '../../src/domain/occurrence-id.ts';
import {HOUR, MINUTE} from '../../src/domain/time.ts';
import {alertJson} from '../../src/view/alert-json.ts';
import {alertVocabulary} from '../../src/view/alert-vocabulary.ts';
import {ALL_SCOPE, CONSOLE_SCOPE, listAlerts, narrowAlerts, OPEN_SCOPE, selectAlerts} from '../../src/view/alerts.ts';
import {type AlertGroup, arrangeAlerts} from '../../src/view/arrange-alerts.ts';
import {customerJson} from '../../src/view/customer-json.ts';
import {selectCustomers} from '../../src/view/customers.ts';
import {createFeedSelector} from '../../src/view/feed.ts';
import {parseFilter} from '../../src/view/filter.ts';
import {foldAlerts} from '../../src/view/fold-alerts.ts';
import {countText} from '../../src/view/fold-line.ts';
import {hostJson} from '../../src/view/host-json.ts';
import {createHostSelector, hostVocabulary, selectHost} from '../../src/view/hosts.ts';
import {sourceJson} from '../../src/view/source-json.ts';
import {selectSources} from '../../src/view/sources.ts';
import {
  acknowledged,
  busyNight,
  calmNight,
  checked,
  hostDefined,
  type Night,
  raised,
  resolved,
  sampleOf,
} from '../console/night.ts';

/** The rows of the folded list: of a fold how many, and on what. */
function folded(night: Night, text = '', group: AlertGroup = 'none'): readonly string[] {
  const now = night.outside.clock.now();
  const every = listAlerts(night.noc.getSnapshot(), CONSOLE_SCOPE, now);
  const fitting = narrowAlerts(every, parseFilter(text, alertVocabulary), now);
  return foldAlerts(arrangeAlerts(fitting, 'due', group), every, group).map(row =>
    row.type === 'fold' ? `${countText(row.fold)} ${row.fold.lead.alert.host}` : row.entry.alert.host,
  );
}

function listed(night: Night, text = '', scope = CONSOLE_SCOPE): readonly string[] {
  const filter = parseFilter(text, alertVocabulary);
  return selectAlerts(night.noc.getSnapshot(), filter, scope, night.outside.clock.now()).map(
    ({alert}) => `${alert.host} ${alert.severity}`,
  );
}

describe('alerts', () => {
  test('what the screen says in either language finds what the log says in one', () => {
    const night = calmNight();
    night.noc.append('berlin', [
      raised({n: 1, customer: 'mueller', host: 'srv-db-01', summary: 'disk /var 97 % of 250.0 GiB'}),
      raised({n: 2, customer: 'mueller', host: 'srv-app-02', summary: 'backup-failed'}),
      raised({n: 3, customer: 'mueller', host: 'web-02', summary: 'RAID degradiert'}),
    ]);
    const disk = ['srv-db-01 critical'];
    for (const text of ['platte', '"disk /var"', 'summary:Platte', 'summary:"of 250"'])
      expect(listed(night, text)).toEqual(disk);
    const backup = ['srv-app-02 critical'];
    for (const text of ['sicherung', 'backup-failed', '"backup failed"']) expect(listed(night, text)).toEqual(backup);
  });

  test('ST-1: nobody’s first, then taken, then planned, then over; critical before unknown before warning', () => {
    expect(listed(busyNight()).map(line => line.replace(/pos-\d+/, 'pos'))).toEqual([
      'srv-db-01 critical',
      'fw-01 critical',
      'dc-01 unknown',
      'wms-01 warning',
      'web-02 warning',
      ...Array.from({length: 14}, () => 'pos critical'),
      'vm-host-3 critical',
      'nas-01 warning',
      'web-02 warning',
    ]);
  });

  test('DP-2: what hides behind an outage is folded under it, and a filter says what it leaves of them', () => {
    const night = busyNight();
    expect(folded(night)).toEqual([
      'srv-db-01',
      '15 fw-01',
      'dc-01',
      'wms-01',
      'web-02',
      'vm-host-3',
      'nas-01',
      'web-02',
    ]);
    expect(folded(night, 'host:fw-01')).toEqual(['1/15 fw-01']);
    expect(folded(night, 'host:pos-01')).toEqual(['1/15 pos-01']);
    expect(folded(night, 'host:pos-*')).toEqual([expect.stringMatching(/^14\/15 pos-/)]);
    expect(folded(night, '', 'host')).toContain('15 fw-01');
    expect(folded(night, 'host:pos-*', 'host')).toHaveLength(14);
    expect(listed(night, '', OPEN_SCOPE)).toHaveLength(21);
  });

  test('the example of the contract finds what it says', () => {
    const night = busyNight();
    expect(listed(night, 'customer:mueller severity:critical !acked')).toEqual(['srv-db-01 critical']);
    expect(listed(night, 'customer:"Müller Maschinenbau GmbH" acked')).toEqual(['vm-host-3 critical']);
    expect(listed(night, 'stale')).toEqual(['wms-01 warning']);
    expect(listed(night, 'age>40m !resolved')).toEqual(['vm-host-3 critical', 'nas-01 warning']);
    expect(listed(night, 'label.team:süd')).toEqual(['srv-db-01 critical']);
    expect(listed(night, 'note:rotation level>=2')).toEqual(['srv-db-01 critical']);
  });

  test('resolved ones stay in sight for five minutes, closed ones only when asked for', () => {
    const night = calmNight();
    night.noc.append('berlin', [raised({n: 1, customer: 'mueller', host: 'fw-01', summary: 'weg'}), resolved(1)]);
    expect(listed(night)).toHaveLength(1);
    expect(listed(night, '', OPEN_SCOPE)).toHaveLength(0);
    night.outside.advance(5 * MINUTE);
    expect(listed(night)).toHaveLength(0);
    night.noc.append('berlin', [{type: 'alert.closed', occurrence: occurrenceId(1), reason: 'settled'}]);
    expect(listed(night, '', ALL_SCOPE)).toHaveLength(1);
  });

  test('JSON has every key of the contract, and RFC 3339 in UTC', () => {
    const night = busyNight();
    const [first] = selectAlerts(night.noc.getSnapshot(), null, OPEN_SCOPE, night.outside.clock.now());
    if (first === undefined) throw new Error('an alert is expected');
    const json = alertJson(first, night.outside.clock.now());
    expect(Object.keys(json)).toEqual(
      'id collector incident customer site host service severity maxSeverity state suppressed summary openedAt updatedAt resolvedAt count acked escalation silencedUntil priority sla source runbook notes'.split(
        ' ',
      ),
    );
    expect(json).toMatchObject({
      id: `B${occurrenceId(6)}`,
      collector: 'berlin',
      state: 'open',
      openedAt: '2026-11-21T01:42:00Z',
      acked: null,
      escalation: {level: 2, at: '2026-11-21T01:44:00Z'},
      notes: [{at: '2026-11-21T01:45:00Z', by: 'Ben', text: 'Rotation der Logs hängt', customerVisible: false}],
    });
  });
});

describe('hosts', () => {
  const event = fc.oneof(
    fc
      .record({
        host: fc.nat(8),
        state: fc.constantFrom('ok', 'critical', 'unknown', 'warning'),
        service: fc.constantFrom('', 'disk', 'load'),
        stale: fc.boolean(),
      })
      .map(
        ({host, state, service, stale}): DomainEvent => checked('mueller', `h${host}`, service, state as 'ok', {stale}),
      ),
    fc.nat(8).map((host): DomainEvent => hostDefined('mueller', `h${host}`)),
    fc.nat(8).map((host): DomainEvent => ({type: 'host.removed', customer: 'mueller', site: '', host: `h${host}`})),
  );

  test('an index that was kept up to date is the one that was made anew', () => {
    fc.assert(
      fc.property(fc.array(fc.array(event, {maxLength: 6}), {maxLength: 12}), batches => {
        const {noc, outside} = calmNight();
        const select = createHostSelector();
        for (const batch of batches) {
          noc.append('berlin', batch);
          select(noc.getSnapshot(), null, outside.clock.now());
        }
        const [kept, fresh] = [select, createHostSelector()].map(one =>
          one(noc.getSnapshot(), null, outside.clock.now()),
        );
        expect(kept).toEqual(fresh);
        for (const entry of fresh ?? [])
          expect(selectHost(noc.getSnapshot(), entry.origin.url, entry.facts.key)).toEqual(entry);
      }),
      {numRuns: 40},
    );
  });

  test('FR-2 and DP-1: silence is never up, and what hides behind an outage is unreachable', () => {
    const {noc, outside} = calmNight();
    noc.append('berlin', [
      hostDefined('mueller', 'still'),
      checked('mueller', 'still', '', 'unknown', {stale: true}),
      hostDefined('mueller', 'hinten'),
      checked('mueller', 'hinten', '', 'critical'),
      raised({n: 1, customer: 'mueller', host: 'hinten', summary: 'weg', suppressed: ['unreachable']}),
      hostDefined('mueller', 'nur-dienst'),
      checked('mueller', 'nur-dienst', 'http', 'critical'),
      hostDefined('mueller', 'dienst-geht'),
      checked('mueller', 'dienst-geht', 'http', 'warning'),
    ]);
    const states = Object.fromEntries(
      createHostSelector()(noc.getSnapshot(), parseFilter('customer:mueller', hostVocabulary), outside.clock.now()).map(
        ({facts}) => [facts.host, facts.state],
      ),
    );
    expect(states).toMatchObject({
      still: 'unknown',
      hinten: 'unreachable',
      'nur-dienst': 'unknown',
      'dienst-geht': 'up',
      'fw-01': 'up',
    });
  });

  test('JSON says stale for all of a silent collector, and null for a figure nobody told', () => {
    const {noc, outside} = busyNight();
    const hosts = createHostSelector()(noc.getSnapshot(), null, outside.clock.now()).map(hostJson);
    expect(hosts.find(({host}) => host === 'wms-01')).toEqual({
      customer: 'kassel',
      site: '',
      host: 'wms-01',
      state: 'up',
      stale: true,
      lastSeenAt: null,
      services: {ok: 2, warning: 0, critical: 0, unknown: 0, pending: 0},
      metrics: {cpuPercent: null, memoryPercent: null, diskPercent: null, loadPerCore: null, uptimeSeconds: null},
    });
    expect(hosts.find(({host}) => host === 'srv-db-01')?.metrics.diskPercent).toBe(97);
  });

  test('figures can be asked for', () => {
    const {noc, outside} = calmNight();
    noc.sample(
      'berlin',
      hostKey({customer: 'mueller', site: '', host: 'fw-01'}),
      sampleOf(outside.clock.now() - HOUR, 95, 20, 50),
    );
    const found = (text: string) =>
      createHostSelector()(noc.getSnapshot(), parseFilter(text, hostVocabulary), outside.clock.now()).map(
        ({facts}) => facts.host,
      );
    expect(found('cpu>90')).toEqual(['fw-01']);
    expect(found('seen>30m')).toEqual(['fw-01']);
    expect(found('disk>50')).toEqual([]);
  });
});

describe('customers and sources', () => {
  test('the one in most need first; a silent collector makes its customers stale, and their calm unknown', () => {
    const {noc, outside} = busyNight();
    const entries = selectCustomers(
      noc.getSnapshot(),
      selectAlerts(noc.getSnapshot(), null, OPEN_SCOPE, outside.clock.now()),
    );
    expect(entries.map(customerJson)).toMatchObject([
      {id: 'baecker', worst: 'critical', open: 15, acked: 0, hosts: 1, stale: false},
      {id: 'mueller', worst: 'critical', open: 1, acked: 1, hosts: 3},
      {id: 'hofer', worst: 'unknown', open: 2, acked: 0},
      {id: 'kassel', worst: 'warning', open: 1, stale: true},
      {id: 'fulda', worst: 'warning', open: 1},
    ]);
    expect(entries.find(({id}) => id === 'kassel')?.heardAt).toBe(outside.clock.now() - 6 * MINUTE);
  });

  test('a source of a collector that is not live is unreachable, whatever it last said', () => {
    const {noc} = calmNight();
    const source = {name: 'am', type: 'alertmanager', capabilities: ['push']};
    for (const name of ['berlin', 'kassel']) {
      noc.append(name, [
        {type: 'source.defined', source},
        {type: 'source.freshness', name: 'am', freshness: 'live'},
      ]);
    }
    noc.change('kassel', {link: 'down'});
    expect(selectSources(noc.getSnapshot()).map(sourceJson)).toMatchObject([
      {collector: 'kassel', freshness: 'unreachable'},
      {collector: 'berlin', freshness: 'live', lastSeenAt: null, errors: 0},
    ]);
  });
});

describe('the feed', () => {
  test('is the newest of all collectors first, and one that was followed equals one that came late', () => {
    const {noc, outside} = calmNight();
    const follow = createFeedSelector();
    for (let n = 1; n <= 8; n++) {
      const collector = n % 2 === 0 ? 'berlin' : 'hamburg';
      noc.append(collector, [raised({n, customer: 'mueller', host: `h${n}`, summary: `Fall ${n}`})]);
      outside.advance(MINUTE);
      noc.append(collector, [acknowledged(n, 'Ben', outside.clock.now())], {by: 'Ben'});
      outside.advance(MINUTE);
      follow(noc.getSnapshot());
    }
    const late = createFeedSelector()(noc.getSnapshot());
    expect(follow(noc.getSnapshot()).map(({key}) => key)).toEqual(late.map(({key}) => key));
    expect(late[0]).toMatchObject({moment: {what: 'alert.acknowledged', by: 'Ben'}, alert: {host: 'h8'}});
    expect(late).toHaveLength(16);
  });
});
