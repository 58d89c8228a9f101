import {type RunCommand, textFlag} from '../command-spec.ts';
import {runVerb} from '../verbs.ts';

/** `nocturne escalate TARGET…`: to the next level, or to the one named. */
export const runEscalate: RunCommand = (context, call) => {
  const to = textFlag(call.flags, 'to');
  const level = to === null ? null : Number(to);
  return runVerb(context, call, 'escalate', occurrence => ({kind: 'escalate', occurrence, level}));
};
