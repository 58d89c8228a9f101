import {expect, test} from 'vitest';
import {alert, OpenCollector} from './support/open-collector.ts';
import type {TestConsole} from './support/test-console.ts';

test('rule 36: a flood is one line that ends with it, and another customer’s alert does not wait for its end', async () => {
  await using collector = await OpenCollector.start();
  const loud = collector.token('ingest', null, 'loud');
  const quiet = collector.token('ingest', null, 'quiet');
  const console = await collector.console(collector.token('admin'));
  await console.subscribe();
  const floods = (of: TestConsole) =>
    [...(of.state?.alerts.values() ?? [])].filter(({summary}) => summary === 'source-flood');

  const storm = (batch: number) => {
    const one = (_: unknown, index: number) =>
      alert(`loud-${index % 50}`, {key: `${batch}-${index}`, service: `s${batch}-${index}`});
    return collector.ingest(loud, Array.from({length: 100}, one));
  };
  const storms = Array.from({length: 24}, (_, batch) => storm(batch));
  const report = {type: 'alert', ...alert('quiet-01', {customer: 'hofer'})};
  expect((await collector.http('POST', '/v1/reports', {token: quiet, body: report})).status).toBe(202);
  for (const {status} of await Promise.all(storms)) expect(status).toBe(202);

  await console.until(frame => frame.t === 'd' && JSON.stringify(frame).includes('source-flood'));
  await console.when(({alerts}) => alerts.size === 24 * 100 + 2);
  const opened = [...(console.state?.alerts.values() ?? [])]
    .map(({host, timeline}) => ({host, seq: timeline[0]?.seq ?? 0}))
    .sort((a, b) => a.seq - b.seq);
  const place = opened.findIndex(({host}) => host === 'quiet-01');
  expect(place, 'alerts of the flood before it').toBeLessThan(2000);
  expect(floods(console)).toMatchObject([
    {customer: 'unassigned', host: 'berlin', service: 'custom', condition: 'firing'},
  ]);

  await collector.restart();
  await collector.outside.advanceAsync(60_000);
  const after = await collector.console(collector.token('admin', null, 'after'));
  await after.subscribe(console);
  expect(floods(after)).toMatchObject([{condition: 'resolved'}]);
  expect([...console.faults, ...after.faults]).toEqual([]);
});
