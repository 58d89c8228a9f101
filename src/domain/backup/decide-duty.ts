import {UNASSIGNED} from '../address.ts';
import type {CommandBody, Verdict} from '../command.ts';
import type {Decision} from '../decision.ts';
import {localDay, timeZone} from '../local-time/zone.ts';
import type {SafeText} from '../text.ts';
import {APPLIED, already, rejected} from '../verdict.ts';
import {backupKey} from './backup-record.ts';
import {followBackup} from './follow-backup.ts';

type Body<K extends CommandBody['kind']> = Extract<CommandBody, {readonly kind: K}>;

/** Once a day and customer; the second technician sees who was first. */
function checkMorning(decision: Decision, by: SafeText, {customer, note}: Body<'morning-check'>): Verdict {
  const known = decision.state.customers.get(customer);
  if (known === undefined || customer === UNASSIGNED) return rejected('NOT_FOUND');
  const day = localDay(timeZone(known.timezone), decision.now);
  const before = known.morningChecks?.find(check => check.day === day);
  if (before !== undefined) return already(before.by, before.at);
  decision.draft(customer, {type: 'backup.morningChecked', customer, day, by, note});
  return APPLIED;
}

function testRestore(decision: Decision, by: SafeText, body: Body<'restore-test'>): Verdict {
  const {customer, object, ok, scope, durationMs, point, job, note} = body;
  const key = backupKey({customer, object});
  if (!decision.state.backups.has(key)) return rejected('NOT_FOUND');
  const test = {at: decision.now, ok, scope, durationMs, point, job, by, note};
  decision.draft(customer, {type: 'backup.restoreTested', customer, object, test});
  followBackup(decision, key);
  return APPLIED;
}

/** Decides the commands with which a technician proves that backups are looked after. Source: BK-6, BK-10. */
export function decideDuty(
  decision: Decision,
  by: SafeText,
  body: Body<'morning-check'> | Body<'restore-test'>,
): Verdict {
  return body.kind === 'morning-check' ? checkMorning(decision, by, body) : testRestore(decision, by, body);
}
