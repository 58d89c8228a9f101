import type {Alert} from './alert.ts';
import {compareSeverity} from './severity.ts';

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
  return handling(a) - handling(b) || compareSeverity(b.severity, a.severity) || b.openedAt - a.openedAt;
}
