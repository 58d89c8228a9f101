import type {CustomerId} from '../address.ts';
import type {LogEntry} from '../event.ts';
import type {StateBuilder} from '../state-builder.ts';
import type {SafeText} from '../text.ts';
import type {BackupEvent} from './backup-event.ts';
import {type BackupRecord, backupKey, type CopyFacts, type JobHistory, type RunRecord} from './backup-record.ts';
import {withSample} from './repository.ts';

// A record travels in one frame of 64 KiB, so its lists are bounded; the log holds all of it.
const MOST_RUNS = 60;
const MOST_RUNS_OF_JOB = 20;
const MOST_JOBS = 12;
const MOST_COPIES = 8;
const MOST_TESTS = 5;
const MOST_MORNINGS = 31;

function emptyRecord(customer: CustomerId, object: SafeText, {at, seq}: LogEntry): BackupRecord {
  return {customer, object, plan: null, knownSince: at, jobs: [], copies: [], restoreTests: [], version: seq};
}

/** A run with its id replaces what was known of it; the order is that of the data's age. Words are kept of the newest alone. */
function withRun(runs: readonly RunRecord[], run: RunRecord, most: number): readonly RunRecord[] {
  const others = runs.filter(({id}) => id !== run.id);
  const kept = [...others, run].sort((a, b) => a.startedAt - b.startedAt).slice(-most);
  return kept.map((one, index) =>
    index === kept.length - 1 || (one.note === null && one.snapshot === null)
      ? one
      : {...one, note: null, snapshot: null},
  );
}

function withJob(jobs: readonly JobHistory[], name: SafeText, run: RunRecord): readonly JobHistory[] {
  const before = jobs.find(job => job.name === name) ?? {name, runs: []};
  const others = jobs.filter(job => job.name !== name).slice(-(MOST_JOBS - 1));
  const most = Math.min(MOST_RUNS_OF_JOB, Math.floor(MOST_RUNS / (others.length + 1)));
  const cut = others.map(job => (job.runs.length > most ? {...job, runs: job.runs.slice(-most)} : job));
  return [...cut, {name, runs: withRun(before.runs, run, most)}];
}

function withFacts(
  copies: readonly CopyFacts[],
  ids: readonly SafeText[],
  change: (facts: CopyFacts) => CopyFacts,
): readonly CopyFacts[] {
  const unknown = {lastGoodAt: null, verifyOk: null, verifiedAt: null, verifyErrors: 0, verifyNote: null};
  const touched = ids.map(id => change(copies.find(copy => copy.id === id) ?? {id, ...unknown}));
  const others = copies.filter(({id}) => !ids.includes(id));
  return [...others, ...touched].slice(-MOST_COPIES);
}

type AboutObject = Extract<
  BackupEvent,
  {readonly type: 'backup.reported' | 'backup.verified' | 'backup.repositorySeen' | 'backup.restoreTested'}
>;

function changed(before: BackupRecord, event: AboutObject): Partial<BackupRecord> {
  switch (event.type) {
    case 'backup.reported': {
      const {run} = event;
      const jobs = withJob(before.jobs, event.job, run);
      const copies = withFacts(before.copies, event.copies, facts => ({
        ...facts,
        lastGoodAt: Math.max(facts.lastGoodAt ?? run.startedAt, run.startedAt),
      }));
      return {jobs, copies};
    }
    case 'backup.verified': {
      const {ok, errors, note, verifiedAt} = event;
      const copies = withFacts(before.copies, event.copies, facts =>
        facts.verifiedAt !== null && facts.verifiedAt > verifiedAt
          ? facts
          : {...facts, verifyOk: ok, verifiedAt, verifyErrors: errors, verifyNote: note},
      );
      return {copies};
    }
    case 'backup.repositorySeen': {
      const {fill} = event;
      const listed = new Map(event.copies.map(({id, points}) => [id, points]));
      const ids = event.copies.map(({id}) => id);
      const copies = withFacts(before.copies, ids, facts => {
        const known = facts.repository ?? {points: null, fill: []};
        const points = listed.get(facts.id) ?? null;
        const isNewer = points !== null && (known.points === null || points.at >= known.points.at);
        const repository = {
          points: isNewer ? points : known.points,
          fill: fill === null ? known.fill : withSample(known.fill, fill),
        };
        return {...facts, repository};
      });
      return {copies};
    }
    case 'backup.restoreTested': {
      const tests = [...before.restoreTests, event.test].sort((a, b) => a.at - b.at);
      // The newest that passed sets the date, however many failed after it.
      const lastPassed = tests.findLast(({ok}) => ok);
      const kept = tests.slice(-MOST_TESTS);
      return {
        restoreTests: lastPassed === undefined || kept.includes(lastPassed) ? kept : [lastPassed, ...kept.slice(1)],
      };
    }
    default:
      return event satisfies never;
  }
}

function tick(builder: StateBuilder, event: Extract<BackupEvent, {type: 'backup.morningChecked'}>, entry: LogEntry) {
  const before = builder.state.customers.get(event.customer);
  if (before === undefined) return;
  const {day, by, note} = event;
  const check = {day, at: entry.at, by, note};
  const morningChecks = [...(before.morningChecks ?? []), check].slice(-MOST_MORNINGS);
  builder.putCustomer(event.customer, {...before, morningChecks, version: entry.seq});
}

function countLeftOut(
  builder: StateBuilder,
  {customer, reports}: Extract<BackupEvent, {type: 'backup.leftOut'}>,
  {at, seq}: LogEntry,
) {
  const before = builder.state.customers.get(customer);
  if (before === undefined) return;
  const {reports: known = 0, since = at} = before.leftOut ?? {};
  builder.putCustomer(customer, {...before, leftOut: {reports: known + reports, since, lastAt: at}, version: seq});
}

/** Folds one fact about backups into the builder. Total: what it speaks of may be missing. */
export function foldBackup(builder: StateBuilder, event: BackupEvent, entry: LogEntry): void {
  switch (event.type) {
    case 'backup.expected': {
      const {plan} = event;
      const key = backupKey(plan);
      const before = builder.state.backups.get(key) ?? emptyRecord(plan.customer, plan.object, entry);
      // A plan that was not there before cannot have been missed before.
      const knownSince = before.plan === null ? entry.at : before.knownSince;
      builder.putBackup(key, {...before, plan, knownSince, version: entry.seq});
      break;
    }
    case 'backup.reported':
    case 'backup.verified':
    case 'backup.repositorySeen':
    case 'backup.restoreTested': {
      const key = backupKey(event);
      const before = builder.state.backups.get(key) ?? emptyRecord(event.customer, event.object, entry);
      builder.putBackup(key, {...before, ...changed(before, event), version: entry.seq});
      break;
    }
    case 'backup.morningChecked':
      tick(builder, event, entry);
      break;
    case 'backup.leftOut':
      countLeftOut(builder, event, entry);
      break;
    case 'backup.forgotten':
      builder.putBackup(backupKey(event), undefined);
      break;
    default:
      event satisfies never;
  }
}
