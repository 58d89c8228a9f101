import {decideBackup} from './backup/decide-backup.ts';
import type {CheckMemory} from './check-memory.ts';
import {noMemory} from './check-memory.ts';
import {decideAlert} from './decide-alert.ts';
import {decideCheck} from './decide-check.ts';
import {decideRemoval} from './decide-removal.ts';
import {type Decision, type Ground, openDecision} from './decision.ts';
import type {Draft} from './event.ts';
import {followIncidents} from './follow-incidents.ts';
import type {Observation} from './observation.ts';
import type {Rules} from './rules.ts';
import type {Instant} from './time.ts';

/** What one observation leads to: the events drafted (none when nothing changed), and the memory of its fingerprint from now on. */
export interface ObservationDecision {
  readonly drafts: readonly Draft[];
  readonly memory: CheckMemory;
}

function decide(decision: Decision, memory: CheckMemory, observation: Observation): CheckMemory {
  switch (observation.type) {
    case 'alert':
      return decideAlert(decision, memory, observation);
    case 'check':
      return decideCheck(decision, memory, observation);
    case 'backup-run':
    case 'backup-check':
    case 'backup-repository':
    case 'restore-test':
      decideBackup(decision, observation);
      return memory;
    case 'removal':
      decideRemoval(decision, observation.address);
      return noMemory();
    default:
      return observation satisfies never;
  }
}

/**
 * Decides one observation. Several of one group commit are decided one after the other on the open batch, so that each sees
 * what those before it did.
 *
 * @param ground - An open batch has the drafts in it already; those decided on a state are still to be appended.
 * @param memory - Of the observation's fingerprint; undefined when there is none.
 * @param now - The collector's clock, not below that of the last entry.
 */
export function decideObservation(
  ground: Ground,
  memory: CheckMemory | undefined,
  observation: Observation,
  now: Instant,
  rules: Rules,
): ObservationDecision {
  const decision = openDecision(ground, now, rules);
  const after = decide(decision, memory ?? noMemory(), observation);
  followIncidents(decision);
  return {drafts: decision.drafts, memory: after};
}
