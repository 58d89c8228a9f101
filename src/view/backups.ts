import type {CollectorView, NocView} from '../client/noc.ts';
import {type CustomerId, hostKey} from '../domain/address.ts';
import {type BackupRecord, backupKey, type LeftOutReports} from '../domain/backup/backup-record.ts';
import {uncoveredHosts} from '../domain/backup/coverage.ts';
import {type JobVerdict, judgeObject, type ObjectVerdict} from '../domain/backup/judge-object.ts';
import type {Posture} from '../domain/backup/posture.ts';
import {isUnderWay, progressKey, type RunProgress} from '../domain/backup/run-progress.ts';
import type {CommandBody} from '../domain/command.ts';
import type {NocState} from '../domain/state.ts';
import {DAY, type DurationMs, type Instant, MINUTE} from '../domain/time.ts';
import {type Origin, originOf} from './origin.ts';

/** One protected object as the faces list it, or a monitored host that nothing protects. */
export interface BackupEntry {
  /** Unique over all collectors. */
  readonly key: string;
  readonly origin: Origin;
  readonly customer: CustomerId;
  readonly customerName: string;
  readonly object: string;
  /** null: a gap. It is monitored, and no job keeps it. Source: BK-10. */
  readonly record: BackupRecord | null;
  readonly verdict: ObjectVerdict | null;
  readonly posture: Posture;
  /** The job to show: the one in the worst state. */
  readonly job: JobVerdict | null;
  /** How far its runs have come that have not ended, by job. */
  readonly progress: ReadonlyMap<string, RunProgress>;
  /** Not null: the row stands for all objects of the customer that found no place. */
  readonly leftOut: LeftOutReports | null;
  /** Restore tests that were written down here and are not on the collector's disk yet, oldest first. */
  readonly pendingTests: readonly PendingTest[];
}

export type PendingTest = Extract<CommandBody, {readonly kind: 'restore-test'}>;

const POSTURES: readonly Posture[] = ['unprotected', 'unknown', 'attention', 'protected'];
const STATUSES: readonly JobVerdict['status'][] = [
  'failed',
  'missed',
  'late',
  'unknown',
  'warning',
  'pending',
  'running',
  'disabled',
  'success',
];

function worstJob({jobs}: ObjectVerdict): JobVerdict | null {
  return jobs.toSorted((a, b) => STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status))[0] ?? null;
}

const NO_PROGRESS: ReadonlyMap<string, RunProgress> = new Map();

/** What was said of runs that have not ended. */
function progressIn(pulses: CollectorView['progress'], record: BackupRecord): ReadonlyMap<string, RunProgress> {
  if (pulses.size === 0) return NO_PROGRESS;
  const {customer, object} = record;
  const known = record.jobs.flatMap(({name}) => pulses.get(progressKey({customer, object, job: name})) ?? []);
  return new Map(known.filter(pulse => isUnderWay(record, pulse)).map(({job, progress}) => [job, progress]));
}

function pendingTestsOf(
  commands: NocView['commands'],
  collector: string,
  {customer, object}: BackupRecord,
): readonly PendingTest[] {
  return commands.flatMap(({body, status, collector: to}) => {
    if (body.kind !== 'restore-test' || status === 'settled' || to !== collector) return [];
    return body.customer === customer && body.object === object ? [body] : [];
  });
}

function entryOf(
  origin: Origin,
  record: BackupRecord,
  {progress, state}: Pick<CollectorView, 'progress' | 'state'>,
  commands: NocView['commands'],
  now: Instant,
): BackupEntry {
  const customer = state?.customers.get(record.customer);
  const verdict = judgeObject(record, now + origin.skewMs);
  return {
    key: `${origin.url} ${backupKey(record)}`,
    origin,
    customer: record.customer,
    customerName: customer?.name ?? record.customer,
    object: record.object,
    record,
    verdict,
    // What a silent collector said last is no proof of today.
    posture: origin.isStale && verdict.posture === 'protected' ? 'unknown' : verdict.posture,
    job: worstJob(verdict),
    progress: progressIn(progress, record),
    leftOut: null,
    pendingTests: pendingTestsOf(commands, origin.url, record),
  };
}

