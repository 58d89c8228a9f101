import type {CustomerId} from './address.ts';
import type {SafeText} from './text.ts';
import type {DurationMs, Instant} from './time.ts';

/** A maintenance window: a planned [start, end) for a customer, a site, a host or one service of it. Source: MW-1, MW-2. */
export interface Downtime {
  readonly id: string;
  readonly customer: CustomerId;
  /** null: every site, host, service of what stands before it. */
  readonly site: string | null;
  readonly host: string | null;
  readonly service: string | null;
  readonly start: Instant;
  readonly end: Instant;
  /** Flexible: starts at the first bad state inside the window and lasts this long; null is fixed. */
  readonly flexibleMs: DurationMs | null;
  readonly comment: SafeText;
  readonly by: SafeText;
  readonly createdAt: Instant;
  readonly state: 'scheduled' | 'active' | 'ended' | 'cancelled';
  readonly version: number;
}
