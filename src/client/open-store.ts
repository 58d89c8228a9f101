import {Worker} from 'node:worker_threads';
import type {SafeText} from '../domain/text.ts';
import {type DurationMs, SECOND} from '../domain/time.ts';
import type {Outside} from '../runtime/outside.ts';
import type {AgentPort} from './agent.ts';
import type {CollectorAddress} from './collector-address.ts';
import type {PictureFrame} from './link.ts';
import type {NocStore} from './noc.ts';
import {outboxFolder} from './outbox-folder.ts';
import type {Batch} from './outflow.ts';
import {Store} from './store.ts';
import type {FromWorker, ToWorker, WorkerStart} from './worker-messages.ts';

export interface StoreOptions {
  readonly collectors: readonly CollectorAddress[];
  /** `$XDG_STATE_HOME/nocturne`; the outbox stands in it. */
  readonly stateFolder: string;
  /** The person behind a shared login. */
  readonly as: SafeText | null;
  readonly outside: Outside;
  /** The thread of the links died, which is our mistake; it is started again by itself. For the log. */
  readonly onFault?: (fault: Error) => void;
}

/** Beside the running bundle, or beside this file when it runs from source. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './link-worker.ts' : './link-worker.mjs', import.meta.url);
const RESTART_MS: DurationMs = SECOND;
/** A worker that hangs is no reason not to quit. */
const CLOSE_TIMEOUT_MS: DurationMs = 3 * SECOND;

/** Opens links and outbox in a worker thread (security rule 51): what console and wall hold. */
export function openStore(options: StoreOptions): NocStore {
  const {collectors, stateFolder, as, outside} = options;
  const start: WorkerStart = {collectors, outboxFolder: outboxFolder(stateFolder), as};
  return new Store(collectors, outside, store => new WorkerAgent(start, options, store));
}

/** The agent's end in the face's thread: passes calls on, and hands the store what comes back. */
class WorkerAgent implements AgentPort {
  readonly #start: WorkerStart;
  readonly #outside: Outside;
  readonly #store: Store;
  readonly #onFault: (fault: Error) => void;
  readonly #watched = new Map<string, Parameters<AgentPort['watch']>>();
  #worker: Worker;
  #isClosing = false;
  #onClosed: (() => void) | null = null;

  constructor(start: WorkerStart, {outside, onFault = () => {}}: StoreOptions, store: Store) {
    this.#start = start;
    this.#outside = outside;
    this.#onFault = onFault;
    this.#store = store;
    this.#worker = this.#run();
  }

  command(...call: Parameters<AgentPort['command']>): void {
    this.#post({type: 'command', with: call});
  }

  watch(...call: Parameters<AgentPort['watch']>): void {
    this.#watched.set(call[0], call);
    this.#post({type: 'watch', with: call});
  }

  ask(...call: Parameters<AgentPort['ask']>): void {
    this.#post({type: 'ask', with: call});
  }

  resync(...call: Parameters<AgentPort['resync']>): void {
    this.#post({type: 'resync', with: call});
  }

  reconnect(): void {
    this.#post({type: 'reconnect', with: []});
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await new Promise<void>(resolve => {
      const cancel = this.#outside.timers.after(CLOSE_TIMEOUT_MS, resolve);
      this.#onClosed = () => {
        cancel();
        resolve();
      };
      this.#post({type: 'close', with: []});
    });
    await this.#worker.terminate();
  }

  #run(): Worker {
    const worker = new Worker(WORKER, {workerData: this.#start});
    worker.on('message', (message: FromWorker) => {
      if (message.type === 'closed') this.#onClosed?.();
      else this.#take(message.batch);
    });
    // The outbox on disk survives the thread, and its successor adopts it; `exit` always follows.
    worker.on('error', error => this.#onFault(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', () => this.#exited());
    return worker;
  }

  #exited(): void {
    this.#onClosed?.();
    if (this.#isClosing) return;
    this.#outside.timers.after(RESTART_MS, () => {
      if (this.#isClosing) return;
      this.#worker = this.#run();
      for (const call of this.#watched.values()) this.#post({type: 'watch', with: call});
    });
  }

  #take({tellings, size}: Batch): void {
    for (const telling of tellings) {
      switch (telling.type) {
        case 'status':
          this.#store.onStatus(telling.collector, telling.status);
          break;
        case 'picture':
          this.#store.onPicture(telling.collector, JSON.parse(telling.text) as PictureFrame);
          break;
        case 'command':
          this.#store.onCommand(telling.command);
          break;
        default:
          telling satisfies never;
      }
    }
    this.#post({type: 'taken', size});
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }
}
