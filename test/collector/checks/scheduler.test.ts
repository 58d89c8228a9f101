import {createServer, type RequestListener, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {afterEach, describe, expect, test} from 'vitest';
import {startChecks} from '../../../src/collector/checks/scheduler.ts';
import {createSamples} from '../../../src/collector/samples-memory.ts';
import {Fault} from '../../../src/domain/fault.ts';
import type {CheckObservation, Observation} from '../../../src/domain/observation.ts';
import {HOUR, MINUTE, SECOND} from '../../../src/domain/time.ts';
import type {CheckConfig, CollectorConfig, ExporterConfig} from '../../../src/runtime/collector-config.ts';
import {createLog} from '../../../src/runtime/log.ts';
import {virtualOutside} from '../../support/clock.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function site(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const probe = {
  host: 'srv',
  customer: 'acme',
  site: '',
  service: 'web',
  everyMs: MINUTE,
  retryEveryMs: 10 * SECOND,
  timeoutMs: 10 * SECOND,
  maxAttempts: 3,
  graceMs: null,
  runbook: 'https://wiki.example/web',
};

function config(checks: readonly CheckConfig[], exporters: readonly ExporterConfig[] = []): CollectorConfig {
  return {
    collector: {
      name: 'test',
      tag: 'T',
      listen: {host: '127.0.0.1', port: 0},
      data: '/nonexistent',
      tls: null,
      behindProxy: false,
      pluginDirs: [],
      pluginUser: null,
      reopenWindowMs: 0,
      clearGraceMs: 0,
      keepClosedMs: 0,
    },
    customers: [],
    slaTiers: [],
    hosts: [],
    sources: [],
    checks,
    backups: [],
    onCall: [],
    exporters,
  };
}

/** A world in which the checks of `checks` run, and what they handed over. */
async function started(checks: CollectorConfig, {isSoft = false, fails = false} = {}) {
  const outside = virtualOutside();
  const samples = createSamples();
  const submitted: Observation[] = [];
  const lines: string[] = [];
  const log = createLog({clock: outside.clock, sink: {write: line => void lines.push(line)}});
  const sink = {
    async submit(observations: readonly Observation[]) {
      if (fails) throw new Fault('OVERLOADED', 'too much is waiting');
      submitted.push(...observations);
    },
  };
  const pull = {
    watch: {heard() {}, unreachable() {}},
    place: () => () => 'unassigned',
    alerts: () => [],
  };
  const {stop} = await startChecks({config: checks, sink, samples, isSoft: () => isSoft, outside, log, uid: 0, pull});
  /** Time passes until then; it stands still while an answer of a real socket is on its way, unless that never comes. */
  const pass = async (ms: number, until: () => boolean, {hangs = false} = {}) => {
    for (let passed = 0; passed < ms && !until(); passed += SECOND) {
      await outside.advanceAsync(SECOND);
      // One timer is the schedule's own, any other belongs to a run.
      if (!hangs) await expect.poll(() => until() || outside.pending() === 1).toBe(true);
    }
    expect(until()).toBe(true);
  };
  return {outside, samples, submitted, lines, stop, pass};
}

describe('checks', () => {
  test('a result is an observation of the check, with its policy and runbook, and a sign of life of its host', async () => {
    const url = await site((_request, response) => response.end('ok'));
    const check: CheckConfig = {...probe, type: 'http', url, expectStatus: null, expectText: null, ca: null};
    const world = await started(config([check]));
    await world.pass(MINUTE, () => world.submitted.length > 0);
    const [observation] = world.submitted as CheckObservation[];
    expect(observation).toMatchObject({
      type: 'check',
      address: {customer: 'acme', site: '', host: 'srv', service: 'web'},
      source: 'check',
      state: 'ok',
      longOutput: null,
      resultId: null,
      policy: {intervalMs: MINUTE, retryIntervalMs: 10 * SECOND, maxAttempts: 3, graceMs: null, isHeartbeat: false},
      runbook: 'https://wiki.example/web',
    });
    expect(observation?.output).toMatch(/^HTTP 200 OK, 2 B in \d+ ms$/);
    expect(world.samples.latest('acme||srv')?.lastSeenAt).toBe(observation?.receivedAt);
    await world.stop();
  });

  test('ST-7: a soft state is checked again after the retry interval', async () => {
    let asked = 0;
    const url = await site((_request, response) => {
      asked += 1;
      response.writeHead(500).end();
    });
    const check: CheckConfig = {
      ...probe,
      everyMs: HOUR,
      type: 'http',
      url,
      expectStatus: null,
      expectText: null,
      ca: null,
    };
    const world = await started(config([check]), {isSoft: true});
    await world.pass(2 * MINUTE, () => asked >= 3);
    await world.stop();
  });

  test('rule 12: plugins of a root collector without a plugin user are unknown, and it is said once', async () => {
    const check: CheckConfig = {...probe, type: 'plugin', command: ['check_dummy', '0']};
    const world = await started(config([check, {...check, service: 'other'}]));
    await world.pass(MINUTE, () => world.submitted.length >= 2);
    expect(world.submitted).toMatchObject([{state: 'unknown'}, {state: 'unknown'}]);
    expect(world.lines.filter(line => line.includes('check.plugins-off'))).toHaveLength(1);
    await world.stop();
  });

  test('a heartbeat is not run', async () => {
    const world = await started(config([{...probe, type: 'heartbeat'}]));
    await world.outside.advanceAsync(HOUR);
    expect(world.submitted).toEqual([]);
    await world.stop();
  });

  test('what the writer cannot take is said and superseded by the next run', async () => {
    const url = await site((_request, response) => response.end());
    const check: CheckConfig = {...probe, type: 'http', url, expectStatus: null, expectText: null, ca: null};
    const world = await started(config([check]), {fails: true});
    await world.pass(5 * MINUTE, () => world.lines.length >= 2);
    expect(world.lines[0]).toContain('check.lost');
    await world.stop();
  });

  test('after stop nothing is submitted, also by what was running', async () => {
    const asked = Promise.withResolvers<void>();
    const url = await site(() => asked.resolve());
    const check: CheckConfig = {...probe, type: 'http', url, expectStatus: null, expectText: null, ca: null};
    const world = await started(config([{...check, timeoutMs: HOUR}]));
    await world.outside.advanceAsync(MINUTE / 2);
    await asked.promise;
    await world.stop();
    await world.outside.advanceAsync(HOUR);
    expect(world.submitted).toEqual([]);
    expect(world.outside.pending()).toBe(0);
  });
});

