import {DEFAULT_FILL_LIMITS} from '../forecast/fill-forecast.ts';
import {type DurationMs, type Instant, SECOND} from '../time.ts';
import type {BackupRecord} from './backup-record.ts';
import {judgeObject, scheduleOf} from './judge-object.ts';
import {fillStaleAt, judgeRepository} from './repository.ts';
import {VERIFY_EVERY} from './rule-321.ts';

/** A limit is passed by the first millisecond after it. */
const JUST_AFTER: DurationMs = 1;

/**
 * When time alone next changes what is to be said of an object: a start is missed, a run is late, data gets too old for its
 * promise, a copy or a verification for the rule, a restore test overdue. A run or a test that was reported by a clock ahead
 * of ours counts when our clock gets there.
 *
 * @param after - When it was last judged; null was not, so that it is due at once.
 * @returns null when nothing but a report can change it.
 *
 * Source: BK-2 to BK-6.
 */
export function nextBackupChange(record: BackupRecord, after: Instant | null): Instant | null {
  if (after === null) return record.knownSince;
  const {plan, knownSince} = record;
  if (plan === null || plan.isExempt) return null;
  const verdict = judgeObject(record, after);
  const instants: (Instant | null)[] = [verdict.restoreOverdueAt, ...reportedAt(record)];
  for (const job of plan.jobs) {
    const schedule = scheduleOf(job);
    const graced = (at: Instant | null) => (at === null ? null : at + job.startGraceMs);
    if (job.isEnabled && schedule !== null)
      instants.push(graced(schedule.lastDue(after)), graced(schedule.nextDue(after)));
    for (const {run} of verdict.jobs.filter(({name}) => name === job.name)) {
      if (run !== null && run.end === null) instants.push(run.startedAt + job.maxDurationMs + JUST_AFTER);
    }
  }
  if (plan.rpoMs !== null) instants.push((verdict.rpo?.dataAt ?? knownSince) + plan.rpoMs + JUST_AFTER);
  for (const {lastGoodAt, maxAge, lastVerifyAt} of verdict.copies) {
    instants.push((lastGoodAt ?? knownSince) + maxAge + JUST_AFTER);
    instants.push((lastVerifyAt ?? knownSince) + VERIFY_EVERY + JUST_AFTER);
  }
  for (const {repository} of record.copies) {
    if (repository === undefined) continue;
    // What was told since then counts too: the line through it is the same at whatever instant it is asked.
    const at = Math.max(after, repository.fill.at(-1)?.at ?? after);
    const fill = judgeRepository(repository, at);
    instants.push(fillStaleAt(repository));
    if (fill?.type !== 'forecast') continue;
    const {warningSeconds, criticalSeconds} = DEFAULT_FILL_LIMITS;
    const fullAt = Math.ceil(at + fill.fullInSeconds * SECOND);
    instants.push(...[warningSeconds, criticalSeconds].map(seconds => fullAt - seconds * SECOND + JUST_AFTER));
  }
  const later = instants.filter(at => at !== null && at > after);
  return later.length === 0 ? null : Math.min(...later.map(at => at ?? after));
}

function reportedAt({jobs, restoreTests}: BackupRecord): readonly (Instant | null)[] {
  const runs = jobs.flatMap(job => job.runs.flatMap(({startedAt, end}) => [startedAt, end?.at ?? null]));
  return [...runs, ...restoreTests.map(({at}) => at)];
}
