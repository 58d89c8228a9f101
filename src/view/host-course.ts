import type {DiskCourse, FigureLimits} from '../domain/host-figures.ts';
import type {SafeText} from '../domain/text.ts';
import {type DurationMs, type Instant, SECOND} from '../domain/time.ts';

/** How one host fared: values oldest first, evenly spaced, null where nothing was heard. */
export interface HostCourse {
  readonly spanMs: DurationMs;
  /** Where it ends, clock of the collector. */
  readonly until: Instant;
  readonly series: Readonly<Record<'cpu' | 'memory' | 'latency', readonly (number | null)[]>>;
  /** The fullest first. */
  readonly disks: readonly DiskCourse[];
  /** null where no check judges the figures. */
  readonly limits: FigureLimits | null;
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
  disks: readonly Pick<DiskCourse, 'mount' | 'forecast'>[],
  until: Instant,
): readonly ComingFull[] {
  return disks
    .flatMap(({mount, forecast}) =>
      forecast.type === 'none' ? [] : [{mount, level: forecast.level, fullAt: until + forecast.fullInSeconds * SECOND}],
    )
    .sort((one, other) => one.fullAt - other.fullAt);
}