describe('exporters', () => {
  const thresholds = {
    cpu: {warning: 90, critical: 97},
    memory: {warning: 90, critical: 95},
    disk: {warning: 85, critical: 95},
  };
  const exporter = (url: string): ExporterConfig => ({
    host: 'srv',
    customer: 'acme',
    site: 'kassel',
    type: 'node',
    url,
    everyMs: 15 * SECOND,
    timeoutMs: 5 * SECOND,
    thresholds,
  });
  const metrics = (scrape: number) =>
    `node_cpu_seconds_total{cpu="0",mode="idle"} ${scrape * 10}
node_cpu_seconds_total{cpu="0",mode="user"} ${scrape * 5}
node_memory_MemTotal_bytes 100
node_memory_MemAvailable_bytes 4
node_load1 3
node_load5 2
node_load15 1
`;

  test('a scrape becomes services and samples; cpu from the second on', async () => {
    let scrapes = 0;
    const url = await site((_request, response) => response.end(metrics(++scrapes)));
    const world = await started(config([], [exporter(url)]));
    await world.pass(MINUTE, () => scrapes >= 2 && world.submitted.length >= 7);
    const services = world.submitted.map(one => one.type === 'check' && `${one.address.service}: ${one.state}`);
    expect(services.slice(0, 3)).toEqual(['exporter: ok', 'memory: critical', 'load: ok']);
    expect(services.slice(3, 7)).toEqual(['exporter: ok', 'cpu: ok', 'memory: critical', 'load: ok']);
    expect(world.submitted[4]).toMatchObject({source: 'exporter', policy: {maxAttempts: 3, intervalMs: 15 * SECOND}});
    expect(world.samples.latest('acme|kassel|srv')?.sample).toMatchObject({
      cpuPercent: expect.closeTo(33.3, 0),
      memoryPercent: 96,
      loadPerCore: 3,
      diskPercent: null,
    });
    await world.stop();
  });

  test.each<[string, RequestListener, string]>([
    ['an error', (_request, response) => response.writeHead(503).end(), 'HTTP 503'],
    [
      'a page of another service',
      (_request, response) => response.end('<html>'),
      'line 1 of the metrics cannot be read',
    ],
    ['nothing', (_request, response) => response.end(), 'no metrics in the answer'],
    ['a reset', (_request, response) => void response.destroy(), 'connection reset'],
    ['half a line', (_request, response) => void response.end('up{a="'), 'line 1 of the metrics cannot be read'],
  ])('%s is critical for the exporter alone', async (_name, listener, output) => {
    const world = await started(config([], [exporter(await site(listener))]));
    await world.pass(MINUTE, () => world.submitted.length > 0);
    expect(world.submitted).toMatchObject([{address: {service: 'exporter'}, state: 'critical', output}]);
    expect(world.samples.latest('acme|kassel|srv')).toBeUndefined();
    await world.stop();
  });

  test('rule 38: an exporter that hangs is given up within its time-out', async () => {
    const world = await started(config([], [exporter(await site(() => {}))]));
    await world.pass(MINUTE, () => world.submitted.length > 0, {hangs: true});
    expect(world.submitted).toMatchObject([{state: 'critical', output: 'no answer within 5 s'}]);
    await world.stop();
  });

  test('rule 38: an endless answer is given up', async () => {
    const line = 'x'.repeat(50);
    const url = await site((_request, response) => {
      const more = () => {
        while (response.write(`${line} 1\n`.repeat(2000)));
      };
      response.on('drain', more);
      more();
    });
    const world = await started(config([], [exporter(url)]));
    await world.pass(MINUTE, () => world.submitted.length > 0);
    expect(world.submitted).toMatchObject([{state: 'critical', output: 'answer is larger than 4 MiB'}]);
    await world.stop();
  });
});
