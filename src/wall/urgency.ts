import {type DurationMs, type Instant, MINUTE, SECOND} from '../domain/time.ts';
import {type AlertEntry, isUnhandled} from '../view/alert-entry.ts';

/** So long a new urgent alert holds the wall. */
export const INTERRUPT_MS: DurationMs = 60 * SECOND;

/** One that goes and comes back within this time (the re-open window of AL-1) does not interrupt again. */
const REMEMBERED_MS: DurationMs = 15 * MINUTE;

/** What the wall remembers so that each urgent alert interrupts once. Bounded: it forgets what is long gone. */
export interface Urgency {
  /** By matter: when it was last seen urgent, and until when it interrupts. */
  readonly known: ReadonlyMap<string, {readonly seenAt: Instant; readonly until: Instant}>;
  /** Collectors whose first picture is behind us: what they now bring is new. */
  readonly collectors: ReadonlySet<string>;
}

export const NOTHING_URGENT: Urgency = {known: new Map(), collectors: new Set()};

/**
 * Needs somebody at once and nobody has it: P1, or critical unless its incident is of low priority. Where no host's criticality
 * is configured everything critical is P2, and a wall that waited for a P1 would never speak.
 */
export function isUrgent({alert, sla}: AlertEntry): boolean {
  if (!isUnhandled(alert)) return false;
  const priority = sla?.incident.priority ?? 'P2';
  return priority === 'P1' || (priority === 'P2' && alert.severity === 'critical');
}

/** Alerts of one incident are one matter: they interrupt once. */
function matterOf({key, origin, sla}: AlertEntry): string {
  return sla === null ? key : `${origin.url} ${sla.incident.id}`;
}

/**
 * Takes note of the urgent alerts of a picture. Those of a collector's first picture only interrupt when they are younger
 * than an interruption is long: a wall that is switched on does not shout what everybody knows.
 *
 * @param loaded - Addresses of the collectors whose picture is whole.
 */
export function noticeUrgent(
  before: Urgency,
  entries: readonly AlertEntry[],
  loaded: readonly string[],
  now: Instant,
): Urgency {
  const known = new Map([...before.known].filter(([, {seenAt}]) => now - seenAt < REMEMBERED_MS));
  for (const entry of entries) {
    if (!isUrgent(entry) || entry.origin.isStale) continue;
    const matter = matterOf(entry);
    const until = before.known.get(matter)?.until ?? firstUntil(before, entry, now);
    known.set(matter, {seenAt: now, until});
  }
  return {known, collectors: new Set([...before.collectors, ...loaded])};
}

function firstUntil(before: Urgency, entry: AlertEntry, now: Instant): Instant {
  const from = before.collectors.has(entry.origin.url) ? now : Math.min(now, openedAt(entry));
  return from + INTERRUPT_MS;
}

/** The newest alert of each matter that interrupts now, the newest first. */
export function interrupting(urgency: Urgency, entries: readonly AlertEntry[], now: Instant): readonly AlertEntry[] {
  const newest = new Map<string, AlertEntry>();
  for (const entry of entries) {
    const matter = matterOf(entry);
    if (!isUrgent(entry) || entry.origin.isStale || (urgency.known.get(matter)?.until ?? 0) <= now) continue;
    const other = newest.get(matter);
    if (other === undefined || openedAt(other) < openedAt(entry)) newest.set(matter, entry);
  }
  return [...newest.values()].sort((a, b) => openedAt(b) - openedAt(a));
}

/** By our clock. */
function openedAt({alert, origin}: AlertEntry): Instant {
  return alert.openedAt - origin.skewMs;
}

/** Somebody has seen it and turned the page: nothing interrupts until the next new one. */
export function dismissed(urgency: Urgency, now: Instant): Urgency {
  return {...urgency, known: new Map([...urgency.known].map(([key, {seenAt}]) => [key, {seenAt, until: now}]))};
}
