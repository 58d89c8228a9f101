import type {Alert} from './alert.ts';
import type {CommandBody, Verdict} from './command.ts';
import type {Decision} from './decision.ts';
import type {Incident, IncidentMoment} from './incident.ts';
import type {SafeText} from './text.ts';
import {APPLIED, already, rejected} from './verdict.ts';

/** Commands on the incident that an alert belongs to. */
export type IncidentBody = Extract<CommandBody, {readonly kind: 'pause' | 'resume' | 'priority'}>;

function lastMoment({moments}: Incident, type: IncidentMoment['type']): Verdict {
  const moment = moments.findLast(it => it.type === type);
  return already(moment?.by ?? null, moment?.at ?? null);
}

/** The question goes to the customer, which is a message too; the reason stays with us. Source: SL-6, SL-10. */
function pause(
  decision: Decision,
  incident: Incident,
  alert: Alert,
  by: SafeText,
  body: IncidentBody & {kind: 'pause'},
) {
  if (incident.pausedAt !== null) return lastMoment(incident, 'paused');
  const {occurrence, customer} = alert;
  const note = {at: decision.now, by, text: body.question, customerVisible: true};
  decision.draft(customer, {type: 'alert.noted', occurrence, note});
  decision.draft(customer, {type: 'incident.paused', incident: incident.id, reason: body.reason});
  return APPLIED;
}

/**
 * Decides a command on the incident of `alert`: waiting for the customer and no longer, another priority.
 *
 * An alert without an incident, and an incident that is over, know neither. Source: SL-6, SL-8.
 */
export function decideOnIncident(decision: Decision, alert: Alert, by: SafeText, body: IncidentBody): Verdict {
  const incident = alert.incident === null ? undefined : decision.state.incidents.get(alert.incident);
  if (incident === undefined || incident.resolvedAt !== null) return rejected('INVALID_TRANSITION');
  const {id, customer} = incident;
  switch (body.kind) {
    case 'pause':
      return pause(decision, incident, alert, by, body);
    case 'resume':
      if (incident.pausedAt === null) return lastMoment(incident, 'resumed');
      decision.draft(customer, {type: 'incident.resumed', incident: id});
      return APPLIED;
    case 'priority': {
      if (incident.priority === body.priority) return lastMoment(incident, 'priority');
      const {priority, mode, reason} = body;
      decision.draft(customer, {type: 'incident.prioritised', incident: id, priority, mode, reason});
      return APPLIED;
    }
    default:
      return body satisfies never;
  }
}
