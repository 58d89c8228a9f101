import type {CollectorView} from '../client/noc.ts';
import type {SafeText} from '../domain/text.ts';
import type {DurationMs, Instant} from '../domain/time.ts';

/** Where a record comes from, as far as a row must know it. */
export interface Origin {
  /** Key of the collector in every call to the store. */
  readonly url: string;
  readonly name: SafeText;
  /** Stands before short ids where several collectors are connected; empty where there is one. */
  readonly prefix: string;
  /** Not live: nothing of it may be shown as if it were so now. */
  readonly isStale: boolean;
  /** Last word from the collector by our clock, which is how old its picture is; null: never heard. */
  readonly heardAt: Instant | null;
  /** Collector clock minus ours: add it to our time before comparing with instants of its records. */
  readonly skewMs: DurationMs;
  /** The name of our token there; null: not told yet. */
  readonly me: SafeText | null;
}

export function originOf(collector: CollectorView, isOnlyOne: boolean): Origin {
  return {
    url: collector.url,
    name: collector.name,
    prefix: isOnlyOne ? '' : collector.tag,
    isStale: collector.link !== 'live',
    heardAt: collector.heardAt,
    skewMs: collector.skewMs,
    me: collector.who?.name ?? null,
  };
}
