import type {SafeText} from '../domain/text.ts';
import type {AgentPort} from './agent.ts';
import type {CollectorAddress} from './collector-address.ts';
import type {Batch} from './outflow.ts';

/** What the worker is started with. */
export interface WorkerStart {
  readonly collectors: readonly CollectorAddress[];
  readonly outboxFolder: string;
  readonly as: SafeText | null;
}

type Call<Method extends keyof AgentPort> = {readonly type: Method; readonly with: Parameters<AgentPort[Method]>};

/** From the face to the thread of its links: the calls of `AgentPort`, and the receipt of a batch. */
export type ToWorker =
  | Call<'command'>
  | Call<'watch'>
  | Call<'ask'>
  | Call<'resync'>
  | Call<'reconnect'>
  | Call<'close'>
  | {readonly type: 'taken'; readonly size: number};

export type FromWorker = {readonly type: 'batch'; readonly batch: Batch} | {readonly type: 'closed'};
