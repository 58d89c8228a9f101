import type {ExporterConfig, Threshold} from '../../runtime/collector-config.ts';
import {safeText} from '../../runtime/safe-text.ts';
import {type Outcome, outcome} from '../checks/outcome.ts';
import type {HostFacts} from './host-facts.ts';

const GIBIBYTE = 1024 ** 3;
const MOUNT_BYTES = 200;
/** Full load on all cores for this many scrapes is a fault; fewer is a peak. Source: integrations/prometheus-exposition.md. */
const CPU_ATTEMPTS = 3;
const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3600;
const DAY_SECONDS = 86_400;

/** One service of a scraped host. */
export interface HostCheck {
  readonly service: string;
  readonly maxAttempts: number;
  readonly outcome: Outcome;
}

function judged(percent: number, {warning, critical}: Threshold): 'ok' | 'warning' | 'critical' {
  if (critical !== null && percent >= critical) return 'critical';
  return warning !== null && percent >= warning ? 'warning' : 'ok';
}

function shown(percent: number): string {
  return `${percent.toFixed(percent < 10 ? 1 : 0)} %`;
}

function duration(seconds: number): string {
  if (seconds >= DAY_SECONDS) return `${Math.floor(seconds / DAY_SECONDS)} d`;
  if (seconds >= HOUR_SECONDS) return `${Math.floor(seconds / HOUR_SECONDS)} h`;
  return `${Math.floor(seconds / MINUTE_SECONDS)} min`;
}

/**
 * What the facts of a host mean by the thresholds of its exporter: `cpu`, `memory`, `disk MOUNT`, `load`, `uptime`, as far as they
 * are known. Load and uptime have no threshold: they are there to be looked at.
 *
 * @param cpuPercent - Busy since the scrape before; null at the first.
 */
export function hostChecks(
  facts: HostFacts,
  cpuPercent: number | null,
  thresholds: ExporterConfig['thresholds'],
): readonly HostCheck[] {
  const checks: HostCheck[] = [];
  const add = (service: string, result: Outcome, maxAttempts = 1) =>
    void checks.push({service, maxAttempts, outcome: result});
  const cores = facts.cores === null ? '' : `, ${facts.cores} cores`;
  if (cpuPercent !== null) {
    add('cpu', outcome(judged(cpuPercent, thresholds.cpu), `cpu ${shown(cpuPercent)}${cores}`), CPU_ATTEMPTS);
  }
  if (facts.memoryPercent !== null) {
    add('memory', outcome(judged(facts.memoryPercent, thresholds.memory), `memory ${shown(facts.memoryPercent)}`));
  }
  for (const {mount, usedPercent, sizeBytes, isReadOnly} of facts.fileSystems) {
    const name = safeText(mount, {bytes: MOUNT_BYTES});
    const size = `${(sizeBytes / GIBIBYTE).toFixed(1)} GiB`;
    const text = `disk ${name} ${shown(usedPercent)} of ${size}${isReadOnly ? ', read-only' : ''}`;
    add(`disk ${name}`, outcome(judged(usedPercent, thresholds.disk), text));
  }
  if (facts.load !== null) {
    add('load', outcome('ok', `load ${facts.load.map(value => value.toFixed(2)).join(' ')}${cores}`));
  }
  if (facts.uptimeSeconds !== null) add('uptime', outcome('ok', `up ${duration(facts.uptimeSeconds)}`));
  return checks;
}

/** The same facts for the samples lane. */
export function hostFigures(facts: HostFacts, cpuPercent: number | null): Outcome['figures'] {
  const {cores, load, fileSystems} = facts;
  const disks = fileSystems.map(({mount, usedPercent, sizeBytes}) => ({
    mount: safeText(mount, {bytes: MOUNT_BYTES}),
    usedPercent,
    sizeBytes,
  }));
  return {
    cpuPercent,
    memoryPercent: facts.memoryPercent,
    ...(disks.length > 0 ? {disks, diskPercent: Math.max(...disks.map(disk => disk.usedPercent))} : {}),
    loadPerCore: load === null || cores === null ? null : load[0] / cores,
    uptimeSeconds: facts.uptimeSeconds,
    temperatureCelsius: facts.temperatureCelsius,
  };
}
