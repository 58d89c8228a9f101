import type {Alert, Moment} from './alert.ts';
import type {DomainEvent} from './event.ts';
import {compareSeverity} from './severity.ts';
import {ownText, type SafeText} from './text.ts';

/**
 * Moments after which a technician who has not seen them may mean something else: somebody else took or gave back the alert,
 * sent it on or muted it, or it was over and came back. Notes, flags that the collector sets, a milder severity and repeats
 * that only count do not make what he wants wrong; a technician's own earlier steps do not either.
 */
const SURPRISING: ReadonlySet<string> = new Set<DomainEvent['type']>([
  'alert.reopened',
  'alert.resolved',
  'alert.closed',
  'alert.acknowledged',
  'alert.unacknowledged',
  'alert.escalated',
]);

function isSnooze({what, by, text}: Moment): boolean {
  const isFlag = what === 'alert.suppressed' || what === 'alert.unsuppressed';
  return isFlag && by !== null && text === ownText('silenced');
}

/**
 * The newest moment that somebody who saw `expectedVersion` of an alert has to be told of before he changes it; null when none.
 *
 * @param expectedVersion - null: do not compare.
 * @param by - Who wants to change it. Source: AL-4.
 */
export function conflictOf(alert: Alert, expectedVersion: number | null, by: SafeText): Moment | null {
  if (expectedVersion === null || expectedVersion >= alert.version) return null;
  const unseen = alert.timeline.filter(({seq}) => seq > expectedVersion);
  const seen = alert.timeline.findLast(({seq}) => seq <= expectedVersion);
  const surprise = unseen.findLast(moment => moment.by !== by && (SURPRISING.has(moment.what) || isSnooze(moment)));
  if (surprise !== undefined) return surprise;
  const hasWorsened = seen === undefined || compareSeverity(alert.severity, seen.severity) > 0;
  return hasWorsened ? (unseen.findLast(({what}) => what === 'alert.updated') ?? unseen.at(-1) ?? null) : null;
}
