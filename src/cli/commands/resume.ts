import type {RunCommand} from '../command-spec.ts';
import {runVerb} from '../verbs.ts';

/** `nocturne resume TARGET…`: no longer waits for the customer. */
export const runResume: RunCommand = (context, call) =>
  runVerb(context, call, 'resume', occurrence => ({kind: 'resume', occurrence}));
