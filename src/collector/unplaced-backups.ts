import type {CustomerId} from '../domain/address.ts';
import {backupKey} from '../domain/backup/backup-record.ts';
import type {Observation} from '../domain/observation.ts';
import type {NocState} from '../domain/state.ts';
import {type DurationMs, MINUTE} from '../domain/time.ts';
import type {Log} from '../runtime/log.ts';
import type {Outside} from '../runtime/outside.ts';
import type {Meters} from './meters.ts';
import type {Pipeline} from './pipeline/pipeline.ts';

/** How often at most the log says of one customer that more was left out. */
const TELL_EVERY_MS: DurationMs = 10 * MINUTE;

/** What the count needs. */
interface UnplacedContext {
  readonly pipeline: Pick<Pipeline, 'change' | 'picture'>;
  readonly meters: Meters;
  readonly outside: Outside;
  readonly logger: Log;
}

/**
 * Counts reports about objects that nobody configured and that are more than a customer may have of them. Nothing else is kept of
 * them, so that a flood of names costs a number; but the number is told: on `/metrics` at once, in the log and so on the screens
 * at the first and then every ten minutes.
 */
export class UnplacedBackups {
  readonly #context: UnplacedContext;
  readonly #waiting = new Map<CustomerId, number>();
  #cancel: (() => void) | null = null;

  constructor(context: UnplacedContext) {
    this.#context = context;
  }

  /** Looks whether what was committed found a place. */
  heard(observation: Observation, {backups}: NocState): void {
    if (!('object' in observation)) return;
    const {object, address} = observation;
    if (backups.has(backupKey({customer: address.customer, object}))) return;
    this.#context.meters.leftOut();
    this.#waiting.set(address.customer, (this.#waiting.get(address.customer) ?? 0) + 1);
    if (this.#cancel !== null) return;
    const {timers} = this.#context.outside;
    this.#cancel = timers.after(TELL_EVERY_MS, () => {
      this.#cancel = null;
      this.#tell();
    });
    this.#tell();
  }

  /** Tells what it has not told yet. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#tell();
  }

  #tell(): void {
    const {pipeline, logger} = this.#context;
    for (const [customer, reports] of this.#waiting) {
      logger.warn('backups.left-out', {customer, reports});
      // A disk that refuses is said elsewhere; the count on `/metrics` stands.
      pipeline.change(() => [{customer, event: {type: 'backup.leftOut', customer, reports}}]).catch(() => {});
    }
    this.#waiting.clear();
  }
}
