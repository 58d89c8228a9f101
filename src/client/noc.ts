import type {CustomerId, HostKey} from '../domain/address.ts';
import type {RunPulse} from '../domain/backup/run-progress.ts';
import type {HostSample} from '../domain/check.ts';
import type {CommandBody, CommandId, Outcome, VerdictCode} from '../domain/command.ts';
import type {MonthFigures} from '../domain/report/month-figures.ts';
import type {NocState} from '../domain/state.ts';
import type {SafeText} from '../domain/text.ts';
import type {DurationMs, Instant} from '../domain/time.ts';
import type {Identity, ServerFrame, SourcePulse} from '../protocol/frames.ts';

/**
 * Where the link to one collector stands. `refused` waits for a human (wrong or revoked token, foreign version):
 * `reason` says what; all others come back by themselves.
 */
export type Link = 'connecting' | 'loading' | 'live' | 'down' | 'refused';

/** One collector as a face sees it. The picture stays when the link goes, and is then as old as `heardAt` says. */
export interface CollectorView {
  /** As `collectorUrl` makes it; names the collector wherever a `collector` is asked for. */
  readonly url: string;
  /** From the configuration of the face until `hello`, then the collector's own. */
  readonly name: SafeText;
  readonly tag: string;
  readonly version: string | null;
  readonly link: Link;
  /** Fault code and text of the last failure; null while all is well. */
  readonly reason: {readonly code: string; readonly message: SafeText} | null;
  /** When the link became what it is. */
  readonly since: Instant;
  /** Last byte from it, local clock; null: never. Everything in `state` is as old as this. */
  readonly heardAt: Instant | null;
  /** Collector clock minus local clock; add to local time before comparing with instants in `state`. */
  readonly skewMs: DurationMs;
  readonly who: Identity | null;
  /** null until the first snapshot is whole. */
  readonly state: NocState | null;
  readonly samples: ReadonlyMap<HostKey, {readonly lastSeenAt: Instant; readonly sample: HostSample | null}>;
  readonly sources: readonly SourcePulse[];
  /** How far backups that run have come, by `progressKey`; what ended meanwhile may still stand here. */
  readonly progress: ReadonlyMap<string, RunPulse>;
  /** How the month of a customer stood when it was last told; each says as of when. Customers without a contract have none. */
  readonly months: ReadonlyMap<CustomerId, MonthFigures>;
}

/** A command on its way: `queued` is on our disk, `sent` is with the collector, `settled` has its verdict. */
export interface PendingCommand {
  readonly cid: CommandId;
  /** `url` of its collector. */
  readonly collector: string;
  readonly body: CommandBody;
  readonly issuedAt: Instant;
  readonly status: 'queued' | 'sent' | 'settled';
  readonly verdict: {
    readonly outcome: Outcome;
    readonly code: VerdictCode;
    readonly by: SafeText | null;
    readonly at: Instant | null;
    readonly seq: number | null;
    readonly message: SafeText | null;
  } | null;
}

/** The whole replicated picture: immutable, a new object with every change. */
export interface NocView {
  readonly collectors: readonly CollectorView[];
  /** Commands not yet settled, and the settled of the last minute, oldest first. */
  readonly commands: readonly PendingCommand[];
}

/**
 * What console, wall and quick commands hold of the link: shaped for `useSyncExternalStore`.
 * The link and the outbox behind it run in a worker thread in the long-lived faces.
 */
export interface NocStore {
  subscribe(listener: () => void): () => void;
  getSnapshot(): NocView;
  /** Puts a command for the collector of this `url` on disk and sends it. Returns its id at once; what becomes of it stands in `commands`. */
  send(collector: string, body: CommandBody, expectedVersion: number | null): CommandId;
  /** Whose samples are wanted, replacing what was wanted before. */
  watch(collector: string, hosts: readonly HostKey[] | 'all'): void;
  history(
    collector: string,
    host: HostKey,
    spanMs: DurationMs,
    points: number,
  ): Promise<Extract<ServerFrame, {t: 'history'}>>;
  /** Tries every link that is down again at once. */
  reconnect(): void;
  close(): Promise<void>;
}
