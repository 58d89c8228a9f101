import type {NocView, PendingCommand} from '../client/noc.ts';
import type {Alert, OccurrenceId} from '../domain/alert.ts';
import {compareBadness} from '../domain/badness.ts';
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
  /** Unreachable alerts stand under the alert of the parent that is down, instead of on their own. */
  readonly isFolded: boolean;
}

/** How the console lists. */
export const CONSOLE_SCOPE: AlertScope = {resolvedForMs: 5 * MINUTE, withClosed: false, isFolded: true};

/** `nocturne alerts`: what is open, one a line. */
export const OPEN_SCOPE: AlertScope = {resolvedForMs: 0, withClosed: false, isFolded: false};

/** `nocturne alerts --all`. */
export const ALL_SCOPE: AlertScope = {resolvedForMs: Number.POSITIVE_INFINITY, withClosed: true, isFolded: false};

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
  return narrowAlerts(listAlerts(view, scope, now), filter, scope.isFolded, now);
}

/** The part of a list that fits a filter, in the same order; with `isFolded`, unreachable alerts hang under their root cause. */
export function narrowAlerts(
  list: readonly AlertEntry[],
  filter: Filter<AlertEntry> | null,
  isFolded: boolean,
  now: Instant,
): readonly AlertEntry[] {
  const fitting = filter === null || filter.isEmpty ? list : list.filter(entry => filter.matches(entry, now));
  return isFolded ? foldUnderRoot(fitting) : fitting;
}

/** Every alert in scope, unfolded, in the default order. */
export function listAlerts(view: NocView, scope: Omit<AlertScope, 'isFolded'>, now: Instant): readonly AlertEntry[] {
  const listed: {readonly entry: AlertEntry; readonly due: Instant}[] = [];
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
        affected: NONE,
      };
      listed.push({entry, due: dueAt(entry) ?? Number.POSITIVE_INFINITY});
    }
  }
  // Who breaches first; what has no deadline after that, the worst that nobody handles first.
  listed.sort((a, b) => (a.due === b.due ? byUrgency(a.entry, b.entry) : a.due - b.due));
  return listed.map(({entry}) => entry);
}

const NONE: readonly never[] = [];

function* notClosed(state: NonNullable<NocView['collectors'][number]['state']>): Generator<Alert> {
  for (const occurrence of state.live.values()) {
    const alert = state.alerts.get(occurrence);
    if (alert !== undefined) yield alert;
  }
}

function isInScope(alert: Alert, scope: Omit<AlertScope, 'isFolded'>, now: Instant): boolean {
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

/** Takes unreachable alerts out and hangs them under their root cause, where that is in the list itself. Source: DP-2. */
function foldUnderRoot(entries: readonly AlertEntry[]): readonly AlertEntry[] {
  const rootOf = ({origin, alert}: AlertEntry): string | null =>
    alert.rootCause === null || !alert.suppressed.includes('unreachable')
      ? null
      : entryKey(origin, {occurrence: alert.rootCause});
  if (entries.every(entry => rootOf(entry) === null)) return entries;
  const listed = new Set(entries.map(({key}) => key));
  const affected = new Map<string, Alert[]>();
  const standing = entries.filter(entry => {
    const root = rootOf(entry);
    if (root === null || !listed.has(root)) return true;
    const others = affected.get(root);
    if (others === undefined) affected.set(root, [entry.alert]);
    else others.push(entry.alert);
    return false;
  });
  return standing.map(entry => {
    const under = affected.get(entry.key);
    return under === undefined ? entry : {...entry, affected: under};
  });
}

function byUrgency(a: AlertEntry, b: AlertEntry): number {
  return compareBadness(a.alert, b.alert) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}
