import type {Instant} from '../domain/time.ts';
import type {SourcePulse} from '../protocol/frames.ts';

/** When each source was last heard and how often it could not be understood: beside the log, since the collector started. */
export class SourcePulses {
  readonly #pulses = new Map<string, {lastSeenAt: Instant | null; errors: number}>();

  heard(name: string, at: Instant): void {
    this.#of(name).lastSeenAt = at;
  }

  failed(name: string): void {
    this.#of(name).errors++;
  }

  lastSeenAt(name: string): Instant | null {
    return this.#pulses.get(name)?.lastSeenAt ?? null;
  }

  all(): readonly SourcePulse[] {
    return [...this.#pulses].map(([name, {lastSeenAt, errors}]) => ({name, lastSeenAt, errors}));
  }

  #of(name: string): {lastSeenAt: Instant | null; errors: number} {
    let pulse = this.#pulses.get(name);
    if (pulse === undefined) {
      pulse = {lastSeenAt: null, errors: 0};
      this.#pulses.set(name, pulse);
    }
    return pulse;
  }
}
