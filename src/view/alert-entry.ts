import type {PendingCommand} from '../client/noc.ts';
import {type Alert, alertState} from '../domain/alert.ts';
import type {Customer} from '../domain/customer.ts';
import type {DurationMs, Instant} from '../domain/time.ts';
import type {AlertSla} from './alert-sla.ts';
import type {Origin} from './origin.ts';

/** One alert as the faces list it: the record, where it is from, and what is on its way for it. */
export interface AlertEntry {
  /** Unique over all collectors and lives: what a cursor holds on to. */
  readonly key: string;
  readonly origin: Origin;
  readonly alert: Alert;
  /** null when no rule placed it. */
  readonly customer: Customer | null;
  /** null when it is in no incident, as in a downtime. */
  readonly sla: AlertSla | null;
  /** Own commands for it whose events are not back yet, oldest first. */
  readonly pending: readonly PendingCommand[];
}

export function entryKey(origin: Pick<Origin, 'url'>, alert: Pick<Alert, 'occurrence'>): string {
  return `${origin.url} ${alert.occurrence}`;
}

/** The short id that a technician types: with the collector's tag before it where several are connected. */
export function shortId(entry: Pick<AlertEntry, 'origin' | 'alert'>): string {
  return `${entry.origin.prefix}${entry.alert.occurrence}`;
}

export function alertAge(entry: AlertEntry, now: Instant): DurationMs {
  return Math.max(0, now + entry.origin.skewMs - entry.alert.openedAt);
}

/** When its incident next comes due, by our clock; null when it is over, nothing runs or nothing is promised. */
export function dueAt({alert, sla, origin}: AlertEntry): Instant | null {
  if (alert.condition !== 'firing' || sla === null || sla.nextDueAt === null) return null;
  return sla.nextDueAt - origin.skewMs;
}

/** Needs a hand now: nobody has it and nothing holds it back. Only such an alert is painted in colour. */
export function isUnhandled(alert: Alert): boolean {
  return alertState(alert) === 'open' && alert.suppressed.length === 0;
}
