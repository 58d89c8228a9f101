import {type DurationMs, HOUR, type Instant} from '../time.ts';

/** Deadlines of a breach of personal data. */
export interface GdprDeadlines {
  /** Controller (the customer) to the authority. */
  readonly dueAt: Instant;
  /** Latest reading of the law, shown as information only: the hour of awareness does not count. Source: Reg. 1182/71 Art. 3(1). */
  readonly latestByReg1182_71: Instant;
  /** Processor (the provider) to the controller. */
  readonly processorDueAt: Instant;
}

/** Configured, since the law may change: 96 hours are proposed. */
export interface GdprPolicy {
  readonly authority: DurationMs;
  /** "Without undue delay" in hours, as we promise it. */
  readonly processor: DurationMs;
}

/** Shipped defaults of GD-1. */
export const DEFAULT_GDPR: GdprPolicy = {authority: 72 * HOUR, processor: 4 * HOUR};

/**
 * The deadlines after awareness of a breach, in elapsed hours: weekends, holidays and the days of the change count as they come.
 *
 * Awareness on the stroke of an hour lies within the hour that then begins, so the latest reading starts with the next one.
 *
 * Source: GD-1 (GDPR Art. 33).
 */
export function gdprDeadlines(awareAt: Instant, policy: GdprPolicy = DEFAULT_GDPR): GdprDeadlines {
  return {
    dueAt: awareAt + policy.authority,
    latestByReg1182_71: (Math.floor(awareAt / HOUR) + 1) * HOUR + policy.authority,
    processorDueAt: awareAt + policy.processor,
  };
}
