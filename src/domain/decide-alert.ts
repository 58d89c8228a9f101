import {fingerprint, hostKey} from './address.ts';
import type {Alert} from './alert.ts';
import {type BadReport, clear, liveAlert, raise} from './alert-life.ts';
import type {CheckMemory, EndedClaim} from './check-memory.ts';
import {isOver} from './claims.ts';
import type {Decision} from './decision.ts';
import {isHostDown} from './dependencies.ts';
import type {AlertObservation} from './observation.ts';
import {moveUnderRoot, reconcileFlags} from './suppress.ts';
import {HOUR, type Instant} from './time.ts';

/** Ends remembered of one fingerprint: as many as claimants can be late with an older message. */
const ENDED_LIMIT = 16;

/** An upstream's clock may be ahead by this much; an end further in the future would swallow every new life until then. */
const FUTURE_LIMIT_MS = HOUR;

function reportOf(observation: AlertObservation, now: Instant): BadReport {
  const {address, source, key, severity, summary, startedAt, output, labels, runbook, url} = observation;
  return {
    address,
    source,
    claim: {key, severity, summary, startedAt, endedAt: null},
    content: {output, labels, runbook, url},
    reports: 1,
    evidenceAt: now,
  };
}

/** Whether the alert has this very message already. Source: CO-1, AL-4. */
function isRepeat(alert: Alert | undefined, {key, startedAt, severity, summary}: AlertObservation): boolean {
  const claim = alert?.claims.find(it => it.key === key && it.endedAt === null);
  return claim?.startedAt === startedAt && claim.severity === severity && claim.summary === summary;
}

/** Whether something newer is known of this claim: a later life of it, or the end of the one it speaks of. */
function isOutdated(alert: Alert | undefined, ended: EndedClaim | undefined, observation: AlertObservation): boolean {
  const {key, startedAt} = observation;
  if (ended !== undefined && isOver(ended, startedAt)) return true;
  const claim = alert?.claims.find(it => it.key === key);
  if (claim === undefined) return false;
  return claim.endedAt === null
    ? startedAt < claim.startedAt
    : isOver({startedAt: claim.startedAt, endedAt: claim.endedAt}, startedAt);
}

function fire(decision: Decision, ended: EndedClaim | undefined, observation: AlertObservation): void {
  const {state, now} = decision;
  const alert = liveAlert(state, fingerprint(observation.address));
  if (isOutdated(alert, ended, observation)) return;
  if (alert?.condition === 'firing' && isRepeat(alert, observation)) reconcileFlags(decision, alert, now);
  else raise(decision, reportOf(observation, now));
}

function remember(memory: CheckMemory, end: EndedClaim): CheckMemory {
  const before = memory.ended.find(({key}) => key === end.key);
  const merged = {
    key: end.key,
    startedAt: Math.max(before?.startedAt ?? end.startedAt, end.startedAt),
    endedAt: Math.max(before?.endedAt ?? end.endedAt, end.endedAt),
  };
  const others = memory.ended.filter(({key}) => key !== end.key);
  return {...memory, ended: [merged, ...others].sort((a, b) => b.endedAt - a.endedAt).slice(0, ENDED_LIMIT)};
}

function resolve(decision: Decision, memory: CheckMemory, observation: AlertObservation): CheckMemory {
  const {key, startedAt} = observation;
  const {state, now} = decision;
  const endedAt = observation.endedAt ?? Math.max(now, startedAt);
  const alert = liveAlert(state, fingerprint(observation.address));
  const claim = alert?.claims.find(it => it.key === key && it.endedAt === null);
  const latest = now + FUTURE_LIMIT_MS;
  const end = {key, startedAt: Math.min(startedAt, latest), endedAt: Math.min(endedAt, latest)};
  if (alert !== undefined && claim !== undefined && isOver({startedAt, endedAt}, claim.startedAt)) {
    clear(decision, alert, key, end);
  }
  return remember(memory, end);
}

/**
 * What an upstream's word about an alert changes.
 *
 * Idempotent and free of order: each message is placed by the instants in it. A repeat drafts nothing, an older message never
 * overwrites a newer one, and an end that comes before its beginning is remembered. The upstream has judged already, so there is
 * no soft state, and no clear grace: it has its own. Source: CO-1, AL-1.
 */
export function decideAlert(decision: Decision, memory: CheckMemory, observation: AlertObservation): CheckMemory {
  const host = observation.address.service === '' ? hostKey(observation.address) : null;
  const wasDown = host !== null && isHostDown(decision.state, host);
  let after = memory;
  if (observation.status === 'resolved') after = resolve(decision, memory, observation);
  else {
    const ended = memory.ended.find(({key}) => key === observation.key);
    fire(decision, ended, observation);
  }
  if (host !== null && !wasDown && isHostDown(decision.state, host)) moveUnderRoot(decision, host);
  return after;
}
