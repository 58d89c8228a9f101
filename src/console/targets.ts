import {type Alert, alertState} from '../domain/alert.ts';
import type {CommandBody} from '../domain/command.ts';
import type {Translate} from '../runtime/i18n.ts';
import type {AlertEntry} from '../view/alert-entry.ts';
import {ownOf} from '../view/alert-rows.ts';
import {alertInList, everyAlert, rowAtCursor} from './alert-list.ts';
import type {Scene} from './scene.ts';
import type {OutgoingCommand} from './state.ts';

/** The alerts that an action is for: all marked ones, else those that the row under the cursor speaks for. */
export function targetsOf(scene: Scene): readonly AlertEntry[] {
  const {state, lists} = scene;
  if (state.marks.size > 0) {
    const marked = everyAlert(lists).filter(({key}) => state.marks.has(key));
    if (marked.length > 0) return marked;
  }
  const row = rowAtCursor(scene);
  return row === null ? [] : ownOf(row);
}

/** The alerts of those keys that are still known, as they are now. */
export function entriesOf({lists}: Scene, keys: readonly string[]): readonly AlertEntry[] {
  return keys.map(key => alertInList(lists, key)).filter(entry => entry !== null);
}

/** A body for one life of one alert, as its technician sees it now. */
export function commandFor(entry: AlertEntry, body: CommandBody): OutgoingCommand {
  return {collector: entry.origin.url, body, expectedVersion: entry.alert.version, subject: subjectOf(entry.alert)};
}

export function subjectOf({host, service}: Pick<Alert, 'host' | 'service'>): string {
  return service === '' ? host : `${host} / ${service}`;
}

/** Kinds that act on one alert. */
export type AlertVerb = 'ack' | 'unack' | 'escalate' | 'note' | 'snooze' | 'resolve' | 'pause' | 'resume' | 'priority';

/**
 * Why a verb makes no sense for an alert as we see it; null when it does. The collector decides all the same, this only spares
 * a tired technician the round trip.
 */
export function objection(entry: AlertEntry, verb: AlertVerb, t: Translate): string | null {
  const {alert, pending} = entry;
  const subject = subjectOf(alert);
  if (verb !== 'note' && alertState(alert) === 'closed') return t('console.refused.closed', {subject});
  if (verb !== 'note' && alertState(alert) === 'resolved') return t('console.refused.resolved', {subject});
  if (verb !== 'note' && pending.some(({body}) => body.kind === verb)) return t('console.refused.underWay', {subject});
  if (verb === 'ack' && alert.ack !== null) return t('console.refused.acked', {subject, by: alert.ack.by});
  if (verb === 'unack' && alert.ack === null) return t('console.refused.notAcked', {subject});
  if (verb === 'pause' || verb === 'resume' || verb === 'priority') return incidentObjection(entry, verb, t);
  return null;
}

function incidentObjection(
  {alert, sla}: AlertEntry,
  verb: 'pause' | 'resume' | 'priority',
  t: Translate,
): string | null {
  const subject = subjectOf(alert);
  if (sla === null) return t('sla.refused.noIncident', {subject});
  if (verb === 'pause' && sla.incident.pausedAt !== null) return t('sla.refused.paused', {subject});
  if (verb === 'resume' && sla.incident.pausedAt === null) return t('sla.refused.notPaused', {subject});
  return null;
}