/** A row for each host that is watched and that no job keeps. */
function gapsOf(origin: Origin, state: NocState): readonly BackupEntry[] {
  return uncoveredHosts(state).map(host => ({
    key: `${origin.url} gap ${hostKey(host)}`,
    origin,
    customer: host.customer,
    customerName: state.customers.get(host.customer)?.name ?? host.customer,
    object: host.host,
    record: null,
    verdict: null,
    posture: 'unprotected',
    job: null,
    progress: NO_PROGRESS,
    leftOut: null,
    pendingTests: [],
  }));
}

/** So long after the last of them the row is shown. */
const LEFT_OUT_SHOWN: DurationMs = 7 * DAY;

/** One row for each customer of whom more objects report than are kept. */
function leftOutOf(origin: Origin, state: NocState, now: Instant): readonly BackupEntry[] {
  return [...state.customers.values()].flatMap(({id, name, leftOut}): readonly BackupEntry[] => {
    if (leftOut === undefined || now + origin.skewMs - leftOut.lastAt > LEFT_OUT_SHOWN) return [];
    return [
      {
        key: `${origin.url} left out ${id}`,
        origin,
        customer: id,
        customerName: name,
        object: '',
        record: null,
        verdict: null,
        posture: 'unprotected',
        job: null,
        progress: NO_PROGRESS,
        leftOut,
        pendingTests: [],
      },
    ];
  });
}

/** Worst object first; gaps after the objects of the same posture, for they are many and alike. */
function byNeed(a: BackupEntry, b: BackupEntry): number {
  return (
    POSTURES.indexOf(a.posture) - POSTURES.indexOf(b.posture) ||
    Number(a.record === null) - Number(b.record === null) ||
    STATUSES.indexOf(a.job?.status ?? 'unknown') - STATUSES.indexOf(b.job?.status ?? 'unknown') ||
    (a.object < b.object ? -1 : a.object > b.object ? 1 : a.key < b.key ? -1 : 1)
  );
}

function worstFirst(entries: readonly BackupEntry[]): readonly BackupEntry[] {
  const byCustomer = new Map<CustomerId, BackupEntry[]>();
  for (const entry of entries) byCustomer.set(entry.customer, [...(byCustomer.get(entry.customer) ?? []), entry]);
  const groups = [...byCustomer.values()].map(group => group.sort(byNeed));
  groups.sort((a, b) => {
    const [first, second] = [a[0], b[0]];
    if (first === undefined || second === undefined) return 0;
    const byPosture = POSTURES.indexOf(first.posture) - POSTURES.indexOf(second.posture);
    return byPosture || (first.customerName < second.customerName ? -1 : 1);
  });
  return groups.flat();
}

/**
 * Protected objects of all collectors and hosts that nothing protects, by customer, the worst customer and in it the worst object first.
 *
 * Source: BK-10.
 */
export function selectBackups(view: NocView, now: Instant): readonly BackupEntry[] {
  const entries: BackupEntry[] = [];
  for (const collector of view.collectors) {
    const {state} = collector;
    if (state === null) continue;
    const origin = originOf(collector, view.collectors.length === 1);
    for (const record of state.backups.values()) {
      if (record.plan?.isExempt === true) continue;
      entries.push(entryOf(origin, record, collector, view.commands, now));
    }
    entries.push(...gapsOf(origin, state), ...leftOutOf(origin, state, now));
  }
  return worstFirst(entries);
}

/**
 * The same, made anew only when something of it changed or a minute went by: judging hundreds of objects is too much for each key.
 *
 * @returns A selector to be kept as long as the face lives.
 */
export function createBackupSelector(): typeof selectBackups {
  let known: {readonly key: readonly unknown[]; readonly entries: readonly BackupEntry[]} | null = null;
  return (view, now) => {
    const key = [
      Math.floor(now / MINUTE),
      view.commands,
      ...view.collectors.flatMap(({url, link, state, progress}) => [
        url,
        link,
        state?.backups,
        state?.hosts,
        state?.customers,
        progress,
      ]),
    ];
    const isKnown = known?.key.length === key.length && known.key.every((part, index) => part === key[index]);
    if (known === null || !isKnown) known = {key, entries: selectBackups(view, now)};
    return known.entries;
  };
}

/** `41 von 44`: protected objects of all. Gaps count, because they are not protected. */
export function countProtected(entries: readonly BackupEntry[]): {readonly isProtected: number; readonly all: number} {
  return {isProtected: entries.filter(({posture}) => posture === 'protected').length, all: entries.length};
}
