import {type Instant, SECOND} from '../../domain/time.ts';
import {CpuCollector, type FactsReader, FileSystemCollector, finite, percentOf} from './host-facts.ts';

/** System and recovery partitions have no letter. Source: integrations/prometheus-exposition.md, "Mapping". */
const NO_LETTER = /^HarddiskVolume\d+$/;

const MOST_CELSIUS = 150;

/** Names of one figure over the releases, newest first. Source: the table of integrations/prometheus-exposition.md. */
const NAMES = {
  cores: ['windows_cpu_logical_processor', 'windows_cs_logical_processors'],
  memoryFree: ['windows_memory_physical_free_bytes', 'windows_os_physical_memory_free_bytes'],
  memoryTotal: ['windows_memory_physical_total_bytes', 'windows_cs_physical_memory_bytes'],
  boot: [
    'windows_system_boot_time_timestamp',
    'windows_system_boot_time_timestamp_seconds',
    'windows_system_system_up_time',
  ],
} as const;

const FIGURES: ReadonlySet<string> = new Set(Object.values(NAMES).flat());

/** Reads windows_exporter (0.2x to 0.31, from its documentation). @param now - It tells when it was started, not for how long. */
export function windowsFacts(now: Instant): FactsReader {
  const cpu = new CpuCollector();
  const fileSystems = new FileSystemCollector();
  const figures = new Map<string, number>();
  let hottest: number | null = null;
  const first = (names: readonly string[]) => names.map(name => figures.get(name)).find(value => value !== undefined);

  return {
    take({name, labels, value}) {
      const {volume} = labels;
      const number = finite(value);
      if (name === 'windows_cpu_time_total') cpu.take(labels.core, labels.mode, value);
      else if (name === 'windows_thermalzone_temperature_celsius') {
        if (value > 0 && value < MOST_CELSIUS) hottest = Math.max(hottest ?? 0, value);
      } else if (number === undefined) return;
      else if (FIGURES.has(name)) figures.set(name, number);
      else if (volume === undefined || NO_LETTER.test(volume)) return;
      else if (name === 'windows_logical_disk_free_bytes') fileSystems.at(volume).free = number;
      else if (name === 'windows_logical_disk_size_bytes') fileSystems.at(volume).size = number;
      else if (name === 'windows_logical_disk_readonly') fileSystems.at(volume).isReadOnly = number === 1;
    },
    facts() {
      const boot = first(NAMES.boot);
      return {
        cpu: cpu.times,
        cores: first(NAMES.cores) ?? cpu.cores,
        load: null,
        memoryPercent: percentOf(first(NAMES.memoryFree), first(NAMES.memoryTotal)),
        fileSystems: fileSystems.list(),
        uptimeSeconds: boot === undefined ? null : Math.max(0, now / SECOND - boot),
        temperatureCelsius: hottest,
      };
    },
  };
}
