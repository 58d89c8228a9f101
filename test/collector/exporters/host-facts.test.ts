import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {expositionReader} from '../../../src/collector/exporters/exposition.ts';
import {hostChecks, hostFigures} from '../../../src/collector/exporters/host-checks.ts';
import {busyPercent, type CpuTimes, type FactsReader} from '../../../src/collector/exporters/host-facts.ts';
import {nodeFacts} from '../../../src/collector/exporters/node-exporter.ts';
import {windowsFacts} from '../../../src/collector/exporters/windows-exporter.ts';

const folder = new URL('../../fixtures/integrations/prometheus/', import.meta.url);
const fixture = (name: string) => readFileSync(new URL(name, folder), 'utf8');
const node = fixture('captured-node_exporter-1.5.0-excerpt.prom');
const windows = fixture('documented-windows_exporter-excerpt.prom');

const thresholds = {
  cpu: {warning: 90, critical: 97},
  memory: {warning: 90, critical: 95},
  disk: {warning: 85, critical: 95},
};

function factsOf(text: string, facts: FactsReader = nodeFacts()) {
  const reader = expositionReader(sample => facts.take(sample));
  reader.push(Buffer.from(text));
  reader.end();
  return facts.facts();
}

describe('node_exporter', () => {
  test('the captured scrape of 1.5.0', () => {
    const facts = factsOf(node);
    expect(facts).toMatchObject({
      cores: 2,
      load: [0.26, 0.96, 0.84],
      memoryPercent: expect.closeTo(2.08, 1),
      fileSystems: [{mount: '/', usedPercent: expect.closeTo(70.97, 1), sizeBytes: 270553174016, isReadOnly: false}],
      uptimeSeconds: expect.closeTo(1205.8, 0),
      temperatureCelsius: null,
    });
    expect(facts.cpu.size).toBe(16);
  });

  test('cpu is busy for what was not idle between two scrapes, over all cores', () => {
    const later = node
      .replace('{cpu="0",mode="idle"} 836.86', '{cpu="0",mode="idle"} 841.86')
      .replace('{cpu="0",mode="user"} 215.31', '{cpu="0",mode="user"} 225.31')
      .replace('{cpu="1",mode="idle"} 779.72', '{cpu="1",mode="idle"} 794.72');
    expect(busyPercent(factsOf(node).cpu, factsOf(later).cpu)).toBeCloseTo(100 * (10 / 30), 5);
    expect(busyPercent(new Map(), factsOf(node).cpu)).toBeNull();
    expect(busyPercent(factsOf(node).cpu, factsOf(node).cpu)).toBeNull();
  });

  test('a reboot resets the counters, and the share still is between 0 and 100', () => {
    const times = (series: Record<string, number>): CpuTimes =>
      new Map(Object.entries(series).map(([key, seconds]) => [key, {isIdle: key.endsWith('idle'), seconds}]));
    expect(busyPercent(times({'0 idle': 9000, '0 user': 500}), times({'0 idle': 6, '0 user': 2}))).toBe(25);
    const series = fc.dictionary(
      fc.constantFrom('0 idle', '0 user', '1 idle', '1 user'),
      fc.double({min: 0, max: 1e9, noNaN: true}),
    );
    fc.assert(
      fc.property(series, series, (before, now) => {
        const percent = busyPercent(times(before), times(now));
        if (percent === null) return;
        expect(percent).toBeGreaterThanOrEqual(-1e-9);
        expect(percent).toBeLessThanOrEqual(100 + 1e-9);
      }),
    );
  });

  test('file systems without a disk, broken ones and those without a size do not count', () => {
    const line = (mount: string, type: string, more = '') =>
      [
        `node_filesystem_size_bytes{device="x",fstype="${type}",mountpoint="${mount}"${more}} 100`,
        `node_filesystem_avail_bytes{device="x",fstype="${type}",mountpoint="${mount}"${more}} 25`,
      ].join('\n');
    const text = [
      ...['tmpfs', 'devtmpfs', 'overlay', 'squashfs', 'ramfs', 'autofs', 'nsfs', 'fuse.sshfs', 'iso9660'].map(type =>
        line(`/${type}`, type),
      ),
      line('/srv', 'xfs', ',device_error=""'),
      'node_filesystem_readonly{fstype="xfs",mountpoint="/srv"} 1',
      line('/broken', 'nfs4'),
      'node_filesystem_device_error{fstype="nfs4",mountpoint="/broken"} 1',
      'node_filesystem_size_bytes{fstype="ext4",mountpoint="/empty"} 0',
      'node_filesystem_avail_bytes{fstype="ext4",mountpoint="/empty"} 0',
      'node_filesystem_size_bytes{fstype="ext4",mountpoint="/half"} 7',
      'node_filesystem_size_bytes{fstype="ext4",mountpoint="/nan"} NaN',
      'node_filesystem_avail_bytes{fstype="ext4",mountpoint="/nan"} 1',
    ].join('\n');
    expect(factsOf(text).fileSystems).toEqual([{mount: '/srv', usedPercent: 75, sizeBytes: 100, isReadOnly: true}]);
  });

  test('the hottest sensor counts, absurd ones do not', () => {
    const sensor = (name: string, value: string) => `node_hwmon_temp_celsius{chip="x",sensor="${name}"} ${value}`;
    const text = [
      sensor('a', '41.5'),
      sensor('b', '63'),
      sensor('c', '-128'),
      sensor('d', '65261'),
      sensor('e', 'NaN'),
    ];
    expect(factsOf(text.join('\n')).temperatureCelsius).toBe(63);
  });

  test('an exporter that says too much is not believed', () => {
    const many = Array.from(
      {length: 500},
      (_, index) => `node_filesystem_size_bytes{mountpoint="/${index}"} 9
node_filesystem_avail_bytes{mountpoint="/${index}"} 9`,
    );
    const cores = Array.from({length: 20_000}, (_, index) => `node_cpu_seconds_total{cpu="${index}",mode="idle"} 1`);
    const facts = factsOf([...many, ...cores].join('\n'));
    expect(facts.fileSystems).toHaveLength(64);
    expect(facts.cpu.size).toBe(8192);
  });
});

