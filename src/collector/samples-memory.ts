import type {HostKey} from '../domain/address.ts';
import type {HostSample} from '../domain/check.ts';
import type {FigureLimits} from '../domain/host-figures.ts';
import {DAY, HOUR, type Instant, MINUTE, SECOND} from '../domain/time.ts';
import type {HistorySeries} from '../protocol/frames.ts';
import {DiskCourses, type HostDisks} from './disk-courses.ts';
import {type Figures, SampleRings} from './sample-rings.ts';
import type {History, Samples} from './samples.ts';

const SHORT = {stepMs: 15 * SECOND, slots: HOUR / (15 * SECOND), keep: 'newest'} as const;
const LONG = {stepMs: 5 * MINUTE, slots: DAY / (5 * MINUTE), keep: 'largest'} as const;

/** Hosts remembered; beyond it the one longest unheard makes room. */
const MOST_HOSTS = 200_000;

/** Points of one answer; a wider chart has no screen. */
const MOST_POINTS = 1440;
/** Values of one answer, seven bytes each, so that it fits in a frame (security rule 20): file systems beyond are left out. */
const MOST_VALUES = 8000;
const HOST_SERIES = 5;

/** A host in the list of changes, least recently changed first. */
interface Entry {
  readonly key: HostKey;
  /** Its place in the rings. */
  readonly number: number;
  lastSeenAt: Instant;
  sample: HostSample | null;
  /** null before the first is heard: most hosts only answer pings. */
  disks: HostDisks | null;
  limits: FigureLimits | null;
  /** Number of its last change. */
  change: number;
  older: Entry | null;
  newer: Entry | null;
}

const NOTHING: Omit<HostSample, 'at'> = {
  cpuPercent: null,
  memoryPercent: null,
  diskPercent: null,
  disks: [],
  loadPerCore: null,
  uptimeSeconds: null,
  temperatureCelsius: null,
  latencyMs: null,
};

/** What `sample` says laid over what was known; a part that is null or absent says nothing. */
function merged(known: HostSample | null, sample: Partial<HostSample> & {readonly at: Instant}): HostSample {
  const old = known ?? {...NOTHING, at: sample.at};
  return {
    at: Math.max(old.at, sample.at),
    cpuPercent: sample.cpuPercent ?? old.cpuPercent,
    memoryPercent: sample.memoryPercent ?? old.memoryPercent,
    diskPercent: sample.diskPercent ?? old.diskPercent,
    disks: sample.disks ?? old.disks,
    loadPerCore: sample.loadPerCore ?? old.loadPerCore,
    uptimeSeconds: sample.uptimeSeconds ?? old.uptimeSeconds,
    temperatureCelsius: sample.temperatureCelsius ?? old.temperatureCelsius,
    latencyMs: sample.latencyMs ?? old.latencyMs,
  };
}

/**
 * Samples in memory: the last hour by 15 seconds and the last day by 5 minutes of each host, one byte a value (see `SampleRings`).
 *
 * A host that only pings costs about 0.5 KiB of rings, one with all five series 2.6 KiB, one merely heard of none; each file system
 * costs another 0.45 KiB (see `DiskCourses`).
 * What changed is found through a list in the order of change, so that a reader pays for the changes and not for the hosts.
 */
class MemorySamples implements Samples {
  readonly #mostHosts: number;
  readonly #entries = new Map<HostKey, Entry>();
  readonly #short = new SampleRings(SHORT);
  readonly #long = new SampleRings(LONG);
  readonly #disks = new DiskCourses();
  /** Last change that a reader has seen; a reader that nobody holds any more is forgotten. */
  readonly #read = new WeakMap<object, number>();
  #oldest: Entry | null = null;
  #newest: Entry | null = null;
  #changes = 0;

  constructor(mostHosts: number) {
    this.#mostHosts = mostHosts;
  }

  touch(host: HostKey, at: Instant): void {
    const entry = this.#entry(host);
    entry.lastSeenAt = Math.max(entry.lastSeenAt, at);
    this.#changed(entry);
  }

