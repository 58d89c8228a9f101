import {actorName} from './actor.ts';
import {UNASSIGNED} from './address.ts';
import {type Alert, alertState} from './alert.ts';
import {settle} from './alert-life.ts';
import {decideDuty} from './backup/decide-duty.ts';
import {liveClaims} from './claims.ts';
import type {Command, CommandBody, Verdict} from './command.ts';
import {conflictOf} from './conflict.ts';
import {isCovered, isInForce} from './covering.ts';
import {decideOnIncident} from './decide-incident.ts';
import {type Decision, openDecision} from './decision.ts';
import {downtimeId} from './downtime-id.ts';
import type {DomainEvent, Draft} from './event.ts';
import {followIncidents} from './follow-incidents.ts';
import {normalizeOccurrence} from './occurrence-id.ts';
import type {Rules} from './rules.ts';
import type {NocState} from './state.ts';
import {firingAlerts, NO_EVIDENCE, reconcileFlags} from './suppress.ts';
import {ownText, type SafeText} from './text.ts';
import type {Instant} from './time.ts';
import {APPLIED, already, rejected} from './verdict.ts';

/** What a command leads to. A `noop` may carry a draft all the same: a colleague's second acknowledgement is noted. */
export interface CommandDecision {
  readonly verdict: Verdict;
  readonly drafts: readonly Draft[];
}

/** The highest level that an alert can be sent to. */
const HIGHEST_LEVEL = 10;

const FIRST_LEVEL = 1;

/** It is so already; by whom and since when stands in the newest moment of that kind. */
function alreadyBy(alert: Alert, what: DomainEvent['type']): Verdict {
  const moment = alert.timeline.findLast(it => it.what === what);
  return already(moment?.by ?? null, moment?.at ?? null);
}

type AlertBody = Extract<CommandBody, {readonly occurrence: string}>;
type Body<K extends CommandBody['kind']> = Extract<CommandBody, {readonly kind: K}>;

/** One command on one alert: the decision so far, who commands, and the alert as it is now. */
interface Handling {
  readonly decision: Decision;
  readonly by: SafeText;
  readonly alert: Alert;
}

function write({decision, alert}: Handling, event: DomainEvent): Verdict {
  decision.draft(alert.customer, event);
  return APPLIED;
}

/** First wins: the second sees the owner, and is noted as a colleague. Source: AL-1, AL-4. */
function acknowledge(handling: Handling, {note, until, sticky}: Body<'ack'>): Verdict {
  const {alert, by, decision} = handling;
  const {occurrence, ack} = alert;
  const {now: at} = decision;
  if (alert.condition !== 'firing') return rejected('INVALID_TRANSITION');
  if (ack === null)
    return write(handling, {type: 'alert.acknowledged', occurrence, ack: {by, at, note, until, sticky}});
  if (ack.by !== by) {
    const text = note ?? ownText('acknowledged');
    write(handling, {type: 'alert.noted', occurrence, note: {at, by, text, customerVisible: false}});
  }
  return already(ack.by, ack.at);
}

function unacknowledge(handling: Handling): Verdict {
  const {alert} = handling;
  if (alert.condition !== 'firing') return rejected('INVALID_TRANSITION');
  if (alert.ack === null) return alreadyBy(alert, 'alert.unacknowledged');
  return write(handling, {type: 'alert.unacknowledged', occurrence: alert.occurrence, reason: 'command'});
}

/** At once, even when acknowledged. Source: AL-1. */
function escalate(handling: Handling, body: Body<'escalate'>): Verdict {
  const {alert} = handling;
  const current = alert.escalation?.level ?? FIRST_LEVEL;
  const level = body.level ?? current + 1;
  if (alert.condition !== 'firing') return rejected('INVALID_TRANSITION');
  if (level > HIGHEST_LEVEL) return rejected('INVALID');
  if (level === current) return alreadyBy(alert, 'alert.escalated');
  return write(handling, {type: 'alert.escalated', occurrence: alert.occurrence, level});
}

