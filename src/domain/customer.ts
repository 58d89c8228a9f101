import type {CustomerId} from './address.ts';
import type {LeftOutReports, MorningCheck} from './backup/backup-record.ts';
import type {Contract, ContractSince} from './contract.ts';
import type {SafeText} from './text.ts';

/** A contract holder and hard tenant boundary: no alert, note or report may cross it. Source: domain.md section 1. */
export interface Customer {
  readonly id: CustomerId;
  readonly name: SafeText;
  /** Bundesland as ISO 3166-2:DE without the country, `BY`; null where none is configured. */
  readonly state: string | null;
  /** IANA time zone. */
  readonly timezone: string;
  /** What it is promised now; null without a contract. */
  readonly contract: Contract | null;
}

/** A customer as the fold holds it. */
export interface CustomerRecord extends Customer {
  /** Every version that held since the collector knows the customer, oldest first: history is never rewritten. Source: SL-12. */
  readonly contracts: readonly ContractSince[];
  /** Who looked at its backups on which morning, oldest first, bounded. Absent in pictures of before. Source: BK-10. */
  readonly morningChecks?: readonly MorningCheck[];
  /** Absent: every report about its backups found its place. */
  readonly leftOut?: LeftOutReports;
  readonly version: number;
}

/** A configured input of a collector. */
export interface Source {
  readonly name: string;
  /** `alertmanager`, `generic`, `report`, `check`, `exporter`, … */
  readonly type: string;
  /** What it can do: `push`, `pull`, `ack`, … */
  readonly capabilities: readonly string[];
}

/** Where a source stands. `never` has not been heard since the collector knows it. */
export type Freshness = 'live' | 'stale' | 'unreachable' | 'never';
