import type {Fingerprint} from './address.ts';
import type {Alert, OccurrenceId} from './alert.ts';
import {clear, closesAt, liveAlert, settle} from './alert-life.ts';
import type {BackupKey} from './backup/backup-record.ts';
import {followBackup} from './backup/follow-backup.ts';
import type {CheckRecord} from './check.ts';
import {type CheckMemory, noMemory, type ResultMemory} from './check-memory.ts';
import {checkClaim} from './claims.ts';
import {isCovered} from './covering.ts';
import {becomeStale} from './decide-stale.ts';
import {type Decision, type Ground, openDecision} from './decision.ts';
import type {Downtime} from './downtime.ts';
import type {Draft} from './event.ts';
import {followIncidents, forgetIncident} from './follow-incidents.ts';
import {freshnessLimits, graceOf, periodOf} from './freshness.ts';
import type {Incident, IncidentId} from './incident.ts';
import {forgettableAt, unwrittenMarks} from './incident-sla.ts';
import type {Rules} from './rules.ts';
import type {NocState} from './state.ts';
import {firingAlerts, NO_EVIDENCE, reconcileFlags} from './suppress.ts';
import type {Instant} from './time.ts';

/** What time alone can change: one entry of the collector's heap. */
export type Timed =
  | {readonly kind: 'alert'; readonly occurrence: OccurrenceId}
  | {readonly kind: 'incident'; readonly id: IncidentId}
  | {readonly kind: 'downtime'; readonly id: string}
  | {readonly kind: 'backup'; readonly key: BackupKey}
  | {readonly kind: 'check'; readonly fingerprint: Fingerprint};

/** The earliest of instants of which each may be missing. */
function earliest(...instants: readonly (Instant | null)[]): Instant | null {
  return instants.reduce<Instant | null>(
    (first, next) => (next === null || (first !== null && first <= next) ? first : next),
    null,
  );
}

/**
 * When time next changes an alert: its acknowledgement or snooze runs out, its re-open window ends, it is forgotten.
 *
 * Depends on the record alone, so the heap asks again with each entry about the alert.
 */
export function dueOfAlert(alert: Alert, rules: Rules): Instant | null {
  const forgottenAt = alert.closedAt === null ? null : alert.closedAt + rules.keepClosedMs;
  if (alert.condition === 'closed') return forgottenAt;
  return earliest(alert.ack?.until ?? null, alert.silencedUntil, closesAt(alert, rules));
}

/** The instants at which a downtime changes something, in order. */
function turnsOf(downtime: Downtime, rules: Rules): readonly Instant[] {
  const {state, start, end, flexibleMs} = downtime;
  const afterwards = [end + rules.settleMs, end + rules.keepClosedMs];
  if (state === 'scheduled') return flexibleMs === null ? [start, end] : [end];
  return state === 'active' ? [end] : afterwards;
}

/**
 * When time next changes a downtime: it starts, it ends, what it left suppressed without news is let go, it is forgotten.
 *
 * @param after - The last instant at which this downtime was asked to change; turns up to then are done. Null: none was.
 */
export function dueOfDowntime(downtime: Downtime, after: Instant | null, rules: Rules): Instant | null {
  const turns = turnsOf(downtime, rules);
  if (after === null || downtime.state === 'scheduled' || downtime.state === 'active') return turns[0] ?? null;
  return turns.find(turn => turn > after) ?? null;
}

/** When silence makes a check stale; null when no result is expected, or it is stale already. Source: FR-1, FR-3. */
function staleAt(check: CheckRecord, memory: ResultMemory, rules: Rules): Instant | null {
  const periodMs = periodOf(memory.policy, memory.judgement.stateType);
  if (check.stale || periodMs <= 0) return null;
  const graceMs = graceOf(memory.policy, periodMs);
  return freshnessLimits(memory.receivedAt, periodMs, graceMs, rules.collectorStartedAt).staleAt;
}

/**
 * When time next changes a check: it goes stale, or the clear grace of its alert is over.
 *
 * Changes with every result. A heap need not follow: it may keep the old instant, and ask again when that is there.
 */
export function dueOfCheck(check: CheckRecord, memory: CheckMemory | undefined, rules: Rules): Instant | null {
  const result = memory?.result;
  if (result === null || result === undefined) return null;
  const clearAt = result.clearSince === null ? null : result.clearSince + rules.clearGraceMs;
  return earliest(clearAt, staleAt(check, result, rules));
}

/**
 * When a clock of an incident next reaches a level; at once when one was reached that is not written down. When it is over,
 * until when its cause could bring it back.
 *
 * @param after - The last instant at which this incident was asked to change; null: it was not. Source: SL-7, SL-14.
 */
export function dueOfIncident(state: NocState, incident: Incident, after: Instant | null): Instant | null {
  const {openedAt, moments, marks} = incident;
  const asOf = Math.max(openedAt, moments.at(-1)?.at ?? 0, after ?? 0, ...marks.map(({at}) => at));
  const {unwritten, nextAt} = unwrittenMarks(state, incident, asOf);
  const forgetAt = forgettableAt(state, incident);
  const isLooked = forgetAt === null || (after !== null && after >= forgetAt);
  return earliest(unwritten[0]?.at ?? nextAt, isLooked ? null : forgetAt);
}