function snooze(handling: Handling, {until}: Body<'snooze'>): Verdict {
  const {alert} = handling;
  if (alert.condition !== 'firing') return rejected('INVALID_TRANSITION');
  if (alert.silencedUntil === until) return alreadyBy(alert, 'alert.suppressed');
  const {occurrence} = alert;
  return write(handling, {type: 'alert.suppressed', occurrence, reason: 'silenced', until, rootCause: null});
}

function unsnooze(handling: Handling): Verdict {
  const {alert} = handling;
  if (alert.condition === 'closed') return rejected('INVALID_TRANSITION');
  if (!alert.suppressed.includes('silenced')) return alreadyBy(alert, 'alert.unsuppressed');
  return write(handling, {type: 'alert.unsuppressed', occurrence: alert.occurrence, reason: 'silenced'});
}

/** Allowed while the check is still bad, and flagged; the next bad result opens it again. Source: AL-3. */
function resolve(handling: Handling): Verdict {
  const {alert} = handling;
  const {occurrence, claims} = alert;
  if (alert.condition === 'closed') return rejected('INVALID_TRANSITION');
  if (alert.condition === 'resolved') return alreadyBy(alert, 'alert.resolved');
  return write(handling, {type: 'alert.resolved', occurrence, manually: true, claims});
}

/** Takes back a manual resolve, as long as somebody still says bad. What recovered by itself stays so. */
function reopen(handling: Handling): Verdict {
  const {alert} = handling;
  const {occurrence, count} = alert;
  if (alert.condition === 'firing') return alreadyBy(alert, 'alert.reopened');
  const isTakenBack = alert.condition === 'resolved' && alert.resolvedManually && liveClaims(alert.claims).length > 0;
  if (!isTakenBack) return rejected('INVALID_TRANSITION');
  return write(handling, {type: 'alert.reopened', occurrence, content: null, count});
}

/** Allowed on every alert that there is, closed ones too. Source: AL-1. */
function annotate(handling: Handling, {text, customerVisible}: Body<'note'>): Verdict {
  const {alert, by, decision} = handling;
  const note = {at: decision.now, by, text, customerVisible};
  return write(handling, {type: 'alert.noted', occurrence: alert.occurrence, note});
}

function handle(handling: Handling, body: AlertBody): Verdict {
  switch (body.kind) {
    case 'ack':
      return acknowledge(handling, body);
    case 'unack':
      return unacknowledge(handling);
    case 'escalate':
      return escalate(handling, body);
    case 'note':
      return annotate(handling, body);
    case 'snooze':
      return snooze(handling, body);
    case 'unsnooze':
      return unsnooze(handling);
    case 'resolve':
      return resolve(handling);
    case 'reopen':
      return reopen(handling);
    case 'pause':
    case 'resume':
    case 'priority':
      return decideOnIncident(handling.decision, handling.alert, handling.by, body);
    default:
      return body satisfies never;
  }
}

/** Whether the arguments make sense at all, whatever the state. */
function isValid(body: CommandBody, now: Instant): boolean {
  switch (body.kind) {
    case 'ack':
      return body.until === null || body.until > now;
    case 'snooze':
      return body.until > now;
    case 'note':
      return body.text.trim() !== '';
    case 'escalate':
      return body.level === null || (Number.isInteger(body.level) && body.level >= FIRST_LEVEL);
    case 'downtime':
      return body.end > body.start && body.end > now && (body.service === null || body.host !== null);
    case 'pause':
      return body.reason.trim() !== '' && body.question.trim() !== '';
    case 'priority':
      return body.reason.trim() !== '';
    case 'unack':
    case 'unsnooze':
    case 'resolve':
    case 'reopen':
    case 'resume':
    case 'downtime-cancel':
    case 'morning-check':
      return true;
    case 'restore-test':
      return body.point === null || body.point <= now;
    default:
      return body satisfies never;
  }
}

