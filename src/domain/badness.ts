import type {Alert} from './alert.ts';
import {SEVERITY_RANKS, severityRank} from './severity.ts';

/** Who comes first, before severity: what nobody handles, then what is explained, then what is planned. Source: ST-1. */
function handling(alert: Alert): number {
  if (alert.condition === 'closed') return 5;
  if (alert.condition === 'resolved') return 4;
  if (alert.suppressed.includes('downtime') || alert.suppressed.includes('silenced')) return 3;
  if (alert.ack !== null) return 2;
  return alert.suppressed.includes('unreachable') ? 1 : 0;
}

/** Worst first: an unhandled warning stands above an acknowledged critical; among equals the newest first. Source: ST-1. */
export function compareBadness(a: Alert, b: Alert): number {
  return badnessRank(a) - badnessRank(b) || b.openedAt - a.openedAt;
}

/** Who comes first as one number, for whoever sorts thousands: the smaller the sooner; among equals the newest is first. */
export function badnessRank(alert: Alert): number {
  return handling(alert) * SEVERITY_RANKS - severityRank(alert.severity);
}
