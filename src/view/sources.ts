import type {NocView} from '../client/noc.ts';
import type {Freshness, Source} from '../domain/customer.ts';
import type {Instant} from '../domain/time.ts';
import {type Origin, originOf} from './origin.ts';

/** One input of a collector as the faces list it. */
export interface SourceEntry {
  readonly key: string;
  readonly origin: Origin;
  readonly source: Source;
  /** `unreachable` when its collector is not live: then nobody can say. */
  readonly freshness: Freshness;
  /** Collector clock; null: never, or not told yet. */
  readonly lastSeenAt: Instant | null;
  readonly errors: number;
}

/** The inputs of all collectors, those that need a look first. */
export function selectSources(view: NocView): readonly SourceEntry[] {
  const entries: SourceEntry[] = [];
  for (const collector of view.collectors) {
    const origin = originOf(collector, view.collectors.length === 1);
    const pulses = new Map(collector.sources.map(pulse => [pulse.name, pulse]));
    for (const source of collector.state?.sources.values() ?? []) {
      const pulse = pulses.get(source.name);
      entries.push({
        key: `${origin.url} ${source.name}`,
        origin,
        source,
        freshness: origin.isStale ? 'unreachable' : source.freshness,
        lastSeenAt: pulse?.lastSeenAt ?? null,
        errors: pulse?.errors ?? 0,
      });
    }
  }
  return entries.sort(byNeed);
}

const RANK: Readonly<Record<Freshness, number>> = {unreachable: 0, stale: 1, never: 2, live: 3};

function byNeed(a: SourceEntry, b: SourceEntry): number {
  return RANK[a.freshness] - RANK[b.freshness] || (a.key < b.key ? -1 : 1);
}
