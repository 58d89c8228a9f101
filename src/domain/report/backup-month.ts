import type {CustomerId} from '../address.ts';
import {BACKUP_SOURCE} from '../backup/alarm-priority.ts';
import type {BackupRecord, RestoreTestRecord} from '../backup/backup-record.ts';
import {uncoveredHosts} from '../backup/coverage.ts';
import {judgeObject, missingParts, scheduleOf} from '../backup/judge-object.ts';
import {quarterlyTests} from '../backup/restore-test.ts';
import type {RunResult} from '../backup/run-result.ts';
import type {DomainEvent, LogEntry} from '../event.ts';
import {civilDate} from '../local-time/civil-date.ts';
import {localDay, timeZone} from '../local-time/zone.ts';
import type {Span} from '../sla/spans.ts';
import type {NocState} from '../state.ts';
import type {SafeText} from '../text.ts';
import {DAY, type DurationMs, type Instant, MINUTE} from '../time.ts';

/** A quarter that a month lies in begins at most so long before it. */
const QUARTER: DurationMs = 93 * DAY;

interface FinishedRun {
  readonly object: string;
  readonly job: string;
  readonly startedAt: Instant;
  readonly at: Instant;
  readonly result: RunResult;
}

/** What the log says of a customer's backups, as far as a report needs it. */
export interface BackupHistory {
  /** Finished runs by object, job and id: the last word about each counts. */
  readonly runs: ReadonlyMap<string, FinishedRun>;
  /** When data got older than promised. */
  readonly lapses: readonly Instant[];
  readonly tests: readonly (RestoreTestRecord & {readonly object: SafeText})[];
}

/** A restore that was tried, with its evidence. Source: BK-6. */
export interface RestoreEvidence extends RestoreTestRecord {
  readonly object: SafeText;
  /** What was promised; null promises none. */
  readonly rtoMs: DurationMs | null;
}

/** Backups of one customer in one month. Source: RP-1 (5), BK-6. */
export interface BackupMonth {
  readonly runs: Readonly<Record<RunResult, number>>;
  /** Times at which a job should have run and did not, by its schedule of now. */
  readonly missed: number;
  /** Runs with a recovery point, of those that ran or should have; null when none did: that is not 100 %. */
  readonly successPercent: number | null;
  readonly rpoViolations: number;
  /** As it stands when the report is made. */
  readonly rule: {readonly met: number; readonly broken: number; readonly unknown: number};
  /** Hosts that are watched and that no job keeps, when the report is made. Absent from a collector of before. Source: BK-10. */
  readonly uncovered?: readonly string[];
  /** Of the calendar quarter that the month lies in, up to its end. */
  readonly quarter: {
    readonly year: number;
    readonly number: number;
    readonly isMet: boolean;
    readonly hasFullSystem: boolean;
  };
  readonly tests: readonly RestoreEvidence[];
}

/** Reads the facts about backups out of a log, oldest first. */
export function openBackupHistory(): {
  readonly history: BackupHistory;
  take(entry: LogEntry): void;
  forgetBefore(from: Instant): void;
} {
  const runs = new Map<string, FinishedRun>();
  const lapses: Instant[] = [];
  const tests: (RestoreTestRecord & {object: SafeText})[] = [];
  return {
    history: {runs, lapses, tests},
    take({event, at}) {
      if (event.type === 'backup.reported') {
        const {object, job} = event;
        const {end, id, startedAt} = event.run;
        if (end !== null) runs.set(JSON.stringify([object, job, id]), {object, job, startedAt, ...end});
      } else if (event.type === 'backup.restoreTested') tests.push({...event.test, object: event.object});
      else if (isLapse(event)) lapses.push(at);
    },
    forgetBefore(from) {
      for (const [key, {at}] of runs) if (at < from) runs.delete(key);
      lapses.splice(0, lapses.length, ...lapses.filter(at => at >= from));
      tests.splice(0, tests.length, ...tests.filter(({at}) => at >= from - QUARTER));
    },
  };
}

