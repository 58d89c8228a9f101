import type {CustomerId} from '../domain/address.ts';
import type {KeepRules} from '../domain/backup/retention.ts';
import type {Weekday} from '../domain/local-time/civil-date.ts';
import type {OnCallSchedule} from '../domain/on-call/rotation.ts';
import type {AlertSeverity} from '../domain/severity.ts';
import type {LocalWindow} from '../domain/sla/calendar-definition.ts';
import type {Promises} from '../domain/sla/contract.ts';
import type {Priority} from '../domain/sla/priority.ts';
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
  /** Bundesland as ISO 3166-2:DE without the country, `BY`; null where none is configured. */
  readonly state: string | null;
  /** Municipality flags of HO-3; `augsburg` implies the other. */
  readonly catholicMunicipality: boolean;
  readonly augsburg: boolean;
  /** IANA time zone. */
  readonly timezone: string;
  /** A name under `slaTiers`; null without a contract. */
  readonly sla: string | null;
  readonly match: readonly MatchRule[];
}

/** Service hours. Source: CA-1. */
export interface CalendarConfig {
  /** A name under `calendars`; of hours written into a tier, the tier's name. */
  readonly name: string;
  /** IANA time zone; null takes the customer's. */
  readonly timezone: string | null;
  /** null is round the clock, without holidays. Windows of a day do not overlap and stand in order. */
  readonly weekly: Readonly<Record<Weekday, readonly LocalWindow[]>> | null;
  /** Whose public holidays close: the customer's Land, a Land by name (`BY`), or nobody's. */
  readonly holidays: 'customer' | 'none' | {readonly state: string};
  /** Local dates, `2026-12-24`, whose windows replace everything else; none closes the day. Source: CA-6. */
  readonly overrides: Readonly<Record<string, readonly LocalWindow[]>>;
  /** Local dates without service. Source: CA-5. */
  readonly closedDates: readonly string[];
}

/** What a contract promises. Source: SL-11. */
export interface SlaTierConfig {
  readonly name: string;
  readonly calendar: CalendarConfig;
  /** Clocks without a target do not run. */
  readonly priorities: Readonly<Partial<Record<Priority, Promises>>>;
  /** Percent of service time; null where none is promised. Source: AV-2. */
  readonly availabilityPercent: number | null;
  /** A human acknowledgement stops the response clock. Source: AL-3. */
  readonly ackCountsAsResponse: boolean;
  /** Milder alerts are no incident; null takes all. Source: CO-2. */
  readonly incidentThreshold: AlertSeverity | null;
}

/** Sources that every collector has beside those under `sources:`; no configured one may have their names. */
export const OWN_SOURCES = {check: 'check', exporter: 'exporter', report: 'report', backup: 'backup'} as const;

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
  /** Keys for signed bodies, two while one is being replaced; empty takes tokens alone (security rule 30). */
  readonly hmacKeys: readonly string[];
  /** Where it is asked for what no webhook told; null: never. */
  readonly api: SourceApiConfig | null;
}

/** The API of an upstream that also sends webhooks. */
export interface SourceApiConfig {
  /** With the route prefix, without `/api`. */
  readonly url: string;
  readonly everyMs: DurationMs;
  /** Regular expression of Alertmanager for the receivers whose alerts count; null all. */
  readonly receiver: string | null;
  /** For `Authorization: Bearer`; null without. */
  readonly token: string | null;
  /** PEM file of an extra authority. */
  readonly ca: string | null;
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

/** What is expected of the backups of one object. */
export interface BackupConfig {
  readonly customer: CustomerId;
  readonly object: string;
  readonly host: string;
  readonly site: string;
  readonly criticality: 'A' | 'B' | 'C';
  readonly production: {readonly device: string; readonly media: string; readonly site: string};
  readonly promised: '3-2-1' | '3-2-1-1-0';
  readonly rpoMs: DurationMs | null;
  readonly rtoMs: DurationMs | null;
  readonly restoreEveryMonths: number;
  /** IANA time zone; null takes the customer's. */
  readonly timezone: string | null;
  readonly jobs: readonly {
    readonly name: string;
    readonly when: {readonly cron: string} | {readonly time: string; readonly days: readonly Weekday[]} | null;
    readonly startGraceMs: DurationMs;
    readonly maxDurationMs: DurationMs;
    readonly isEnabled: boolean;
    readonly warningCounts: boolean;
  }[];
  readonly copies: readonly {
    readonly name: string;
    readonly job: string | null;
    readonly device: string;
    readonly media: string;
    readonly site: string;
    readonly maxAgeMs: DurationMs;
    readonly isImmutable: boolean;
    readonly isOffline: boolean;
    readonly keep: KeepRules | null;
    readonly reachMs: DurationMs | null;
  }[];
  /** Needs no backup by agreement. */
  readonly isExempt: boolean;
}

/** Who is on call for whom. */
export interface OnCallConfig {
  readonly id: string;
  readonly name: string;
  /** null: all. */
  readonly customers: readonly CustomerId[] | null;
  /** Everybody whom `schedule` names, by the ids that it names them with. */
  readonly people: readonly {readonly id: string; readonly name: string; readonly contact: string | null}[];
  readonly schedule: OnCallSchedule;
}

/** A collector's configuration with every default filled in, all secrets read, and all references resolved. */
export interface CollectorConfig {
  readonly collector: {
    readonly name: string;
    /** One or two characters before short ids where several collectors are connected. */
    readonly tag: string;
    readonly listen: {readonly host: string; readonly port: number};
    /** Absolute path of the data folder. */
    readonly data: string;
    /** Absolute paths of PEM files. */
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
  readonly slaTiers: readonly SlaTierConfig[];
  /** Every host that is named anywhere below, those of checks and exporters with the defaults. */
  readonly hosts: readonly HostConfig[];
  readonly sources: readonly SourceConfig[];
  readonly checks: readonly CheckConfig[];
  readonly exporters: readonly ExporterConfig[];
  readonly backups: readonly BackupConfig[];
  readonly onCall: readonly OnCallConfig[];
}
