import type {FillJudgement} from '../domain/forecast/fill-forecast.ts';
import type {SafeText} from '../domain/text.ts';
import {type DurationMs, type Instant, SECOND} from '../domain/time.ts';

/** One file system over that time, in percent, and when it will be full. */
export interface DiskFill {
  readonly mount: SafeText;
  readonly values: readonly (number | null)[];
  readonly forecast: FillJudgement;
}

/** From how many percent on a check of the host is a warning, or critical; null: never. */
export interface FigureLimit {
  readonly warning: number | null;
  readonly critical: number | null;
}

/** How one host fared: values oldest first, evenly spaced, null where nothing was heard. */
export interface HostCourse {
  readonly spanMs: DurationMs;
  /** Where it ends, clock of the collector. */
  readonly until: Instant;
  readonly series: Readonly<Record<'cpu' | 'memory' | 'latency', readonly (number | null)[]>>;
  /** The fullest first. */
  readonly disks: readonly DiskFill[];
  /** null where no check judges the figures. */
  readonly limits: Readonly<Record<'cpu' | 'memory' | 'disk', FigureLimit>> | null;
}

/** A file system that will be full, and when: an instant of the collector's clock. */
export interface ComingFull {
  readonly mount: SafeText;
  readonly level: 'ok' | 'warning' | 'critical';
  readonly fullAt: Instant;
}

/**
 * The file systems for which a forecast was made, the soonest first.
 *
 * @param until - When it was made, clock of the collector.
 *
 * Source: PF-2.
 */
export function comingFull(
  disks: readonly Pick<DiskFill, 'mount' | 'forecast'>[],
  until: Instant,
): readonly ComingFull[] {
  return disks
    .flatMap(({mount, forecast}) =>
      forecast.type === 'none' ? [] : [{mount, level: forecast.level, fullAt: until + forecast.fullInSeconds * SECOND}],
    )
    .sort((one, other) => one.fullAt - other.fullAt);
}
