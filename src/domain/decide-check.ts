import {type Fingerprint, fingerprint, hostKey} from './address.ts';
import type {Alert} from './alert.ts';
import {type BadReport, clear, liveAlert, raise} from './alert-life.ts';
import type {CheckRecord} from './check.ts';
import {type CheckMemory, memoryOfCheck, type ResultMemory} from './check-memory.ts';
import {checkClaim} from './claims.ts';
import type {Decision} from './decision.ts';
import {isHostDown} from './dependencies.ts';
import {flapPercent, isFlapping, recordChange} from './flap.ts';
import type {CheckObservation} from './observation.ts';
import type {Rules} from './rules.ts';
import {isSiteSilent, siteSilentFingerprint} from './site-silence.ts';
import {isBad, isHardBad, judge, noticeOf} from './soft-hard.ts';
import {moveUnderRoot, NO_EVIDENCE, reconcileFlags} from './suppress.ts';
import {ownText} from './text.ts';
import {type Instant, MINUTE} from './time.ts';

/** A result from further in the future than this is taken as of its receipt. Source: ST-5. */
const CLOCK_SKEW_LIMIT_MS = MINUTE;

/** A host is up or down: exit codes 0 and 1 are up, everything else is down. Source: ST-1. */
function hostState(state: CheckObservation['state']): CheckObservation['state'] {
  return state === 'ok' || state === 'warning' ? 'ok' : 'critical';
}

interface Result {
  readonly key: Fingerprint;
  readonly observation: CheckObservation;
  readonly state: CheckObservation['state'];
  readonly executedAt: Instant;
  readonly hasClockSkew: boolean;
}

function readResult(key: Fingerprint, observation: CheckObservation): Result {
  const {executedAt, receivedAt, state} = observation;
  const hasClockSkew = executedAt > receivedAt + CLOCK_SKEW_LIMIT_MS;
  return {
    key,
    observation,
    state: observation.address.service === '' ? hostState(state) : state,
    executedAt: hasClockSkew ? receivedAt : executedAt,
    hasClockSkew,
  };
}

/** A result that came before, or that is older than the last one, unless that came from the future. Source: ST-5. */
function isOldNews(before: ResultMemory, {observation, executedAt}: Result, now: Instant): boolean {
  if (before.executedAt === null) return false;
  const isSame =
    observation.resultId === null ? executedAt === before.executedAt : observation.resultId === before.resultId;
  return isSame || (executedAt < before.executedAt && before.executedAt <= now);
}

/** The memory after a result, as far as it does not depend on the alert. Source: ST-2, FL-1. */
function judged(before: ResultMemory, result: Result, rules: Rules): ResultMemory {
  const {observation, state, executedAt} = result;
  const hasChanged = before.executedAt !== null && before.lastState !== state;
  const flapBits = recordChange(before.flapBits, hasChanged);
  return {
    ...before,
    judgement: judge(before.judgement, state, observation.policy.maxAttempts),
    lastState: state,
    executedAt,
    receivedAt: observation.receivedAt,
    resultId: observation.resultId,
    flapBits,
    flapping: isFlapping(flapPercent(flapBits), before.flapping, rules.flapLow, rules.flapHigh),
    policy: observation.policy,
    badSince: isBad(state) ? (before.badSince ?? executedAt) : null,
    clearSince: isBad(state) ? null : before.clearSince,
    hasClockSkew: result.hasClockSkew,
  };
}

function isTold(record: CheckRecord | undefined, {judgement, flapping, policy}: ResultMemory): boolean {
  return (
    record !== undefined &&
    !record.stale &&
    record.state === judgement.state &&
    record.stateType === judgement.stateType &&
    record.attempt === judgement.attempt &&
    record.flapping === flapping &&
    record.maxAttempts === policy.maxAttempts
  );
}

function tell(decision: Decision, memory: ResultMemory, {address, source, output}: CheckObservation): void {
  decision.draft(address.customer, {
    type: 'check.changed',
    address,
    source,
    ...memory.judgement,
    maxAttempts: memory.policy.maxAttempts,
    stale: false,
    lastState: memory.lastState,
    flapping: memory.flapping,
    output,
  });
}

function reportOf(memory: ResultMemory, severity: 'warning' | 'critical' | 'unknown', result: Result): BadReport {
  const {observation, executedAt} = result;
  return {
    address: observation.address,
    source: observation.source,
    claim: {
      key: checkClaim(result.key),
      severity,
      summary: observation.output,
      startedAt: memory.badSince ?? executedAt,
      endedAt: null,
    },
    content: {
      output: observation.longOutput,
      labels: result.hasClockSkew ? {reason: ownText('clock-skew')} : {},
      runbook: observation.runbook,
      url: null,
    },
    reports: memory.untold + 1,
    evidenceAt: executedAt,
  };
}

