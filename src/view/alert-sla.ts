import type {Alert} from '../domain/alert.ts';
import type {Incident} from '../domain/incident.ts';
import {clocksOf} from '../domain/incident-sla.ts';
import type {IncidentClocks} from '../domain/sla/incident-clocks.ts';
import type {NocState} from '../domain/state.ts';
import type {Instant} from '../domain/time.ts';

/** What an alert's incident was promised, and when that comes due. */
export interface AlertSla {
  readonly incident: Incident;
  /** Of the clocks that run, the soonest, a breached one too; null while nothing runs or nothing is promised. Source: SL-1. */
  readonly nextDueAt: Instant | null;
  /** @param now - The collector's clock. */
  clocks(now: Instant): IncidentClocks;
}

/** A running clock comes due at the same instant however long one looks: it is read once for each change of the incident. */
const known = new WeakMap<Incident, {readonly state: NocState; readonly sla: AlertSla}>();

function isSameContract(a: NocState, b: NocState, {customer}: Incident): boolean {
  return a.holidays === b.holidays && a.customers.get(customer) === b.customers.get(customer);
}

/** The promises for an alert; null when it is in no incident, as in a downtime. */
export function alertSla(state: NocState, alert: Alert): AlertSla | null {
  const incident = alert.incident === null ? undefined : state.incidents.get(alert.incident);
  if (incident === undefined) return null;
  const before = known.get(incident);
  if (before !== undefined && isSameContract(before.state, state, incident)) return before.sla;
  const clocks = (now: Instant) => clocksOf(state, incident, now);
  const lastChange = incident.moments.at(-1)?.at ?? incident.openedAt;
  const sla = {incident, nextDueAt: clocks(lastChange).nextDueAt, clocks};
  known.set(incident, {state, sla});
  return sla;
}
