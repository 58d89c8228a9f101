import type {NocView} from '../client/noc.ts';
import type {CustomerId} from '../domain/address.ts';
import {clocksOf} from '../domain/incident-sla.ts';
import type {IncidentClocks} from '../domain/sla/incident-clocks.ts';
import type {Instant} from '../domain/time.ts';
import {type AlertEntry, dueAt} from '../view/alert-entry.ts';
import type {DeadlineLevel, NextDeadline, SlaFigures} from './figures.ts';

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
    compliancePercent: () => compliancePercent(view, isOurs, now),
    // A month of downtime is more than a face knows.
    budgetLeftPercent: () => null,
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
    level: clocks === undefined ? 'ok' : levelOfNext(clocks),
    customer: customer?.name ?? alert.customer,
    host: alert.host,
    what: alert.summary,
  };
}

function levelOfNext({response, resolution, update, nextDueAt}: IncidentClocks): DeadlineLevel {
  const next = [response, resolution, update].find(clock => clock?.clock === 'running' && clock.dueAt === nextDueAt);
  return next?.level ?? 'ok';
}

/** Met of met and breached, over every clock of every incident that the collectors still hold. Source: RP-1. */
function compliancePercent(view: NocView, isOurs: (customer: CustomerId) => boolean, now: Instant): number | null {
  let met = 0;
  let breached = 0;
  for (const {state, link, skewMs} of view.collectors) {
    if (state === null || link !== 'live') continue;
    for (const incident of state.incidents.values()) {
      if (!isOurs(incident.customer)) continue;
      const {response, resolution} = clocksOf(state, incident, now + skewMs);
      for (const clock of [response, resolution]) {
        if (clock?.outcome === 'met') met++;
        else if (clock?.outcome === 'breached') breached++;
      }
    }
  }
  return met + breached === 0 ? null : (100 * met) / (met + breached);
}
