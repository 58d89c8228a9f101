import {type Alert, alertState} from '../../domain/alert.ts';
import {type DurationMs, MINUTE} from '../../domain/time.ts';
import type {Translate} from '../../runtime/i18n.ts';
import {type AlertEntry, alertAge, dueAt} from '../../view/alert-entry.ts';
import {customerName} from '../../view/alert-lines.ts';
import type {AlertRow} from '../../view/alert-rows.ts';
import type {DrawContext} from '../../view/draw-context.ts';
import {ageText, spanText} from '../../view/durations.ts';
import {foldFacts} from '../../view/fold-facts.ts';
import {hostName, inWords, summaryInWords} from '../../view/own-words.ts';

/** One alert as one sentence, the most wanted first: how bad, where, what, since when, until when, and who has it. */
export function spokenAlert(entry: AlertEntry, context: DrawContext): string {
  const {alert, origin, sla} = entry;
  const {t, now} = context;
  const parts = [
    stateWord(alert, t),
    ...(sla === null ? [] : [sla.incident.priority]),
    customerName(entry, context),
    subjectWords(alert, t),
    ...(inWords(alert.service, t) === summaryInWords(alert.summary, t) ? [] : [summaryInWords(alert.summary, t)]),
    t('reader.since', {age: age(alertAge(entry, now), t)}),
    ...dueWords(entry, context),
    ...ownerWords(entry, t),
    ...(origin.isStale ? [staleWords(entry, context)] : []),
  ];
  return parts.join(', ');
}

/** A row of the folded list: of a fold first how much is in it, then the alert that needs a hand most. Source: CO-2, DP-2. */
export function spokenAlertRow(row: AlertRow, context: DrawContext): string {
  if (row.type === 'alert') return spokenAlert(row.entry, context);
  const {t} = context;
  const {own, affected, lead} = row.fold;
  const {hosts, acked, firing, owners} = foldFacts(row.fold);
  const parts = [
    t(row.isOpen ? 'reader.foldOpen' : 'reader.foldClosed'),
    t('fold.alerts', {count: own.length}),
    t('fold.hosts', {count: hosts.length}),
    ...(affected.length === 0 ? [] : [t('view.affected', {count: affected.length})]),
    ...(acked === 0 ? [] : [t('fold.acked', {acked, firing, names: owners.join(', ')})]),
  ];
  return `${parts.join(', ')}: ${spokenAlert(lead, context)}`;
}

/** `srv-db-01, disk`: what an alert is about. */
export function subjectWords({host, service}: Pick<Alert, 'host' | 'service'>, t: Translate): string {
  const name = hostName(host, t);
  return service === '' ? name : `${name}, ${inWords(service, t)}`;
}

function stateWord(alert: Alert, t: Translate): string {
  const state = alertState(alert);
  return state === 'resolved' || state === 'closed' ? t('reader.resolved') : t(`reader.severity.${alert.severity}`);
}

function age(ms: DurationMs, t: Translate): string {
  return ms < MINUTE ? t('reader.lessThanMinute') : ageText(ms, t);
}

function dueWords(entry: AlertEntry, {t, now}: DrawContext): readonly string[] {
  const due = dueAt(entry);
  if (due === null) return [];
  const leftMs = due - now;
  if (leftMs < 0) return [t('reader.overdue', {span: spanText(Math.max(MINUTE, -leftMs), t)})];
  return [t('reader.due', {span: spanText(Math.max(MINUTE, leftMs), t)})];
}

function ownerWords({alert, pending, origin}: AlertEntry, t: Translate): readonly string[] {
  const words = alert.suppressed.map(reason => t(`view.suppressed.${reason}`));
  if (alert.condition === 'firing') {
    words.push(alert.ack === null ? t('reader.nobody') : t('reader.owner', {by: alert.ack.by}));
  }
  for (const {status, body} of pending) {
    // On a link that is up, what is on our disk alone is so for a moment.
    words.push(
      t(status === 'queued' && origin.isStale ? 'reader.queued' : 'reader.underWay', {
        what: t(`view.verb.${body.kind}`),
      }),
    );
  }
  return words;
}

function staleWords({origin}: AlertEntry, {t, now}: DrawContext): string {
  if (origin.heardAt === null) return t('view.detail.neverHeard', {name: origin.name});
  return t('reader.stale', {age: age(Math.max(0, now - origin.heardAt), t)});
}
