import {type CustomerId, siteKey} from '../address.ts';
import type {EpochDay} from '../local-time/civil-date.ts';
import type {SafeText} from '../text.ts';
import type {DurationMs, Instant} from '../time.ts';
import type {RunFigures} from './anomaly.ts';
import type {FillSample, ListedPoints} from './repository.ts';
import type {RestoreScope} from './restore-test.ts';
import type {KeepRules} from './retention.ts';
import type {Production} from './rule-321.ts';
import type {BackupRun} from './run-result.ts';
import type {ScheduleDefinition} from './schedule.ts';

/** Key of one protected object: `customer|object`. */
export type BackupKey = string;

/** An object stands at its customer as a site does, so that the parts are escaped alike. */
export function backupKey({customer, object}: Pick<BackupPlan, 'customer' | 'object'>): BackupKey {
  return siteKey({customer, site: object});
}

/** What is expected of one job, as it travels in the log. Source: BK-2, BK-3. */
export interface JobPlan {
  readonly name: SafeText;
  /** null: it runs when it likes. */
  readonly schedule: ScheduleDefinition | null;
  readonly startGraceMs: DurationMs;
  readonly maxDurationMs: DurationMs;
  readonly isEnabled: boolean;
  /** Whether a run with warnings is a recovery point. */
  readonly warningCounts: boolean;
}

/** A place where a copy of the data is to be. Source: BK-4, BK-5. */
export interface CopyPlan extends Production {
  readonly id: SafeText;
  /** The job that writes it; null: the object's only one, or whichever names it. */
  readonly job: string | null;
  readonly maxAgeMs: DurationMs;
  readonly isImmutable: boolean;
  readonly isOffline: boolean;
  /** What its tool keeps when it prunes; absent: not known. Source: BK-8. */
  readonly keep?: KeepRules;
  /** How far back the contract wants its recovery points to reach; absent demands nothing. */
  readonly reachMs?: DurationMs;
}

/** What the configuration promises about one object. */
export interface BackupPlan {
  readonly customer: CustomerId;
  readonly object: SafeText;
  /** Where it stands in monitoring: the host that its alerts are of. */
  readonly host: SafeText;
  readonly site: SafeText;
  readonly criticality: 'A' | 'B' | 'C';
  readonly production: Production;
  readonly jobs: readonly JobPlan[];
  readonly copies: readonly CopyPlan[];
  readonly promised: '3-2-1' | '3-2-1-1-0';
  /** null promises none. */
  readonly rpoMs: DurationMs | null;
  readonly rtoMs: DurationMs | null;
  readonly restoreEveryMonths: number;
  /** IANA time zone of its dates. */
  readonly timeZone: string;
  /** Needs no backup by agreement: it is no gap, and not listed. Source: BK-10. */
  readonly isExempt: boolean;
}

/** One run as it was reported. */
export interface RunRecord extends BackupRun {
  /** Tells a repeat of a report, and joins the end of a run to its start. */
  readonly id: SafeText;
  readonly tool: SafeText;
  readonly figures: RunFigures;
  readonly addedBytes: number | null;
  /** The tool's own exit code; null where it was not told. */
  readonly exitCode: number | null;
  readonly errors: number;
  /** The first thing that went wrong, in the tool's words. */
  readonly note: SafeText | null;
  /** Snapshot, archive or session at the tool. */
  readonly snapshot: SafeText | null;
}

/** Runs of one job, oldest first, bounded. */
export interface JobHistory {
  readonly name: SafeText;
  readonly runs: readonly RunRecord[];
}

/** What a tool told of the repository that holds a copy. */
export interface RepositoryFacts {
  /** null: its recovery points were never listed. */
  readonly points: ListedPoints | null;
  /** Oldest first, bounded; empty: how full it is was never told. */
  readonly fill: readonly FillSample[];
}

/** What is known of one copy. */
export interface CopyFacts {
  readonly id: SafeText;
  /** Start of the newest good run that wrote it. */
  readonly lastGoodAt: Instant | null;
  /** null was never verified. */
  readonly verifyOk: boolean | null;
  readonly verifiedAt: Instant | null;
  readonly verifyErrors: number;
  readonly verifyNote: SafeText | null;
  /** Absent: nothing was ever told of it. */
  readonly repository?: RepositoryFacts;
}

/** A restore that was tried, with its evidence. Source: BK-6. */
export interface RestoreTestRecord {
  /** When it ended. */
  readonly at: Instant;
  readonly ok: boolean;
  readonly scope: RestoreScope;
  /** Measured; null was not. */
  readonly durationMs: DurationMs | null;
  /** The recovery point that was restored. */
  readonly point: Instant | null;
  readonly job: SafeText | null;
  readonly by: SafeText;
  readonly note: SafeText | null;
}

/** A protected object as the fold holds it. What follows from it is judged when it is looked at, never stored. */
export interface BackupRecord {
  readonly customer: CustomerId;
  readonly object: SafeText;
  /** null: it reports, and nobody configured it. */
  readonly plan: BackupPlan | null;
  /** Nothing is held against it from before. */
  readonly knownSince: Instant;
  readonly jobs: readonly JobHistory[];
  readonly copies: readonly CopyFacts[];
  /** Oldest first, bounded; the log has all of them. */
  readonly restoreTests: readonly RestoreTestRecord[];
  readonly version: number;
}

/** Reports that found no place among a customer's objects. */
export interface LeftOutReports {
  readonly reports: number;
  readonly since: Instant;
  readonly lastAt: Instant;
}

/** A named person has looked at all backups of a customer. Source: BK-10. */
export interface MorningCheck {
  /** Local date of the customer. */
  readonly day: EpochDay;
  readonly at: Instant;
  readonly by: SafeText;
  readonly note: SafeText | null;
}