  record(host: HostKey, sample: Partial<HostSample> & {readonly at: Instant}): void {
    this.touch(host, sample.at);
    const entry = this.#entry(host);
    entry.sample = merged(entry.sample, sample);
    const figures: Figures = {
      cpu: sample.cpuPercent ?? null,
      memory: sample.memoryPercent ?? null,
      disk: sample.diskPercent ?? null,
      load: sample.loadPerCore ?? null,
      latency: sample.latencyMs ?? null,
    };
    this.#short.record(entry.number, sample.at, figures);
    this.#long.record(entry.number, sample.at, figures);
    if (sample.disks === undefined) return;
    entry.disks ??= new Map();
    this.#disks.record(entry.disks, sample.disks, sample.at);
  }

  judgedBy(host: HostKey, limits: FigureLimits): void {
    const entry = this.#entries.get(host);
    if (entry !== undefined) entry.limits = limits;
  }

  latest(host: HostKey): {readonly lastSeenAt: Instant; readonly sample: HostSample | null} | undefined {
    const entry = this.#entries.get(host);
    return entry === undefined ? undefined : {lastSeenAt: entry.lastSeenAt, sample: entry.sample};
  }

  hosts(): IterableIterator<HostKey> {
    return this.#entries.keys();
  }

  changedSince(reader: object): readonly HostKey[] {
    const seen = this.#read.get(reader) ?? 0;
    const changed: HostKey[] = [];
    for (let entry = this.#newest; entry !== null && entry.change > seen; entry = entry.older) changed.push(entry.key);
    this.#read.set(reader, this.#changes);
    return changed;
  }

  history(host: HostKey, until: Instant, spanMs: number, points: number): History {
    const count = Math.min(Math.max(1, Math.floor(points)), MOST_POINTS);
    const stepMs = Math.max(1, spanMs) / count;
    const entry = this.#entries.get(host);
    const read = (series: HistorySeries): readonly (number | null)[] => {
      if (entry === undefined) return new Array<null>(count).fill(null);
      const isRecent = spanMs <= HOUR && this.#short.covers(entry.number, until - spanMs);
      return (isRecent ? this.#short : this.#long).read(entry.number, series, until, stepMs, count);
    };
    return {
      stepMs,
      series: {
        cpu: read('cpu'),
        memory: read('memory'),
        disk: read('disk'),
        load: read('load'),
        latency: read('latency'),
      },
      disks: entry === undefined ? [] : this.#disksOf(entry, until, spanMs, count),
      limits: entry?.limits ?? null,
    };
  }

  /** The fullest first, as many as an answer has room for. */
  #disksOf({disks, sample}: Entry, until: Instant, spanMs: number, points: number): History['disks'] {
    if (disks === null) return [];
    const room = Math.max(0, Math.floor(MOST_VALUES / points) - HOST_SERIES);
    const used = new Map(sample?.disks.map(({mount, usedPercent}) => [mount, usedPercent]));
    return this.#disks
      .read(disks, until, spanMs, points)
      .toSorted((a, b) => (used.get(b.mount) ?? -1) - (used.get(a.mount) ?? -1))
      .slice(0, room);
  }

  #entry(key: HostKey): Entry {
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const number = this.#entries.size < this.#mostHosts ? this.#entries.size : this.#forgetOldest();
    const entry: Entry = {
      key,
      number,
      lastSeenAt: 0,
      sample: null,
      disks: null,
      limits: null,
      change: 0,
      older: null,
      newer: null,
    };
    this.#entries.set(key, entry);
    return entry;
  }

  /** @returns The number that became free. */
  #forgetOldest(): number {
    const entry = this.#oldest;
    if (entry === null) return 0;
    this.#unlink(entry);
    this.#entries.delete(entry.key);
    this.#short.forget(entry.number);
    this.#long.forget(entry.number);
    if (entry.disks !== null) this.#disks.forget(entry.disks);
    return entry.number;
  }

  #changed(entry: Entry): void {
    if (entry.change > 0) this.#unlink(entry);
    this.#changes += 1;
    entry.change = this.#changes;
    entry.older = this.#newest;
    entry.newer = null;
    if (this.#newest !== null) this.#newest.newer = entry;
    this.#newest = entry;
    this.#oldest ??= entry;
  }

  #unlink(entry: Entry): void {
    if (entry.older === null) this.#oldest = entry.newer;
    else entry.older.newer = entry.newer;
    if (entry.newer === null) this.#newest = entry.older;
    else entry.newer.older = entry.older;
  }
}

/** @param mostHosts - Hosts remembered; beyond it the one longest unheard makes room. */
export function createSamples(mostHosts: number = MOST_HOSTS): Samples {
  return new MemorySamples(mostHosts);
}
