import {describe, expect, test} from 'vitest';
import type {Suppression} from '../../src/domain/alert.ts';
import {compareBadness} from '../../src/domain/badness.ts';
import {snapshotItems} from '../../src/domain/snapshot.ts';
import {HOUR} from '../../src/domain/time.ts';
import {alertOf, DISK, evening, message, pass, result, START, service} from './support/reports.ts';
import {plain} from './support/text.ts';

describe('what comes first (ST-1)', () => {
  const collector = evening();
  message(collector);
  const base = alertOf(collector);
  const ack = {by: plain('anna'), at: START, note: null, until: null, sticky: false};
  const alert = (severity: typeof base.severity, other: Partial<typeof base> = {}) => ({...base, severity, ...other});
  const flagged = (reason: Suppression) => ({suppressed: [reason]});

  test('who handles it, then how bad it is: an unhandled warning stands above an acknowledged critical', () => {
    const inOrder = [
      alert('critical', {openedAt: START + 1}),
      alert('critical'),
      alert('unknown'),
      alert('warning'),
      alert('critical', flagged('unreachable')),
      alert('warning', flagged('unreachable')),
      alert('critical', {ack}),
      alert('warning', {ack, ...flagged('unreachable')}),
      alert('critical', flagged('downtime')),
      alert('critical', {condition: 'resolved'}),
      alert('critical', {condition: 'closed'}),
    ];
    expect(inOrder.toReversed().sort(compareBadness)).toEqual(inOrder);
  });
});

describe('a snapshot', () => {
  test('shows what burns before the rest is there', () => {
    const collector = evening();
    for (const host of ['a', 'b']) result(collector, service(host), 'ok');
    result(collector, DISK, 'warning');
    pass(collector, 1);
    message(collector, {address: service('c', 'raid'), severity: 'critical'});
    const scope = {customer: 'mueller', site: null, host: 'x', service: null};
    const window = {start: START + HOUR, end: START + 2 * HOUR, comment: plain('patching')};
    collector.command('anna', {kind: 'downtime', ...scope, ...window});
    const items = snapshotItems(collector.state, () => true);
    const kinds = items.map(({kind}) => kind).filter(kind => kind !== 'holidays' && kind !== 'incident');
    expect(kinds).toEqual([
      ...['customer', 'downtime', 'alert', 'alert', 'check', 'check', 'check', 'host', 'host', 'host'],
    ]);
    const alerts = items.flatMap(item => (item.kind === 'alert' ? [item.value.severity] : []));
    expect(alerts).toEqual(['critical', 'warning']);
    const checks = items.flatMap(item => (item.kind === 'check' ? [item.value.state] : []));
    expect(checks[0]).toBe('warning');
  });

  test('holds nothing of a customer that may not be seen (rule 19)', () => {
    const collector = evening();
    message(collector, {address: {...DISK, customer: 'canary-schulze'}});
    result(collector, {...DISK, customer: 'canary-schulze', service: 'web'}, 'critical');
    const items = snapshotItems(collector.state, customer => customer !== 'canary-schulze');
    expect(JSON.stringify(items)).not.toContain('canary');
  });
});
