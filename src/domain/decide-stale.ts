import {fingerprint, siteKey} from './address.ts';
import {liveAlert, raise} from './alert-life.ts';
import type {CheckRecord} from './check.ts';
import type {ResultMemory} from './check-memory.ts';
import {checkClaim} from './claims.ts';
import type {Decision} from './decision.ts';
import type {AlertSeverity} from './severity.ts';
import {isSiteSilent, SITE_SILENT, siteSilentAddress} from './site-silence.ts';
import {alertsOfSite, NO_EVIDENCE, reconcileFlags} from './suppress.ts';
import {ownText} from './text.ts';

/** One alert for a site of which nothing is heard; those of its hosts move under it. Source: FR-5. */
function raiseSiteSilence(decision: Decision, record: CheckRecord): void {
  const {now} = decision;
  const address = siteSilentAddress(record);
  if (!isSiteSilent(decision.state, record) || liveAlert(decision.state, fingerprint(address))?.condition === 'firing')
    return;
  raise(decision, {
    address,
    source: record.source,
    claim: {
      key: `${SITE_SILENT.service}:${fingerprint(address)}`,
      severity: 'critical',
      summary: ownText('site-silent'),
      startedAt: now,
      endedAt: null,
    },
    content: {output: null, labels: {reason: ownText('site-silent')}, runbook: null, url: null},
    reports: 1,
    evidenceAt: now,
  });
  for (const alert of alertsOfSite(decision.state, siteKey(record))) reconcileFlags(decision, alert, NO_EVIDENCE);
}

/**
 * Silence has lasted too long: the check is unknown at once and for certain, or critical if it is a heartbeat. What was last
 * known stays beside it. Source: FR-2, FR-4.
 */
export function becomeStale(decision: Decision, record: CheckRecord, memory: ResultMemory): ResultMemory {
  const {now} = decision;
  const {maxAttempts, isHeartbeat} = memory.policy;
  const severity: AlertSeverity = isHeartbeat ? 'critical' : 'unknown';
  const {customer, site, host, service, source, flapping} = record;
  const address = {customer, site, host, service};
  const judgement = {state: severity, stateType: 'hard', attempt: maxAttempts} as const;
  const stale = {stale: true, lastState: memory.lastState, flapping, output: record.output};
  decision.draft(customer, {type: 'check.changed', address, source, ...judgement, maxAttempts, ...stale});
  raiseSiteSilence(decision, record);
  raise(decision, {
    address,
    source,
    claim: {key: checkClaim(record.fingerprint), severity, summary: record.output, startedAt: now, endedAt: null},
    content: {
      output: null,
      labels: {reason: ownText(isHeartbeat ? 'heartbeat' : 'stale')},
      runbook: null,
      url: null,
    },
    reports: 1,
    evidenceAt: now,
  });
  return {...memory, judgement, badSince: memory.badSince ?? now, clearSince: null, untold: 0, toldAt: now};
}