function incidentDue(decision: Decision, id: IncidentId): void {
  const incident = decision.state.incidents.get(id);
  if (incident === undefined) return;
  const {customer} = incident;
  for (const {clock, level, at} of unwrittenMarks(decision.state, incident, decision.now).unwritten) {
    const late = at < decision.rules.collectorStartedAt;
    decision.draft(customer, {type: 'incident.marked', incident: id, clock, level, reachedAt: at, late});
  }
  forgetIncident(decision, id);
}

function alertDue(decision: Decision, occurrence: OccurrenceId): void {
  const alert = decision.state.alerts.get(occurrence);
  if (alert === undefined) return;
  const due = dueOfAlert(alert, decision.rules);
  if (due === null || decision.now < due) return;
  if (alert.condition !== 'closed') settle(decision, alert);
  else decision.draft(alert.customer, {type: 'alert.forgotten', occurrence, customer: alert.customer});
}

/** Whether news of a check will come by itself, so that a flag may wait for it. */
function isFed(state: NocState, alert: Alert): boolean {
  const check = state.checks.get(alert.fingerprint);
  return check !== undefined && !check.stale;
}

/** Lets go what a downtime left suppressed and no check of ours feeds: still bad as far as anybody knows. */
function releaseUnfed(decision: Decision, downtime: Downtime): void {
  const isLeft = (it: Alert) =>
    it.suppressed.includes('downtime') && isCovered(downtime, it) && !isFed(decision.state, it);
  for (const alert of firingAlerts(decision.state, isLeft)) reconcileFlags(decision, alert, decision.now);
}

function startDowntime(decision: Decision, {customer, id, end}: Downtime): void {
  decision.draft(customer, {type: 'downtime.started', id, end});
  const started = decision.state.downtimes.get(id);
  if (started === undefined) return;
  for (const alert of firingAlerts(decision.state, it => isCovered(started, it))) {
    reconcileFlags(decision, alert, NO_EVIDENCE);
  }
}

function downtimeDue(decision: Decision, id: string): void {
  const {now, rules} = decision;
  const downtime = decision.state.downtimes.get(id);
  if (downtime === undefined) return;
  const {customer, state, start, end} = downtime;
  if (state === 'scheduled' || state === 'active') {
    if (now >= end) decision.draft(customer, {type: 'downtime.ended', id});
    else if (state === 'scheduled' && downtime.flexibleMs === null && now >= start) startDowntime(decision, downtime);
    return;
  }
  if (now >= end + rules.settleMs) releaseUnfed(decision, downtime);
  if (now >= end + rules.keepClosedMs) decision.draft(customer, {type: 'downtime.forgotten', id});
}

function checkDue(decision: Decision, key: Fingerprint, memory: CheckMemory): CheckMemory {
  const {now, rules} = decision;
  const check = decision.state.checks.get(key);
  let {result} = memory;
  if (check === undefined || result === null) return memory;
  if (result.clearSince !== null && now >= result.clearSince + rules.clearGraceMs) {
    const alert = liveAlert(decision.state, check.fingerprint);
    const endedAt = result.executedAt ?? now;
    if (alert !== undefined) clear(decision, alert, checkClaim(key), {startedAt: endedAt, endedAt});
    result = {...result, clearSince: null, untold: 0};
  }
  const stale = staleAt(check, result, rules);
  if (stale !== null && now >= stale) result = becomeStale(decision, check, result);
  return {...memory, result};
}

/** What became due, and the memory of the check from now on (of a `check` alone). */
export interface DueDecision {
  readonly drafts: readonly Draft[];
  readonly memory: CheckMemory | undefined;
}

/**
 * Drafts what time alone has made of one thing by `now`; nothing when it is not due yet, so that it may be asked too early.
 *
 * Everything due is to be decided before an observation or a command of the same instant. Source: AL-2.
 *
 * @param ground - An open batch has the drafts in it already; those decided on a state are still to be appended.
 */
export function decideDue(
  ground: Ground,
  memory: CheckMemory | undefined,
  timed: Timed,
  now: Instant,
  rules: Rules,
): DueDecision {
  const decision = openDecision(ground, now, rules);
  switch (timed.kind) {
    case 'incident':
      incidentDue(decision, timed.id);
      return {drafts: decision.drafts, memory};
    case 'alert':
      alertDue(decision, timed.occurrence);
      followIncidents(decision);
      return {drafts: decision.drafts, memory};
    case 'downtime':
      downtimeDue(decision, timed.id);
      followIncidents(decision);
      return {drafts: decision.drafts, memory};
    case 'backup':
      followBackup(decision, timed.key);
      followIncidents(decision);
      return {drafts: decision.drafts, memory};
    case 'check': {
      const after = checkDue(decision, timed.fingerprint, memory ?? noMemory());
      followIncidents(decision);
      return {drafts: decision.drafts, memory: after};
    }
    default:
      return timed satisfies never;
  }
}
