import type {Freshness} from '../domain/customer.ts';
import type {DomainEvent} from '../domain/event.ts';
import {freshnessLimits, heard} from '../domain/freshness.ts';
import {type DurationMs, type Instant, MINUTE, SECOND} from '../domain/time.ts';
import type {SourcePulse} from '../protocol/frames.ts';
import type {SourceConfig} from '../runtime/collector-config.ts';
import type {Outside} from '../runtime/outside.ts';
import type {DraftChange} from './pipeline/claim.ts';

/** How often silence is looked for. */
const LOOK_MS: DurationMs = 5 * SECOND;

interface Pulse {
  lastSeenAt: Instant | null;
  errors: number;
  /** What the log was last told, so that it is told only changes. */
  told: Freshness | null;
}

/** Appends what follows from the state when its turn comes; failures are tried again with the next look. */
export type Change = (draft: DraftChange) => Promise<void>;

function freshnessChange(name: string, freshness: Freshness): DraftChange {
  const event: DomainEvent = {type: 'source.freshness', name, freshness};
  return state => {
    const known = state.sources.get(name);
    return known === undefined || known.freshness === freshness ? [] : [{customer: null, event}];
  };
}

/**
 * Whether sources are heard. Figures stay beside the log; only a source that starts or stops being heard becomes an event.
 * A source without an expected interval only speaks when something is wrong: its silence says nothing.
 */
export class SourceWatch {
  readonly #outside: Outside;
  readonly #change: Change;
  readonly #startedAt: Instant;
  readonly #pulses = new Map<string, Pulse>();
  readonly #cancel: () => void;
  #sources: readonly SourceConfig[] = [];

  constructor(outside: Outside, change: Change) {
    this.#outside = outside;
    this.#change = change;
    this.#startedAt = outside.clock.now();
    this.#cancel = outside.timers.every(LOOK_MS, () => this.#look());
  }

  /** Looks for the silence of these from now on. */
  expect(sources: readonly SourceConfig[]): void {
    this.#sources = sources;
  }

  heard(name: string): void {
    const pulse = this.#pulse(name);
    pulse.lastSeenAt = this.#outside.clock.now();
    this.#tell(name, pulse, 'live');
  }

  /** Something came that could not be read. */
  failed(name: string): void {
    this.#pulse(name).errors++;
  }

  /** It was asked, and did not answer. */
  unreachable(name: string): void {
    const pulse = this.#pulse(name);
    pulse.errors++;
    this.#tell(name, pulse, 'unreachable');
  }

  pulses(): readonly SourcePulse[] {
    return [...this.#pulses].map(([name, {lastSeenAt, errors}]) => ({name, lastSeenAt, errors}));
  }

  stop(): void {
    this.#cancel();
  }

  #look(): void {
    const now = this.#outside.clock.now();
    for (const {name, expectEveryMs} of this.#sources) {
      if (expectEveryMs === null) continue;
      const pulse = this.#pulse(name);
      const graceMs = Math.max(MINUTE, expectEveryMs);
      const limits = freshnessLimits(pulse.lastSeenAt, expectEveryMs, graceMs, this.#startedAt);
      if (heard(limits, now) === 'stale') this.#tell(name, pulse, 'stale');
    }
  }

  #tell(name: string, pulse: Pulse, freshness: Freshness): void {
    if (pulse.told === freshness) return;
    pulse.told = freshness;
    this.#change(freshnessChange(name, freshness)).catch(() => {
      pulse.told = null;
    });
  }

  #pulse(name: string): Pulse {
    let pulse = this.#pulses.get(name);
    if (pulse === undefined) {
      pulse = {lastSeenAt: null, errors: 0, told: null};
      this.#pulses.set(name, pulse);
    }
    return pulse;
  }
}
