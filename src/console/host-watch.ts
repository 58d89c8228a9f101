import type {NocStore} from '../client/noc.ts';
import type {HostKey} from '../domain/address.ts';
import {type DurationMs, HOUR, type Instant, MINUTE} from '../domain/time.ts';
import type {HostTrend, HostTrends} from './trends.ts';

/** One host on the screen. */
export interface WatchedHost {
  /** Key of its entry. */
  readonly key: string;
  readonly collector: string;
  readonly host: HostKey;
}

/** Asks the collectors for the figures of the hosts on the screen, and for nothing more. */
export interface HostWatch {
  look(hosts: readonly WatchedHost[], now: Instant): void;
  /** A new map whenever a trend came in. */
  trends(): HostTrends;
}

const SPAN_MS: DurationMs = HOUR;
const POINTS = 30;
/** A trend on the screen is asked for again after this. */
const FRESH_MS: DurationMs = 2 * MINUTE;
/** Asks on their way at once. */
const MOST_ASKS = 4;
/** Trends kept for hosts that were on the screen before. */
const MOST_TRENDS = 500;

/** @param onTrend - Called when a new trend can be painted. */
export function createHostWatch(store: Pick<NocStore, 'watch' | 'history'>, onTrend: () => void): HostWatch {
  const asked = new Map<string, Instant>();
  const watched = new Map<string, string>();
  let trends: HostTrends = new Map();
  let asks = 0;

  const keep = (key: string, trend: HostTrend): void => {
    const entries = [...trends].filter(([other]) => other !== key).slice(-(MOST_TRENDS - 1));
    trends = new Map([...entries, [key, trend]]);
    onTrend();
  };

  const ask = async ({key, collector, host}: WatchedHost, now: Instant): Promise<void> => {
    asked.set(key, now);
    asks++;
    try {
      const {series} = await store.history(collector, host, SPAN_MS, POINTS);
      keep(key, {cpu: series.cpu, memory: series.memory, disk: series.disk});
    } catch {
      // Without a link there is no trend; it is asked for again when it would be stale anyway.
    } finally {
      asks--;
    }
  };

  return {
    look(hosts, now) {
      const byCollector = new Map<string, HostKey[]>([...watched.keys()].map(collector => [collector, []]));
      for (const {collector, host} of hosts) byCollector.set(collector, [...(byCollector.get(collector) ?? []), host]);
      for (const [collector, keys] of byCollector) {
        const mark = keys.toSorted().join('\n');
        if (watched.get(collector) === mark) continue;
        watched.set(collector, mark);
        store.watch(collector, keys);
      }
      for (const host of hosts) {
        const at = asked.get(host.key);
        if (asks < MOST_ASKS && (at === undefined || now - at > FRESH_MS)) void ask(host, now);
      }
    },
    trends: () => trends,
  };
}
