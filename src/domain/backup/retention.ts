import {civilDate, type EpochDay, weekdayIndex} from '../local-time/civil-date.ts';
import {localDay, type Zone} from '../local-time/zone.ts';
import {DAY, type DurationMs, HOUR, type Instant} from '../time.ts';

/** How many points a repository keeps, by the period that each stands for; left out keeps none of that kind. Source: BK-8. */
export interface KeepRules {
  readonly last?: number;
  readonly hourly?: number;
  readonly daily?: number;
  readonly weekly?: number;
  readonly monthly?: number;
  readonly yearly?: number;
}

/** One recovery point. */
export interface RecoveryPoint {
  readonly id: string;
  readonly at: Instant;
  /** From a run that ended well. */
  readonly isGood: boolean;
}

type Period = keyof KeepRules;

/** In the order in which they apply. */
const PERIODS: readonly Period[] = ['last', 'hourly', 'daily', 'weekly', 'monthly', 'yearly'];

/** The Thursday of an ISO week is in the year that the week belongs to, and tells weeks apart. */
function isoWeekThursday(day: EpochDay): EpochDay {
  return day - weekdayIndex(day) + 3;
}

function periodOf(period: Period, point: RecoveryPoint, zone: Zone): string {
  const day = localDay(zone, point.at);
  const {year, month} = civilDate(day);
  switch (period) {
    case 'last':
      return point.id;
    case 'hourly':
      return `${day} ${Math.floor((zone.toWall(point.at) - day * DAY) / HOUR)}`;
    case 'daily':
      return String(day);
    case 'weekly':
      return String(isoWeekThursday(day));
    case 'monthly':
      return `${year}-${month}`;
    case 'yearly':
      return String(year);
    default:
      return period satisfies never;
  }
}

/**
 * The points that a repository keeps, as Proxmox Backup Server prunes: each rule goes through the points from the newest on,
 * keeps the newest of each period that no earlier rule covers, and lets go of the others of that period. Periods without a
 * point do not count. Without any rule everything is kept.
 *
 * @param zone - Hours, days, weeks (ISO), months and years are those of its wall clock.
 * @returns Ids.
 *
 * Source: BK-8 (PBS prune).
 */
export function keptPoints(points: readonly RecoveryPoint[], rules: KeepRules, zone: Zone): ReadonlySet<string> {
  if (PERIODS.every(period => rules[period] === undefined)) return new Set(points.map(({id}) => id));
  const newestFirst = points.toSorted((a, b) => b.at - a.at);
  const kept = new Set<string>();
  const dropped = new Set<string>();
  for (const period of PERIODS) {
    const count = rules[period] ?? 0;
    const covered = new Set(newestFirst.filter(({id}) => kept.has(id)).map(point => periodOf(period, point, zone)));
    const taken = new Set<string>();
    for (const point of newestFirst) {
      if (kept.has(point.id) || dropped.has(point.id)) continue;
      const key = periodOf(period, point, zone);
      if (covered.has(key)) continue;
      if (taken.has(key)) dropped.add(point.id);
      else if (taken.size >= count) break;
      else {
        taken.add(key);
        kept.add(point.id);
      }
    }
  }
  return kept;
}

/** What is wrong with a retention. Source: BK-8. */
export type RetentionAlarm = 'tooShort' | 'lastGoodPruned';

/**
 * Alarms of a retention: the oldest point that is kept is younger than the contract demands, though an older one is or was to
 * be had, or the newest good point would go.
 *
 * @param demandedMs - How far back the contract wants to reach; null demands nothing.
 * @param since - When the job began: nothing older can be asked of it.
 *
 * Source: BK-8.
 */
export function retentionAlarms(
  points: readonly RecoveryPoint[],
  kept: ReadonlySet<string>,
  demandedMs: DurationMs | null,
  since: Instant,
  now: Instant,
): readonly RetentionAlarm[] {
  const alarms: RetentionAlarm[] = [];
  const stays = points.filter(({id}) => kept.has(id));
  const oldest = Math.min(...stays.map(({at}) => at));
  if (demandedMs !== null && now - since >= demandedMs && now - oldest < demandedMs) alarms.push('tooShort');
  const good = points.filter(({isGood}) => isGood).toSorted((a, b) => b.at - a.at)[0];
  if (good !== undefined && !kept.has(good.id)) alarms.push('lastGoodPruned');
  return alarms;
}