function hasClaim(alert: Alert | undefined, check: Fingerprint): alert is Alert {
  const key = checkClaim(check);
  return alert?.claims.some(claim => claim.key === key && claim.endedAt === null) === true;
}

/** A confirmed fault: raises the alert when there is news, else only counts, and tells a newer output now and then. */
function onHardBad(decision: Decision, before: ResultMemory, after: ResultMemory, result: Result): ResultMemory {
  const {now, rules} = decision;
  const {observation, state} = result;
  if (!isBad(state)) return after;
  const alert = liveAlert(decision.state, result.key);
  const isNews =
    noticeOf(before.judgement, after.judgement) === 'problem' ||
    alert?.condition !== 'firing' ||
    !hasClaim(alert, result.key);
  const isRefresh = after.toldOutput !== observation.output && now - after.toldAt >= rules.refreshMs;
  if (!isNews && !isRefresh) {
    if (alert !== undefined) reconcileFlags(decision, alert, result.executedAt);
    return {...after, untold: after.untold + 1};
  }
  if (isRefresh && !isNews) tell(decision, after, observation);
  raise(decision, reportOf(after, state, result));
  return {...after, untold: 0, toldAt: now, toldOutput: observation.output};
}

/** OK: the claim ends, but not while flapping, and not before the clear grace is over. Source: AL-6. */
function onOk(decision: Decision, after: ResultMemory, key: Fingerprint): ResultMemory {
  const {now, rules} = decision;
  const alert = liveAlert(decision.state, key);
  if (!hasClaim(alert, key) || after.flapping) return after.clearSince === null ? after : {...after, clearSince: null};
  const clearSince = after.clearSince ?? now;
  if (now < clearSince + rules.clearGraceMs) return {...after, clearSince};
  clear(decision, alert, checkClaim(key), {startedAt: after.executedAt ?? now, endedAt: after.executedAt ?? now});
  return {...after, clearSince: null, untold: 0};
}

function defineHost(decision: Decision, {customer, site, host}: CheckObservation['address']): void {
  if (decision.state.hosts.has(hostKey({customer, site, host}))) return;
  decision.draft(customer, {type: 'host.defined', customer, site, host, parents: [], criticality: 'B'});
}

/** Something of a silent site is heard again. What hung under its alert counts by its own results from now on. Source: FR-5. */
function endSiteSilence(decision: Decision, address: CheckObservation['address']): void {
  const alert = liveAlert(decision.state, siteSilentFingerprint(address));
  if (alert?.condition !== 'firing' || isSiteSilent(decision.state, address)) return;
  const end = {startedAt: decision.now, endedAt: decision.now};
  for (const claim of alert.claims) clear(decision, alert, claim.key, end);
}

/** Flapping has begun or ended: the alert says so, whatever else becomes of it. Source: FL-3. */
function onFlapping(decision: Decision, key: Fingerprint): void {
  const alert = liveAlert(decision.state, key);
  if (alert !== undefined) reconcileFlags(decision, alert, NO_EVIDENCE);
}

/** What a result that is news changes in the state. */
function take(decision: Decision, before: ResultMemory, after: ResultMemory, result: Result): ResultMemory {
  const {key, observation} = result;
  const {address} = observation;
  const host = address.service === '' ? hostKey(address) : null;
  const wasDown = host !== null && isHostDown(decision.state, host);
  const record = decision.state.checks.get(key);
  let memory = after;
  if (record === undefined) defineHost(decision, address);
  if (!isTold(record, after)) {
    tell(decision, after, observation);
    memory = {...after, toldOutput: observation.output, toldAt: decision.now};
  }
  if (before.flapping !== after.flapping) onFlapping(decision, key);
  if (record?.stale === true) endSiteSilence(decision, address);
  if (isHardBad(after.judgement)) memory = onHardBad(decision, before, memory, result);
  else if (after.judgement.state === 'ok') memory = onOk(decision, memory, key);
  if (host !== null && !wasDown && isHostDown(decision.state, host)) moveUnderRoot(decision, host);
  return memory;
}

/**
 * What one check result changes: soft and hard state, flapping, the alert, and what hangs under a host that went down.
 *
 * Source: ST-1 to ST-6, FL-1, FL-3, AL-6, DP-2 to DP-4.
 */
export function decideCheck(decision: Decision, memory: CheckMemory, observation: CheckObservation): CheckMemory {
  const key = fingerprint(observation.address);
  const before = memory.result ?? memoryOfCheck(decision.state.checks.get(key), observation.policy, decision.now);
  const result = readResult(key, observation);
  if (isOldNews(before, result, decision.now)) return memory;
  const after = judged(before, result, decision.rules);
  return {...memory, result: take(decision, before, after, result)};
}
