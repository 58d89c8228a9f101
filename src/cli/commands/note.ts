import {Fault} from '../../domain/fault.ts';
import {hasFlag, type RunCommand} from '../command-spec.ts';
import {messageOf} from '../message.ts';
import {runVerb} from '../verbs.ts';

/** `nocturne note TARGET… -m TEXT` */
export const runNote: RunCommand = async (context, call) => {
  const {flags} = call;
  const text = messageOf(flags);
  if (text === null) throw new Fault('USAGE_REQUIRED', 'note needs --message', {command: 'note', option: 'message'});
  const customerVisible = hasFlag(flags, 'customer-visible');
  return runVerb(context, call, 'note', occurrence => ({kind: 'note', occurrence, text, customerVisible}));
};
