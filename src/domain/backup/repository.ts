import {type FillJudgement, judgeFill} from '../forecast/fill-forecast.ts';
import {timeZone} from '../local-time/zone.ts';
import {DAY, type DurationMs, HOUR, type Instant, SECOND} from '../time.ts';
import type {BackupPlan, CopyPlan, RepositoryFacts} from './backup-record.ts';
import {keptPoints, type RecoveryPoint, type RetentionAlarm, retentionAlarms} from './retention.ts';

/** How full a repository was. */
export interface FillSample {
  readonly at: Instant;
  readonly percent: number;
}

/** Recovery points of a repository as one listing found them. What is wrong with them was judged then. */
export interface ListedPoints {
  readonly at: Instant;
  readonly count: number;
  /** null of none. */
  readonly oldestAt: Instant | null;
  readonly alarms: readonly RetentionAlarm[];
}

/** Samples kept of one repository, and how far apart they are at least: ten days of six-hourly listings, forty of nightly ones. */
const MOST_SAMPLES = 40;
const APART: DurationMs = 6 * HOUR;

/** Nothing is forecast on older samples. Source: PF-5. */
const STALE_AFTER: DurationMs = 3 * DAY;

/**
 * The samples with a new one among them. One that comes soon after another takes its place, so that a tool that reports every
 * minute does not push out the days before.
 */
export function withSample(samples: readonly FillSample[], sample: FillSample): readonly FillSample[] {
  if (samples.some(({at}) => at === sample.at)) return samples;
  const sorted = [...samples, sample].sort((a, b) => a.at - b.at);
  const kept: FillSample[] = [];
  for (const one of sorted) {
    const last = kept.at(-1);
    if (last === undefined || one.at - last.at >= APART || one === sorted.at(-1)) kept.push(one);
  }
  return kept.slice(-MOST_SAMPLES);
}

/**
 * When a repository will be full, by the same rule as a file system.
 *
 * @returns null where its fill was never told.
 *
 * Source: BK-10, PF-2, PF-5.
 */
export function judgeRepository(facts: Pick<RepositoryFacts, 'fill'>, now: Instant): FillJudgement | null {
  const known = facts.fill.filter(({at}) => at <= now);
  const last = known.at(-1);
  if (last === undefined) return null;
  if (now - last.at > STALE_AFTER) return {type: 'none', reason: 'stale', samples: known.length, spanSeconds: 0};
  return judgeFill(
    known.map(({at, percent}) => ({at: at / SECOND, value: percent})),
    now / SECOND,
  );
}

/** When what was last told of the fill is too old to forecast on. */
export function fillStaleAt({fill}: Pick<RepositoryFacts, 'fill'>): Instant | null {
  const last = fill.at(-1);
  return last === undefined ? null : last.at + STALE_AFTER + 1;
}

/**
 * What a listing of recovery points comes to for one copy: how many, how far back, and the alarms of its retention as of then.
 *
 * @param copy - null where the copy is not configured: then nothing is demanded of it.
 * @param since - When the object became known: no older point can be asked for.
 *
 * Source: BK-8.
 */
export function judgePoints(
  points: readonly RecoveryPoint[],
  copy: CopyPlan | null,
  plan: BackupPlan | null,
  since: Instant,
  at: Instant,
): ListedPoints {
  const zone = timeZone(plan?.timeZone ?? 'Europe/Berlin');
  const kept = keptPoints(points, copy?.keep ?? {}, zone);
  const oldestAt = points.length === 0 ? null : points.reduce((oldest, point) => Math.min(oldest, point.at), at);
  const demandedMs = points.length === 0 ? null : (copy?.reachMs ?? null);
  return {at, count: points.length, oldestAt, alarms: retentionAlarms(points, kept, demandedMs, since, at)};
}
