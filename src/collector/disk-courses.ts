import type {HostSample} from '../domain/check.ts';
import {type FillJudgement, judgeFill} from '../domain/forecast/fill-forecast.ts';
import type {DiskCourse} from '../domain/host-figures.ts';
import type {SafeText} from '../domain/text.ts';
import {DAY, type DurationMs, HOUR, type Instant, MINUTE, SECOND} from '../domain/time.ts';
import {type Figures, SampleRings} from './sample-rings.ts';

/** A disk moves slowly: the day is fine enough for its hour too. */
const DAY_RING = {stepMs: 5 * MINUTE, slots: DAY / (5 * MINUTE), keep: 'largest'} as const;
/** What a forecast looks back on. Source: PF-2. */
const WEEK_RING = {stepMs: HOUR, slots: (7 * DAY) / HOUR, keep: 'newest'} as const;

/** File systems of one host whose course is kept; of more, those heard first. */
const MOST_OF_A_HOST = 16;
/** And of all hosts together: 456 bytes each, 120 MB at most. */
const MOST_DISKS = 262_144;
/** Nothing is forecast from what was not heard for so long, nor for twice the time between its last two figures. Source: PF-5. */
const STALE_AFTER_MS: DurationMs = 15 * MINUTE;

const NO_FIGURES: Figures = {cpu: null, memory: null, disk: null, load: null, latency: null};

/** A file system of one host. */
interface Disk {
  /** Its place in the rings. */
  readonly number: number;
  heardAt: Instant;
  /** Between its last two figures. */
  everyMs: DurationMs;
}

/** The file systems of one host, by their mount point. */
export type HostDisks = Map<SafeText, Disk>;

/** Courses of the file systems of all hosts: a day by five minutes for the eye, a week by the hour for the forecast. One byte a value. */
export class DiskCourses {
  readonly #day = new SampleRings(DAY_RING);
  readonly #week = new SampleRings(WEEK_RING);
  readonly #mostDisks: number;
  readonly #free: number[] = [];
  #taken = 0;

  constructor(mostDisks: number = MOST_DISKS) {
    this.#mostDisks = mostDisks;
  }

  /** Takes what a sample says of each file system. One that is unmounted for good makes room for a new one. */
  record(disks: HostDisks, sample: HostSample['disks'], at: Instant): void {
    for (const {mount, usedPercent} of sample) {
      const disk = disks.get(mount) ?? this.#add(disks, mount, sample, at);
      if (disk === null) continue;
      if (at > disk.heardAt) {
        disk.everyMs = at - disk.heardAt;
        disk.heardAt = at;
      }
      const figures = {...NO_FIGURES, disk: usedPercent};
      this.#day.record(disk.number, at, figures);
      this.#week.record(disk.number, at, figures);
    }
  }

  /** Forgets all of a host. */
  forget(disks: HostDisks): void {
    for (const mount of [...disks.keys()]) this.#drop(disks, mount);
  }

  /** What is kept of a host's file systems that were heard in that span. */
  read(disks: HostDisks, until: Instant, spanMs: DurationMs, points: number): readonly DiskCourse[] {
    const ring = spanMs <= DAY ? this.#day : this.#week;
    return [...disks]
      .filter(([, {heardAt}]) => heardAt > until - Math.max(spanMs, DAY))
      .map(([mount, disk]) => ({
        mount,
        values: ring.read(disk.number, 'disk', until, spanMs / points, points),
        forecast: this.#forecast(disk, until),
      }));
  }

  #forecast({number, heardAt, everyMs}: Disk, now: Instant): FillJudgement {
    if (now - heardAt > Math.max(STALE_AFTER_MS, 2 * everyMs))
      return {type: 'none', reason: 'stale', samples: 0, spanSeconds: 0};
    const samples = this.#week
      .heard(number, 'disk')
      // A slot holds the newest that was heard in it: that of the slot still open is of now.
      .map(({endsAt, value}) => ({at: Math.min(endsAt, now) / SECOND, value}));
    return judgeFill(samples, now / SECOND);
  }

  #add(disks: HostDisks, mount: SafeText, sample: HostSample['disks'], at: Instant): Disk | null {
    if (disks.size >= MOST_OF_A_HOST) {
      const gone = [...disks.keys()].find(known => !sample.some(disk => disk.mount === known));
      if (gone === undefined) return null;
      this.#drop(disks, gone);
    }
    const number = this.#free.pop() ?? (this.#taken < this.#mostDisks ? this.#taken++ : null);
    if (number === null) return null;
    const disk = {number, heardAt: at, everyMs: 0};
    disks.set(mount, disk);
    return disk;
  }

  #drop(disks: HostDisks, mount: SafeText): void {
    const disk = disks.get(mount);
    if (disk === undefined) return;
    disks.delete(mount);
    this.#day.forget(disk.number);
    this.#week.forget(disk.number);
    this.#free.push(disk.number);
  }
}
