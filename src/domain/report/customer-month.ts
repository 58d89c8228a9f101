import type {CheckAddress, CustomerId} from '../address.ts';
import {calendarOf} from '../contract.ts';
import type {Downtime} from '../downtime.ts';
import type {Incident, IncidentId} from '../incident.ts';
import {clocksOf} from '../incident-sla.ts';
import {civilDate, daysInMonth, epochDay, formatDate} from '../local-time/civil-date.ts';
import {localDay, timeZone} from '../local-time/zone.ts';
import {compliancePercent} from '../sla/availability.ts';
import {compileCalendar} from '../sla/calendar.ts';
import {contractAt} from '../sla/contract.ts';
import {type MeanTime, meanTimes} from '../sla/mean-times.ts';
import type {Priority} from '../sla/priority.ts';
import {intersection, type Span} from '../sla/spans.ts';
import type {NocState} from '../state.ts';
import type {SafeText} from '../text.ts';
import {DAY, type DurationMs, type Instant} from '../time.ts';
import {type BackupMonth, backupMonth} from './backup-month.ts';
import type {CustomerHistory} from './history.ts';
import {type ServiceMonth, serviceMonths} from './service-month.ts';

const PRIORITIES: readonly Priority[] = ['P1', 'P2', 'P3', 'P4'];
const CLOCKS = ['response', 'resolution', 'update'] as const;

export type ClockName = (typeof CLOCKS)[number];

/** How one clock did at one priority. `percent` is null when no case is decided, which is not 100 %. */
export interface Compliance {
  readonly priority: Priority;
  readonly clock: ClockName;
  readonly met: number;
  readonly breached: number;
  readonly pending: number;
  readonly percent: number | null;
}

/** A promise that was broken. */
export interface Breach {
  readonly incident: IncidentId;
  readonly subject: CheckAddress | null;
  readonly priority: Priority;
  readonly clock: ClockName;
  readonly at: Instant | null;
  /** How far beyond the target in service time; of an update clock its silences beyond it are counted instead. */
  readonly overMs: DurationMs;
}

/** A month of one customer, from the log: what RP-1 asks and the collector knows. */
export interface CustomerMonth {
  /** null: no backup of the customer is known. Absent from a collector of before. */
  readonly backups?: BackupMonth | null;
  readonly customer: CustomerId;
  readonly name: SafeText;
  readonly timezone: string;
  /** `2026-10` */
  readonly month: string;
  readonly from: Instant;
  readonly to: Instant;
  /** The collector's clock when this was made; a month that is not over is told up to here. */
  readonly asOf: Instant;
  readonly tier: string | null;
  readonly targetPercent: number | null;
  readonly services: readonly ServiceMonth[];
  readonly compliance: readonly Compliance[];
  readonly breaches: readonly Breach[];
  readonly incidents: {
    readonly opened: number;
    readonly stillOpen: number;
    readonly reopened: number;
    readonly selfHealed: number;
    readonly toAcknowledge: MeanTime;
    readonly toResolve: MeanTime;
    /** What began most of them, the most frequent first. */
    readonly causes: readonly {readonly subject: CheckAddress; readonly count: number}[];
  };
  readonly maintenance: readonly (Pick<
    Downtime,
    'start' | 'end' | 'site' | 'host' | 'service' | 'comment' | 'state'
  > & {
    /** Before it began; only then it excuses anything. Source: AV-1. */
    readonly isAnnounced: boolean;
  })[];
  /** When the collector itself was not at work in this month, oldest first; counted as not seen. Absent from one of before. Source: AV-4. */
  readonly outages?: readonly Span[];
  /** Since when such times are known, where that is later than the beginning of the month; `never` where the log tells none. */
  readonly outagesKnownFrom?: Instant | 'never' | null;
}

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;
const MOST_CAUSES = 5;

/** The month that a local day of an instant lies in, `2026-10`. */
export function monthAt(timezone: string, instant: Instant): string {
  return formatDate(localDay(timeZone(timezone), instant)).slice(0, 'YYYY-MM'.length);
}

/** The instants at which a month begins and ends on the customer's wall; null for what is no month. Source: RP-1. */
export function monthSpan(timezone: string, month: string): Span | null {
  const [, year, number] = MONTH.exec(month) ?? [];
  if (year === undefined || number === undefined) return null;
  const zone = timeZone(timezone);
  const first = epochDay(Number(year), Number(number), 1);
  const {year: y, month: m} = civilDate(first);
  return [zone.toInstant(first * DAY), zone.toInstant((first + daysInMonth(y, m)) * DAY)];
}

function priorityThen({firstPriority, moments}: Incident, at: Instant): Priority {
  let priority = firstPriority;
  for (const moment of moments) if (moment.type === 'priority' && moment.at <= at) priority = moment.priority;
  return priority;
}

