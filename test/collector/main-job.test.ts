import {expect, test} from 'vitest';
import {alert, OpenCollector} from './support/open-collector.ts';

test('an alert reaches every console, and the acknowledgement comes back with its owner', async () => {
  await using collector = await OpenCollector.start();
  const [jana, ben] = await Promise.all([
    collector.console(collector.token('technician', null, 'jana')),
    collector.console(collector.token('technician', null, 'ben')),
  ]);
  await Promise.all([jana.subscribe(), ben.subscribe()]);

  const answer = await collector.ingest(collector.token('ingest'), alert('srv-01'));
  expect(answer).toMatchObject({status: 202, json: {accepted: 1, rejected: []}});
  const opened = await jana.until(
    frame => frame.t === 'd' && frame.events.some(it => it.event.type === 'alert.opened'),
  );
  expect(opened.t).toBe('d');
  const [shown] = jana.state?.alerts.values() ?? [];
  if (shown === undefined) throw new Error('no alert');
  expect(shown).toMatchObject({
    customer: 'mueller',
    host: 'srv-01',
    severity: 'critical',
    condition: 'firing',
    ack: null,
  });

  const ack = {kind: 'ack', occurrence: shown.occurrence, note: null, until: null, sticky: false} as const;
  const verdict = await jana.command(ack, {expectedVersion: shown.version});
  expect(verdict).toMatchObject({outcome: 'applied', code: 'OK', seq: expect.any(Number)});
  await ben.reach(verdict.seq ?? 0);
  expect(ben.state?.alerts.get(shown.occurrence)?.ack).toMatchObject({by: 'jana'});

  expect(await ben.command(ack)).toMatchObject({
    outcome: 'noop',
    code: 'ALREADY',
    by: 'jana',
    at: collector.outside.clock.now(),
  });
  await collector.ingest(collector.token('ingest', null, 'prom'), alert('srv-01', {status: 'resolved'}));
  await ben.until(frame => frame.t === 'd' && frame.events.some(it => it.event.type === 'alert.resolved'));
  expect(ben.state?.alerts.get(shown.occurrence)).toMatchObject({condition: 'resolved', ack: null});
  expect([...jana.faults, ...ben.faults]).toEqual([]);
});
