import {describe, expect, test} from 'vitest';
import {type FaultReport, type NightEvent, night} from '../../../src/cli/demo/night.ts';
import {demoWorld} from '../../../src/cli/demo/world.ts';

const world = demoWorld();
const HOUR_MS = 3_600_000;

/** All that happens in the first `ms` of a night. */
function played(seed: number, ms: number): readonly NightEvent[] {
  const events: NightEvent[] = [];
  for (const event of night(seed, world)) {
    if (event.atMs > ms) return events;
    events.push(event);
  }
  return events;
}

const reportsOf = (events: readonly NightEvent[]) =>
  events.filter((event): event is FaultReport => event.type === 'report');

describe('the world', () => {
  test('eight customers, each with hosts, and about 60 hosts with an exporter', () => {
    expect(world.customers).toHaveLength(8);
    for (const {id} of world.customers) expect(world.hosts.some(host => host.customer === id)).toBe(true);
    const scraped = world.hosts.filter(host => host.kind !== 'device');
    expect(scraped.length).toBeGreaterThanOrEqual(50);
    for (const host of scraped) expect(Object.keys(host.disks).length).toBeGreaterThan(0);
  });

  test('a host is named once for a customer, and stands behind hosts of its own site', () => {
    const names = world.hosts.map(({customer, host}) => `${customer}/${host}`);
    expect(new Set(names).size).toBe(names.length);
    for (const {customer, site, parents} of world.hosts) {
      for (const parent of parents) {
        expect(world.hosts.some(one => one.customer === customer && one.site === site && one.host === parent)).toBe(
          true,
        );
      }
    }
  });

  test('every fault fits some host, and its texts name nothing that it has no number for', () => {
    for (const fault of world.faults) {
      const known = new Set([...Object.keys(fault.numbers), 'mount', 'host', 'percent']);
      const texts = [fault.service, ...fault.steps.flatMap(step => [step.summary, step.output])].join(' ');
      for (const [, name = ''] of texts.matchAll(/\{([a-z]+)\}/g)) expect(known, fault.id).toContain(name);
      const isFit = world.hosts.some(
        host => host.roles.some(role => fault.roles.includes(role)) && (fault.kinds ?? [host.kind]).includes(host.kind),
      );
      expect(isFit, fault.id).toBe(true);
      expect(fault.via === 'generic' || fault.alertname !== undefined, fault.id).toBe(true);
    }
  });
});

describe('a night', () => {
  const hour = played(1, HOUR_MS);
  const reports = reportsOf(hour);

  test('the same seed is the same night, another one is another', () => {
    expect(played(7, HOUR_MS / 6)).toEqual(played(7, HOUR_MS / 6));
    expect(played(7, HOUR_MS / 6)).not.toEqual(played(8, HOUR_MS / 6));
  });

  test('events come in the order of time, and it never ends', () => {
    for (const [index, event] of hour.entries()) expect(event.atMs).toBeGreaterThanOrEqual(hour[index - 1]?.atMs ?? 0);
    expect(played(3, 10 * HOUR_MS).length).toBeGreaterThan(5000);
  });

  test('it begins in the middle of things', () => {
    const opening = hour.filter(event => event.atMs === 0);
    const firing = reportsOf(opening);
    expect(firing.length).toBeGreaterThanOrEqual(10);
    expect(firing.every(report => report.status === 'firing' && report.startedMs < 0)).toBe(true);
    expect(new Set(firing.map(report => report.severity))).toEqual(new Set(['warning', 'critical', 'page-me-maybe']));
    const down = opening.flatMap(event => (event.type === 'pulse' ? event.states : [])).filter(state => !state.isUp);
    expect(down[0]?.host).toMatchObject({customer: 'baecker', host: 'fw-01'});
    expect(down).toHaveLength(15);
  });

  test('faults fire, get worse, recover and come back; a few flap; the screen stays readable', () => {
    const byKey = Map.groupBy(reports, report => report.key);
    const words = [...byKey.values()].map(list => list.map(({status, severity}) => `${status} ${severity}`).join(', '));
    expect(words.some(text => text.includes('firing warning, firing critical'))).toBe(true);
    expect(words.some(text => /resolved \w+, firing/.test(text))).toBe(true);
    const flaps = reports.filter(report => report.fault.flaps !== undefined && report.status === 'firing');
    expect(flaps.length).toBeGreaterThan(5);
    const firing = new Set<string>();
    let most = 0;
    for (const {key, status} of reports) {
      if (status === 'firing') firing.add(key);
      else firing.delete(key);
      most = Math.max(most, firing.size);
    }
    expect(most).toBeLessThanOrEqual(18);
    expect(new Set(reports.map(report => report.fault.id)).size).toBeGreaterThan(15);
    expect(new Set(reports.map(report => report.host.customer)).size).toBe(8);
  });

  test('an end belongs to the beginning before it, and no text has a gap left in it', () => {
    const started = new Map<string, number>();
    for (const {key, status, startedMs, summary, output, service, host} of reports) {
      if (status === 'firing' && started.get(key) === undefined) started.set(key, startedMs);
      if (status === 'resolved') {
        expect(startedMs).toBe(started.get(key));
        started.delete(key);
      }
      expect(`${summary} ${output} ${service}`).not.toMatch(/[{}]|undefined|NaN/);
      expect(summary.length).toBeGreaterThan(5);
      expect(host.customer).not.toBe('');
    }
  });

  test('a strain shows in the figures as long as its fault, and no longer', () => {
    const strained = new Set<string>();
    for (const event of hour) {
      if (event.type !== 'strain') continue;
      const name = `${event.host.customer}/${event.host.host}/${event.metric}`;
      if (event.percent === null) expect(strained.delete(name)).toBe(true);
      else strained.add(name);
    }
    expect(strained.size).toBeLessThan(10);
  });

  test('a site falls silent and speaks again, and firewalls come back', () => {
    const pulses = hour.filter(event => event.type === 'pulse');
    const speaks = pulses.map(pulse => pulse.states.some(({host}) => host.site === 'Lager Süd'));
    expect(speaks.slice(0, 3)).toEqual([true, false, false]);
    expect(speaks.slice(3)).toContain(true);
    const isFirewallUp = pulses.map(
      ({states}) => states.find(({host}) => host.customer === 'baecker' && host.host === 'fw-01')?.isUp,
    );
    expect(new Set(isFirewallUp)).toEqual(new Set([false, true]));
    const [first] = pulses;
    const order = first?.states.map(({host}) => host.parents.length) ?? [];
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });
});
