import type {CheckAddress} from '../address.ts';
import {isCovered} from '../covering.ts';
import {type Availability, announcedMaintenance, availability} from '../sla/availability.ts';
import type {Calendar} from '../sla/calendar.ts';
import type {Span} from '../sla/spans.ts';
import type {Instant} from '../time.ts';
import type {CheckHistory, CustomerHistory} from './history.ts';

/** Availability of one check in a month. */
export interface ServiceMonth extends Availability {
  readonly address: CheckAddress;
  readonly targetPercent: number | null;
}

interface Seen {
  readonly downtime: readonly Span[];
  readonly noData: readonly Span[];
}

/**
 * When a check was down, and when nobody could tell.
 *
 * Down is critical from the first such result of a streak that was confirmed; a warning is still a service. What is unknown or
 * stale is not seen, and neither is the time before the first result, nor when the collector was not at work. What was down
 * before such a time and after it was down all along. Source: AV-1, FR-2.
 */
function seen({turns}: CheckHistory, outages: readonly Span[], [from, until]: Span): Seen {
  const downtime: Span[] = [];
  const noData: Span[] = [[from, Math.max(from, turns[0]?.at ?? until)], ...outages];
  let streakFrom: Instant | null = null;
  let isConfirmed = false;
  for (const [index, turn] of turns.entries()) {
    const end = turns[index + 1]?.at ?? until;
    const isDown = turn.state === 'critical' && !turn.isUnseen;
    if (isDown) {
      streakFrom ??= turn.at;
      isConfirmed ||= turn.isHard;
      if (isConfirmed) downtime.push([streakFrom, end]);
    } else {
      streakFrom = null;
      isConfirmed = false;
      if (turn.isUnseen) noData.push([turn.at, end]);
    }
  }
  return {downtime, noData};
}

/** Whether there was anything to see of a check in a period: it stood when that began, or came in it. */
function isThere({turns}: CheckHistory, [from, until]: Span): boolean {
  const standing = turns.findLast(({at}) => at <= from);
  return (standing?.state ?? null) !== null || turns.some(({at, state}) => at > from && at < until && state !== null);
}

/**
 * Availability of every check of a customer in a period, by host and service.
 *
 * @param until - How far the period has gone: availability is that of what has been, the error budget that of the whole
 *   period, as if all the rest were seen. Source: AV-1, AV-2, AV-4.
 */
export function serviceMonths(
  {checks, downtimes, outages}: CustomerHistory,
  calendar: Calendar,
  targetPercent: number | null,
  [from, to]: Span,
  until: Instant,
): readonly ServiceMonth[] {
  const period: Span = [from, Math.min(to, until)];
  const months: ServiceMonth[] = [];
  for (const check of checks.values()) {
    if (!isThere(check, period)) continue;
    const windows = [...downtimes.values()].filter(downtime => isCovered(downtime, check.address));
    const record = {
      calendar,
      period,
      maintenance: announcedMaintenance(windows),
      targetPercent,
      ...seen(check, outages, period),
    };
    // What may still be down is of the whole period, though only a part of it has been.
    const {errorBudgetMs, budgetRemainingMs, burn} = availability({...record, period: [from, to]}, period[1]);
    const soFar = availability(record);
    months.push({address: check.address, targetPercent, ...soFar, errorBudgetMs, budgetRemainingMs, burn});
  }
  const nameOf = ({address: {site, host, service}}: ServiceMonth) => `${host}\0${site}\0${service}`;
  return months.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}
