import type {CommandBody, CommandId} from '../domain/command.ts';
import {downtimeId} from '../domain/downtime-id.ts';
import type {NocState} from '../domain/state.ts';
import type {AlertEntry} from '../view/alert-entry.ts';

/**
 * The command that takes another one back; null for what cannot be taken back.
 *
 * @param entry - The alert as it was before the command.
 */
export function inverseOf(body: CommandBody, entry: AlertEntry | null): CommandBody | null {
  switch (body.kind) {
    case 'ack':
      return {kind: 'unack', occurrence: body.occurrence};
    case 'unack': {
      const ack = entry?.alert.ack;
      if (ack === null || ack === undefined) return null;
      return {kind: 'ack', occurrence: body.occurrence, note: ack.note, until: ack.until, sticky: ack.sticky};
    }
    case 'snooze': {
      const before = entry?.alert.silencedUntil ?? null;
      return before === null
        ? {kind: 'unsnooze', occurrence: body.occurrence}
        : {kind: 'snooze', occurrence: body.occurrence, until: before};
    }
    case 'pause':
      return {kind: 'resume', occurrence: body.occurrence};
    case 'resolve':
      return {kind: 'reopen', occurrence: body.occurrence};
    case 'resume':
    case 'priority':
    case 'escalate':
    case 'note':
    case 'unsnooze':
    case 'reopen':
    case 'downtime':
    case 'downtime-cancel':
    case 'morning-check':
    case 'restore-test':
      return null;
    default:
      return body satisfies never;
  }
}

/** The command that ends a downtime which was asked for under `cid`: the collector makes its id from that. */
export function downtimeInverse(cid: CommandId, state: NocState | null): CommandBody {
  return {kind: 'downtime-cancel', id: downtimeId(cid, id => state?.downtimes.has(id) ?? false)};
}
