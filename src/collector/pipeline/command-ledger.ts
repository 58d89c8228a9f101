import {createHash} from 'node:crypto';
import type {CustomerId} from '../../domain/address.ts';
import type {Command, CommandBody, Verdict} from '../../domain/command.ts';
import {normalizeOccurrence} from '../../domain/occurrence-id.ts';
import type {NocState} from '../../domain/state.ts';
import type {CommandRow} from '../store/journal.ts';
import type {LedgerLine} from '../store/log-reader.ts';
import type {Answer} from './claim.ts';

/** Of what was commanded and by whom: the same id with anything else in it is refused (security rule 27). */
export function contentHash({actor, expectedVersion, body}: Command): string {
  const content = JSON.stringify([actor.name, actor.as, expectedVersion, Object.entries(body).sort()]);
  return createHash('sha256').update(content).digest('base64url');
}

export function ledgerRow(command: Command, hash: string, {verdict, seq}: Answer, at: number): CommandRow {
  return {cid: command.cid, hash, verdict: JSON.stringify(verdict), seq, at};
}

/** The answer of before to a command that comes again; a refusal when it is another one under the same id. */
export function replay({hash, verdict, seq}: LedgerLine, given: string): Answer {
  if (hash === given) return {verdict: JSON.parse(verdict) as Verdict, seq};
  return {verdict: {outcome: 'rejected', code: 'CID_REUSED', by: null, at: null}, seq: null};
}

/**
 * The command as it is for somebody who may not see what it names: nothing is called that. null when it names the customer
 * itself, so that a refusal tells nothing.
 */
export function withNothingNamed(body: CommandBody): CommandBody | null {
  if ('occurrence' in body) return {...body, occurrence: ''};
  return body.kind === 'downtime-cancel' ? {...body, id: ''} : null;
}

/** Whose rights a command touches; null when what it names is not there, which only the role then decides. */
export function customerOf(state: NocState, body: CommandBody): CustomerId | null {
  switch (body.kind) {
    case 'downtime':
    case 'morning-check':
    case 'restore-test':
      return body.customer;
    case 'downtime-cancel':
      return state.downtimes.get(body.id)?.customer ?? null;
    case 'ack':
    case 'unack':
    case 'escalate':
    case 'note':
    case 'snooze':
    case 'unsnooze':
    case 'resolve':
    case 'reopen':
    case 'pause':
    case 'resume':
    case 'priority':
      return state.alerts.get(normalizeOccurrence(body.occurrence))?.customer ?? null;
    default:
      return body satisfies never;
  }
}
