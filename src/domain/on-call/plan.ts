import type {CustomerId} from '../address.ts';
import type {SafeText} from '../text.ts';
import type {OnCallSchedule} from './rotation.ts';

/** Somebody who takes turns or stands in. */
export interface OnCallPerson {
  /** What rotations and overrides of the schedule name. */
  readonly id: string;
  readonly name: SafeText;
  /** How to reach them, a phone number mostly; null where none is configured. */
  readonly contact: SafeText | null;
}

/**
 * A schedule as it travels in the log: once for each customer that it serves. So the right to see it is the right to see that
 * customer, and it cannot name another (security rule 19).
 */
export interface OnCallPlan {
  /** Whom it serves; null: every customer of the collector. */
  readonly customer: CustomerId | null;
  /** The same for all customers that one schedule serves. */
  readonly id: string;
  readonly name: SafeText;
  /** Everybody whom `schedule` names. */
  readonly people: readonly OnCallPerson[];
  readonly schedule: OnCallSchedule;
}

/** A schedule as the fold holds it. */
export interface OnCallRecord extends OnCallPlan {
  readonly version: number;
}

/** What a schedule stands under in the state. Neither part can hold the mark between them. */
export function onCallKey({customer, id}: Pick<OnCallPlan, 'customer' | 'id'>): string {
  return `${customer ?? ''}|${id}`;
}

/** The person of an id; null for nobody. */
export function personOf({people}: OnCallPlan, user: string | null): OnCallPerson | null {
  return people.find(({id}) => id === user) ?? null;
}
