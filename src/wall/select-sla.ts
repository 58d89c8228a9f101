import type {NocView} from '../client/noc.ts';
import type {CustomerId} from '../domain/address.ts';
import {areOld, budgetLeftPercent, type MonthFigures, metPercent} from '../domain/report/month-figures.ts';
import type {IncidentClocks} from '../domain/sla/incident-clocks.ts';
import type {Instant} from '../domain/time.ts';
import {type AlertEntry, dueAt} from '../view/alert-entry.ts';
import {presentMonth} from '../view/sla-customers.ts';
import type {NextDeadline, SlaFigures} from './figures.ts';

/**
 * Deadlines and compliance over what the wall shows; null when no collector promises anybody anything. What a silent collector
 * said last is left out: its clocks may have stopped.
 *
 * @param alerts - Firing ones.
 */
export function selectSla(
  view: NocView,
  alerts: readonly AlertEntry[],
  isOurs: (customer: CustomerId) => boolean,
  now: Instant,
): SlaFigures | null {
  if (!hasContracts(view, isOurs)) return null;
  const nextByCustomer = new Map<CustomerId, Instant>();
  let first: {readonly entry: AlertEntry; readonly due: Instant} | null = null;
  for (const entry of alerts) {
    const due = entry.origin.isStale ? null : dueAt(entry);
    if (due === null) continue;
    const {customer} = entry.alert;
    nextByCustomer.set(customer, Math.min(due, nextByCustomer.get(customer) ?? due));
    if (first === null || due < first.due) first = {entry, due};
  }
  return {
    next: first === null ? null : deadlineOf(first.entry, first.due, now),
    nextByCustomer,
    compliancePercent: () => compliancePercent(monthsOf(view, isOurs, now)),
    budgetLeftPercent: () => leastBudgetPercent(monthsOf(view, isOurs, now)),
  };
}

function hasContracts(view: NocView, isOurs: (customer: CustomerId) => boolean): boolean {
  return view.collectors.some(({state}) =>
    [...(state?.customers.values() ?? [])].some(({id, contract}) => contract !== null && isOurs(id)),
  );
}

function deadlineOf({alert, customer, origin, sla}: AlertEntry, due: Instant, now: Instant): NextDeadline {
  const clocks = sla?.clocks(now + origin.skewMs);
  return {
    dueAt: due,
    ...(clocks === undefined ? NO_CLOCK : nextClock(clocks)),
    customer: customer?.name ?? alert.customer,
    host: alert.host,
    what: alert.summary,
  };
}

const CLOCKS = ['response', 'resolution', 'update'] as const;
const NO_CLOCK = {level: 'ok', clock: 'response'} as const;

function nextClock(clocks: IncidentClocks): Pick<NextDeadline, 'level' | 'clock'> {
  for (const clock of CLOCKS) {
    const state = clocks[clock];
    if (state?.clock === 'running' && state.dueAt === clocks.nextDueAt) return {level: state.level, clock};
  }
  return NO_CLOCK;
}

/** How the month stands of every customer with a contract; null in place of one that nobody has told, or not of late. */
function monthsOf(
  view: NocView,
  isOurs: (customer: CustomerId) => boolean,
  now: Instant,
): readonly (MonthFigures | null)[] {
  return view.collectors.flatMap(collector => {
    const {state, link, skewMs} = collector;
    const promised = [...(state?.customers.values() ?? [])].filter(it => it.contract !== null && isOurs(it.id));
    return promised.map(customer => {
      const month = link === 'live' ? presentMonth(collector, customer, now + skewMs) : null;
      return month === null || areOld(month, now + skewMs) ? null : month;
    });
  });
}

/** Null while one of them is not known: part of a figure is none. Source: RP-1. */
function compliancePercent(months: readonly (MonthFigures | null)[]): number | null {
  const known = months.filter(month => month !== null);
  if (known.length < months.length) return null;
  const sum = (outcome: 'met' | 'breached') => known.reduce((total, month) => total + month[outcome], 0);
  return metPercent({met: sum('met'), breached: sum('breached')});
}

/** Of the customer who has least; null while one of them is not known, for that may be the one. Source: AV-2. */
function leastBudgetPercent(months: readonly (MonthFigures | null)[]): number | null {
  if (months.includes(null)) return null;
  const left = months.flatMap(month => (month === null ? [] : [budgetLeftPercent(month)])).filter(it => it !== null);
  return left.length === 0 ? null : Math.min(...left);
}
