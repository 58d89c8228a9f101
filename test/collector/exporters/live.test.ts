import {cpus, uptime} from 'node:os';
import {expect, test} from 'vitest';
import {busyPercent} from '../../../src/collector/exporters/host-facts.ts';
import {scrape} from '../../../src/collector/exporters/scrape.ts';
import {realOutside} from '../../../src/runtime/outside-real.ts';
import {missingPrograms, startNodeExporter} from '../../support/real-servers.ts';

const reason = missingPrograms('prometheus-node-exporter');
if (reason !== null) console.warn(reason);

test.skipIf(reason !== null)("Debian's node_exporter tells the truth about this machine", async () => {
  await using server = await startNodeExporter();
  const exporter = {
    host: 'here',
    customer: 'acme',
    site: '',
    type: 'node',
    url: `${server.url}/metrics`,
    everyMs: 15_000,
    timeoutMs: 10_000,
    thresholds: {
      cpu: {warning: null, critical: null},
      memory: {warning: null, critical: null},
      disk: {warning: null, critical: null},
    },
  } as const;
  const signal = AbortSignal.timeout(60_000);
  const first = await scrape(exporter, signal, realOutside);
  const second = await scrape(exporter, signal, realOutside);
  expect(first.samples).toBeGreaterThan(200);
  expect(first.facts.cores).toBe(cpus().length);
  expect(first.facts.uptimeSeconds).toBeGreaterThan(uptime() - 60);
  expect(first.facts.uptimeSeconds).toBeLessThan(uptime() + 60);
  expect(first.facts.memoryPercent).toBeGreaterThan(0);
  expect(first.facts.fileSystems.some(({sizeBytes}) => sizeBytes > 0)).toBe(true);
  const busy = busyPercent(first.facts.cpu, second.facts.cpu);
  if (busy !== null) expect(busy).toBeLessThanOrEqual(100);
});
