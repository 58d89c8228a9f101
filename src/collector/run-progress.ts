import {backupKey} from '../domain/backup/backup-record.ts';
import {isUnderWay, progressKey, type RunPulse} from '../domain/backup/run-progress.ts';
import type {LogEntry} from '../domain/event.ts';
import type {Observation} from '../domain/observation.ts';
import type {NocState} from '../domain/state.ts';
import {NewestWords, type WordCursor} from './newest-words.ts';

/** Runs remembered at a time; beyond it the one longest unheard makes room. */
const MOST_RUNS = 2000;

/**
 * How far the backups that run now have come: in memory, the newest word of each job, gone when its run ends. A collector that
 * starts anew hears of it with the next word.
 */
export class RunProgressMemory {
  readonly #runs = new NewestWords<RunPulse>(runs => ({t: 'progress', runs}));

  /** Takes what an observation says of progress, unless its run has ended by now. */
  heard(observation: Observation, state: NocState): void {
    if (observation.type !== 'backup-run' || observation.progress === null) return;
    const {address, object, job, progress, run} = observation;
    const pulse: RunPulse = {customer: address.customer, object, job, run: run.id, progress};
    const record = state.backups.get(backupKey(pulse));
    if (record === undefined || !isUnderWay(record, pulse)) return;
    const key = progressKey(pulse);
    this.#runs.set(key, pulse);
    const [oldest] = this.#runs.keys();
    if (this.#runs.size > MOST_RUNS && oldest !== undefined) this.#runs.delete(oldest);
  }

  /** What has ended makes no progress. */
  committed(entries: readonly LogEntry[]): void {
    for (const {event} of entries) {
      if (event.type !== 'backup.reported' || event.run.end === null) continue;
      const key = progressKey(event);
      if (this.#runs.get(key)?.run === event.run.id) this.#runs.delete(key);
    }
  }

  /** What is told of it to one session. */
  cursor(): WordCursor {
    return this.#runs.cursor();
  }
}
