import type {CheckAddress} from '../../domain/address.ts';
import type {Alert, Claim} from '../../domain/alert.ts';
import {liveClaims} from '../../domain/claims.ts';
import type {AlertObservation} from '../../domain/observation.ts';
import type {DurationMs, Instant} from '../../domain/time.ts';

/** What an upstream has said is wrong, and has not taken back. */
export interface OpenClaim {
  readonly claim: Claim;
  readonly address: CheckAddress;
  readonly source: string;
}

/** What an upstream answers when it is asked for everything that is wrong now. */
export interface Listed {
  /** Keys of all that fires there, also of what it keeps quiet itself. */
  readonly firing: ReadonlySet<string>;
  /** Those of them that it would have told us. */
  readonly told: readonly AlertObservation[];
}

/** Since when a claim is missed, by its key, of the life that began at `startedAt`. */
export type Missed = ReadonlyMap<string, {readonly startedAt: Instant; readonly since: Instant}>;

/** Claims of one source, by key, of every alert that is not closed. A claim that somebody resolved by hand still stands. */
export function openClaims(alerts: Iterable<Alert>, keyPrefix: string): ReadonlyMap<string, OpenClaim> {
  const open = new Map<string, OpenClaim>();
  for (const alert of alerts) {
    if (alert.condition === 'closed') continue;
    const {customer, site, host, service, source} = alert;
    for (const claim of liveClaims(alert.claims)) {
      if (!claim.key.startsWith(keyPrefix)) continue;
      open.set(claim.key, {claim, address: {customer, site, host, service}, source});
    }
  }
  return open;
}

function endOf({claim, address, source}: OpenClaim, since: Instant): AlertObservation {
  const {key, severity, summary, startedAt} = claim;
  const nothing = {output: null, labels: {}, runbook: null, url: null};
  const endedAt = Math.max(startedAt, since);
  return {type: 'alert', address, source, key, status: 'resolved', severity, summary, ...nothing, startedAt, endedAt};
}

/**
 * Compares what we hold of an upstream with what it answers: opens what it never told, and ends what it no longer has. Source:
 * integrations/README.md, rule 3.
 *
 * One answer without an alert is not believed: it may be between two senders. Missing from each answer for `confirmMs` it is over,
 * since the first of them.
 *
 * @param open - Held before the question was asked, so that what was told meanwhile is not missed.
 * @param missed - From the answer before.
 */
export function reconcile(
  open: ReadonlyMap<string, OpenClaim>,
  listed: Listed,
  missed: Missed,
  {askedAt, confirmMs}: {readonly askedAt: Instant; readonly confirmMs: DurationMs},
): {readonly observations: readonly AlertObservation[]; readonly missed: Missed} {
  const news = listed.told.filter(({key, startedAt}) => (open.get(key)?.claim.startedAt ?? -Infinity) < startedAt);
  const observations = [...news];
  const stillMissed = new Map<string, {readonly startedAt: Instant; readonly since: Instant}>();
  for (const [key, held] of open) {
    if (listed.firing.has(key)) continue;
    const {startedAt} = held.claim;
    const before = missed.get(key);
    const since = before?.startedAt === startedAt ? before.since : askedAt;
    if (askedAt - since >= confirmMs) observations.push(endOf(held, since));
    else stillMissed.set(key, {startedAt, since});
  }
  return {observations, missed: stillMissed};
}
