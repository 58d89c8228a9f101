import type {SafeText} from '../domain/text.ts';
import type {DurationMs, Instant} from '../domain/time.ts';
import type {OnCallEntry} from '../view/on-call.ts';

/** How close a deadline is. Source: SL-5. */
export type DeadlineLevel = 'ok' | 'notice' | 'warning' | 'critical' | 'breached';

/** The deadline that comes first, over all customers. */
export interface NextDeadline {
  /** By our clock. */
  readonly dueAt: Instant;
  readonly level: DeadlineLevel;
  /** What is promised until then. Source: SL-1. */
  readonly clock: 'response' | 'resolution' | 'update';
  readonly customer: string;
  readonly host: string;
  readonly what: string;
}

/** SLA over all customers that the wall shows. */
export interface SlaFigures {
  /** null: no clock runs. */
  readonly next: NextDeadline | null;
  /** By customer id: the next due instant, by our clock. */
  readonly nextByCustomer: ReadonlyMap<string, Instant>;
  /** Met of met and breached this month; null without a case, which is not 100, and while one customer is not known. Source: RP-1. */
  readonly compliancePercent: () => number | null;
  /** Of the month's error budget, what is left of the customer who has least; null while one of them is not known. Source: AV-2. */
  readonly budgetLeftPercent: () => number | null;
}

/** What became of the backups of one night. `none`: nothing was planned. Source: BK-2. */
export type NightResult = 'success' | 'warning' | 'failed' | 'missed' | 'late' | 'unknown' | 'none';

/** Nights that are shown of each customer. */
export const NIGHTS = 14;

/** One customer's backups. */
export interface BackupRow {
  readonly customer: string;
  readonly name: string;
  /** `NIGHTS` of them, last night last. */
  readonly nights: readonly NightResult[];
  /** Is 3-2-1 met? null: not known. Source: BK-4. */
  readonly isRuleMet: boolean | null;
  /** Of the object that was last good the longest time ago; null: one never was. */
  readonly oldestGoodAgeMs: DurationMs | null;
  /** Its collector is silent. */
  readonly isStale: boolean;
}

/** Backups of all customers, the worst first. */
export interface BackupFigures {
  readonly rows: readonly BackupRow[];
}

/** Who is on call. */
export interface OnCallFigures {
  /** At least one; those without anybody first. */
  readonly rows: readonly OnCallEntry[];
  /** Customers that no schedule serves. */
  readonly without: readonly SafeText[];
}

/** What the wall shows beside alerts and hosts. null: no collector says anything about it, and the page says so. */
export interface Figures {
  readonly sla: SlaFigures | null;
  /** Judged when asked for. */
  readonly backups: () => BackupFigures | null;
  /** Reckoned when asked for. */
  readonly onCall: () => OnCallFigures | null;
}
