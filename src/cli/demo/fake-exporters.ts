import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {Clock} from '../../runtime/outside.ts';
import {bootSeconds, type CpuSeconds, nodeExporterText, windowsExporterText} from './exporter-text.ts';
import {figuresOf} from './host-figures.ts';
import type {Strain} from './night.ts';
import type {DemoHost} from './world.ts';

const SECOND = 1000;
const USER_SHARE = 0.75;

/** The exporters of all demo hosts on one port of loopback. */
export interface FakeExporters {
  readonly port: number;
  /** Lets the figures of a host show a fault, or no more. */
  strain(strain: Strain): void;
  close(): void;
}

/** Address of a host's exporter. */
export function exporterUrl({customer, host}: DemoHost, port: number): string {
  return `http://127.0.0.1:${port}${pathOf(customer, host)}`;
}

function pathOf(customer: string, host: string): string {
  return `/${customer}/${host}/metrics`;
}

/** The counters of one host, which go on with each scrape. */
interface Counters {
  cpu: CpuSeconds;
  atMs: number;
}

function advanced({cpu, atMs}: Counters, nowMs: number, busyPercent: number, cores: number): Counters {
  const seconds = (Math.max(0, nowMs - atMs) / SECOND) * cores;
  const busy = (seconds * busyPercent) / 100;
  return {
    atMs: nowMs,
    cpu: {
      idle: cpu.idle + seconds - busy,
      user: cpu.user + busy * USER_SHARE,
      system: cpu.system + busy * (1 - USER_SHARE),
    },
  };
}

/** One host that is scraped: its text at this moment. */
function exporterOf(host: DemoHost, startMs: number): (nowMs: number, strains: ReadonlyMap<string, number>) => string {
  const boot = bootSeconds(host, startMs / SECOND);
  const upSeconds = (startMs / SECOND - boot) * host.cores;
  let counters: Counters = {
    atMs: startMs,
    cpu: {idle: 0.8 * upSeconds, user: 0.15 * upSeconds, system: 0.05 * upSeconds},
  };
  return (nowMs, strains) => {
    const figures = figuresOf(host, nowMs - startMs, strains);
    counters = advanced(counters, nowMs, figures.cpuPercent, host.cores);
    const moment = {figures, cpu: counters.cpu, nowSeconds: nowMs / SECOND, bootSeconds: boot};
    return host.kind === 'windows' ? windowsExporterText(host, moment) : nodeExporterText(host, moment);
  };
}

/** Serves what node_exporter and windows_exporter would say of the demo's hosts, on loopback. */
export async function startFakeExporters(hosts: readonly DemoHost[], clock: Clock): Promise<FakeExporters> {
  const startMs = clock.now();
  const exporters = new Map(
    hosts.map(host => [
      pathOf(host.customer, host.host),
      {text: exporterOf(host, startMs), strains: new Map<string, number>()},
    ]),
  );
  const server = createServer((request, response) => {
    const exporter = exporters.get(request.url ?? '');
    if (exporter === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {'content-type': 'text/plain; version=0.0.4; charset=utf-8'});
    response.end(exporter.text(clock.now(), exporter.strains));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    strain({host, metric, mount, percent}) {
      const strains = exporters.get(pathOf(host.customer, host.host))?.strains;
      const name = mount === null ? metric : `${metric} ${mount}`;
      if (percent === null) strains?.delete(name);
      else strains?.set(name, percent);
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
