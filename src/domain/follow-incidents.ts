import {hostKey} from './address.ts';
import type {Alert, OccurrenceId, Suppression} from './alert.ts';
import {priorityOfAlarm} from './backup/alarm-priority.ts';
import type {Decision} from './decision.ts';
import type {Incident, IncidentId} from './incident.ts';
import {groupOf} from './incident-grouping.ts';
import {forgettableAt, mayGoOn} from './incident-sla.ts';
import {merge} from './merge-incidents.ts';
import {compareSeverity} from './severity.ts';
import {contractAt} from './sla/contract.ts';
import {defaultPriority, type Priority} from './sla/priority.ts';
import type {NocState} from './state.ts';

/** With these an alert makes no incident and starts no clock. A silenced one has its clocks already. Source: DP-2, MW-1, FL-3. */
const NO_INCIDENT: readonly Suppression[] = ['downtime', 'unreachable', 'flapping'];

/** Whether an alert is, now, a matter for a human: it is as bad as the contract wants it. Source: CO-2. */
function counts(state: NocState, {condition, suppressed, customer, severity}: Alert): boolean {
  if (condition !== 'firing' || NO_INCIDENT.some(reason => suppressed.includes(reason))) return false;
  const threshold = state.customers.get(customer)?.contract?.incidentThreshold;
  return threshold === undefined || compareSeverity(severity, threshold) >= 0;
}

/** What monitoring makes of an alert. Source: PR-2. */
function priorityOfAlert(state: NocState, alert: Alert): Priority {
  const ofBackup = priorityOfAlarm(alert);
  if (ofBackup !== null) return ofBackup;
  return defaultPriority(alert.severity, state.hosts.get(hostKey(alert))?.criticality ?? 'B');
}

function incidentOf({state}: Decision, occurrence: OccurrenceId): Incident | undefined {
  const id = state.alerts.get(occurrence)?.incident ?? null;
  return id === null ? undefined : state.incidents.get(id);
}

/** The incident that goes on because its cause is back, as the same alert or as a new one. Source: SL-7. */
function broughtBack({state, now}: Decision, alert: Alert, known: Incident | undefined): Incident | null {
  const ofCause = state.ofCause.get(alert.fingerprint)?.last;
  const incident = known ?? (ofCause === undefined ? undefined : state.incidents.get(ofCause));
  return incident !== undefined && mayGoOn(state, incident, now) ? incident : null;
}

/** @returns The one that survives. */
function mergeInto(decision: Decision, into: IncidentId, other: Incident): IncidentId {
  const survivor = decision.state.incidents.get(into);
  if (survivor === undefined || survivor.id === other.id) return other.id;
  const event = merge(survivor, other, decision.now);
  decision.draft(other.customer, event);
  return event.incident;
}

/** A bad alert has an open incident: its own of before, that of a group, or a new one. Source: CO-2, SL-7. */
function place(decision: Decision, alert: Alert): void {
  const {state, now} = decision;
  const {customer, occurrence, site, fingerprint: cause} = alert;
  const known = incidentOf(decision, occurrence);
  if (known !== undefined && known.resolvedAt === null) return;
  const back = broughtBack(decision, alert, known);
  if (back !== null) {
    const {id: incident} = back;
    if (known === undefined)
      decision.draft(customer, {type: 'incident.joined', incident, alert: occurrence, because: 'sameCause'});
    decision.draft(customer, {type: 'incident.reopened', incident});
    return;
  }
  const group = groupOf(state, alert, now);
  if (group === null) {
    const priority = priorityOfAlert(state, alert);
    decision.draft(customer, {type: 'incident.opened', incident: occurrence, site, cause, priority});
    return;
  }
  const [first, ...others] = group.incidents;
  const survivor = others.reduce((into, other) => mergeInto(decision, into, other), first.id);
  decision.draft(customer, {type: 'incident.joined', incident: survivor, alert: occurrence, because: group.because});
}

/** Its own incident, if it had one, becomes one with that of the root. Source: DP-3, CO-2. */
function moveUnderRoot(decision: Decision, alert: Alert): void {
  const own = incidentOf(decision, alert.occurrence);
  if (own === undefined || own.resolvedAt !== null) return;
  const group = groupOf(decision.state, alert, decision.now);
  if (group?.because === 'rootCause' && group.incidents[0].id !== own.id)
    mergeInto(decision, group.incidents[0].id, own);
}

/** Monitoring may make it more urgent, never less, and not once a human has said how urgent it is. */
function raisePriority(decision: Decision, {id, customer, ...incident}: Incident, alert: Alert): void {
  if (incident.isPrioritised || !counts(decision.state, alert)) return;
  const priority = priorityOfAlert(decision.state, alert);
  if (priority >= incident.priority) return;
  decision.draft(customer, {type: 'incident.prioritised', incident: id, priority, mode: 'retroactive', reason: null});
}

/** A human reaction stops the response clock; a message that the customer can see starts the update clock anew. Source: SL-3, SL-10. */
function react(decision: Decision, incident: Incident, alert: Alert, before: Alert | undefined): void {
  const {id, customer, moments, openedAt} = incident;
  const isTaken = alert.ack !== null && (before?.ack ?? null) === null;
  const since = contractAt(decision.state.customers.get(customer)?.contracts ?? [], openedAt);
  const isFirst = !moments.some(({type}) => type === 'responded');
  if (isTaken && isFirst && since?.contract?.ackCountsAsResponse !== false) {
    decision.draft(customer, {type: 'incident.responded', incident: id});
  }
  const known = new Set(before?.notes);
  if (alert.notes.some(note => note.customerVisible && !known.has(note))) {
    decision.draft(customer, {type: 'incident.informed', incident: id});
  }
}

/** Service is restored when none of its alerts fires any more. */
function settleIncident({state, draft}: Decision, {id, customer, resolvedAt}: Incident): void {
  const isOver = (state.ofIncident.get(id)?.firing ?? 0) === 0;
  if (resolvedAt === null && isOver) draft(customer, {type: 'incident.resolved', incident: id});
}

/** An incident without alerts stays as long as its cause could bring it back. */
export function forgetIncident({state, now, draft}: Decision, id: IncidentId): void {
  const incident = state.incidents.get(id);
  if (incident === undefined || state.ofIncident.has(id)) return;
  const at = forgettableAt(state, incident);
  if (at !== null && now >= at) draft(incident.customer, {type: 'incident.forgotten', incident: id});
}

/** @param before - The alert before the decision, if it was there. */
function followAlert(decision: Decision, occurrence: OccurrenceId, before: Alert | undefined): void {
  const alert = decision.state.alerts.get(occurrence);
  if (alert === undefined) {
    const id = before?.incident ?? null;
    if (id !== null) forgetIncident(decision, id);
    return;
  }
  if (counts(decision.state, alert)) place(decision, alert);
  else if (alert.rootCause !== null && alert.rootCause !== before?.rootCause) moveUnderRoot(decision, alert);
  const incident = incidentOf(decision, occurrence);
  if (incident === undefined) return;
  raisePriority(decision, incident, alert);
  react(decision, incident, alert, before);
  settleIncident(decision, incident);
}

/**
 * Drafts what follows for incidents from what was drafted about alerts, so that it becomes durable in the same commit.
 * Every decision ends with this. Source: CO-2, SL-2, SL-3, SL-7, SL-9, SL-10.
 */
export function followIncidents(decision: Decision): void {
  for (const [occurrence, before] of [...decision.alertsBefore]) followAlert(decision, occurrence, before);
}