describe('windows_exporter', () => {
  const bootSeconds = 1.767e9;
  const now = (bootSeconds + 3 * 86_400) * 1000;

  test('the documented scrape of 0.31: volumes without a letter do not count', () => {
    expect(factsOf(windows, windowsFacts(now))).toMatchObject({
      cores: 2,
      load: null,
      memoryPercent: expect.closeTo(81.25, 2),
      fileSystems: [
        {mount: 'C:', usedPercent: expect.closeTo(80, 1)},
        {mount: 'D:', usedPercent: expect.closeTo(99.2, 1)},
      ],
      uptimeSeconds: 3 * 86_400,
    });
  });

  test('names before 0.30 are understood', () => {
    const old = windows
      .replaceAll('windows_cpu_logical_processor', 'windows_cs_logical_processors')
      .replaceAll('windows_memory_physical_free_bytes', 'windows_os_physical_memory_free_bytes')
      .replaceAll('windows_memory_physical_total_bytes', 'windows_cs_physical_memory_bytes')
      .replaceAll('windows_system_boot_time_timestamp', 'windows_system_system_up_time');
    const {cpu, ...rest} = factsOf(windows, windowsFacts(now));
    expect(factsOf(old, windowsFacts(now))).toEqual({cpu, ...rest});
  });
});

describe('services of a host', () => {
  const facts = factsOf(node);

  test('each has its figure, its state by the thresholds, and cpu three attempts', () => {
    const checks = hostChecks(facts, 97, thresholds);
    expect(
      checks.map(({service, maxAttempts, outcome}) => [service, maxAttempts, outcome.state, outcome.output]),
    ).toEqual([
      ['cpu', 3, 'critical', 'cpu 97 %, 2 cores'],
      ['memory', 1, 'ok', 'memory 2.1 %'],
      ['disk /', 1, 'ok', 'disk / 71 % of 252.0 GiB'],
      ['load', 1, 'ok', 'load 0.26 0.96 0.84, 2 cores'],
      ['uptime', 1, 'ok', 'up 20 min'],
    ]);
  });

  test.each([
    [84.9, 'ok'],
    [85, 'warning'],
    [95, 'critical'],
  ])('a disk of %d %% is %s', (usedPercent, state) => {
    const full = {...facts, fileSystems: [{mount: '/', usedPercent, sizeBytes: 1, isReadOnly: false}]};
    expect(hostChecks(full, null, thresholds).find(one => one.service === 'disk /')?.outcome.state).toBe(state);
  });

  test('a threshold that is not set never alarms, and what is not known is no service', () => {
    const off = {warning: null, critical: null};
    const checks = hostChecks({...facts, memoryPercent: null}, 100, {cpu: off, memory: off, disk: off});
    expect(checks.every(one => one.outcome.state === 'ok')).toBe(true);
    expect(checks.map(one => one.service)).not.toContain('memory');
    expect(hostChecks(facts, null, thresholds).map(one => one.service)).not.toContain('cpu');
  });

  test('a mount point from outside becomes safe text', () => {
    const [check] = hostChecks(
      {
        ...facts,
        memoryPercent: null,
        fileSystems: [{mount: '/\u001b[2J', usedPercent: 1, sizeBytes: 1, isReadOnly: true}],
      },
      null,
      thresholds,
    );
    expect(check).toMatchObject({
      service: 'disk /\uFFFD[2J',
      outcome: {output: 'disk /\uFFFD[2J 1.0 % of 0.0 GiB, read-only'},
    });
  });

  test('the same figures for the samples lane', () => {
    expect(hostFigures(facts, 12)).toMatchObject({
      cpuPercent: 12,
      memoryPercent: expect.closeTo(2.08, 1),
      diskPercent: expect.closeTo(70.97, 1),
      disks: [{mount: '/'}],
      loadPerCore: 0.13,
      uptimeSeconds: expect.closeTo(1205.8, 0),
      temperatureCelsius: null,
    });
  });
});
