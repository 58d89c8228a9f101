import {type CheckAddress, type Fingerprint, fingerprint, hostKey, siteKey} from './address.ts';
import type {Alert, Claim} from './alert.ts';
import {type ClaimEnd, liveClaims, withClaim, worstClaim} from './claims.ts';
import {isCovered} from './covering.ts';
import type {Decision} from './decision.ts';
import type {AlertContent} from './event.ts';
import {occurrenceId} from './occurrence-id.ts';
import type {Rules} from './rules.ts';
import {compareSeverity} from './severity.ts';
import {SITE_SILENT} from './site-silence.ts';
import type {NocState} from './state.ts';
import {alertsOfSite, openingFlags, reconcileFlags, releaseFromRoot} from './suppress.ts';
import type {Instant} from './time.ts';

/** One or more reports that a check is bad, from one claimant. */
export interface BadReport {
  readonly address: CheckAddress;
  readonly source: string;
  readonly claim: Claim;
  readonly content: Omit<AlertContent, 'severity' | 'claims' | 'summary'>;
  /** How many bad reports this stands for. */
  readonly reports: number;
  /** When the check was seen bad, for the flags that only newer news lift. */
  readonly evidenceAt: Instant;
}

/** The alert of a check that is not closed. Source: CO-1. */
export function liveAlert(state: NocState, key: Fingerprint): Alert | undefined {
  const occurrence = state.live.get(key);
  return occurrence === undefined ? undefined : state.alerts.get(occurrence);
}

/** When the alert closes by itself; null while it does not. Source: AL-1. */
export function closesAt(alert: Alert, rules: Rules): Instant | null {
  return alert.condition === 'resolved' && alert.resolvedAt !== null ? alert.resolvedAt + rules.reopenWindowMs : null;
}

/** Closes an alert, and lets go what was suppressed because of it. */
export function closeAlert(decision: Decision, alert: Alert, reason: 'settled' | 'decommissioned'): void {
  const {customer, occurrence} = alert;
  decision.draft(customer, {type: 'alert.closed', occurrence, reason});
  if (alert.service === '') releaseFromRoot(decision, alert, hostKey(alert));
  if (alert.service !== SITE_SILENT.service) return;
  for (const other of alertsOfSite(decision.state, siteKey(alert))) {
    if (other.rootCause === occurrence) reconcileFlags(decision, other, decision.now);
  }
}

/**
 * Drafts what time alone has made due on one alert: its acknowledgement or snooze has run out, its re-open window is over.
 *
 * Always before an event of the same instant, so that bad at exactly the end of the window is a new alert. Source: AL-2.
 *
 * @returns The alert after that.
 */
export function settle(decision: Decision, alert: Alert): Alert {
  const {now, rules} = decision;
  const {customer, occurrence, ack} = alert;
  if (ack !== null && ack.until !== null && now >= ack.until) {
    decision.draft(customer, {type: 'alert.unacknowledged', occurrence, reason: 'expired'});
  }
  if (alert.silencedUntil !== null && now >= alert.silencedUntil) {
    decision.draft(customer, {type: 'alert.unsuppressed', occurrence, reason: 'silenced'});
  }
  const closes = closesAt(alert, rules);
  if (closes !== null && now >= closes) closeAlert(decision, alert, 'settled');
  return decision.state.alerts.get(occurrence) ?? alert;
}

/** A flexible downtime starts at the first bad state inside its window and lasts its own time. Source: MW-1. */
function startFlexibleDowntimes(decision: Decision, address: CheckAddress): void {
  const {state, now} = decision;
  const starting = [...state.downtimes.values()].filter(
    it =>
      it.flexibleMs !== null && it.state === 'scheduled' && it.start <= now && now < it.end && isCovered(it, address),
  );
  for (const {customer, id, flexibleMs} of starting) {
    decision.draft(customer, {type: 'downtime.started', id, end: now + (flexibleMs ?? 0)});
  }
}

