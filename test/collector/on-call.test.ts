import {expect, test} from 'vitest';
import {outlookAt} from '../../src/domain/on-call/outlook.ts';
import {personOf} from '../../src/domain/on-call/plan.ts';
import type {NocState} from '../../src/domain/state.ts';
import {TWO_CUSTOMERS} from '../support/collector-process.ts';
import {OpenCollector} from './support/open-collector.ts';

const layer = (people: string) =>
  `layers: [{rotation: weekly, start: 2026-11-02, handover: "08:00", people: [${people}]}]`;

const withSchedules = (leitung: string) => `${TWO_CUSTOMERS}onCall:
  people:
    jana: {name: Jana Berg, contact: "+49 171 5550101"}
    ben: {name: "Ben\\e[31m Krüger"}
    canary: {name: CANARY-mueller}
  schedules:
    - {id: technik, name: Technik, customers: [mueller, hofer], ${layer('jana, ben')}}
    - {id: eigen, name: CANARY-mueller, customers: [mueller], ${layer('canary')}}
    - {id: leitung, name: Leitung, ${layer(leitung)}}
`;

function onCall(state: NocState | null, at: number): readonly string[] {
  return [...(state?.onCall.values() ?? [])].map(plan => {
    const {user} = outlookAt(plan.schedule, at);
    return `${plan.customer ?? 'all'} ${plan.name}: ${personOf(plan, user)?.name ?? 'nobody'}`;
  });
}

test('schedules reach every console from the configuration, by the log, and each console only those of its customers (rule 19)', async () => {
  await using collector = await OpenCollector.start(withSchedules('jana'));
  const now = collector.outside.clock.now();
  const all = await collector.console(collector.token('viewer', null, 'wall'));
  const lobby = await collector.console(collector.token('viewer', ['hofer'], 'lobby'));
  await Promise.all([all.subscribe(), lobby.subscribe()]);
  expect(onCall(all.state, now)).toEqual([
    'mueller Technik: Jana Berg',
    'hofer Technik: Jana Berg',
    'mueller CANARY-mueller: CANARY-mueller',
    'all Leitung: Jana Berg',
  ]);
  expect(onCall(lobby.state, now)).toEqual(['hofer Technik: Jana Berg', 'all Leitung: Jana Berg']);
  expect(lobby.text).not.toMatch(/mueller/i);
  // Names go through the one door of outside text (rule 42).
  expect(all.text).not.toMatch(/\\u001b|\u001b/);

  await collector.running.reload(collector.config(withSchedules('ben')));
  await lobby.until(frame => frame.t === 'd' && frame.events.some(({event}) => event.type === 'onCall.defined'));
  expect(onCall(lobby.state, now).at(-1)).toMatch(/^all Leitung: Ben.* Krüger$/);
  expect([...all.faults, ...lobby.faults]).toEqual([]);
});

test('a restart with the same configuration writes nothing of them, and they are there again', async () => {
  await using collector = await OpenCollector.start(withSchedules('jana'));
  const token = collector.token('viewer');
  const before = await collector.console(token);
  await before.subscribe();
  await collector.restart();
  const after = await collector.console(token);
  await after.subscribe();
  expect([...(after.state?.onCall ?? [])]).toEqual([...(before.state?.onCall ?? [])]);
  expect([...(after.state?.onCall.values() ?? [])]).toHaveLength(4);
});
