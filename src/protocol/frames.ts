import type {CustomerId, HostKey} from '../domain/address.ts';
import type {RunPulse} from '../domain/backup/run-progress.ts';
import type {HostSample} from '../domain/check.ts';
import type {CommandBody, CommandId, Outcome, VerdictCode} from '../domain/command.ts';
import type {LogEntry} from '../domain/event.ts';
import type {DiskCourse, FigureLimits} from '../domain/host-figures.ts';
import type {MonthFigures} from '../domain/report/month-figures.ts';
import type {SnapItem} from '../domain/snapshot.ts';
import type {SafeText} from '../domain/text.ts';
import type {DurationMs, Instant} from '../domain/time.ts';

export type {SnapItem};

/** WebSocket subprotocol. Unknown fields are ignored, unknown frames counted, so that releases may differ. */
export const SUBPROTOCOL = 'nocturne.v1';

/** Bytes of one frame, both ways (security rule 20). */
export const MAX_FRAME_BYTES = 65_536;

export type Role = 'viewer' | 'technician' | 'admin' | 'ingest';

/** Who the collector takes the client for. `customers` null sees all. */
export interface Identity {
  readonly name: SafeText;
  readonly role: Role;
  readonly customers: readonly CustomerId[] | null;
}

/** Close codes: 4000 to 4099 come back with backoff, 4100 to 4199 stop and tell the user. */
export const CLOSE = {
  restart: 4000,
  overload: 4001,
  stalled: 4002,
  protocolError: 4003,
  noSubscription: 4004,
  revoked: 4100,
  rescoped: 4101,
  forbidden: 4102,
  unsupported: 4103,
} as const;

/** How a source was last heard, outside the log: every ten seconds with the mark. */
export interface SourcePulse {
  readonly name: string;
  readonly lastSeenAt: Instant | null;
  readonly errors: number;
}

export type ServerFrame =
  | {
      readonly t: 'hello';
      readonly collector: {readonly name: string; readonly tag: string; readonly version: string};
      /** Changes when history does: then numbers mean nothing and the client takes a snapshot. */
      readonly epoch: string;
      readonly head: number;
      /** The collector's clock, for the skew. */
      readonly now: Instant;
      readonly pingMs: DurationMs;
      readonly who: Identity;
    }
  | {readonly t: 'resumed'; readonly seq: number}
  | {readonly t: 'snap'; readonly seq: number; readonly epoch: string; readonly occurrences: number}
  | {readonly t: 'item'; readonly items: readonly SnapItem[]}
  | {readonly t: 'snapend'; readonly seq: number; readonly count: number; readonly digest: string}
  | {readonly t: 'live'}
  /** `prev` is the last number this client was sent; it takes the frame only if that is its own. */
  | {readonly t: 'd'; readonly seq: number; readonly prev: number; readonly events: readonly LogEntry[]}
  | {
      readonly t: 'mark';
      readonly seq: number;
      readonly prev: number;
      readonly at: Instant;
      readonly digest: string;
      readonly sources: readonly SourcePulse[];
    }
  | {
      readonly t: 'cack';
      readonly cid: CommandId;
      readonly outcome: Outcome;
      readonly code: VerdictCode;
      readonly by: SafeText | null;
      readonly at: Instant | null;
      readonly seq: number | null;
      readonly message: SafeText | null;
    }
  /** Samples lane: the newest figures of watched hosts, and when anything of them was last heard. */
  | {
      readonly t: 'samples';
      readonly hosts: readonly {
        readonly key: HostKey;
        readonly lastSeenAt: Instant;
        readonly sample: HostSample | null;
      }[];
    }
  /** Samples lane: how far backups that run have come, all before `live`, then what is new. */
  | {readonly t: 'progress'; readonly runs: readonly RunPulse[]}
  /** Samples lane: how the month of customers with a contract stands, what is known of it before `live`, then what is new. */
  | {readonly t: 'months'; readonly months: readonly MonthFigures[]}
  | {
      readonly t: 'history';
      readonly id: number;
      readonly host: HostKey;
      /** Oldest first, evenly spaced by `stepMs`; null where nothing was heard. */
      readonly stepMs: DurationMs;
      readonly until: Instant;
      readonly series: Readonly<Record<HistorySeries, readonly (number | null)[]>>;
      /** Each file system, the fullest first. An older collector does not tell. */
      readonly disks?: readonly DiskCourse[];
      /** null where no check judges the figures. An older collector does not tell. */
      readonly limits?: FigureLimits | null;
    }
  | {readonly t: 'error'; readonly code: string; readonly message: SafeText};

export type HistorySeries = 'cpu' | 'memory' | 'disk' | 'load' | 'latency';

export type ClientFrame =
  | {
      readonly t: 'sub';
      /** Random, the same while this client's state lives. */
      readonly client: string;
      readonly epoch: string | null;
      readonly seq: number | null;
      /** Narrows what the token may see; null takes all of it. */
      readonly customers: readonly CustomerId[] | null;
    }
  | {
      readonly t: 'cmd';
      readonly cid: CommandId;
      readonly body: CommandBody;
      readonly issuedAt: Instant;
      readonly ttlMs: DurationMs;
      readonly expectedVersion: number | null;
      readonly as: SafeText | null;
    }
  /** Whose samples to send: those hosts, all of them, or none. Replaces what was asked before. */
  | {readonly t: 'watch'; readonly hosts: readonly HostKey[] | 'all'}
  | {
      readonly t: 'ask';
      readonly id: number;
      readonly host: HostKey;
      readonly spanMs: DurationMs;
      readonly points: number;
    };
