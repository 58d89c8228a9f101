import type {ClockState} from '../domain/sla/clock.ts';
import type {IncidentClocks} from '../domain/sla/incident-clocks.ts';
import {rfc3339} from './rfc3339.ts';

const MS_A_SECOND = 1000;

function clockJson(clock: ClockState | null) {
  if (clock === null) return null;
  return {
    clock: clock.clock,
    outcome: clock.outcome,
    level: clock.level,
    dueAt: rfc3339(clock.dueAt),
    remainingSeconds: Math.floor(clock.remainingMs / MS_A_SECOND),
  };
}

/** The three clocks of an incident. `remainingSeconds` is service time, negative beyond the target. Source: contract.md. */
export function slaJson({response, resolution, update}: IncidentClocks) {
  return {response: clockJson(response), resolution: clockJson(resolution), update: clockJson(update)};
}
