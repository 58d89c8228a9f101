import type {NocView, PendingCommand} from '../client/noc.ts';
import type {Alert, OccurrenceId} from '../domain/alert.ts';
import {badnessRank} from '../domain/badness.ts';
import {type DurationMs, type Instant, MINUTE} from '../domain/time.ts';
import {type AlertEntry, dueAt, entryKey} from './alert-entry.ts';
import {alertSla} from './alert-sla.ts';
import type {Filter} from './filter.ts';
import {originOf} from './origin.ts';
import {isOnItsWay} from './pending.ts';

/** What a list of alerts holds beside the firing ones. */
export interface AlertScope {
  /** Resolved ones stay in sight this long, so that nothing vanishes under tired eyes; 0 leaves them out. */
  readonly resolvedForMs: DurationMs;
  /** Closed ones too, as long as the collector keeps them. */
  readonly withClosed: boolean;
}

/** How the console lists. */
export const CONSOLE_SCOPE: AlertScope = {resolvedForMs: 5 * MINUTE, withClosed: false};

/** `nocturne alerts`: what is open, one a line. */
export const OPEN_SCOPE: AlertScope = {resolvedForMs: 0, withClosed: false};

/** `nocturne alerts --all`. */
export const ALL_SCOPE: AlertScope = {resolvedForMs: Number.POSITIVE_INFINITY, withClosed: true};

/**
 * The alerts of all collectors that fit, in the default order: the soonest deadline first, then the worst that nobody handles (ST-1).
 *
 * @param now - Our clock; each collector's skew is added where its instants are compared.
 */
export function selectAlerts(
  view: NocView,
  filter: Filter<AlertEntry> | null,
  scope: AlertScope,
  now: Instant,
): readonly AlertEntry[] {
  return narrowAlerts(listAlerts(view, scope, now), filter, now);
}

/** The part of a list that fits a filter, in the same order. */
export function narrowAlerts(
  list: readonly AlertEntry[],
  filter: Filter<AlertEntry> | null,
  now: Instant,
): readonly AlertEntry[] {
  return filter === null || filter.isEmpty ? list : list.filter(entry => filter.matches(entry, now));
}

/** Every alert in scope, in the default order. */
export function listAlerts(view: NocView, scope: AlertScope, now: Instant): readonly AlertEntry[] {
  const listed: Ranked[] = [];
  for (const collector of view.collectors) {
    if (collector.state === null) continue;
    const {state} = collector;
    const origin = originOf(collector, view.collectors.length === 1);
    const pending = pendingByOccurrence(view.commands, origin.url, state.seq);
    for (const alert of scope.withClosed ? state.alerts.values() : notClosed(state)) {
      if (!isInScope(alert, scope, now + origin.skewMs)) continue;
      const entry: AlertEntry = {
        key: entryKey(origin, alert),
        origin,
        alert,
        customer: state.customers.get(alert.customer) ?? null,
        sla: alertSla(state, alert),
        pending: pending.get(alert.occurrence) ?? NONE,
      };
      listed.push({entry, due: dueAt(entry) ?? Number.POSITIVE_INFINITY, rank: badnessRank(alert)});
    }
  }
  // Who breaches first; what has no deadline after that, the worst that nobody handles first.
  listed.sort(bySoonest);
  return listed.map(({entry}) => entry);
}

const NONE: readonly never[] = [];

function* notClosed(state: NonNullable<NocView['collectors'][number]['state']>): Generator<Alert> {
  for (const occurrence of state.live.values()) {
    const alert = state.alerts.get(occurrence);
    if (alert !== undefined) yield alert;
  }
}

function isInScope(alert: Alert, scope: AlertScope, now: Instant): boolean {
  switch (alert.condition) {
    case 'firing':
      return true;
    case 'resolved':
      return alert.resolvedAt === null || now - alert.resolvedAt < scope.resolvedForMs;
    case 'closed':
      return scope.withClosed;
    default:
      return alert.condition satisfies never;
  }
}

function pendingByOccurrence(
  commands: readonly PendingCommand[],
  url: string,
  seq: number,
): ReadonlyMap<OccurrenceId, readonly PendingCommand[]> {
  const byOccurrence = new Map<OccurrenceId, PendingCommand[]>();
  for (const command of commands) {
    if (command.collector !== url || !('occurrence' in command.body) || !isOnItsWay(command, seq)) continue;
    const others = byOccurrence.get(command.body.occurrence);
    if (others === undefined) byOccurrence.set(command.body.occurrence, [command]);
    else others.push(command);
  }
  return byOccurrence;
}

/** An alert with what it is sorted by, looked up once. */
interface Ranked {
  readonly entry: AlertEntry;
  readonly due: Instant;
  readonly rank: number;
}

function bySoonest(a: Ranked, b: Ranked): number {
  if (a.due !== b.due) return a.due - b.due;
  if (a.rank !== b.rank) return a.rank - b.rank;
  const byAge = b.entry.alert.openedAt - a.entry.alert.openedAt;
  return byAge !== 0 ? byAge : a.entry.key < b.entry.key ? -1 : 1;
}
