import type {CollectorView, NocView} from '../client/noc.ts';
import {type CustomerId, UNASSIGNED} from '../domain/address.ts';
import {calendarOf} from '../domain/contract.ts';
import type {CustomerRecord} from '../domain/customer.ts';
import type {Incident} from '../domain/incident.ts';
import {clocksOf} from '../domain/incident-sla.ts';
import {monthAt} from '../domain/report/customer-month.ts';
import {areOld, type MonthFigures} from '../domain/report/month-figures.ts';
import type {ClockState} from '../domain/sla/clock.ts';
import type {NocState} from '../domain/state.ts';
import type {DurationMs, Instant} from '../domain/time.ts';
import {type Origin, originOf} from './origin.ts';

/** When a customer is served; null where nothing is promised. */
export interface ServiceHours {
  readonly isOpen: boolean;
  /** By our clock; null when it never changes. */
  readonly changesAt: Instant | null;
}

/** What one customer was promised at one collector, and how that stands. */
export interface SlaEntry {
  /** Unique over all collectors. */
  readonly key: string;
  readonly id: CustomerId;
  readonly origin: Origin;
  readonly customer: CustomerRecord;
  readonly tier: string | null;
  readonly hours: ServiceHours | null;
  /** Clocks of open incidents by how they stand; one that is at risk or breached is among `running` too while it runs. */
  readonly running: number;
  readonly paused: number;
  readonly atRisk: number;
  readonly breached: number;
  /** The soonest due instant, by our clock. */
  readonly nextDueAt: Instant | null;
  /** How this month stands; null until the collector has told it, and where nothing is promised. */
  readonly month: MonthFigures | null;
  /** How old that is, when the collector should have told it anew by now; null while it is fresh. */
  readonly monthAgeMs: DurationMs | null;
  readonly targetPercent: number | null;
}

interface Sum {
  running: number;
  paused: number;
  atRisk: number;
  breached: number;
  nextDueAt: Instant | null;
}

/** From 75 percent on. Source: SL-5. */
function isAtRisk({level, outcome}: ClockState): boolean {
  return outcome === 'pending' && (level === 'warning' || level === 'critical');
}

function addOpen(sum: Sum, clock: ClockState): void {
  if (clock.clock === 'running') sum.running++;
  if (clock.clock === 'paused') sum.paused++;
  if (clock.clock === 'running' && isAtRisk(clock)) sum.atRisk++;
  if (clock.outcome === 'breached') sum.breached++;
}

function add(sum: Sum, state: NocState, incident: Incident, now: Instant): void {
  if (incident.resolvedAt !== null) return;
  const {response, resolution, update, nextDueAt} = clocksOf(state, incident, now);
  for (const clock of [response, resolution, update]) if (clock !== null) addOpen(sum, clock);
  if (nextDueAt !== null) sum.nextDueAt = Math.min(nextDueAt, sum.nextDueAt ?? nextDueAt);
}

/** Figures of last month say nothing of this one: at its turn nothing is known until they are told anew. */
export function presentMonth(
  {months}: Pick<CollectorView, 'months'>,
  {id, timezone}: Pick<CustomerRecord, 'id' | 'timezone'>,
  now: Instant,
): MonthFigures | null {
  const figures = months.get(id);
  return figures === undefined || figures.month !== monthAt(timezone, now) ? null : figures;
}

/** When the customer of an alert is served, by its contract of now; null without one. */
export function hoursFor(view: NocView, id: CustomerId, url: string, now: Instant): ServiceHours | null {
  const collector = view.collectors.find(it => it.url === url);
  const customer = collector?.state?.customers.get(id);
  if (collector?.state == null || customer === undefined) return null;
  const origin = originOf(collector, view.collectors.length === 1);
  return hoursOf(customer, collector.state, origin, now + origin.skewMs);
}

function hoursOf({contract}: CustomerRecord, state: NocState, origin: Origin, now: Instant): ServiceHours | null {
  if (contract === null) return null;
  const calendar = calendarOf(contract, state.holidays);
  const changesAt = calendar.nextChange(now);
  return {isOpen: calendar.isOpen(now), changesAt: changesAt === null ? null : changesAt - origin.skewMs};
}

/**
 * Every customer with its promises, who breaches first at the top, then those with a contract, then the others.
 *
 * @param now - Our clock.
 */
export function selectSla(view: NocView, only: CustomerId | null, now: Instant): readonly SlaEntry[] {
  const entries = view.collectors.flatMap(collector => {
    const {state} = collector;
    if (state === null) return [];
    const origin = originOf(collector, view.collectors.length === 1);
    const theirs = now + origin.skewMs;
    const sums = new Map<CustomerId, Sum>();
    for (const {id} of state.customers.values()) {
      sums.set(id, {running: 0, paused: 0, atRisk: 0, breached: 0, nextDueAt: null});
    }
    for (const incident of state.incidents.values()) {
      const sum = sums.get(incident.customer);
      if (sum !== undefined) add(sum, state, incident, theirs);
    }
    return [...state.customers.values()]
      .filter(({id}) => id !== UNASSIGNED && (only === null || id === only))
      .map((customer): SlaEntry => {
        const sum = sums.get(customer.id);
        const {contract, id} = customer;
        const due = sum?.nextDueAt ?? null;
        const month = contract === null ? null : presentMonth(collector, customer, theirs);
        return {
          key: `${origin.url} ${id}`,
          id,
          origin,
          customer,
          tier: contract?.tier ?? null,
          hours: hoursOf(customer, state, origin, theirs),
          running: sum?.running ?? 0,
          paused: sum?.paused ?? 0,
          atRisk: sum?.atRisk ?? 0,
          breached: sum?.breached ?? 0,
          nextDueAt: due === null ? null : due - origin.skewMs,
          month,
          monthAgeMs: month !== null && areOld(month, theirs) ? theirs - month.asOf : null,
          targetPercent: contract?.availabilityPercent ?? null,
        };
      });
  });
  return entries.sort(byDeadline);
}

function byDeadline(a: SlaEntry, b: SlaEntry): number {
  const left = a.nextDueAt ?? Number.POSITIVE_INFINITY;
  const right = b.nextDueAt ?? Number.POSITIVE_INFINITY;
  if (left !== right) return left - right;
  return Number(a.tier === null) - Number(b.tier === null) || (a.customer.name < b.customer.name ? -1 : 1);
}
