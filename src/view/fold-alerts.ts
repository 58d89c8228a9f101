import type {Alert, OccurrenceId} from '../domain/alert.ts';
import {compareBadness} from '../domain/badness.ts';
import type {Incident} from '../domain/incident.ts';
import {type AlertEntry, entryKey} from './alert-entry.ts';
import type {AlertRow} from './alert-rows.ts';
import {type AlertGroup, groupKey} from './arrange-alerts.ts';

/** What makes alerts one matter: their incident, or without one the alert itself. */
type Matter = Incident | Alert;

/** The part of a matter that stands in one group of the list. */
interface Bucket {
  readonly matter: Matter;
  /** What is the same for the group; empty where all of a matter stands together. */
  readonly part: string;
  readonly own: AlertEntry[];
  readonly affected: AlertEntry[];
}

/** By group of the list, then by matter. */
type Buckets = Map<string, Map<Matter, Bucket>>;

/** Longest chain of parents. Source: DP-1. */
const MOST_PARENTS = 256;

function rootKey({origin, alert}: AlertEntry): string | null {
  if (alert.rootCause === null || !alert.suppressed.includes('unreachable')) return null;
  return entryKey(origin, {occurrence: alert.rootCause});
}

/** The listed alerts that others are unreachable because of, by their keys. */
function rootsIn(entries: readonly AlertEntry[]): ReadonlyMap<string, AlertEntry> {
  const wanted = new Set<string>();
  for (const entry of entries) {
    const key = rootKey(entry);
    if (key !== null) wanted.add(key);
  }
  if (wanted.size === 0) return new Map();
  return new Map(entries.filter(({key}) => wanted.has(key)).map(entry => [entry.key, entry]));
}

/** A clock of its own that runs keeps an alert from hiding under another's. */
function hangsUnder({sla}: AlertEntry, root: AlertEntry): boolean {
  return sla === null || sla.incident.resolvedAt !== null || sla.incident === root.sla?.incident;
}

/** The alert that another is listed under, however many parents lie between; null for one that stands for itself. */
function rootOf(entry: AlertEntry, roots: ReadonlyMap<string, AlertEntry>): AlertEntry | null {
  let found: AlertEntry | null = null;
  for (let steps = 0, at = entry; steps < MOST_PARENTS; steps++) {
    const key = rootKey(at);
    const root = key === null ? undefined : roots.get(key);
    if (root === undefined || root === entry || !hangsUnder(at, root)) break;
    found = root;
    at = root;
  }
  return found;
}

function matterOf({alert, sla}: AlertEntry): Matter {
  return sla?.incident ?? alert;
}

/**
 * An incident is one customer's, but spans hosts and may span sites: in groups by those its alerts stand where they belong, and
 * what is of one incident and of one host is still one row.
 */
function partOf(entry: AlertEntry, group: AlertGroup): string {
  return group === 'host' || group === 'site' ? groupKey(entry, group) : '';
}

function bucketAt(buckets: Buckets, part: string, matter: Matter): Bucket {
  let ofPart = buckets.get(part);
  if (ofPart === undefined) {
    ofPart = new Map();
    buckets.set(part, ofPart);
  }
  let bucket = ofPart.get(matter);
  if (bucket === undefined) {
    bucket = {matter, part, own: [], affected: []};
    ofPart.set(matter, bucket);
  }
  return bucket;
}

/**
 * Puts alerts into the buckets of their matters, in the order of the list. What is unreachable stands with its root, in whatever
 * group that is; where the filter took the root away, it stands where it belongs itself.
 */
function sortOut(entries: readonly AlertEntry[], roots: ReadonlyMap<string, AlertEntry>, group: AlertGroup): Buckets {
  const buckets: Buckets = new Map();
  const hanging: {readonly entry: AlertEntry; readonly root: AlertEntry}[] = [];
  for (const entry of entries) {
    const root = roots.size === 0 ? null : rootOf(entry, roots);
    if (root === null) bucketAt(buckets, partOf(entry, group), matterOf(entry)).own.push(entry);
    else hanging.push({entry, root});
  }
  for (const {entry, root} of hanging) {
    const matter = matterOf(root);
    const beside = buckets.get(partOf(root, group))?.get(matter);
    const isThere = beside !== undefined && beside.own.length > 0;
    (isThere ? beside : bucketAt(buckets, partOf(entry, group), matter)).affected.push(entry);
  }
  return buckets;
}

/** The key of the row of a matter. An incident is named by the alert that opened it, whose own key is another. */
function foldKey(origin: Pick<AlertEntry['origin'], 'url'>, id: OccurrenceId, part = ''): string {
  return `${origin.url} #${id}${part === '' ? '' : ` ${part}`}`;
}

function rowOf({own, affected, matter, part}: Bucket, total: number): AlertRow {
  // Without its root in the list, what is unreachable speaks for itself.
  const speaking = own.length > 0 ? own : affected;
  const lead = speaking.reduce((worst, entry) => (compareBadness(entry.alert, worst.alert) < 0 ? entry : worst));
  if (total < 2) return {type: 'alert', key: lead.key, entry: lead, place: null};
  const key = foldKey(lead.origin, 'occurrence' in matter ? matter.occurrence : matter.id, part);
  const fold = {key, own: speaking, affected: own.length > 0 ? affected : [], lead, total};
  return {type: 'fold', key, fold, isOpen: false};
}

function sizeOf({own, affected}: Bucket): number {
  return own.length + affected.length;
}

/**
 * One row for each matter: alerts of one incident together, and under them what cannot be reached because of one of them. A
 * matter of one alert is that alert's row. Each stands where the first of its own alerts stands in the list. Source: CO-2, DP-2.
 *
 * @param entries - In the order of the list, its groups together; what the filter left.
 * @param every - What there is before the filter, in any order: what is one matter does not change with what is looked for.
 */
export function foldAlerts(
  entries: readonly AlertEntry[],
  every: readonly AlertEntry[],
  group: AlertGroup,
): readonly AlertRow[] {
  const roots = rootsIn(every);
  const buckets = sortOut(entries, roots, group);
  const whole = entries.length === every.length ? buckets : sortOut(every, roots, group);
  const firsts = new Map<AlertEntry, Bucket>();
  for (const ofPart of buckets.values()) {
    for (const bucket of ofPart.values()) {
      const first = bucket.own[0] ?? bucket.affected[0];
      if (first !== undefined) firsts.set(first, bucket);
    }
  }
  const rows: AlertRow[] = [];
  for (const entry of entries) {
    const bucket = firsts.get(entry);
    if (bucket === undefined) continue;
    const all = whole.get(bucket.part)?.get(bucket.matter);
    rows.push(rowOf(bucket, Math.max(sizeOf(bucket), all === undefined ? 0 : sizeOf(all))));
  }
  return rows;
}
