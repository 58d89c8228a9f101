import {backupKey} from '../domain/backup/backup-record.ts';
import {isUnderWay, progressKey, type RunPulse} from '../domain/backup/run-progress.ts';
import type {LogEntry} from '../domain/event.ts';
import type {Observation} from '../domain/observation.ts';
import type {MaySee} from '../domain/snapshot.ts';
import type {NocState} from '../domain/state.ts';
import {MAX_FRAME_BYTES, type ServerFrame} from '../protocol/frames.ts';

/** Runs remembered at a time; beyond it the one longest unheard makes room. */
const MOST_RUNS = 2000;
/** Room for what stands around the runs of a frame. */
const ENVELOPE_BYTES = 64;

interface Entry {
  readonly pulse: RunPulse;
  /** Number of its last change. */
  readonly change: number;
}

/**
 * How far the backups that run now have come: in memory, the newest word of each job, gone when its run ends. A collector that
 * starts anew hears of it with the next word.
 */
export class RunProgressMemory {
  /** Least recently changed first. */
  readonly #entries = new Map<string, Entry>();
  #changes = 0;

  get changes(): number {
    return this.#changes;
  }

  /** Takes what an observation says of progress, unless its run has ended by now. */
  heard(observation: Observation, state: NocState): void {
    if (observation.type !== 'backup-run' || observation.progress === null) return;
    const {address, object, job, progress, run} = observation;
    const pulse: RunPulse = {customer: address.customer, object, job, run: run.id, progress};
    const record = state.backups.get(backupKey(pulse));
    if (record === undefined || !isUnderWay(record, pulse)) return;
    const key = progressKey(pulse);
    this.#changes += 1;
    this.#entries.delete(key);
    this.#entries.set(key, {pulse, change: this.#changes});
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > MOST_RUNS && oldest !== undefined) this.#entries.delete(oldest);
  }

  /** What has ended makes no progress. */
  committed(entries: readonly LogEntry[]): void {
    for (const {event} of entries) {
      if (event.type !== 'backup.reported' || event.run.end === null) continue;
      const key = progressKey(event);
      if (this.#entries.get(key)?.pulse.run === event.run.id) this.#entries.delete(key);
    }
  }

  /** What changed after that number, oldest first. */
  *since(change: number): IterableIterator<Entry> {
    if (change < this.#changes) for (const entry of this.#entries.values()) if (entry.change > change) yield entry;
  }
}

/** How far one session has been told of progress. */
export class ProgressCursor {
  readonly #memory: RunProgressMemory;
  #told = 0;

  constructor(memory: RunProgressMemory) {
    this.#memory = memory;
  }

  /** The next frame; null when there is nothing new. */
  frame(maySee: MaySee): Buffer | null {
    const runs: RunPulse[] = [];
    let bytes = ENVELOPE_BYTES;
    for (const {pulse, change} of this.#memory.since(this.#told)) {
      if (maySee(pulse.customer)) {
        bytes += Buffer.byteLength(JSON.stringify(pulse)) + 1;
        if (bytes > MAX_FRAME_BYTES && runs.length > 0) return encoded(runs);
        runs.push(pulse);
      }
      this.#told = change;
    }
    this.#told = Math.max(this.#told, this.#memory.changes);
    return runs.length === 0 ? null : encoded(runs);
  }
}

function encoded(runs: readonly RunPulse[]): Buffer {
  return Buffer.from(JSON.stringify({t: 'progress', runs} satisfies ServerFrame));
}
