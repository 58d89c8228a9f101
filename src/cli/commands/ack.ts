import {parseDuration} from '../../runtime/duration.ts';
import {hasFlag, type RunCommand, textFlag} from '../command-spec.ts';
import {messageOf} from '../message.ts';
import {runVerb} from '../verbs.ts';

/** `nocturne ack TARGET…`: somebody has it. */
export const runAck: RunCommand = (context, call) => {
  const {flags} = call;
  const forMs = parseDuration(textFlag(flags, 'for') ?? '');
  return runVerb(context, call, 'ack', (occurrence, now) => ({
    kind: 'ack',
    occurrence,
    note: messageOf(flags),
    until: forMs === null ? null : now + forMs,
    sticky: hasFlag(flags, 'sticky'),
  }));
};
