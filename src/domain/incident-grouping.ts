import {hostKey, siteServiceKey} from './address.ts';
import type {Alert} from './alert.ts';
import type {Incident, JoinReason} from './incident.ts';
import type {NocState} from './state.ts';
import {type DurationMs, type Instant, MINUTE} from './time.ts';

/** Alerts that come within this time of each other may be one matter. Source: CO-2. */
const TOGETHER_MS: DurationMs = 5 * MINUTE;
/** Hosts of a site with the same check bad that make it one matter. Source: CO-2. */
const MANY_HOSTS = 3;

/** Incidents that an alert belongs to: the first to be joined, the others to become one with it. */
export interface Group {
  readonly because: JoinReason;
  readonly incidents: readonly [Incident, ...Incident[]];
}

function openIncident(state: NocState, alert: Alert | undefined): Incident | null {
  const incident = alert?.incident == null ? undefined : state.incidents.get(alert.incident);
  return incident === undefined || incident.resolvedAt !== null ? null : incident;
}

function sameHost(state: NocState, alert: Alert, now: Instant): Group | null {
  for (const occurrence of state.ofHost.get(hostKey(alert))?.live ?? []) {
    const other = state.alerts.get(occurrence);
    if (other === undefined || other.occurrence === alert.occurrence || now - other.openedAt > TOGETHER_MS) continue;
    const incident = openIncident(state, other);
    if (incident !== null) return {because: 'sameHost', incidents: [incident]};
  }
  return null;
}

/**
 * Newest first, so that a storm finds the incident it belongs to at the first few looks: once the newest on as many other hosts
 * are one incident, the last of them has already brought in what came within five minutes before it.
 */
function sameCheck(state: NocState, alert: Alert, now: Instant): Group | null {
  const hosts = new Set([alert.host]);
  const incidents = new Map<string, Incident>();
  for (const occurrence of state.ofSiteService.get(siteServiceKey(alert))?.reversed() ?? []) {
    const other = state.alerts.get(occurrence);
    if (other === undefined || other.occurrence === alert.occurrence) continue;
    if (now - other.openedAt > TOGETHER_MS) break;
    const incident = openIncident(state, other);
    if (incident === null) continue;
    hosts.add(other.host);
    incidents.set(incident.id, incident);
    if (hosts.size > MANY_HOSTS && incidents.size === 1) break;
  }
  const [first, ...others] = incidents.values();
  return first === undefined || hosts.size < MANY_HOSTS ? null : {because: 'sameCheck', incidents: [first, ...others]};
}

/** The open incidents that an alert is a part of; null when it is a matter of its own. Never across customers. Source: CO-2. */
export function groupOf(state: NocState, alert: Alert, now: Instant): Group | null {
  const root = openIncident(state, alert.rootCause === null ? undefined : state.alerts.get(alert.rootCause));
  if (root !== null && root.customer === alert.customer) return {because: 'rootCause', incidents: [root]};
  return sameHost(state, alert, now) ?? sameCheck(state, alert, now);
}
