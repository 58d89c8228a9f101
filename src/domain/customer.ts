import type {CustomerId} from './address.ts';
import type {SafeText} from './text.ts';

/** A contract holder and hard tenant boundary: no alert, note or report may cross it. Source: domain.md section 1. */
export interface Customer {
  readonly id: CustomerId;
  readonly name: SafeText;
  /** Bundesland as ISO 3166-2:DE without the country, `BY`; null where none is configured. */
  readonly state: string | null;
  /** IANA time zone. */
  readonly timezone: string;
  /** Name of the tier under `slaTiers`; null without a contract. */
  readonly tier: string | null;
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
