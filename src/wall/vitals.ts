import type {CollectorView, NocView} from '../client/noc.ts';
import type {SafeText} from '../domain/text.ts';
import {type DurationMs, type Instant, SECOND} from '../domain/time.ts';

/** A collector that lives says something at least this often: the mark. Source: docs/protocol.md. */
export const HEARTBEAT_MS: DurationMs = 10 * SECOND;

/** How much later than that it may be heard before the wall calls it silent. */
export const GRACE_MS: DurationMs = 5 * SECOND;

/** Is what we see of a collector so now? Only `live` may be shown as if it were. */
export type Pulse = 'live' | 'silent' | 'loading' | 'refused';

/** One collector in the head line of the wall. */
export interface Vital {
  readonly name: SafeText;
  readonly pulse: Pulse;
  /** Since its last word; null when there was none, or when our clock was set back behind it. */
  readonly ageMs: DurationMs | null;
  /** Fault code and text of the last failure. */
  readonly reason: CollectorView['reason'];
}

export function vitalOf(collector: CollectorView, now: Instant): Vital {
  const sinceMs = collector.heardAt === null ? null : now - collector.heardAt;
  const ageMs = sinceMs === null || sinceMs < -GRACE_MS ? null : Math.max(0, sinceMs);
  return {name: collector.name, pulse: pulseOf(collector, ageMs), ageMs, reason: collector.reason};
}

/** A line that is being mended counts as live until its last word is too old: what it said is not old before. */
function pulseOf(collector: CollectorView, ageMs: DurationMs | null): Pulse {
  if (collector.link === 'refused') return 'refused';
  if (collector.state === null) return 'loading';
  return ageMs !== null && ageMs <= HEARTBEAT_MS + GRACE_MS ? 'live' : 'silent';
}

/** No collector can tell us anything now, so nothing on the wall may look as if it were known. */
export function isBlind(vitals: readonly Vital[]): boolean {
  return !vitals.some(vital => vital.pulse === 'live');
}

/**
 * The same picture with the link of each collector as its pulse says: what the selectors of `src/view` then call stale is
 * what is silent here, by age, whatever TCP believes.
 */
export function withPulse(view: NocView, now: Instant): NocView {
  return {
    ...view,
    collectors: view.collectors.map((collector): CollectorView => {
      const link =
        vitalOf(collector, now).pulse === 'live' ? 'live' : collector.link === 'live' ? 'down' : collector.link;
      return link === collector.link ? collector : {...collector, link};
    }),
  };
}
