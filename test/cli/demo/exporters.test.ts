import {expect, test} from 'vitest';
import {exporterUrl, startFakeExporters} from '../../../src/cli/demo/fake-exporters.ts';
import {figuresOf} from '../../../src/cli/demo/host-figures.ts';
import {demoWorld} from '../../../src/cli/demo/world.ts';
import {busyPercent} from '../../../src/collector/exporters/host-facts.ts';
import {scrape} from '../../../src/collector/exporters/scrape.ts';
import type {ExporterConfig} from '../../../src/runtime/collector-config.ts';
import {virtualOutside} from '../../support/clock.ts';

const scraped = demoWorld().hosts.filter(host => host.kind !== 'device');
const off = {warning: null, critical: null};

test('every host is scraped by the real code, and the figures are those it was to show', async () => {
  const outside = virtualOutside();
  const exporters = await startFakeExporters(scraped, outside.clock);
  const configOf = (host: (typeof scraped)[number]): ExporterConfig => ({
    ...host,
    type: host.kind === 'windows' ? 'windows' : 'node',
    url: exporterUrl(host, exporters.port),
    everyMs: 10_000,
    timeoutMs: 10_000,
    thresholds: {cpu: off, memory: off, disk: off},
  });
  const signal = new AbortController().signal;
  for (const host of scraped) {
    const before = await scrape(configOf(host), signal, outside);
    outside.advance(10_000);
    const {facts} = await scrape(configOf(host), signal, outside);
    expect(facts.cores).toBe(host.cores);
    expect(facts.fileSystems.map(disk => disk.mount)).toEqual(Object.keys(host.disks));
    expect(facts.memoryPercent).toBeGreaterThan(20);
    expect(facts.uptimeSeconds).toBeGreaterThan(86_400);
    expect(facts.load === null).toBe(host.kind === 'windows');
    expect(busyPercent(before.facts.cpu, facts.cpu)).toBeGreaterThan(0);
    for (const {mount, usedPercent} of facts.fileSystems) {
      expect(Math.abs(usedPercent - (host.disks[mount] ?? 0))).toBeLessThan(1);
    }
  }
  exporters.close();
});

test('a strain shows, and goes', async () => {
  const outside = virtualOutside();
  const exporters = await startFakeExporters(scraped, outside.clock);
  const host = scraped.find(one => one.customer === 'mueller' && one.host === 'srv-db-01');
  if (host === undefined) throw new Error('no such host');
  const text = async () => (await fetch(exporterUrl(host, exporters.port))).text();
  const before = await text();
  const strain = {type: 'strain', atMs: 0, host, metric: 'disk', mount: '/var', percent: 97} as const;
  exporters.strain(strain);
  expect(await text()).not.toBe(before);
  exporters.strain({...strain, percent: null});
  expect(await text()).toBe(before);
  expect((await fetch(`http://127.0.0.1:${exporters.port}/other`)).status).toBe(404);
  exporters.close();
});

test('figures stay above 0 and below every threshold over a whole night, and move: only faults alarm', () => {
  for (const host of scraped) {
    const seen = new Set<number>();
    for (let ms = 0; ms < 8 * 3_600_000; ms += 600_000) {
      const {cpuPercent, memoryPercent, disks} = figuresOf(host, ms, new Map());
      for (const {usedPercent} of disks) expect(usedPercent).toBeLessThan(85);
      for (const percent of [cpuPercent, memoryPercent]) {
        expect(percent).toBeGreaterThan(0);
        expect(percent).toBeLessThan(90);
      }
      seen.add(Math.round(cpuPercent));
    }
    expect(seen.size).toBeGreaterThan(4);
  }
});
