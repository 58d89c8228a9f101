import type {OnCallEntry} from './on-call.ts';
import {rfc3339} from './rfc3339.ts';

/** Who is on call by one schedule, under `onCall` of each customer in `nocturne customers --json`; `who` null is nobody. */
export function onCallJson({schedule, who, until, next}: OnCallEntry) {
  return {
    schedule,
    who: who?.name ?? null,
    contact: who?.contact ?? null,
    until: rfc3339(until),
    next: next?.name ?? null,
  };
}
