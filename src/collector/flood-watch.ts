import {UNASSIGNED} from '../domain/address.ts';
import type {LogEntry} from '../domain/event.ts';
import type {AlertObservation} from '../domain/observation.ts';
import type {NocState} from '../domain/state.ts';
import {ownText} from '../domain/text.ts';
import {type DurationMs, type Instant, MINUTE} from '../domain/time.ts';
import type {Outside} from '../runtime/outside.ts';
import {safeText} from '../runtime/safe-text.ts';
import type {Sink} from './source.ts';

const WINDOW_MS: DurationMs = MINUTE;
/** New alerts of one source in a window that are a flood. A site that goes down is none: its hosts fold under the cause. */
const FLOOD = 1000;

/** Source of what the collector says of itself. */
const OWN = 'nocturne';

interface Count {
  /** In this window. */
  opened: number;
  /** When the flood began that goes on. */
  floodsSince: Instant | null;
}

/**
 * Notices a source that floods and says so by one alert of the collector's own, under nobody's customer, so that a technician
 * need not read a thousand lines to see one cause (security rule 36). Nothing of the flood is dropped; it ends by itself
 * after a calm minute.
 */
export class FloodWatch {
  readonly #outside: Outside;
  readonly #sink: Sink;
  readonly #collector: string;
  readonly #counts = new Map<string, Count>();
  readonly #cancel: () => void;

  /** @param state - What is committed: a flood that was told of before a restart has to end, too. */
  constructor(collector: string, state: NocState, sink: Sink, outside: Outside) {
    this.#collector = collector;
    this.#sink = sink;
    this.#outside = outside;
    for (const {source, service, condition, openedAt} of state.alerts.values()) {
      if (source === OWN && condition === 'firing') this.#counts.set(service, {opened: 0, floodsSince: openedAt});
    }
    this.#cancel = outside.timers.every(WINDOW_MS, () => this.#look());
  }

  /** Follows what has been committed. */
  committed(entries: readonly LogEntry[]): void {
    for (const {event} of entries)
      if (event.type === 'alert.opened' && event.source !== OWN) this.#opened(event.source);
  }

  stop(): void {
    this.#cancel();
  }

  #opened(source: string): void {
    const now = this.#outside.clock.now();
    let count = this.#counts.get(source);
    if (count === undefined) {
      count = {opened: 0, floodsSince: null};
      this.#counts.set(source, count);
    }
    count.opened++;
    if (count.opened < FLOOD || count.floodsSince !== null) return;
    count.floodsSince = now;
    this.#tell(source, now, null);
  }

  #look(): void {
    const now = this.#outside.clock.now();
    for (const [source, count] of this.#counts) {
      const {floodsSince, opened} = count;
      count.opened = 0;
      if (opened >= FLOOD) continue;
      if (floodsSince !== null) this.#tell(source, floodsSince, now);
      this.#counts.delete(source);
    }
  }

  #tell(source: string, startedAt: Instant, endedAt: Instant | null): void {
    const observation: AlertObservation = {
      type: 'alert',
      address: {customer: UNASSIGNED, site: '', host: this.#collector, service: source},
      source: OWN,
      key: `${OWN}:flood:${source}`,
      status: endedAt === null ? 'firing' : 'resolved',
      severity: 'warning',
      summary: ownText('source-flood'),
      output: null,
      labels: {source: safeText(source)},
      runbook: null,
      url: null,
      startedAt,
      endedAt,
    };
    // A disk that refuses is said elsewhere; the next window tries again.
    this.#sink.submit([observation]).catch(() => {
      const count = this.#counts.get(source);
      if (count !== undefined) count.floodsSince = null;
    });
  }
}
