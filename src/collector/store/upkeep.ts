import {type DurationMs, MINUTE, SECOND} from '../../domain/time.ts';
import type {Log} from '../../runtime/log.ts';
import type {Clock, Outside, Timers} from '../../runtime/outside.ts';
import type {Picture} from './snapshot-file.ts';
import type {Store} from './store.ts';

/**
 * Entries after which a snapshot is due: as many as there are records in it, so that none pays for more than one record. Not
 * more than a start folds in about a second, which never has to fold more than twice this.
 */
const SNAPSHOT_ENTRIES = {least: 25_000, most: 250_000};
/** With anything new at all a snapshot is due after this long: what the rules remember of checks is only there. */
const SNAPSHOT_MS: DurationMs = 10 * MINUTE;
/** How often a sign of life is left: what the collector saw between the last one and a crash counts as not seen. */
const ALIVE_MS: DurationMs = 15 * SECOND;
/** Source: security rule 52. */
const ANCHOR_MS: DurationMs = 10 * MINUTE;

function entriesUntilDue({state}: Picture): number {
  const {alerts, incidents, checks, hosts, backups} = state;
  const records = alerts.size + incidents.size + checks.size + hosts.size + backups.size;
  return Math.min(SNAPSHOT_ENTRIES.most, Math.max(SNAPSHOT_ENTRIES.least, records));
}

/** What of the data folder is kept up. */
type Upkept = Pick<Store, 'snapshot' | 'anchor' | 'alive'>;

/** Saves snapshots, anchors and signs of life in the background. */
export class Upkeep {
  readonly #store: Upkept;
  readonly #picture: () => Picture;
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #cancel: (() => void)[];
  #isAtWork = false;
  /** The last picture saved. */
  #saved: Picture;
  #running: Promise<void> | null = null;

  constructor(store: Upkept, picture: () => Picture, {clock, timers}: Outside, log: Log) {
    this.#store = store;
    this.#picture = picture;
    this.#log = log;
    this.#clock = clock;
    this.#timers = timers;
    this.#saved = picture();
    this.#cancel = [
      timers.every(SNAPSHOT_MS, () => void this.save()),
      timers.every(ANCHOR_MS, () => log.info('audit.anchor', {...store.anchor()})),
    ];
  }

  /**
   * The start of the collector is in the log, and with it since when nobody looked: from now on signs of life are left. Not
   * sooner, or a start that fails would make that time forgotten.
   */
  atWork(): void {
    this.#isAtWork = true;
    this.#alive();
    this.#cancel.push(this.#timers.every(ALIVE_MS, () => this.#alive()));
  }

  /** Entries were committed. */
  committed(): void {
    const picture = this.#picture();
    if (picture.state.seq - this.#saved.state.seq >= entriesUntilDue(picture)) void this.save();
  }

  /** Saves a snapshot now, unless one is being saved or nothing is new. Never fails: the log has everything. */
  save(): Promise<void> {
    this.#running ??= this.#save().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** Never fails: without it the next start counts from the one before. */
  #alive(): void {
    if (!this.#isAtWork) return;
    try {
      this.#store.alive(this.#clock.now());
    } catch (error) {
      this.#log.warn('store.alive-failed', {error});
    }
  }

  async #save(): Promise<void> {
    const picture = this.#picture();
    if (picture === this.#saved) return;
    try {
      await this.#store.snapshot(picture);
      this.#saved = picture;
      this.#log.info('store.snapshot', {seq: picture.state.seq});
    } catch (error) {
      this.#log.error('store.snapshot-failed', {error});
    }
  }

  /** Saves the last snapshot. */
  async stop(): Promise<void> {
    for (const cancel of this.#cancel) cancel();
    await this.#running;
    await this.save();
    this.#alive();
  }
}
