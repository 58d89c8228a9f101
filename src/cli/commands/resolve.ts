import type {RunCommand} from '../command-spec.ts';
import {runVerb} from '../verbs.ts';

/** `nocturne resolve TARGET…`: over, whatever the check says; the next bad result opens it again. */
export const runResolve: RunCommand = (context, call) =>
  runVerb(context, call, 'resolve', occurrence => ({kind: 'resolve', occurrence}));
