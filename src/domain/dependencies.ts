import {type CheckAddress, fingerprint, type HostKey, hostCheck, hostKey, parentKey} from './address.ts';
import type {OccurrenceId} from './alert.ts';
import {type DependencyGraph, type Reachability, reachabilityOf} from './reachability.ts';
import {siteSilentFingerprint} from './site-silence.ts';
import type {NocState} from './state.ts';
import type {Instant} from './time.ts';

/**
 * Whether a host is confirmed down. Its own check says so; where it has none, a critical alert about the host itself.
 * A stale check is not known to be down. Source: ST-1, DP-1, FR-2.
 */
export function isHostDown(state: NocState, host: HostKey): boolean {
  const check = state.checks.get(hostCheck(host));
  if (check !== undefined) return check.state === 'critical' && check.stateType === 'hard' && !check.stale;
  const occurrence = state.live.get(hostCheck(host));
  const alert = occurrence === undefined ? undefined : state.alerts.get(occurrence);
  return alert?.condition === 'firing' && alert.severity === 'critical';
}

function graphOf(state: NocState): DependencyGraph<HostKey> {
  return {
    parentsOf(key) {
      const host = state.hosts.get(key);
      return host?.parents.map(group => group.map(parent => parentKey(host, parent))) ?? [];
    },
    isGood: key => !isHostDown(state, key),
  };
}

/** Which hosts can be tested, by what is known now. Source: DP-1. */
export function hostReachability(state: NocState): Reachability<HostKey> {
  return reachabilityOf(graphOf(state));
}

/** The hosts whose check shows whether `host` can be reached: to be asked at once when it goes bad. Source: DP-3. */
export function parentHosts(state: NocState, host: HostKey): readonly HostKey[] {
  return [...new Set(graphOf(state).parentsOf(host).flat())];
}

/** `host` and every host that hangs under it, by whatever path. */
export function subtree(state: NocState, host: HostKey): ReadonlySet<HostKey> {
  const found = new Set([host]);
  for (const key of found) for (const child of state.ofHost.get(key)?.children ?? []) found.add(child);
  return found;
}

/** What keeps a check from being tested: the alert of the root cause, null when that has no alert (any more). */
export interface Unreachable {
  readonly root: OccurrenceId | null;
}

/**
 * Why a check cannot be tested, or null when it can: its site is silent and it is stale (FR-5), its host cannot be reached
 * (DP-1), or its host itself is down (ST-6).
 */
export function unreachableBecause(state: NocState, address: CheckAddress): Unreachable | null {
  const silent = state.live.get(siteSilentFingerprint(address));
  if (silent !== undefined && state.alerts.get(silent)?.condition === 'firing') {
    if (state.checks.get(fingerprint(address))?.stale === true) return {root: silent};
  }
  const host = hostKey(address);
  const reachability = hostReachability(state);
  if (!reachability.isReachable(host)) {
    const roots = reachability.rootCauses(host).map(root => state.live.get(hostCheck(root)));
    return {root: roots.find(root => root !== undefined) ?? null};
  }
  if (address.service === '' || !isHostDown(state, host)) return null;
  return {root: state.live.get(hostCheck(host)) ?? null};
}

/** The host of a check and every host that it hangs under, by whatever path; without the host for its own check. */
function* above(state: NocState, address: CheckAddress): IterableIterator<HostKey> {
  const own = hostKey(address);
  const seen = new Set([own]);
  for (const host of seen) {
    if (host !== own || address.service !== '') yield host;
    for (const parent of parentHosts(state, host)) seen.add(parent);
  }
}

/**
 * The alert of a host that a check hangs under and that has recovered only after `evidenceAt`: what was seen before that says
 * nothing about the check itself. null when there is none. Source: DP-4.
 */
export function recoveredLater(state: NocState, address: CheckAddress, evidenceAt: Instant): OccurrenceId | null {
  for (const host of above(state, address)) {
    const occurrence = state.live.get(hostCheck(host));
    const alert = occurrence === undefined ? undefined : state.alerts.get(occurrence);
    if (alert?.condition !== 'resolved' || alert.maxSeverity !== 'critical') continue;
    if ((alert.resolvedAt ?? 0) >= evidenceAt) return alert.occurrence;
  }
  return null;
}
