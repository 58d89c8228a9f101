import type {HostFigures} from './host-figures.ts';
import {shareOf} from './seeded.ts';
import type {DemoHost} from './world.ts';

/** Seconds of all cores together since the host was started. */
export interface CpuSeconds {
  readonly idle: number;
  readonly user: number;
  readonly system: number;
}

const GIBIBYTE = 1024 ** 3;
const DAY_SECONDS = 86_400;

/** A number as Go prints it: an exponent of two digits from a million on. */
function goFloat(value: number): string {
  if (Math.abs(value) < 1e6) return String(value);
  return value.toExponential().replace(/e\+(\d)$/, 'e+0$1');
}

function quoted(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}

type LabelledValue = readonly [labels: Readonly<Record<string, string>>, value: number];

function family(name: string, type: 'counter' | 'gauge', help: string, values: readonly LabelledValue[]): string {
  const lines = values.map(([labels, value]) => {
    const pairs = Object.entries(labels).map(([label, text]) => `${label}="${quoted(text)}"`);
    return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${goFloat(value)}\n`;
  });
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

/** Seconds since 1970 at which a host was started: 2 to 90 days before the demo. */
export function bootSeconds({customer, host}: DemoHost, startSeconds: number): number {
  return Math.floor(startSeconds - (2 + 88 * shareOf(`${customer}/${host} boot`)) * DAY_SECONDS);
}

/** Seconds of one mode, spread over the cores. */
function perCore(cores: number, label: string, modes: Readonly<Record<string, number>>): readonly LabelledValue[] {
  return Array.from({length: cores}, (_, core) =>
    Object.entries(modes).map(
      ([mode, seconds]): LabelledValue => [
        {[label]: label === 'core' ? `0,${core}` : `${core}`, mode},
        Math.round((100 * seconds) / cores) / 100,
      ],
    ),
  ).flat();
}

/** Memory of a host: more cores, more of it. */
function memoryBytes({cores}: DemoHost): number {
  return Math.max(8, cores * 4) * GIBIBYTE;
}

interface Moment {
  readonly figures: HostFigures;
  readonly cpu: CpuSeconds;
  readonly nowSeconds: number;
  readonly bootSeconds: number;
}

/** What node_exporter 1.5 says of a Linux host, in its format and with its help texts; the families that a host's health needs. */
export function nodeExporterText(host: DemoHost, {figures, cpu, nowSeconds, bootSeconds: boot}: Moment): string {
  const {cores} = host;
  const total = memoryBytes(host);
  const load = (figures.cpuPercent / 100) * cores;
  const labels = (mount: string) => ({
    device: `/dev/mapper/vg-${mount.replaceAll('/', '') || 'root'}`,
    fstype: 'ext4',
    mountpoint: mount,
  });
  const tmpfs = {device: 'tmpfs', fstype: 'tmpfs', mountpoint: '/run'};
  return [
    family('node_boot_time_seconds', 'gauge', 'Node boot time, in unixtime.', [[{}, boot]]),
    family(
      'node_cpu_seconds_total',
      'counter',
      'Seconds the CPUs spent in each mode.',
      perCore(cores, 'cpu', {idle: cpu.idle, iowait: 0, system: cpu.system, user: cpu.user}),
    ),
    family('node_filesystem_avail_bytes', 'gauge', 'Filesystem space available to non-root users in bytes.', [
      ...figures.disks.map(
        ({mount, usedPercent, sizeBytes}): LabelledValue => [
          labels(mount),
          Math.round(sizeBytes * (1 - usedPercent / 100)),
        ],
      ),
      [tmpfs, GIBIBYTE],
    ]),
    family('node_filesystem_size_bytes', 'gauge', 'Filesystem size in bytes.', [
      ...figures.disks.map(({mount, sizeBytes}): LabelledValue => [labels(mount), sizeBytes]),
      [tmpfs, GIBIBYTE],
    ]),
    family('node_hwmon_temp_celsius', 'gauge', 'Hardware monitor for temperature (input)', [
      [{chip: 'platform_coretemp_0', sensor: 'temp1'}, Math.round(figures.celsius * 10) / 10],
    ]),
    family('node_load1', 'gauge', '1m load average.', [[{}, Math.round(load * 100) / 100]]),
    family('node_load15', 'gauge', '15m load average.', [[{}, Math.round(load * 90) / 100]]),
    family('node_load5', 'gauge', '5m load average.', [[{}, Math.round(load * 95) / 100]]),
    family('node_memory_MemAvailable_bytes', 'gauge', 'Memory information field MemAvailable_bytes.', [
      [{}, Math.round(total * (1 - figures.memoryPercent / 100))],
    ]),
    family('node_memory_MemTotal_bytes', 'gauge', 'Memory information field MemTotal_bytes.', [[{}, total]]),
    family('node_time_seconds', 'gauge', 'System time in seconds since epoch (1970).', [[{}, nowSeconds]]),
    family('node_uname_info', 'gauge', 'Labeled system information as provided by the uname system call.', [
      [{machine: 'x86_64', nodename: host.host, release: '6.1.0-28-amd64', sysname: 'Linux'}, 1],
    ]),
  ].join('');
}

/** What windows_exporter 0.31 says of a Windows host, likewise. */
export function windowsExporterText(host: DemoHost, {figures, cpu, bootSeconds: boot}: Moment): string {
  const {cores} = host;
  const total = memoryBytes(host);
  const hidden = {volume: 'HarddiskVolume1'};
  return [
    family('windows_cpu_logical_processor', 'gauge', 'Number of installed logical processors', [[{}, cores]]),
    family(
      'windows_cpu_time_total',
      'counter',
      'Time that processor spent in different modes (dpc, idle, interrupt, privileged, user)',
      perCore(cores, 'core', {idle: cpu.idle, privileged: cpu.system, user: cpu.user}),
    ),
    family('windows_logical_disk_free_bytes', 'gauge', 'Unused space of the disk in bytes', [
      ...figures.disks.map(
        ({mount, usedPercent, sizeBytes}): LabelledValue => [
          {volume: mount},
          Math.round(sizeBytes * (1 - usedPercent / 100)),
        ],
      ),
      [hidden, GIBIBYTE],
    ]),
    family('windows_logical_disk_size_bytes', 'gauge', 'Total size of the disk in bytes', [
      ...figures.disks.map(({mount, sizeBytes}): LabelledValue => [{volume: mount}, sizeBytes]),
      [hidden, GIBIBYTE],
    ]),
    family('windows_memory_physical_free_bytes', 'gauge', 'Bytes of physical memory currently unused and available', [
      [{}, Math.round(total * (1 - figures.memoryPercent / 100))],
    ]),
    family('windows_memory_physical_total_bytes', 'gauge', 'Total bytes of physical memory', [[{}, total]]),
    family('windows_os_hostname', 'gauge', 'Labelled system hostname information', [
      [{hostname: host.host, domain: `${host.customer}.example`, fqdn: `${host.host}.${host.customer}.example`}, 1],
    ]),
    family('windows_system_boot_time_timestamp', 'gauge', 'Unix timestamp of last system boot', [[{}, boot]]),
  ].join('');
}
