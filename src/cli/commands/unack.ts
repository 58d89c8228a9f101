import type {RunCommand} from '../command-spec.ts';
import {runVerb} from '../verbs.ts';

/** `nocturne unack TARGET…`: nobody has it any more. */
export const runUnack: RunCommand = (context, call) =>
  runVerb(context, call, 'unack', occurrence => ({kind: 'unack', occurrence}));