function isLapse(event: DomainEvent): boolean {
  return event.type === 'alert.opened' && event.source === BACKUP_SOURCE && event.content.summary === 'backup-rpo';
}

/** A run may start a little early and still be the expected one. Source: BK-2. */
const EARLY_START: DurationMs = 15 * MINUTE;

/** Starts of one job that are looked at; one that is due more often is no backup of a night. */
const MOST_DUE = 5000;

/** Times at which a job should have started in the month, as it is configured now, and no run of it did. Source: BK-2. */
function missedOf(
  {plan, knownSince}: BackupRecord,
  runs: readonly FinishedRun[],
  from: Instant,
  until: Instant,
): number {
  let missed = 0;
  for (const job of plan?.jobs ?? []) {
    const schedule = scheduleOf(job);
    if (schedule === null || !job.isEnabled) continue;
    const starts = runs.filter(run => run.object === plan?.object && run.job === job.name).map(run => run.startedAt);
    let due = schedule.nextDue(Math.max(from, knownSince) - 1);
    for (let looked = 0; due !== null && due + job.startGraceMs < until && looked < MOST_DUE; looked++) {
      const [begin, next] = [due - EARLY_START, schedule.nextDue(due)];
      const end = (next ?? Number.POSITIVE_INFINITY) - EARLY_START;
      if (!starts.some(start => start >= begin && start < end)) missed++;
      due = next;
    }
  }
  return missed;
}

/**
 * What a month of backups came to; null for a customer of whom no backup is known.
 *
 * @param span - The month on the customer's wall.
 */
export function backupMonth(
  state: NocState,
  {runs, lapses, tests}: BackupHistory,
  customer: CustomerId,
  timezone: string,
  [from, to]: Span,
  now: Instant,
): BackupMonth | null {
  const records = [...state.backups.values()].filter(it => it.customer === customer && it.plan?.isExempt !== true);
  if (records.length === 0 && runs.size === 0 && tests.length === 0) return null;
  const until = Math.min(to, now + 1);
  const isIn = ({at}: {readonly at: Instant}) => at >= from && at < until;
  const results = [...runs.values()].filter(isIn).map(({result}) => result);
  const count = (wanted: RunResult) => results.filter(result => result === wanted).length;
  const counts = {success: count('success'), warning: count('warning'), failed: count('failed')};
  const finished = [...runs.values()];
  const missed = records.reduce((sum, record) => sum + missedOf(record, finished, from, until), 0);
  const all = results.length + missed;
  const rules = records.map(record => {
    const {rule} = judgeObject(record, now);
    return rule === null ? 'unknown' : missingParts(record.plan, rule).length === 0 ? 'met' : 'broken';
  });
  const ruleCount = (wanted: string) => rules.filter(rule => rule === wanted).length;
  const zone = timeZone(timezone);
  const dayOf = (at: Instant) => localDay(zone, at);
  const {year, month} = civilDate(dayOf(to - 1));
  const number = Math.ceil(month / 3);
  const isOfQuarter = (at: Instant) => {
    const date = civilDate(dayOf(at));
    return at < until && date.year === year && Math.ceil(date.month / 3) === number;
  };
  const evidence = tests
    .filter(({at}) => isOfQuarter(at))
    .map(test => ({...test, rtoMs: records.find(({object}) => object === test.object)?.plan?.rtoMs ?? null}))
    .sort((a, b) => a.at - b.at);
  const tried = evidence.map(({at, ok, scope, durationMs}) => ({day: dayOf(at), ok, scope, durationMs}));
  return {
    runs: counts,
    missed,
    successPercent: all === 0 ? null : (100 * (counts.success + counts.warning)) / all,
    rpoViolations: lapses.filter(at => isIn({at})).length,
    rule: {met: ruleCount('met'), broken: ruleCount('broken'), unknown: ruleCount('unknown')},
    uncovered: uncoveredHosts(state)
      .filter(host => host.customer === customer)
      .map(({host}) => host)
      .sort(),
    quarter: {year, number, ...quarterlyTests(tried, year, number)},
    tests: evidence,
  };
}
