import {DAY, type DurationMs, type Instant} from '../time.ts';

/** Where a certificate stands. */
export interface CertificateState {
  readonly state: 'ok' | 'warning' | 'critical' | 'expired' | 'notYetValid';
  /** Whole days left, rounded down; negative after the end. */
  readonly daysLeft: number;
}

/** When to worry: at a fixed rest, or at a share of the lifetime where that is less. */
interface Limit {
  readonly rest: DurationMs;
  readonly share: number;
}

const CRITICAL: Limit = {rest: 7 * DAY, share: 1 / 6};
const WARNING: Limit = {rest: 30 * DAY, share: 1 / 3};

/**
 * Judges the validity of a certificate by what is left of its own lifetime: 30 days before the end of one that lives 47 would
 * be permanent noise. The limits belong to the worse state.
 *
 * Source: SE-4 (lifetimes of CA/B Forum SC-081v3).
 */
export function certificateState(notBefore: Instant, notAfter: Instant, now: Instant): CertificateState {
  const left = notAfter - now;
  const lifetime = notAfter - notBefore;
  const isWithin = ({rest, share}: Limit) => left <= Math.min(rest, lifetime * share);
  const daysLeft = Math.floor(left / DAY);
  if (left <= 0) return {state: 'expired', daysLeft};
  if (now < notBefore) return {state: 'notYetValid', daysLeft};
  if (isWithin(CRITICAL)) return {state: 'critical', daysLeft};
  return {state: isWithin(WARNING) ? 'warning' : 'ok', daysLeft};
}