/** What the alert says after a report: the words of the worst claimant, and of the newest among equals. */
function contentAfter(alert: Alert, {claim, content}: BadReport): AlertContent {
  const claims = withClaim(alert.claims, claim);
  const severity = worstClaim(claims, claim.severity);
  if (compareSeverity(claim.severity, severity) >= 0) return {...content, severity, summary: claim.summary, claims};
  const {summary, output, labels, runbook, url} = alert;
  return {severity, summary, output, labels, runbook, url, claims};
}

function open(decision: Decision, report: BadReport): void {
  const {address, source, claim} = report;
  decision.draft(address.customer, {
    type: 'alert.opened',
    occurrence: occurrenceId(decision.state.occurrences),
    address,
    source,
    content: {...report.content, severity: claim.severity, summary: claim.summary, claims: [claim]},
    ...openingFlags(decision, address, report.evidenceAt),
  });
}

function update(decision: Decision, alert: Alert, report: BadReport): void {
  const {customer, occurrence, ack} = alert;
  const content = contentAfter(alert, report);
  decision.draft(customer, {type: 'alert.updated', occurrence, content, count: alert.count + report.reports});
  const isWorse = compareSeverity(content.severity, alert.severity) > 0;
  if (!isWorse || ack === null || ack.sticky) return;
  decision.draft(customer, {type: 'alert.unacknowledged', occurrence, reason: 'worsened'});
}

/**
 * A check is bad: opens its alert, counts on an open one, or opens a resolved one again.
 *
 * An acknowledgement that is not sticky falls when the severity gets worse; one re-fired never inherits it.
 * Source: AL-1, AL-3, AL-6, CO-1.
 */
export function raise(decision: Decision, report: BadReport): void {
  const {address} = report;
  const before = liveAlert(decision.state, fingerprint(address));
  const alert = before && settle(decision, before);
  if (alert?.condition !== 'firing') startFlexibleDowntimes(decision, address);
  if (alert === undefined || alert.condition === 'closed') {
    open(decision, report);
    return;
  }
  if (alert.condition === 'firing') update(decision, alert, report);
  else {
    const count = alert.count + report.reports;
    const content = contentAfter(alert, report);
    decision.draft(alert.customer, {type: 'alert.reopened', occurrence: alert.occurrence, content, count});
  }
  const after = decision.state.alerts.get(alert.occurrence);
  if (after !== undefined) reconcileFlags(decision, after, report.evidenceAt);
}

/** The content of an alert whose claims have changed and which nothing new was said of. */
function contentWith(alert: Alert, claims: readonly Claim[]): AlertContent {
  const {output, labels, runbook, url} = alert;
  const severity = worstClaim(claims, alert.severity);
  const isStillSaid = liveClaims(claims).some(claim => claim.summary === alert.summary);
  const summary = isStillSaid ? alert.summary : (liveClaims(claims)[0]?.summary ?? alert.summary);
  return {severity, summary, output, labels, runbook, url, claims};
}

/**
 * A claimant says that its claim is over. The alert resolves with its last claim; with claims left it is as bad as the worst.
 *
 * A claim that the alert does not have, and an end that is older than the claim, change nothing. Source: AL-1, CO-1.
 */
export function clear(decision: Decision, alert: Alert, key: string, end: ClaimEnd): void {
  const claim = alert.claims.find(it => it.key === key && it.endedAt === null);
  if (claim === undefined) return;
  const {customer, occurrence} = alert;
  const endedAt = Math.max(end.endedAt, claim.startedAt);
  const claims = withClaim(alert.claims, {...claim, endedAt});
  if (liveClaims(claims).length === 0 && alert.condition === 'firing') {
    decision.draft(customer, {type: 'alert.resolved', occurrence, manually: false, claims});
    return;
  }
  decision.draft(customer, {
    type: 'alert.updated',
    occurrence,
    content: contentWith(alert, claims),
    count: alert.count,
  });
}
