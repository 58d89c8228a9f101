import type {CustomerId} from '../domain/address.ts';
import type {DurationMs} from '../domain/time.ts';

/** Which alerts and hosts belong to a customer: all parts named must fit. `*` stands for any run of characters. */
export interface MatchRule {
  readonly label: string | null;
  readonly value: string | null;
  readonly host: string | null;
}

export interface CustomerConfig {
  readonly id: CustomerId;
  readonly name: string;
  readonly state: string | null;
  readonly timezone: string;
  readonly sla: string | null;
  readonly match: readonly MatchRule[];
}

export interface SourceConfig {
  readonly name: string;
  /** A key of `src/collector/sources/registry.ts`. */
  readonly type: string;
  /** Label that names the customer; null takes the source type's own order. */
  readonly customerLabel: string | null;
  /** Everything from this source belongs to this customer, when no label or rule says otherwise. */
  readonly customer: CustomerId | null;
  /** For upstream times without a zone. */
  readonly timezone: string;
  /** Silence longer than this makes the source stale; null for sources that only speak when something is wrong. */
  readonly expectEveryMs: DurationMs | null;
  /** Addresses that may send, as CIDR; null any. */
  readonly allow: readonly string[] | null;
  /** Key for signed bodies; null takes tokens alone. */
  readonly hmacKey: string | null;
}

interface ProbeConfig {
  readonly host: string;
  readonly customer: CustomerId;
  readonly site: string;
  /** Empty for the host's own check. */
  readonly service: string;
  readonly everyMs: DurationMs;
  readonly retryEveryMs: DurationMs;
  readonly timeoutMs: DurationMs;
  readonly maxAttempts: number;
  readonly graceMs: DurationMs | null;
  readonly runbook: string | null;
}

export type CheckConfig = ProbeConfig &
  (
    | {readonly type: 'ping'; readonly address: string}
    | {readonly type: 'tcp'; readonly address: string; readonly port: number}
    | {
        readonly type: 'http';
        readonly url: string;
        readonly expectStatus: readonly number[] | null;
        readonly expectText: string | null;
        /** PEM file of an extra authority. */
        readonly ca: string | null;
      }
    | {
        readonly type: 'tls';
        readonly address: string;
        readonly port: number;
        readonly serverName: string;
        readonly ca: string | null;
      }
    | {readonly type: 'plugin'; readonly command: readonly string[]}
    | {readonly type: 'heartbeat'}
  );

export interface ExporterConfig {
  readonly host: string;
  readonly customer: CustomerId;
  readonly site: string;
  readonly type: 'node' | 'windows';
  readonly url: string;
  readonly everyMs: DurationMs;
  readonly timeoutMs: DurationMs;
  readonly thresholds: {
    readonly cpu: Threshold;
    readonly memory: Threshold;
    readonly disk: Threshold;
  };
}

/** Percent; null never. */
export interface Threshold {
  readonly warning: number | null;
  readonly critical: number | null;
}

export interface HostConfig {
  readonly host: string;
  readonly customer: CustomerId;
  readonly site: string;
  readonly parents: readonly (readonly string[])[];
  readonly criticality: 'A' | 'B' | 'C';
}

/** A collector's configuration with every default filled in, all secrets read, and all references resolved. */
export interface CollectorConfig {
  readonly collector: {
    readonly name: string;
    /** One or two characters before short ids where several collectors are connected. */
    readonly tag: string;
    readonly listen: {readonly host: string; readonly port: number};
    readonly data: string;
    readonly tls: {readonly cert: string; readonly key: string} | null;
    /** A proxy in front does TLS, so plain listening beyond loopback is meant. */
    readonly behindProxy: boolean;
    /** Folders whose programs may run as plugins. */
    readonly pluginDirs: readonly string[];
    /** User that plugins run as, when the collector is root. */
    readonly pluginUser: string | null;
    readonly reopenWindowMs: DurationMs;
    readonly clearGraceMs: DurationMs;
    /** Closed alerts stay in the table this long. */
    readonly keepClosedMs: DurationMs;
  };
  readonly customers: readonly CustomerConfig[];
  readonly hosts: readonly HostConfig[];
  readonly sources: readonly SourceConfig[];
  readonly checks: readonly CheckConfig[];
  readonly exporters: readonly ExporterConfig[];
}
