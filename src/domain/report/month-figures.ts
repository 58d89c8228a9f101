import type {CheckAddress, CustomerId} from '../address.ts';
import {type DurationMs, type Instant, MINUTE} from '../time.ts';
import type {CustomerMonth} from './customer-month.ts';
import type {ServiceMonth} from './service-month.ts';

/**
 * How the month of a customer stands, from the whole log: small enough to be told again and again. A sample, not a fact: the
 * newest wins, and each says as of when it holds.
 */
export interface MonthFigures {
  readonly customer: CustomerId;
  /** On the customer's wall, `2026-10`. */
  readonly month: string;
  /** By the collector's clock. */
  readonly asOf: Instant;
  /** Clocks decided of incidents that began in it. Source: RP-1. */
  readonly met: number;
  readonly breached: number;
  /** The service that the month stands or falls with; null where none was seen. */
  readonly worst: {
    readonly address: CheckAddress;
    /** Availability. Source: AV-1. */
    readonly percent: number;
    /** null without a target. Source: AV-2. */
    readonly budgetMs: DurationMs | null;
    /** Negative when more than all of it is gone. */
    readonly budgetLeftMs: DurationMs | null;
    /** More than 1 % of the service time went unseen, which has to be said. Source: AV-4. */
    readonly hasGaps: boolean;
  } | null;
}

/** The collector tells the figures of a customer at least this often while it has a contract. */
export const MONTH_FIGURES_EVERY: DurationMs = 5 * MINUTE;

/** Two missed words in a row, and some: the figures are shown with their age. */
const OLD_AFTER: DurationMs = 3 * MONTH_FIGURES_EVERY;

/** @param now - By the collector's clock. */
export function areOld({asOf}: MonthFigures, now: Instant): boolean {
  return now - asOf > OLD_AFTER;
}

/** Met of met and broken; null without a case: no cases are not 100 %. Source: RP-1. */
export function metPercent({met, breached}: Pick<MonthFigures, 'met' | 'breached'>): number | null {
  return met + breached === 0 ? null : (100 * met) / (met + breached);
}

/** What is left of the error budget in percent of it, never below 0; null where there is none to speak of. Source: AV-2. */
export function budgetLeftPercent({worst}: MonthFigures): number | null {
  if (worst?.budgetMs == null || worst.budgetLeftMs === null || worst.budgetMs <= 0) return null;
  return Math.max(0, (100 * worst.budgetLeftMs) / worst.budgetMs);
}

/** The one that was available for the least of its time. */
function worstOf(services: readonly ServiceMonth[]): MonthFigures['worst'] {
  let worst: MonthFigures['worst'] = null;
  for (const {address, percent, errorBudgetMs, budgetRemainingMs, hasNotableGaps} of services) {
    if (percent === null || (worst !== null && worst.percent <= percent)) continue;
    worst = {address, percent, budgetMs: errorBudgetMs, budgetLeftMs: budgetRemainingMs, hasGaps: hasNotableGaps};
  }
  return worst;
}

/** The figures of a month as its report has them. */
export function monthFigures({customer, month, asOf, compliance, services}: CustomerMonth): MonthFigures {
  const sum = (outcome: 'met' | 'breached') => compliance.reduce((total, clock) => total + clock[outcome], 0);
  return {customer, month, asOf, met: sum('met'), breached: sum('breached'), worst: worstOf(services)};
}
