import type {NocView} from '../client/noc.ts';
import {type Alert, alertState} from '../domain/alert.ts';
import {compareBadness} from '../domain/badness.ts';
import type {AlertEntry} from './alert-entry.ts';

/** The other alerts of an incident. */
export interface IncidentMates {
  /** How many of them fire. */
  readonly count: number;
  /** Some of those, the worst that nobody handles first. */
  readonly alerts: readonly Alert[];
}

/** A storm may put thousands into one incident: no more than this are looked at to show a few. */
const MOST_LOOKED_AT = 200;

/** The other alerts of an alert's incident that still fire. Source: CO-2. */
export function incidentMates(view: NocView, {alert, origin, sla}: AlertEntry): IncidentMates {
  const state = view.collectors.find(({url}) => url === origin.url)?.state ?? null;
  const contents = sla === null ? undefined : state?.ofIncident.get(sla.incident.id);
  if (state === null || contents === undefined) return {count: 0, alerts: []};
  const alerts: Alert[] = [];
  for (const occurrence of contents.alerts) {
    const other = state.alerts.get(occurrence);
    if (other === undefined || other.occurrence === alert.occurrence || !isFiring(other)) continue;
    if (alerts.push(other) === MOST_LOOKED_AT) break;
  }
  return {count: contents.firing - Number(isFiring(alert)), alerts: alerts.sort(compareBadness)};
}

function isFiring(alert: Alert): boolean {
  const state = alertState(alert);
  return state === 'open' || state === 'acked';
}
