import type {Sample} from './exposition.ts';

/** Seconds that each core has spent in each mode since it was switched on, by `core mode`. */
export type CpuTimes = ReadonlyMap<string, {readonly isIdle: boolean; readonly seconds: number}>;

export interface FileSystem {
  /** Mount point, or drive letter with its colon. Raw: comes from outside. */
  readonly mount: string;
  readonly usedPercent: number;
  readonly sizeBytes: number;
  readonly isReadOnly: boolean;
}

/** What one scrape says of a host; null is not said. */
export interface HostFacts {
  readonly cpu: CpuTimes;
  readonly cores: number | null;
  /** Averages over 1, 5 and 15 minutes. */
  readonly load: readonly [number, number, number] | null;
  readonly memoryPercent: number | null;
  readonly fileSystems: readonly FileSystem[];
  readonly uptimeSeconds: number | null;
  /** The hottest sensor. */
  readonly temperatureCelsius: number | null;
}

/** Takes the samples of one scrape as they come; keeps what it needs. */
export interface FactsReader {
  take(sample: Sample): void;
  facts(): HostFacts;
}

/** File systems of one host that are kept, and cores times modes: an exporter that says more is not believed. */
const MOST_FILE_SYSTEMS = 64;
const MOST_CPU_SERIES = 8192;

/**
 * Share of time that all cores together were busy between two scrapes.
 *
 * @returns Percent; null when no time has passed for a core seen both times.
 *
 * A counter that has become smaller was reset by a reboot, so all it says is new. Source: integrations/prometheus-exposition.md, gotcha 1.
 */
export function busyPercent(before: CpuTimes, now: CpuTimes): number | null {
  let idle = 0;
  let all = 0;
  for (const [series, {isIdle, seconds}] of now) {
    const old = before.get(series);
    if (old === undefined) continue;
    const delta = seconds >= old.seconds ? seconds - old.seconds : seconds;
    all += delta;
    if (isIdle) idle += delta;
  }
  return all > 0 ? 100 * (1 - idle / all) : null;
}

/** `used` of `total`, between 0 and 100; null when the figures cannot be. */
export function percentOf(free: number | undefined, total: number | undefined): number | null {
  if (free === undefined || total === undefined || !(total > 0) || !Number.isFinite(free)) return null;
  return Math.min(100, Math.max(0, 100 * (1 - free / total)));
}

/** A figure that is a number; undefined for NaN and the infinite, which say that it is not known. */
export function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

/** Collects the cpu seconds of cores and modes. */
export class CpuCollector {
  readonly #times = new Map<string, {readonly isIdle: boolean; readonly seconds: number}>();
  readonly #cores = new Set<string>();

  take(core: string | undefined, mode: string | undefined, seconds: number): void {
    if (core === undefined || mode === undefined || !Number.isFinite(seconds) || seconds < 0) return;
    if (this.#times.size >= MOST_CPU_SERIES) return;
    this.#cores.add(core);
    this.#times.set(`${core} ${mode}`, {isIdle: mode === 'idle', seconds});
  }

  get times(): CpuTimes {
    return this.#times;
  }

  /** null before the first core. */
  get cores(): number | null {
    return this.#cores.size === 0 ? null : this.#cores.size;
  }
}

/** Collects free and total space of file systems, whichever comes first. */
export class FileSystemCollector {
  readonly #mounts = new Map<string, {free?: number; size?: number; isReadOnly: boolean; isBroken: boolean}>();

  /** What is known of `mount` so far, to be filled in; a throw-away when there are too many. */
  at(mount: string): {free?: number; size?: number; isReadOnly: boolean; isBroken: boolean} {
    const known = this.#mounts.get(mount);
    if (known !== undefined) return known;
    const fresh = {isReadOnly: false, isBroken: false};
    if (this.#mounts.size < MOST_FILE_SYSTEMS) this.#mounts.set(mount, fresh);
    return fresh;
  }

  list(): readonly FileSystem[] {
    return [...this.#mounts].flatMap(([mount, {free, size, isReadOnly, isBroken}]) => {
      const usedPercent = percentOf(free, size);
      if (usedPercent === null || size === undefined || isBroken) return [];
      return [{mount, usedPercent, sizeBytes: size, isReadOnly}];
    });
  }
}
