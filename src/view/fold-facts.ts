import type {PendingCommand} from '../client/noc.ts';
import {alertState, type Suppression} from '../domain/alert.ts';
import type {DurationMs, Instant} from '../domain/time.ts';
import {type AlertEntry, dueAt, isUnhandled} from './alert-entry.ts';
import type {AlertFold} from './alert-rows.ts';

/** What the alerts that a fold speaks for come to together. */
export interface FoldFacts {
  /** Those that hang on it and are out of sight are not among them. */
  readonly hosts: readonly string[];
  /** How many still fire, and how many of those somebody has. */
  readonly firing: number;
  readonly acked: number;
  /** Who has them, each once. */
  readonly owners: readonly string[];
  /** Is any of them waiting for somebody? */
  readonly isUnhandled: boolean;
  /** The last command that is on its way for any of them. */
  readonly pending: PendingCommand | null;
  /** What holds all of them back that nobody has; null when it is not one and the same. */
  readonly suppression: Suppression | null;
  /** One whose incident's clock runs; else the lead. */
  readonly clocked: AlertEntry;
  /** Start of the oldest that fires, or when the last of them was over; the collector's clock. */
  readonly since: Instant;
}

/** A fold does not change, so it is summed up once, however often it is drawn. */
const known = new WeakMap<AlertFold, FoldFacts>();

export function foldFacts(fold: AlertFold): FoldFacts {
  const before = known.get(fold);
  if (before !== undefined) return before;
  const facts = sumUp(fold);
  known.set(fold, facts);
  return facts;
}

function sumUp({own, lead}: AlertFold): FoldFacts {
  const firing = own.filter(({alert}) => alert.condition === 'firing');
  const acked = firing.filter(({alert}) => alertState(alert) === 'acked');
  const free = firing.filter(({alert}) => alert.ack === null);
  const [reason = null] = lead.alert.suppressed;
  const isSame = reason !== null && free.length > 0 && free.every(({alert}) => alert.suppressed.includes(reason));
  return {
    hosts: [...new Set(own.map(({alert}) => alert.host))],
    firing: firing.length,
    acked: acked.length,
    owners: [...new Set(acked.flatMap(({alert}) => (alert.ack === null ? [] : [alert.ack.by])))],
    isUnhandled: firing.some(({alert}) => isUnhandled(alert)),
    pending: own.flatMap(({pending}) => pending).at(-1) ?? null,
    suppression: isSame ? reason : null,
    clocked: own.find(entry => dueAt(entry) !== null) ?? lead,
    since: sinceOf(own, firing),
  };
}

function sinceOf(own: readonly AlertEntry[], firing: readonly AlertEntry[]): Instant {
  if (firing.length === 0) return latest(own.map(({alert}) => alert.resolvedAt ?? alert.updatedAt));
  return firing.reduce((oldest, {alert}) => Math.min(oldest, alert.openedAt), Number.POSITIVE_INFINITY);
}

function latest(instants: readonly Instant[]): Instant {
  return instants.reduce((last, at) => Math.max(last, at), Number.NEGATIVE_INFINITY);
}

/** How old the matter is; of one that is over, since then. */
export function foldAge(fold: AlertFold, now: Instant): DurationMs {
  return Math.max(0, now + fold.lead.origin.skewMs - foldFacts(fold).since);
}
