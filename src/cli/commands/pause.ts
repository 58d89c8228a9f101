import {Fault} from '../../domain/fault.ts';
import {safeText} from '../../runtime/safe-text.ts';
import {type RunCommand, textFlag} from '../command-spec.ts';
import {messageOf} from '../message.ts';
import {runVerb} from '../verbs.ts';

/** `nocturne pause TARGET… -m QUESTION --reason TEXT`: waits for the customer, who sees the question; the reason stays with us (SL-6). */
export const runPause: RunCommand = async (context, call) => {
  const question = messageOf(call.flags);
  if (question === null)
    throw new Fault('USAGE_REQUIRED', 'pause needs --message', {command: 'pause', option: 'message'});
  const reason = safeText(textFlag(call.flags, 'reason') ?? '');
  return runVerb(context, call, 'pause', occurrence => ({kind: 'pause', occurrence, reason, question}));
};
