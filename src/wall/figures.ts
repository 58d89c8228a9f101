import type {SafeText} from '../domain/text.ts';
import type {DurationMs, Instant} from '../domain/time.ts';

/** How close a deadline is. Source: SL-5. */
export type DeadlineLevel = 'ok' | 'notice' | 'warning' | 'critical' | 'breached';

/** The deadline that comes first, over all customers. */
export interface NextDeadline {
  readonly dueAt: Instant;
  readonly level: DeadlineLevel;
  readonly customer: SafeText;
  readonly host: SafeText;
  readonly what: SafeText;
}

/** SLA over all customers that the wall shows. */
export interface SlaFigures {
  /** null: no clock runs. */
  readonly next: NextDeadline | null;
  /** Met of met and breached in this month; null without a case, which is not 100. Source: RP-1. */
  readonly compliancePercent: number | null;
  /** Of the month's error budget, what is left of the customer who has least; null where none is agreed. Source: AV-2. */
  readonly budgetLeftPercent: number | null;
  /** By customer id: the next due instant. */
  readonly nextByCustomer: ReadonlyMap<string, Instant>;
}

/** What became of the backups of one night. `none`: nothing was planned. Source: BK-2. */
export type NightResult = 'success' | 'warning' | 'failed' | 'missed' | 'late' | 'unknown' | 'none';

/** One customer's backups. */
export interface BackupRow {
  readonly customer: string;
  readonly name: SafeText;
  /** Last night last. */
  readonly nights: readonly NightResult[];
  /** Is 3-2-1 met? null: not known. Source: BK-4. */
  readonly isRuleMet: boolean | null;
  /** Of the oldest last good run; null: there is none. */
  readonly oldestGoodAgeMs: DurationMs | null;
}

/** Backups of all customers, the worst first. */
export interface BackupFigures {
  readonly rows: readonly BackupRow[];
}

/** Who answers the phone for a customer, or for all. */
export interface OnCallRow {
  readonly schedule: SafeText;
  /** null: a gap, nobody. Source: OC-2. */
  readonly who: SafeText | null;
  readonly until: Instant | null;
  readonly next: SafeText | null;
}

export interface OnCallFigures {
  readonly rows: readonly OnCallRow[];
}

/** What the wall shows beside alerts and hosts. null: no collector says anything about it, and the page says so. */
export interface Figures {
  readonly sla: SlaFigures | null;
  readonly backups: BackupFigures | null;
  readonly onCall: OnCallFigures | null;
}

export const NO_FIGURES: Figures = {sla: null, backups: null, onCall: null};
