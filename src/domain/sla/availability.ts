import type {DurationMs, Instant} from '../time.ts';
import type {Calendar} from './calendar.ts';
import {difference, intersection, type Span, totalLength, union} from './spans.ts';

/** What was seen of a service in a period. Spans may overlap each other and reach beyond the period. */
export interface ServiceRecord {
  readonly calendar: Calendar;
  /** [start, end). */
  readonly period: Span;
  /** HARD states only, from the first bad result of the streak to the first good one. */
  readonly downtime: readonly Span[];
  /** Maintenance that was announced before it began. */
  readonly maintenance: readonly Span[];
  /** When monitoring saw nothing. */
  readonly noData: readonly Span[];
  /** Promised percent; null promises nothing. */
  readonly targetPercent: number | null;
}

/** Availability of a service as it was used. Where nothing can be said there stands null, never 100 %. */
export interface Availability {
  /** S: all service time of the period. */
  readonly serviceMs: DurationMs;
  /** M: maintenance in it. */
  readonly maintenanceMs: DurationMs;
  /** D: downtime outside of maintenance. */
  readonly downtimeMs: DurationMs;
  /** N: time that nobody saw, neither maintenance nor known to be down. */
  readonly noDataMs: DurationMs;
  readonly percent: number | null;
  /** Downtime that the target allows. Source: AV-2. */
  readonly errorBudgetMs: DurationMs | null;
  readonly budgetRemainingMs: DurationMs | null;
  /** Budget used per budget allowed so far: 1 uses it up exactly at the end. null without a target or base. Source: AV-2. */
  readonly burn: number | null;
  readonly targetMet: boolean | null;
  /** More than 1 % of the service time went unseen, which a report must say. Source: AV-4. */
  readonly hasNotableGaps: boolean;
}

/** Share of service time that may go unseen before a report must say so. */
const NOTABLE_GAP_PERCENT = 1;

/**
 * `100 × (S − M − N − D) / (S − M − N)` over service time: maintenance counts before downtime, downtime before gaps.
 *
 * @param now - What lies after it has not happened and is left out of the base of `burn`; the period's end by default.
 *
 * Source: AV-1, AV-2, AV-4.
 */
export function availability(record: ServiceRecord, now: Instant = record.period[1]): Availability {
  const {calendar, period, targetPercent} = record;
  const within = (spans: readonly Span[]) => intersection(spans, [period]);
  const maintenance = within(record.maintenance);
  const downtime = difference(within(record.downtime), maintenance);
  const noData = difference(within(record.noData), union([...maintenance, ...downtime]));
  const measure = (spans: readonly Span[]) => totalLength(spans, calendar.businessTime);
  const serviceMs = calendar.businessTime(...period);
  const [maintenanceMs, downtimeMs, noDataMs] = [measure(maintenance), measure(downtime), measure(noData)];
  const baseMs = serviceMs - maintenanceMs - noDataMs;
  const percent = baseMs > 0 ? (100 * (baseMs - downtimeMs)) / baseMs : null;
  const allowed = targetPercent === null ? null : (100 - targetPercent) / 100;
  const errorBudgetMs = allowed === null ? null : allowed * Math.max(0, baseMs);
  const elapsed = difference([[period[0], Math.min(now, period[1])]], union([...maintenance, ...noData]));
  const elapsedMs = measure(elapsed);
  return {
    serviceMs,
    maintenanceMs,
    downtimeMs,
    noDataMs,
    percent,
    errorBudgetMs,
    budgetRemainingMs: errorBudgetMs === null ? null : errorBudgetMs - downtimeMs,
    burn: allowed === null || allowed === 0 || elapsedMs === 0 ? null : downtimeMs / elapsedMs / allowed,
    targetMet: percent === null || targetPercent === null ? null : percent >= targetPercent,
    hasNotableGaps: noDataMs * 100 > serviceMs * NOTABLE_GAP_PERCENT,
  };
}

/** The maintenance that counts: announced before it began. A window made later suppresses, and excuses nothing. Source: AV-1, MW-2. */
export function announcedMaintenance(
  windows: readonly {readonly start: Instant; readonly end: Instant; readonly createdAt: Instant}[],
): readonly Span[] {
  return union(windows.filter(({createdAt, start}) => createdAt < start).map(({start, end}) => [start, end]));
}

/**
 * Share of clocks that were met, in percent; null when none is decided: no cases are not 100 %. Source: RP-1.
 *
 * @param outcomes - Merged incidents left out, as SL-9 wants it.
 */
export function compliancePercent(outcomes: readonly ('pending' | 'met' | 'breached')[]): number | null {
  const met = outcomes.filter(outcome => outcome === 'met').length;
  const breached = outcomes.filter(outcome => outcome === 'breached').length;
  return met + breached === 0 ? null : (100 * met) / (met + breached);
}
