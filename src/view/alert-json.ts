import {alertState} from '../domain/alert.ts';
import type {Instant} from '../domain/time.ts';
import {type AlertEntry, shortId} from './alert-entry.ts';
import {rfc3339} from './rfc3339.ts';
import {slaJson} from './sla-json.ts';

/** One alert of `nocturne alerts --json`. Source: contract.md; the keys are stable and none is ever left out. */
export function alertJson(entry: AlertEntry, now: Instant) {
  const {alert, origin, sla} = entry;
  const {ack, escalation} = alert;
  return {
    id: shortId(entry),
    collector: origin.name,
    incident: sla === null ? null : `${origin.prefix}${sla.incident.id}`,
    customer: alert.customer,
    site: alert.site,
    host: alert.host,
    service: alert.service,
    severity: alert.severity,
    maxSeverity: alert.maxSeverity,
    state: alertState(alert),
    suppressed: alert.suppressed,
    summary: alert.summary,
    openedAt: rfc3339(alert.openedAt),
    updatedAt: rfc3339(alert.updatedAt),
    resolvedAt: rfc3339(alert.resolvedAt),
    count: alert.count,
    acked:
      ack === null
        ? null
        : {by: ack.by, at: rfc3339(ack.at), until: rfc3339(ack.until), sticky: ack.sticky, note: ack.note},
    escalation: escalation === null ? null : {level: escalation.level, at: rfc3339(escalation.at)},
    silencedUntil: rfc3339(alert.silencedUntil),
    priority: sla?.incident.priority ?? null,
    sla: sla === null ? null : slaJson(sla.clocks(now + origin.skewMs)),
    source: alert.source,
    runbook: alert.runbook,
    notes: alert.notes.map(note => ({
      at: rfc3339(note.at),
      by: note.by,
      text: note.text,
      customerVisible: note.customerVisible,
    })),
  };
}
