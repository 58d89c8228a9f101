import {contractVersion} from './contract.ts';
import type {Incident} from './incident.ts';
import {type ClockTerms, DEFAULT_CLOCK_POLICY, isReopenable} from './sla/clock-history.ts';
import {contractAt, termsFor} from './sla/contract.ts';
import type {HolidayRules} from './sla/holidays.ts';
import {
  type ClockedIncident,
  type IncidentClockEvent,
  type IncidentClocks,
  type IncidentMark,
  incidentClocks,
  incidentMarks,
} from './sla/incident-clocks.ts';
import type {Priority} from './sla/priority.ts';
import type {NocState} from './state.ts';
import type {Instant} from './time.ts';

const NO_TERMS = {response: null, resolution: null, update: null};

interface Read {
  readonly contracts: unknown;
  readonly holidays: HolidayRules;
  readonly clocked: ClockedIncident;
}

/** Records do not change, so what they come to is kept with them. */
const reads = new WeakMap<Incident, Read>();

/** An incident with the contract that held when it began, for all its life. Source: SL-12. */
export function clockedIncident(state: NocState, incident: Incident): ClockedIncident {
  const {holidays} = state;
  const contracts = state.customers.get(incident.customer)?.contracts;
  const known = reads.get(incident);
  if (known !== undefined && known.contracts === contracts && known.holidays === holidays) return known.clocked;
  const since = contractAt(contracts ?? [], incident.openedAt);
  const version = since === null ? null : contractVersion(since, holidays);
  const terms = (priority: Priority) => (version === null ? NO_TERMS : termsFor(version, priority));
  const events = incident.moments.map((moment): IncidentClockEvent => {
    if (moment.type !== 'priority') return {type: moment.type, at: moment.at};
    return {type: 'terms', at: moment.at, terms: terms(moment.priority), mode: moment.mode};
  });
  const clocked = {start: incident.openedAt, terms: terms(incident.firstPriority), events};
  reads.set(incident, {contracts, holidays, clocked});
  return clocked;
}

/** What the resolution of an incident is measured by at its present priority; null promises nothing. */
function resolutionTerms(state: NocState, incident: Incident): ClockTerms | null {
  const {terms, events} = clockedIncident(state, incident);
  const change = events.findLast(event => event.type === 'terms');
  return (change?.type === 'terms' ? change.terms : terms).resolution;
}

/** Whether a resolved incident goes on when its cause comes back at `now`. Source: SL-7. */
export function mayGoOn(state: NocState, incident: Incident, now: Instant): boolean {
  const {resolvedAt} = incident;
  if (resolvedAt === null) return false;
  return isReopenable(resolutionTerms(state, incident), resolvedAt, now, DEFAULT_CLOCK_POLICY.reopenServiceDays);
}

/**
 * From when on a resolved incident without alerts is of no more use: the first millisecond at which its cause coming back is
 * a new matter, or at once where nothing is promised. null: it is open.
 */
export function forgettableAt(state: NocState, incident: Incident): Instant | null {
  const {resolvedAt} = incident;
  if (resolvedAt === null) return null;
  const terms = resolutionTerms(state, incident);
  const serviceDayMs = terms?.calendar.serviceDayMs ?? null;
  if (terms === null || serviceDayMs === null) return resolvedAt;
  return terms.calendar.dueInstant(resolvedAt, DEFAULT_CLOCK_POLICY.reopenServiceDays * serviceDayMs + 1);
}

/** The three clocks of an incident at `now`. Source: SL-1. */
export function clocksOf(state: NocState, incident: Incident, now: Instant): IncidentClocks {
  return incidentClocks(clockedIncident(state, incident), now);
}

/**
 * Levels reached until `now` and not written down yet, oldest first, and when the next one comes.
 *
 * A level is written once, and for the customer update once in each silence: changed terms, resumed clocks and a merge, which
 * may move the instants and the silences themselves, repeat nothing and hide nothing. Source: SL-14.
 */
export function unwrittenMarks(
  state: NocState,
  incident: Incident,
  now: Instant,
): {readonly unwritten: readonly IncidentMark[]; readonly nextAt: Instant | null} {
  const {reached, next} = incidentMarks(clockedIncident(state, incident), now);
  const left = new Set<IncidentMark>(incident.marks);
  const unwritten = reached.filter(({clock, level, within: [from, until]}) => {
    for (const mark of left) {
      if (mark.clock !== clock || mark.level !== level || mark.at < from || mark.at > until) continue;
      left.delete(mark);
      return false;
    }
    return true;
  });
  return {unwritten, nextAt: next?.at ?? null};
}