interface Judged {
  readonly incident: Incident;
  readonly clocks: ReturnType<typeof clocksOf>;
}

function complianceOf(judged: readonly Judged[]): readonly Compliance[] {
  return PRIORITIES.flatMap(priority =>
    CLOCKS.flatMap((clock): readonly Compliance[] => {
      const outcomes = judged.flatMap(({incident, clocks}) =>
        incident.priority === priority && clocks[clock] !== null ? [clocks[clock].outcome] : [],
      );
      if (outcomes.length === 0) return [];
      const count = (wanted: string) => outcomes.filter(outcome => outcome === wanted).length;
      const [met, breached, pending] = [count('met'), count('breached'), count('pending')];
      return [{priority, clock, met, breached, pending, percent: compliancePercent(outcomes)}];
    }),
  );
}

function breachesOf(judged: readonly Judged[], {subjects}: CustomerHistory): readonly Breach[] {
  const breaches = judged.flatMap(({incident, clocks}) =>
    CLOCKS.flatMap((clock): readonly Breach[] => {
      const state = clocks[clock];
      if (state?.outcome !== 'breached') return [];
      const mark = incident.marks.find(it => it.clock === clock && it.level === 'breached');
      const at = state.breachedAt ?? mark?.at ?? null;
      const priority = priorityThen(incident, at ?? incident.openedAt);
      const subject = subjects.get(incident.id) ?? null;
      return [{incident: incident.id, subject, priority, clock, at, overMs: Math.max(0, -state.remainingMs)}];
    }),
  );
  return breaches.sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
}

function incidentFigures(incidents: readonly Incident[], {subjects}: CustomerHistory): CustomerMonth['incidents'] {
  const handled = incidents.map(({openedAt, moments, resolvedAt}) => ({
    openedAt,
    ackAt: moments.find(({type}) => type === 'responded')?.at ?? null,
    resolvedAt,
    excluded: null,
  }));
  const counts = new Map<string, {readonly subject: CheckAddress; count: number}>();
  for (const {id, cause} of incidents) {
    const subject = subjects.get(id);
    if (subject === undefined) continue;
    const known = counts.get(cause) ?? {subject, count: 0};
    known.count++;
    counts.set(cause, known);
  }
  return {
    opened: incidents.length,
    stillOpen: incidents.filter(({resolvedAt}) => resolvedAt === null).length,
    reopened: incidents.filter(({moments}) => moments.some(({type}) => type === 'reopened')).length,
    ...meanTimes(handled),
    causes: [...counts.values()].sort((a, b) => b.count - a.count).slice(0, MOST_CAUSES),
  };
}

function knownFrom({outagesKnownFrom}: CustomerHistory, from: Instant): Instant | 'never' | null {
  if (outagesKnownFrom === null) return 'never';
  return outagesKnownFrom > from ? outagesKnownFrom : null;
}

/**
 * What a month came to: availability and promises as the contract of its last day has them, incidents that began in it with
 * their verdict as of `now`. Source: RP-1, AV-1 to AV-4, SL-9.
 *
 * @param span - As `monthSpan` gives it.
 * @returns null for a customer that is not known.
 */
export function customerMonth(
  state: NocState,
  history: CustomerHistory,
  id: CustomerId,
  month: string,
  span: Span,
  now: Instant,
): CustomerMonth | null {
  const customer = state.customers.get(id);
  if (customer === undefined) return null;
  const [from, to] = span;
  const contract = contractAt(customer.contracts, Math.min(to, now))?.contract ?? null;
  const calendar =
    contract === null
      ? compileCalendar({timeZone: customer.timezone, weekly: null}, state.holidays)
      : calendarOf(contract, state.holidays);
  const targetPercent = contract?.availabilityPercent ?? null;
  const began = [...history.incidents.values()].filter(({openedAt}) => openedAt >= from && openedAt < to);
  const judged = began.map(incident => ({incident, clocks: clocksOf(state, incident, now)}));
  const maintenance = [...history.downtimes.values()]
    .filter(({start, end}) => start < to && end > from && start < end)
    .sort((a, b) => a.start - b.start)
    .map(({start, end, site, host, service, comment, state: stands, createdAt}) => {
      return {start, end, site, host, service, comment, state: stands, isAnnounced: createdAt < start};
    });
  return {
    customer: id,
    name: customer.name,
    timezone: customer.timezone,
    month,
    from,
    to,
    asOf: now,
    tier: contract?.tier ?? null,
    targetPercent,
    services: serviceMonths(history, calendar, targetPercent, span, now),
    compliance: complianceOf(judged),
    breaches: breachesOf(judged, history),
    incidents: incidentFigures(began, history),
    maintenance,
    backups: backupMonth(state, history.backups, id, customer.timezone, span, now),
    outages: intersection(history.outages, [[from, Math.min(to, now)]]),
    outagesKnownFrom: knownFrom(history, from),
  };
}
