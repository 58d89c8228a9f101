import type {Instant} from '../time.ts';
import type {Calendar} from './calendar.ts';
import type {ClockTerms} from './clock-history.ts';
import type {Priority} from './priority.ts';
import {resolveTarget, type ServiceTarget} from './target.ts';

/** What a contract promises for one priority; null promises nothing. Source: SL-11. */
export interface Promises {
  readonly response: ServiceTarget | null;
  readonly resolution: ServiceTarget | null;
  /** Longest silence towards the customer. */
  readonly update: ServiceTarget | null;
}

/** One version of a contract. Editing it makes a new version, so that history is never rewritten. Source: SL-12. */
export interface ContractVersion {
  readonly validFrom: Instant;
  readonly priorities: Readonly<Partial<Record<Priority, Promises & {readonly calendar: Calendar}>>>;
}

/** The promises for an incident as its three clocks are measured by them. */
export interface IncidentTerms {
  readonly response: ClockTerms | null;
  readonly resolution: ClockTerms | null;
  readonly update: ClockTerms | null;
}

const NOTHING: IncidentTerms = {response: null, resolution: null, update: null};

/** The version that holds for an incident for all its life: the newest that was valid at its start. null before the first. Source: SL-12. */
export function contractAt<V extends {readonly validFrom: Instant}>(versions: readonly V[], start: Instant): V | null {
  let valid: V | null = null;
  for (const version of versions) {
    if (version.validFrom <= start && (valid === null || version.validFrom >= valid.validFrom)) valid = version;
  }
  return valid;
}

/** What a contract promises at a priority, with service days resolved to service time. */
export function termsFor(contract: ContractVersion | null, priority: Priority): IncidentTerms {
  const promises = contract?.priorities[priority];
  if (promises === undefined) return NOTHING;
  const {calendar} = promises;
  const terms = (target: ServiceTarget | null): ClockTerms | null =>
    target === null ? null : {calendar, targetMs: resolveTarget(target, calendar)};
  return {
    response: terms(promises.response),
    resolution: terms(promises.resolution),
    update: terms(promises.update),
  };
}
