import {Worker} from 'node:worker_threads';
import {type Batch, type Journal, storeFailed} from './journal.ts';
import {type FromJournal, type JournalStart, pack, type ToJournal} from './journal-messages.ts';

const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './journal-worker.ts' : './journal-worker.mjs',
  import.meta.url,
);

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The journal in a thread of its own. Messages are answered in order, so the first that waits is the one that is meant.
 *
 * When the thread dies nobody knows what of its last batch is on disk: everything after that fails, and the collector has to
 * start again.
 */
export class ThreadedJournal implements Journal {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  readonly lost: Promise<void>;
  #isClosed = false;
  #isDead = false;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (message: FromJournal) => this.#answered(message));
    this.lost = new Promise(resolve => {
      worker.once('exit', () => {
        this.#died();
        if (!this.#isClosed) resolve();
      });
    });
    // `exit` follows.
    worker.on('error', () => {});
  }

  /** @throws {Fault} `STORE_FAILED` when the database cannot be opened for writing. */
  static async open(start: JournalStart): Promise<ThreadedJournal> {
    const journal = new ThreadedJournal(new Worker(WORKER, {workerData: start}));
    await journal.#next();
    return journal;
  }

  commit(batch: Batch): Promise<void> {
    return this.#ask({type: 'commit', batch: pack(batch)});
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#ask({type: 'close'});
    await this.#worker.terminate();
  }

  #ask(message: ToJournal): Promise<void> {
    if (this.#isDead) return Promise.reject(storeFailed('the writing thread has ended'));
    this.#worker.postMessage(message);
    return this.#next();
  }

  #next(): Promise<void> {
    return new Promise((resolve, reject) => this.#waiting.push({resolve, reject}));
  }

  #answered(message: FromJournal): void {
    const waiting = this.#waiting.shift();
    if (message.type === 'failed') waiting?.reject(storeFailed(message.reason));
    else waiting?.resolve();
  }

  #died(): void {
    this.#isDead = true;
    for (const {reject} of this.#waiting.splice(0)) reject(storeFailed('the writing thread has ended'));
  }
}
