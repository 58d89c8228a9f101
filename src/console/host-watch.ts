import type {NocStore} from '../client/noc.ts';
import type {HostKey} from '../domain/address.ts';
import {type DurationMs, HOUR, type Instant, MINUTE, SECOND} from '../domain/time.ts';
import {comingFull, type HostCourse} from '../view/host-course.ts';
import type {HostTrend, HostTrends} from './trends.ts';

/** One host on the screen. */
export interface WatchedHost {
  /** Key of its entry. */
  readonly key: string;
  readonly collector: string;
  readonly host: HostKey;
}

/** The host whose course is on the screen. */
export interface WatchedCourse {
  readonly host: WatchedHost;
  readonly spanMs: DurationMs;
}

/** Asks the collectors for the figures of the hosts on the screen, and for nothing more. */
export interface HostWatch {
  look(hosts: readonly WatchedHost[], course: WatchedCourse | null, now: Instant): void;
  /** A new map whenever a trend came in. */
  trends(): HostTrends;
  /** The newest course that came in of that; null before the first. */
  course(wanted: WatchedCourse | null): HostCourse | null;
}

const SPAN_MS: DurationMs = HOUR;
const POINTS = 30;
/** More than a chart has columns on most screens, and 3 KB of an answer. */
const COURSE_POINTS = 72;
/** A trend on the screen is asked for again after this. */
const FRESH_MS: DurationMs = 2 * MINUTE;
/** A course again after one of its points, and after no answer soon. */
const RETRY_MS: DurationMs = 10 * SECOND;
/** Asks on their way at once. */
const MOST_ASKS = 4;
/** Trends kept for hosts that were on the screen before. */
const MOST_TRENDS = 500;
const MOST_COURSES = 20;

/** @param onTrend - Called when a new trend or course can be painted. */
export function createHostWatch(store: Pick<NocStore, 'watch' | 'history'>, onTrend: () => void): HostWatch {
  const asked = new Map<string, Instant>();
  const dueAgain = new Map<string, Instant>();
  const watched = new Map<string, string>();
  let trends: HostTrends = new Map();
  let courses: ReadonlyMap<string, HostCourse> = new Map();
  let asks = 0;

  const keep = (key: string, trend: HostTrend): void => {
    trends = withNewest(trends, key, trend, MOST_TRENDS);
    onTrend();
  };

  const ask = async ({key, collector, host}: WatchedHost, now: Instant): Promise<void> => {
    asked.set(key, now);
    asks++;
    try {
      const {series, until, disks = []} = await store.history(collector, host, SPAN_MS, POINTS);
      keep(key, {cpu: series.cpu, memory: series.memory, disk: series.disk, full: comingFull(disks, until)[0] ?? null});
    } catch {
      // Without a link there is no trend; it is asked for again when it would be stale anyway.
    } finally {
      asks--;
    }
  };

  const askCourse = async (wanted: WatchedCourse, now: Instant): Promise<void> => {
    const {host, spanMs} = wanted;
    const key = courseKey(wanted);
    dueAgain.set(key, now + RETRY_MS);
    try {
      const answer = await store.history(host.collector, host.host, spanMs, COURSE_POINTS);
      const {series, until, disks = [], limits = null} = answer;
      dueAgain.set(key, now + Math.max(RETRY_MS, answer.stepMs));
      courses = withNewest(courses, key, {spanMs, until, series, disks, limits}, MOST_COURSES);
      onTrend();
    } catch {
      // Without a link there is none; what is asked in vain is asked again soon.
    }
  };

  return {
    look(hosts, course, now) {
      const byCollector = new Map<string, HostKey[]>([...watched.keys()].map(collector => [collector, []]));
      for (const {collector, host} of hosts) byCollector.set(collector, [...(byCollector.get(collector) ?? []), host]);
      for (const [collector, keys] of byCollector) {
        const mark = keys.toSorted().join('\n');
        if (watched.get(collector) === mark) continue;
        watched.set(collector, mark);
        store.watch(collector, keys);
      }
      if (course !== null && now >= (dueAgain.get(courseKey(course)) ?? 0)) void askCourse(course, now);
      for (const host of hosts) {
        const at = asked.get(host.key);
        if (asks < MOST_ASKS && (at === undefined || now - at > FRESH_MS)) void ask(host, now);
      }
    },
    trends: () => trends,
    course: wanted => (wanted === null ? null : (courses.get(courseKey(wanted)) ?? null)),
  };
}

function courseKey({host, spanMs}: WatchedCourse): string {
  return `${spanMs} ${host.key}`;
}

/** A map with one entry more, as its newest, without the oldest beyond `most`. */
function withNewest<T>(map: ReadonlyMap<string, T>, key: string, value: T, most: number): ReadonlyMap<string, T> {
  const others = [...map].filter(([other]) => other !== key).slice(-(most - 1));
  return new Map([...others, [key, value]]);
}
