import {type DurationMs, MINUTE} from '../../domain/time.ts';
import type {Log} from '../../runtime/log.ts';
import type {Outside} from '../../runtime/outside.ts';
import type {Picture} from './snapshot-file.ts';
import type {Store} from './store.ts';

/** Entries after which a snapshot is due, so that a start never folds many more of them than twice this. */
const SNAPSHOT_ENTRIES = 25_000;
/** With anything new at all a snapshot is due after this long: what the rules remember of checks is only there. */
const SNAPSHOT_MS: DurationMs = 10 * MINUTE;
/** Source: security rule 52. */
const ANCHOR_MS: DurationMs = 10 * MINUTE;

/** Saves snapshots and anchors in the background. */
export class Upkeep {
  readonly #store: Store;
  readonly #picture: () => Picture;
  readonly #log: Log;
  readonly #cancel: readonly (() => void)[];
  /** The last picture saved. */
  #saved: Picture;
  #running: Promise<void> | null = null;

  constructor(store: Store, picture: () => Picture, {timers}: Outside, log: Log) {
    this.#store = store;
    this.#picture = picture;
    this.#log = log;
    this.#saved = picture();
    this.#cancel = [
      timers.every(SNAPSHOT_MS, () => void this.save()),
      timers.every(ANCHOR_MS, () => log.info('audit.anchor', {...store.anchor()})),
    ];
  }

  /** Entries were committed. */
  committed(): void {
    if (this.#picture().state.seq - this.#saved.state.seq >= SNAPSHOT_ENTRIES) void this.save();
  }

  /** Saves a snapshot now, unless one is being saved or nothing is new. Never fails: the log has everything. */
  save(): Promise<void> {
    this.#running ??= this.#save().finally(() => {
      this.#running = null;
    });
    return this.#running;
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
  }
}
