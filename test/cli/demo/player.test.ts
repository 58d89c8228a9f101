import {describe, expect, test} from 'vitest';
import {type NightEvent, night} from '../../../src/cli/demo/night.ts';
import type {WebhookMessage} from '../../../src/cli/demo/payloads.ts';
import {playNight} from '../../../src/cli/demo/player.ts';
import {demoWorld} from '../../../src/cli/demo/world.ts';
import {createPlacement} from '../../../src/collector/placement.ts';
import {sourceParsers} from '../../../src/collector/sources/registry.ts';
import type {Observation} from '../../../src/domain/observation.ts';
import type {SourceConfig} from '../../../src/runtime/collector-config.ts';
import {NIGHT, virtualOutside} from '../../support/clock.ts';

const world = demoWorld();
const MINUTE = 60_000;

function source(name: string): SourceConfig {
  const type = name === 'alertmanager' ? 'alertmanager' : 'generic';
  const nothing = {
    customer: null,
    timezone: 'Europe/Berlin',
    expectEveryMs: null,
    allow: null,
    hmacKeys: [],
    api: null,
  };
  return {name, type, customerLabel: type === 'alertmanager' ? 'tenant' : null, ...nothing};
}

const place = createPlacement(
  world.customers.map(({id, name}) => ({
    ...{id, name, state: null, catholicMunicipality: false, augsburg: false, timezone: 'Europe/Berlin', sla: null},
    match: [],
  })),
);

/** A play on virtual time, and what it sent. */
function stage(events: Iterator<NightEvent>, post?: (message: WebhookMessage) => Promise<void>) {
  const outside = virtualOutside();
  const messages: {readonly at: number; readonly message: WebhookMessage}[] = [];
  const troubles: unknown[] = [];
  const keep = async (message: WebhookMessage) => void messages.push({at: outside.clock.now(), message});
  const hands = {post: post ?? keep, strain: () => {}, onTrouble: (error: unknown) => void troubles.push(error)};
  return {outside, messages, troubles, ...playNight(events, hands, outside)};
}

describe('a night on the wire', () => {
  test('every message is read by the real parsers, whole, and of its customer', async () => {
    const {outside, messages, stop} = stage(night(5, world));
    await outside.advanceAsync(20 * MINUTE);
    stop();
    const observations: Observation[] = [];
    for (const {at, message} of messages) {
      const config = source(message.source);
      const headers = {'content-type': message.contentType};
      const request = {body: JSON.parse(JSON.stringify(message.body)), headers, receivedAt: at};
      const parsed = sourceParsers.get(config.type)?.parse(request, config, place);
      expect(parsed).toMatchObject({rejected: [], ignored: []});
      observations.push(...(parsed?.observations ?? []));
    }
    const customers = new Set(observations.map(one => one.address.customer));
    expect(customers).toEqual(new Set(world.customers.map(customer => customer.id)));
    const alerts = observations.filter(one => one.type === 'alert');
    expect(new Set(alerts.map(alert => alert.severity))).toEqual(new Set(['warning', 'critical', 'unknown']));
    expect(alerts.every(alert => alert.runbook !== null && alert.startedAt <= outside.clock.now())).toBe(true);
    expect(alerts.some(alert => alert.status === 'resolved' && (alert.endedAt ?? 0) > alert.startedAt)).toBe(true);
    const down = observations.filter(one => one.type === 'check' && one.state === 'critical');
    expect(down.length).toBeGreaterThan(15);
  });

  test('each event comes at its time, the opening at once', async () => {
    const {outside, messages, stop} = stage(night(5, world));
    await outside.advanceAsync(0);
    expect(messages.length).toBeGreaterThanOrEqual(11);
    expect(messages.every(({at}) => at === NIGHT)).toBe(true);
    await outside.advanceAsync(MINUTE);
    stop();
    const wanted: number[] = [];
    for (const event of night(5, world)) {
      if (event.atMs > MINUTE) break;
      if (event.type !== 'strain') wanted.push(event.atMs);
    }
    expect(messages.map(({at}) => at - NIGHT)).toEqual(wanted);
  });

  test('a machine that slept goes on where it stopped, without a flood', async () => {
    const {outside, messages, stop} = stage(night(5, world));
    await outside.advanceAsync(MINUTE);
    const before = messages.length;
    outside.jump(8 * 3_600_000);
    await outside.advanceAsync(MINUTE);
    stop();
    expect(messages.length - before).toBeLessThan(40);
  });

  test('a message that is not taken is told once and ends the play; after stop nothing is told', async () => {
    const refused = () => Promise.reject(new Error('refused'));
    const {outside, troubles} = stage(night(5, world), refused);
    await outside.advanceAsync(MINUTE);
    expect(troubles).toHaveLength(1);
    const stopped = stage(night(5, world), refused);
    stopped.stop();
    await stopped.outside.advanceAsync(MINUTE);
    expect(stopped.troubles).toEqual([]);
  });
});
