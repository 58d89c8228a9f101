import type {HostKey} from '../domain/address.ts';
import type {HostSample} from '../domain/check.ts';
import type {FigureLimits} from '../domain/host-figures.ts';
import type {DurationMs, Instant} from '../domain/time.ts';
import type {ServerFrame} from '../protocol/frames.ts';

/** What is known of the course of one host: the answer to `ask`, without its envelope. */
export type History = Required<Omit<Extract<ServerFrame, {t: 'history'}>, 't' | 'id' | 'host' | 'until'>>;

/** The samples lane of a collector: newest figures and ring buffers in memory. Latest wins, nothing here is durable. */
export interface Samples {
  /** Something of this host was heard. */
  touch(host: HostKey, at: Instant): void;
  /** New figures; `null` parts keep what an earlier sample of the same instant family said. */
  record(host: HostKey, sample: Partial<HostSample> & {readonly at: Instant}): void;
  /** From where on the figures of a known host are bad, as its checks judge them. */
  judgedBy(host: HostKey, limits: FigureLimits): void;
  latest(host: HostKey): {readonly lastSeenAt: Instant; readonly sample: HostSample | null} | undefined;
  hosts(): IterableIterator<HostKey>;
  /** Hosts that changed since the last call of the same reader; each session is a reader. */
  changedSince(reader: object): readonly HostKey[];
  history(host: HostKey, until: Instant, spanMs: DurationMs, points: number): History;
}
