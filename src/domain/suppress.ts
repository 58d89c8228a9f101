import {type CheckAddress, fingerprint, type HostKey, type SiteKey} from './address.ts';
import type {Alert, Suppression} from './alert.ts';
import {isInDowntime, lastDowntimeEnd} from './covering.ts';
import type {Decision} from './decision.ts';
import {recoveredLater, subtree, unreachableBecause} from './dependencies.ts';
import type {NocState} from './state.ts';
import type {Instant} from './time.ts';

/**
 * Flags with which an alert about this address opens: it is kept and shown, but does not notify.
 *
 * @param evidenceAt - When the check was seen bad. If that was before a downtime ended or a parent was back, it opens as if it
 *   had been reported then. Source: MW-1, DP-2, DP-4, FL-3.
 */
export function openingFlags(
  {state, now}: Pick<Decision, 'state' | 'now'>,
  address: CheckAddress,
  evidenceAt: Instant,
): Pick<Alert, 'suppressed' | 'rootCause'> {
  const suppressed: Suppression[] = [];
  const because = unreachableBecause(state, address);
  const recovered = because === null ? recoveredLater(state, address, evidenceAt) : null;
  const isPlanned = isInDowntime(state, address, now) || lastDowntimeEnd(state, address, now) >= evidenceAt;
  if (isPlanned) suppressed.push('downtime');
  if (because !== null || recovered !== null) suppressed.push('unreachable');
  if (state.checks.get(fingerprint(address))?.flapping === true) suppressed.push('flapping');
  return {suppressed, rootCause: because?.root ?? recovered};
}

function suppress(decision: Decision, alert: Alert, reason: Suppression, rootCause: Alert['rootCause'] = null): void {
  const {occurrence} = alert;
  decision.draft(alert.customer, {type: 'alert.suppressed', occurrence, reason, until: null, rootCause});
}

function unsuppress(decision: Decision, {customer, occurrence}: Alert, reason: Suppression): void {
  decision.draft(customer, {type: 'alert.unsuppressed', occurrence, reason});
}

/** When what made an alert unreachable was over. Only news from after it count. Source: DP-4. */
function recoveredAt(state: NocState, alert: Alert): Instant {
  const root = alert.rootCause === null ? undefined : state.alerts.get(alert.rootCause);
  if (root === undefined) return Number.NEGATIVE_INFINITY;
  if (root.condition !== 'firing') return root.resolvedAt ?? root.updatedAt;
  return state.checks.get(root.fingerprint)?.since ?? root.updatedAt;
}

function reconcileReachability(decision: Decision, alert: Alert, evidenceAt: Instant): void {
  const isFlagged = alert.suppressed.includes('unreachable');
  const because = unreachableBecause(decision.state, alert);
  if (because === null) {
    if (isFlagged && evidenceAt > recoveredAt(decision.state, alert)) unsuppress(decision, alert, 'unreachable');
  } else if (!isFlagged || (because.root !== null && because.root !== alert.rootCause)) {
    suppress(decision, alert, 'unreachable', because.root);
  }
}

function reconcileDowntime(decision: Decision, alert: Alert, evidenceAt: Instant): void {
  const {state, now} = decision;
  const isFlagged = alert.suppressed.includes('downtime');
  if (isInDowntime(state, alert, now)) {
    if (!isFlagged) suppress(decision, alert, 'downtime');
  } else if (isFlagged && evidenceAt > lastDowntimeEnd(state, alert, now)) unsuppress(decision, alert, 'downtime');
}

function reconcileFlapping(decision: Decision, alert: Alert): void {
  const isFlagged = alert.suppressed.includes('flapping');
  const isFlapping = decision.state.checks.get(alert.fingerprint)?.flapping === true;
  if (isFlapping && !isFlagged) suppress(decision, alert, 'flapping');
  if (isFlagged && !isFlapping) unsuppress(decision, alert, 'flapping');
}

/** No news: flags may be set, none is lifted. */
export const NO_EVIDENCE: Instant = Number.NEGATIVE_INFINITY;

/**
 * Brings the flags of an alert in line with what is known: sets those whose cause is there, and lifts those whose cause is over
 * and whose check was seen bad after that. Once resolved it keeps them until it fires again: what came silently goes silently.
 *
 * @param evidenceAt - When the check was last seen bad. Source: MW-1 and DP-4 (only a result executed after the end counts).
 */
export function reconcileFlags(decision: Decision, alert: Alert, evidenceAt: Instant): void {
  reconcileFlapping(decision, alert);
  if (alert.condition !== 'firing') return;
  reconcileReachability(decision, alert, evidenceAt);
  reconcileDowntime(decision, alert, evidenceAt);
}

/** The alerts that are not closed on these hosts. */
function alertsOn(state: NocState, hosts: Iterable<HostKey>): readonly Alert[] {
  const found: Alert[] = [];
  for (const key of hosts) {
    for (const occurrence of state.ofHost.get(key)?.live ?? []) {
      const alert = state.alerts.get(occurrence);
      if (alert !== undefined) found.push(alert);
    }
  }
  return found;
}

/** A host went down: alerts that came before it, on it and under it, move under its own. Source: DP-2, DP-3, ST-6. */
export function moveUnderRoot(decision: Decision, host: HostKey): void {
  for (const alert of alertsOn(decision.state, subtree(decision.state, host)))
    reconcileFlags(decision, alert, NO_EVIDENCE);
}

/** The alert of a root cause is closed: what still hangs under it and has no other cause counts again. */
export function releaseFromRoot(decision: Decision, root: Alert, host: HostKey): void {
  for (const alert of alertsOn(decision.state, subtree(decision.state, host))) {
    if (alert.rootCause === root.occurrence) reconcileFlags(decision, alert, decision.now);
  }
}

/** The firing alerts on the hosts of a site that have checks. */
export function alertsOfSite(state: NocState, site: SiteKey): readonly Alert[] {
  return alertsOn(state, state.ofSite.get(site)?.hosts ?? []).filter(alert => alert.condition === 'firing');
}

/** Every firing alert that `isMeant`: a walk over the whole table, for what is rare. */
export function firingAlerts(state: NocState, isMeant: (alert: Alert) => boolean): readonly Alert[] {
  const found: Alert[] = [];
  for (const alert of state.alerts.values()) if (alert.condition === 'firing' && isMeant(alert)) found.push(alert);
  return found;
}
