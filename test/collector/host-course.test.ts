import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {expect, test} from 'vitest';
import {HOUR} from '../../src/domain/time.ts';
import {OpenCollector} from './support/open-collector.ts';

const SIZE = 1e11;

/** A node_exporter of which `/var` is as full as it is told. */
async function openExporter() {
  let usedPercent = 0;
  let answered = Promise.withResolvers<void>();
  const server = createServer((_, response) => {
    const labels = '{device="/dev/sda1",fstype="ext4",mountpoint="/var"}';
    const free = (SIZE * (100 - usedPercent)) / 100;
    const lines = [`node_filesystem_size_bytes${labels} ${SIZE}`, `node_filesystem_avail_bytes${labels} ${free}`];
    response.end(`${lines.join('\n')}\nnode_memory_MemTotal_bytes 100\nnode_memory_MemAvailable_bytes 40\n`);
    response.on('close', () => answered.resolve());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`,
    fill(percent: number) {
      usedPercent = percent;
      answered = Promise.withResolvers();
    },
    scraped: () => answered.promise,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

// The rule wants a day of figures: the timers of a whole collector take seconds to get through it.
test('a disk that fills at a real exporter is forecast on the wire once a day was seen, and not before (PF-2)', async () => {
  await using exporter = await openExporter();
  exporter.fill(88);
  await using collector = await OpenCollector.start(`
customers:
  - {id: mueller, name: Müller, state: DE-BY}
exporters:
  - {host: srv-01, customer: mueller, type: node, url: "${exporter.url}", every: 1h, thresholds: {disk: {warning: 85, critical: 95}}}
`);
  /** Until the figures of this hour have arrived. */
  const hourly = async (percent: number) => {
    exporter.fill(percent);
    collector.outside.advance(HOUR);
    await exporter.scraped();
    for (let turn = 0; turn < 20; turn++) await new Promise<void>(resolve => setImmediate(resolve));
  };
  let id = 0;
  const token = collector.token('viewer');
  const ask = async () => {
    id++;
    const console = await collector.console(token);
    await console.subscribe();
    console.send({t: 'ask', id, host: 'mueller||srv-01', spanMs: 24 * HOUR, points: 24});
    const answer = await console.until(frame => frame.t === 'history' && frame.id === id);
    if (answer.t !== 'history') throw new Error('no history');
    return answer;
  };
  for (let hour = 1; hour <= 4; hour++) await hourly(89.2 + hour * 0.3);
  expect((await ask()).disks?.[0]?.forecast).toMatchObject({type: 'none', reason: 'shortSpan'});
  for (let hour = 5; hour <= 26; hour++) await hourly(89.2 + hour * 0.3);
  const {disks, limits, series} = await ask();
  expect(disks?.map(({mount}) => mount)).toEqual(['/var']);
  expect(disks?.[0]?.forecast).toMatchObject({type: 'forecast', level: 'critical'});
  const [disk] = disks ?? [];
  // 3 % are left, at 0.3 % an hour.
  if (disk?.forecast.type === 'forecast') expect(disk.forecast.fullInSeconds / 3600).toBeCloseTo(10, -0.5);
  expect(disk?.values.every(value => value !== null)).toBe(true);
  expect(series.memory.at(-1)).toBeCloseTo(60, 0);
  expect(limits?.disk).toEqual({warning: 85, critical: 95});
});
