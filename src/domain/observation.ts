import type {CheckAddress} from './address.ts';
import type {RestoreTestRecord, RunRecord} from './backup/backup-record.ts';
import type {RecoveryPoint} from './backup/retention.ts';
import type {RunProgress} from './backup/run-progress.ts';
import type {CheckPolicy} from './check.ts';
import type {AlertSeverity, Severity} from './severity.ts';
import type {SafeText} from './text.ts';
import type {Instant} from './time.ts';

/** An upstream monitoring system says that something is, or is no longer, wrong: it has judged already, so it is HARD at once. */
export interface AlertObservation {
  readonly type: 'alert';
  readonly address: CheckAddress;
  readonly source: string;
  /** `source:upstream id`, stable over the upstream's life of the alert. */
  readonly key: string;
  readonly status: 'firing' | 'resolved';
  /** What an upstream says that we do not know is `unknown`, never dropped. */
  readonly severity: AlertSeverity;
  readonly summary: SafeText;
  readonly output: SafeText | null;
  readonly labels: Readonly<Record<string, SafeText>>;
  readonly runbook: SafeText | null;
  readonly url: SafeText | null;
  readonly startedAt: Instant;
  /** When it ended, of a `resolved` one. */
  readonly endedAt: Instant | null;
}

/** One check ran, here or elsewhere; soft and hard states are ours to decide. Source: ST-1 to ST-5. */
export interface CheckObservation {
  readonly type: 'check';
  readonly address: CheckAddress;
  readonly source: string;
  readonly state: Exclude<Severity, 'pending'>;
  readonly output: SafeText;
  /** More lines of output. */
  readonly longOutput: SafeText | null;
  readonly executedAt: Instant;
  readonly receivedAt: Instant;
  /** Tells a repeated result; null: the same check and `executedAt` is the same result. */
  readonly resultId: string | null;
  readonly policy: CheckPolicy;
  readonly runbook: SafeText | null;
}

/** The check or host is no longer there: its alerts close as decommissioned. Source: AL-1. */
export interface RemovalObservation {
  readonly type: 'removal';
  readonly address: CheckAddress;
}

/** A backup job told of a run: that it began, or how it ended. Source: BK-1. */
export interface BackupRunObservation {
  readonly type: 'backup-run';
  /** Its object as the host, its job as the service. */
  readonly address: CheckAddress;
  readonly source: string;
  readonly object: SafeText;
  readonly job: SafeText;
  /** Copies that it wrote, by name; empty: those that the configuration gives to the job. */
  readonly copies: readonly SafeText[];
  readonly run: RunRecord;
  /** How far it has come, of one that runs; null: it does not say. It goes to the samples, never to the log. */
  readonly progress: RunProgress | null;
}

/** Copies were read back and checked. Source: BK-5. */
export interface BackupCheckObservation {
  readonly type: 'backup-check';
  readonly address: CheckAddress;
  readonly source: string;
  readonly object: SafeText;
  readonly job: SafeText;
  readonly copies: readonly SafeText[];
  readonly verifiedAt: Instant;
  readonly ok: boolean;
  readonly errors: number;
  readonly note: SafeText | null;
}

/** What the repository of a copy holds, as its tool lists it. Source: BK-8, BK-10. */
export interface BackupRepositoryObservation {
  readonly type: 'backup-repository';
  readonly address: CheckAddress;
  readonly source: string;
  readonly object: SafeText;
  readonly job: SafeText;
  readonly copies: readonly SafeText[];
  readonly at: Instant;
  /** null: they were not listed. */
  readonly points: readonly RecoveryPoint[] | null;
  /** null: it does not say. */
  readonly percent: number | null;
}

/** A restore was tried. Source: BK-6. */
export interface RestoreTestObservation {
  readonly type: 'restore-test';
  readonly address: CheckAddress;
  readonly source: string;
  readonly object: SafeText;
  readonly test: RestoreTestRecord;
}

/** What is told about backups. */
export type BackupObservation =
  | BackupRunObservation
  | BackupCheckObservation
  | BackupRepositoryObservation
  | RestoreTestObservation;

export type Observation = AlertObservation | CheckObservation | RemovalObservation | BackupObservation;
