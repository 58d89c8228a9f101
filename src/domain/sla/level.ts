import type {DurationMs} from '../time.ts';

/** How much of a target is used up, in words. Source: SL-5. */
export type ClockLevel = 'ok' | 'notice' | 'warning' | 'critical' | 'breached';

/** The levels that are announced when they are reached, in their order. Source: SL-14. */
export type MarkedLevel = Exclude<ClockLevel, 'ok'>;

/** In the order in which they are reached. */
export const MARKED_LEVELS: readonly MarkedLevel[] = ['notice', 'warning', 'critical', 'breached'];

/** Percent of the target from which a level holds. */
export interface LevelThresholds {
  readonly notice: number;
  readonly warning: number;
  readonly critical: number;
}

/** Shipped defaults of SL-5. */
export const DEFAULT_LEVELS: LevelThresholds = {notice: 50, warning: 75, critical: 90};

/**
 * The level of an elapsed time, from exact times and not from a rounded percent: all of the target is not a breach,
 * a millisecond more is. Source: SL-4, SL-5.
 */
export function levelOf(
  elapsedMs: DurationMs,
  targetMs: DurationMs,
  levels: LevelThresholds = DEFAULT_LEVELS,
): ClockLevel {
  if (elapsedMs > targetMs) return 'breached';
  if (elapsedMs >= levelElapsed('critical', targetMs, levels)) return 'critical';
  if (elapsedMs >= levelElapsed('warning', targetMs, levels)) return 'warning';
  return elapsedMs >= levelElapsed('notice', targetMs, levels) ? 'notice' : 'ok';
}

/** The smallest elapsed time, in whole milliseconds, at which a level holds. A breach begins after the target. */
export function levelElapsed(
  level: MarkedLevel,
  targetMs: DurationMs,
  levels: LevelThresholds = DEFAULT_LEVELS,
): DurationMs {
  return level === 'breached' ? targetMs + 1 : Math.ceil((targetMs * levels[level]) / 100);
}

/**
 * Used share of a target in whole percent, rounded down, so that 99.95 shows as 99; beyond the target above 100.
 * A target of 0 is used up at once. Source: SL-5.
 */
export function usedPercent(elapsedMs: DurationMs, targetMs: DurationMs): number {
  if (targetMs <= 0) return 100;
  const hundredfold = elapsedMs * 100;
  return (hundredfold - (hundredfold % targetMs)) / targetMs;
}