/**
 * A command that finds its wish fulfilled says so, and one that cannot be says that; only one that would change something
 * is asked whether its technician had seen what it changes.
 */
function decideOnAlert(decision: Decision, command: Command, body: AlertBody): Verdict {
  const known = decision.state.alerts.get(normalizeOccurrence(body.occurrence));
  if (known === undefined) return rejected('NOT_FOUND');
  const by = actorName(command.actor);
  const alert = alertState(known) === 'closed' ? known : settle(decision, known);
  const trial = openDecision(decision.state, decision.now, decision.rules);
  const verdict = handle({decision: trial, by, alert}, body);
  const conflict = body.kind === 'note' ? null : conflictOf(alert, command.expectedVersion, by);
  if (verdict.outcome === 'applied' && conflict !== null) return rejected('CONFLICT', conflict.by, conflict.at);
  for (const {customer, event} of trial.drafts) decision.draft(customer, event);
  return verdict;
}

function schedule(decision: Decision, command: Command, body: Body<'downtime'>): Verdict {
  const {state, now} = decision;
  const {customer, site, host, service, start, end, comment} = body;
  if (customer !== UNASSIGNED && !state.customers.has(customer)) return rejected('NOT_FOUND');
  const id = downtimeId(command.cid, candidate => state.downtimes.has(candidate));
  const scope = {id, customer, site, host, service, start, end, flexibleMs: null};
  const downtime = {...scope, comment, by: actorName(command.actor), createdAt: now};
  decision.draft(customer, {type: 'downtime.scheduled', downtime});
  const scheduled = decision.state.downtimes.get(id);
  if (scheduled === undefined || !isInForce(scheduled, now)) return APPLIED;
  decision.draft(customer, {type: 'downtime.started', id, end});
  for (const alert of firingAlerts(decision.state, it => isCovered(scheduled, it))) {
    reconcileFlags(decision, alert, NO_EVIDENCE);
  }
  return APPLIED;
}

/** Cancelling ends it now; its alerts count again on results from after now. Source: MW-2. */
function cancel(decision: Decision, {id}: Body<'downtime-cancel'>): Verdict {
  const downtime = decision.state.downtimes.get(id);
  if (downtime === undefined) return rejected('NOT_FOUND');
  const isOver = downtime.state === 'ended' || downtime.state === 'cancelled' || downtime.end <= decision.now;
  if (isOver) return already(null, downtime.end);
  decision.draft(downtime.customer, {type: 'downtime.cancelled', id});
  return APPLIED;
}

function verdictOf(decision: Decision, command: Command): Verdict {
  const {body} = command;
  const {now} = decision;
  if (now - command.issuedAt > command.ttlMs) return {outcome: 'expired', code: 'EXPIRED', by: null, at: null};
  if (!isValid(body, now)) return rejected('INVALID');
  if (body.kind === 'downtime') return schedule(decision, command, body);
  if (body.kind === 'downtime-cancel') return cancel(decision, body);
  if (body.kind === 'morning-check' || body.kind === 'restore-test') {
    return decideDuty(decision, actorName(command.actor), body);
  }
  return decideOnAlert(decision, command, body);
}

/**
 * Decides one command. Whether its actor may give it is not asked here, and a command id seen before does not get this far.
 *
 * @returns The verdict, to be committed together with the drafts. Source: AL-1, AL-3 to AL-5, MW-2.
 */
export function decideCommand(state: NocState, command: Command, now: Instant, rules: Rules): CommandDecision {
  const decision = openDecision(state, now, rules);
  const verdict = verdictOf(decision, command);
  followIncidents(decision);
  const signed = verdict.outcome === 'applied' ? {...verdict, by: actorName(command.actor), at: now} : verdict;
  return {verdict: signed, drafts: decision.drafts};
}
