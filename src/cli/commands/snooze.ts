import {parseDuration} from '../../runtime/duration.ts';
import {type RunCommand, textFlag} from '../command-spec.ts';
import {runVerb} from '../verbs.ts';

/** `nocturne snooze TARGET… --for 30m`: quiet until then, and back by itself. */
export const runSnooze: RunCommand = (context, call) => {
  const forMs = parseDuration(textFlag(call.flags, 'for') ?? '') ?? 0;
  return runVerb(context, call, 'snooze', (occurrence, now) => ({kind: 'snooze', occurrence, until: now + forMs}));
};
