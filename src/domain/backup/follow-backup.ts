import {type CheckAddress, fingerprint} from '../address.ts';
import type {Alert} from '../alert.ts';
import {clear, closeAlert, liveAlert, raise} from '../alert-life.ts';
import type {Decision} from '../decision.ts';
import {ownText} from '../text.ts';
import {BACKUP_SOURCE} from './alarm-priority.ts';
import {type Alarm, alarmsOf, labelsOf, servicesOf} from './alarms.ts';
import {type AnomalyHint, isSecurityCandidate} from './anomaly.ts';
import type {BackupKey, BackupRecord} from './backup-record.ts';
import {judgeObject} from './judge-object.ts';

/** Where the alert of a service of this object stands: at its host, with the object's name where that is another. */
function addressOf({customer, object, plan}: BackupRecord, service: string): CheckAddress {
  const host = plan?.host ?? object;
  return {customer, site: plan?.site ?? '', host, service: host === object ? service : `${service} · ${object}`};
}

function claimKey(record: BackupRecord, service: string): string {
  return `${BACKUP_SOURCE}:${record.object}:${service}`;
}

/** Hints in the newest runs at one customer. */
function hintsOf({state, now}: Decision, customer: string): readonly AnomalyHint[] {
  const hints: AnomalyHint[] = [];
  for (const record of state.backups.values()) {
    if (record.customer !== customer) continue;
    for (const {runs, lastGoodAt, anomalies} of judgeObject(record, now).jobs) {
      const at = runs.find(run => run.startedAt === lastGoodAt)?.end?.at ?? now;
      for (const flag of anomalies) hints.push({at, object: record.object, flag});
    }
  }
  return hints;
}

/** It says this already: nothing new to write down. */
function isTold(alert: Alert | undefined, record: BackupRecord, alarm: Alarm): boolean {
  if (alert?.condition !== 'firing') return false;
  const {severity, summary, labels} = alert;
  const isSame = severity === alarm.severity && summary === ownText(alarm.word) && alert.output === alarm.note;
  return isSame && JSON.stringify(labels) === JSON.stringify(labelsOf(record, alarm));
}

function fire(decision: Decision, record: BackupRecord, alarm: Alarm): void {
  const {now} = decision;
  const address = addressOf(record, alarm.service);
  if (isTold(liveAlert(decision.state, fingerprint(address)), record, alarm)) return;
  const {severity, note} = alarm;
  raise(decision, {
    address,
    source: BACKUP_SOURCE,
    claim: {
      key: claimKey(record, alarm.service),
      severity,
      summary: ownText(alarm.word),
      startedAt: now,
      endedAt: null,
    },
    content: {output: note, labels: labelsOf(record, alarm), runbook: null, url: null},
    reports: 1,
    evidenceAt: now,
  });
}

/**
 * Drafts what follows for alerts from what is known of an object by now: raises what is wrong, and clears what was mended.
 *
 * Asked after each report and whenever time alone may have changed the verdict; nothing is drafted when all was told. Source: BK-2 to BK-6, BK-9.
 */
export function followBackup(decision: Decision, key: BackupKey): void {
  const record = decision.state.backups.get(key);
  if (record === undefined || record.plan?.isExempt === true) return;
  const {now} = decision;
  const isStrange = judgeObject(record, now).jobs.some(({anomalies}) => anomalies.length > 0);
  const isSecurity = isStrange && isSecurityCandidate(hintsOf(decision, record.customer), now);
  const {alarms, settled} = alarmsOf(record, now, isSecurity);
  for (const alarm of alarms) fire(decision, record, alarm);
  for (const service of settled) {
    if (alarms.some(alarm => alarm.service === service)) continue;
    const alert = liveAlert(decision.state, fingerprint(addressOf(record, service)));
    if (alert?.condition === 'firing')
      clear(decision, alert, claimKey(record, service), {startedAt: now, endedAt: now});
  }
}

/** Closes every alert about an object that is no longer looked after. */
export function closeBackupAlerts(decision: Decision, record: BackupRecord): void {
  for (const service of servicesOf(record)) {
    const alert = liveAlert(decision.state, fingerprint(addressOf(record, service)));
    if (alert !== undefined && alert.source === BACKUP_SOURCE) closeAlert(decision, alert, 'decommissioned');
  }
}
