import {type DurationMs, type Instant, MINUTE, SECOND} from '../domain/time.ts';
import {type AlertEntry, isUnhandled} from '../view/alert-entry.ts';

/** So long a new urgent alert holds the wall. */
export const INTERRUPT_MS: DurationMs = 60 * SECOND;

/** One that goes and comes back within this time (the re-open window of AL-1) does not interrupt again. */
const REMEMBERED_MS: DurationMs = 15 * MINUTE;

/** What the wall remembers so that each urgent alert interrupts once. Bounded: it forgets what is long gone. */
export interface Urgency {
  /** By entry key: when it was last seen urgent, and until when it interrupts. */
  readonly known: ReadonlyMap<string, {readonly seenAt: Instant; readonly until: Instant}>;
  /** Collectors whose first picture is behind us: what they now bring is new. */
  readonly collectors: ReadonlySet<string>;
}

export const NOTHING_URGENT: Urgency = {known: new Map(), collectors: new Set()};

/** Needs somebody at once: critical, and nobody has it. */
export function isUrgent(entry: AlertEntry): boolean {
  return entry.alert.severity === 'critical' && isUnhandled(entry.alert);
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
    const until = before.known.get(entry.key)?.until ?? firstUntil(before, entry, now);
    known.set(entry.key, {seenAt: now, until});
  }
  return {known, collectors: new Set([...before.collectors, ...loaded])};
}

function firstUntil(before: Urgency, {origin, alert}: AlertEntry, now: Instant): Instant {
  const from = before.collectors.has(origin.url) ? now : Math.min(now, alert.openedAt - origin.skewMs);
  return from + INTERRUPT_MS;
}

/** The alerts that interrupt now, the newest first. */
export function interrupting(urgency: Urgency, entries: readonly AlertEntry[], now: Instant): readonly AlertEntry[] {
  return entries
    .filter(entry => isUrgent(entry) && !entry.origin.isStale && (urgency.known.get(entry.key)?.until ?? 0) > now)
    .sort((a, b) => b.alert.openedAt - b.origin.skewMs - (a.alert.openedAt - a.origin.skewMs));
}

/** Somebody has seen it and turned the page: nothing interrupts until the next new one. */
export function dismissed(urgency: Urgency, now: Instant): Urgency {
  return {...urgency, known: new Map([...urgency.known].map(([key, {seenAt}]) => [key, {seenAt, until: now}]))};
}
