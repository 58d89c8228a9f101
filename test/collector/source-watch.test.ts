import {expect, test} from 'vitest';
import {TWO_CUSTOMERS} from '../support/collector-process.ts';
import {alert, OpenCollector} from './support/open-collector.ts';

const BODY = `${TWO_CUSTOMERS}  - {name: beat, type: generic, expectEvery: 5m}\n`;

test('FR-1, FR-3: a source is live when it is heard, stale after its silence and grace, and a restart is no silence', async () => {
  await using collector = await OpenCollector.start(BODY);
  const token = collector.token('ingest');
  const console = await collector.console(collector.token('viewer'));
  await console.subscribe();
  const freshness = (name: string) => console.state?.sources.get(name)?.freshness;
  expect([freshness('beat'), freshness('custom')]).toEqual(['never', 'never']);

  await collector.ingest(token, alert('a'), 'beat');
  await console.when(({sources}) => sources.get('beat')?.freshness === 'live');
  expect(freshness('custom')).toBe('never');

  await collector.outside.advanceAsync(9 * 60_000);
  expect(freshness('beat')).toBe('live');
  await collector.outside.advanceAsync(65_000);
  await console.when(({sources}) => sources.get('beat')?.freshness === 'stale');

  await collector.ingest(token, alert('a'), 'beat');
  await console.when(({sources}) => sources.get('beat')?.freshness === 'live');
  await collector.outside.advanceAsync(9 * 60_000);
  await collector.restart();
  await collector.outside.advanceAsync(5 * 60_000);
  const after = await collector.console(collector.token('viewer', null, 'after'));
  await after.subscribe();
  expect(after.state?.sources.get('beat')?.freshness).toBe('live');
});

test('the mark tells when each source was heard and how often it could not be understood', async () => {
  await using collector = await OpenCollector.start(BODY);
  const token = collector.token('ingest');
  const console = await collector.console(collector.token('viewer'));
  await console.subscribe();
  await collector.ingest(token, alert('a'));
  await collector.http('POST', '/v1/ingest/custom', {token, body: '{'});
  await collector.http('POST', '/v1/ingest/custom', {token, body: '3'});
  const heardAt = collector.outside.clock.now();
  const marked = console.next(frame => frame.t === 'mark');
  await collector.outside.advanceAsync(10_000);
  expect(await marked).toMatchObject({
    sources: expect.arrayContaining([{name: 'custom', lastSeenAt: heardAt, errors: 2}]),
  });
});

test('what is no longer configured goes, and its alerts are closed; what is new is there', async () => {
  await using collector = await OpenCollector.start(BODY);
  const token = collector.token('ingest');
  const console = await collector.console(collector.token('viewer'));
  await console.subscribe();
  await collector.ingest(token, alert('gone', {customer: 'hofer'}));
  await console.when(({alerts}) => alerts.size === 1);
  await collector.ingest(token, alert('orphan'), 'beat');
  await collector.ingest(token, alert('kept'));
  await console.when(({alerts}) => alerts.size === 3);
  const body = 'customers: [{id: mueller}, {id: neu}]\nsources: [{name: custom, type: generic}]\n';
  await collector.running.reload(collector.config(body));
  await console.when(({customers}) => customers.has('neu') && !customers.has('hofer'));
  expect([...(console.state?.sources.keys() ?? [])].sort()).toEqual(['custom', 'report']);
  const conditions = [...(console.state?.alerts.values() ?? [])].map(({host, condition}) => [host, condition]);
  expect(Object.fromEntries(conditions)).toEqual({gone: 'closed', orphan: 'closed', kept: 'firing'});
  expect((await collector.ingest(token, alert('x'), 'beat')).status).toBe(404);
  expect(console.faults).toEqual([]);
});
