import type {Sample} from './exposition.ts';
import {CpuCollector, type FactsReader, FileSystemCollector, finite, percentOf} from './host-facts.ts';

/** File systems without a disk of their own. Source: integrations/prometheus-exposition.md, "Mapping". */
const SKIPPED_TYPES: ReadonlySet<string> = new Set([
  'tmpfs',
  'devtmpfs',
  'overlay',
  'squashfs',
  'ramfs',
  'autofs',
  'nsfs',
  'iso9660',
]);

function isSkipped(type: string | undefined): boolean {
  return type !== undefined && (SKIPPED_TYPES.has(type) || type.startsWith('fuse.'));
}

/** Sensors without a value report absurd ones. */
const MOST_CELSIUS = 150;

/** Single figures that are kept by name. */
const FIGURES: ReadonlySet<string> = new Set([
  'node_load1',
  'node_load5',
  'node_load15',
  'node_memory_MemAvailable_bytes',
  'node_memory_MemTotal_bytes',
  'node_time_seconds',
  'node_boot_time_seconds',
]);

/** Reads node_exporter (seen: 1.5.0, 1.9.0). Source: integrations/prometheus-exposition.md, "Which metrics give what". */
export function nodeFacts(): FactsReader {
  const cpu = new CpuCollector();
  const fileSystems = new FileSystemCollector();
  const figures = new Map<string, number>();
  let hottest: number | null = null;

  function takeFileSystem({name, labels, value}: Sample): void {
    const {mountpoint, fstype} = labels;
    if (mountpoint === undefined || isSkipped(fstype)) return;
    const entry = fileSystems.at(mountpoint);
    const number = finite(value);
    if (name === 'node_filesystem_avail_bytes' && number !== undefined) entry.free = number;
    else if (name === 'node_filesystem_size_bytes' && number !== undefined) entry.size = number;
    else if (name === 'node_filesystem_readonly') entry.isReadOnly = value === 1;
    else if (name === 'node_filesystem_device_error') entry.isBroken = value === 1;
  }

  return {
    take(sample) {
      const {name, labels, value} = sample;
      if (name === 'node_cpu_seconds_total') cpu.take(labels.cpu, labels.mode, value);
      else if (name.startsWith('node_filesystem_')) takeFileSystem(sample);
      else if (name === 'node_hwmon_temp_celsius') {
        if (value > 0 && value < MOST_CELSIUS) hottest = Math.max(hottest ?? 0, value);
      } else if (FIGURES.has(name) && Number.isFinite(value)) figures.set(name, value);
    },
    facts() {
      const [load1, load5, load15] = ['node_load1', 'node_load5', 'node_load15'].map(name => figures.get(name));
      const time = figures.get('node_time_seconds');
      const boot = figures.get('node_boot_time_seconds');
      return {
        cpu: cpu.times,
        cores: cpu.cores,
        load: load1 === undefined ? null : [load1, load5 ?? load1, load15 ?? load1],
        memoryPercent: percentOf(
          figures.get('node_memory_MemAvailable_bytes'),
          figures.get('node_memory_MemTotal_bytes'),
        ),
        fileSystems: fileSystems.list(),
        uptimeSeconds: time === undefined || boot === undefined ? null : Math.max(0, time - boot),
        temperatureCelsius: hottest,
      };
    },
  };
}
