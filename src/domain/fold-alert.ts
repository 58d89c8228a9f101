import {actorName} from './actor.ts';
import {fingerprint} from './address.ts';
import type {Alert, Moment, OccurrenceId, Suppression} from './alert.ts';
import type {AlertContent, DomainEvent, LogEntry} from './event.ts';
import {worstSeverity} from './severity.ts';
import {ownText, type SafeText} from './text.ts';
import type {Instant} from './time.ts';

/** An event about one life of an alert. */
export type AlertEvent = Extract<DomainEvent, {readonly occurrence: OccurrenceId}>;

/** The newest moments kept with an alert. The log holds all of them. */
const TIMELINE_LIMIT = 50;

/** The newest notes kept with an alert. */
const NOTES_LIMIT = 200;

/** Suppressions in the order in which an alert lists them, so that the same flags always make the same record. */
const SUPPRESSIONS: readonly Suppression[] = ['downtime', 'unreachable', 'flapping', 'silenced'];

type OpenedEvent = Extract<AlertEvent, {readonly type: 'alert.opened'}>;

function opened(event: OpenedEvent, at: Instant, seq: number): Alert {
  const {address, content} = event;
  return {
    ...content,
    customer: address.customer,
    site: address.site,
    host: address.host,
    service: address.service,
    occurrence: event.occurrence,
    fingerprint: fingerprint(address),
    incident: null,
    source: event.source,
    condition: 'firing',
    maxSeverity: content.severity,
    ack: null,
    suppressed: SUPPRESSIONS.filter(reason => event.suppressed.includes(reason)),
    silencedUntil: null,
    escalation: null,
    openedAt: at,
    updatedAt: at,
    resolvedAt: null,
    closedAt: null,
    resolvedManually: false,
    firstAckAt: null,
    count: 1,
    reopenCount: 0,
    notes: [],
    timeline: [],
    rootCause: event.rootCause,
    version: seq,
  };
}

function withContent(alert: Alert, content: AlertContent): Alert {
  return {...alert, ...content, maxSeverity: worstSeverity(alert.maxSeverity, content.severity)};
}

function reopened(alert: Alert, event: Extract<AlertEvent, {readonly type: 'alert.reopened'}>): Alert {
  const back: Alert = {...alert, condition: 'firing', resolvedAt: null, resolvedManually: false, count: event.count};
  if (event.content === null) return back;
  return withContent({...back, reopenCount: alert.reopenCount + 1}, event.content);
}

function suppressed(alert: Alert, event: Extract<AlertEvent, {readonly type: 'alert.suppressed'}>): Alert {
  return {
    ...alert,
    suppressed: SUPPRESSIONS.filter(reason => reason === event.reason || alert.suppressed.includes(reason)),
    silencedUntil: event.reason === 'silenced' ? event.until : alert.silencedUntil,
    rootCause: event.reason === 'unreachable' ? event.rootCause : alert.rootCause,
  };
}

function unsuppressed(alert: Alert, reason: Suppression): Alert {
  return {
    ...alert,
    suppressed: alert.suppressed.filter(other => other !== reason),
    silencedUntil: reason === 'silenced' ? null : alert.silencedUntil,
    rootCause: reason === 'unreachable' ? null : alert.rootCause,
  };
}

/** The alert after `event`, without version and timeline. */
function changed(alert: Alert, event: Exclude<AlertEvent, OpenedEvent>, at: Instant): Alert | undefined {
  switch (event.type) {
    case 'alert.updated':
      return withContent({...alert, count: event.count}, event.content);
    case 'alert.reopened':
      return reopened(alert, event);
    case 'alert.resolved':
      return {
        ...alert,
        condition: 'resolved',
        resolvedAt: at,
        resolvedManually: event.manually,
        claims: event.claims,
        ack: null,
        escalation: null,
      };
    case 'alert.closed':
      return {
        ...alert,
        condition: 'closed',
        closedAt: at,
        resolvedAt: alert.resolvedAt ?? at,
        ack: null,
        escalation: null,
      };
    case 'alert.forgotten':
      return undefined;
    case 'alert.acknowledged':
      return {...alert, ack: event.ack, firstAckAt: alert.firstAckAt ?? at};
    case 'alert.unacknowledged':
      return {...alert, ack: null};
    case 'alert.escalated':
      return alert;
    case 'alert.noted':
      return {...alert, notes: [...alert.notes, event.note].slice(-NOTES_LIMIT)};
    case 'alert.suppressed':
      return suppressed(alert, event);
    case 'alert.unsuppressed':
      return unsuppressed(alert, event.reason);
    default:
      return event satisfies never;
  }
}

/** The words that belong to a moment of the timeline. */
function momentText(event: AlertEvent): SafeText | null {
  switch (event.type) {
    case 'alert.opened':
    case 'alert.updated':
      return event.content.summary;
    case 'alert.reopened':
      return event.content?.summary ?? null;
    case 'alert.acknowledged':
      return event.ack.note;
    case 'alert.noted':
      return event.note.text;
    case 'alert.escalated':
      return ownText(event.level);
    case 'alert.unacknowledged':
    case 'alert.closed':
    case 'alert.suppressed':
    case 'alert.unsuppressed':
      return ownText(event.reason);
    case 'alert.resolved':
    case 'alert.forgotten':
      return null;
    default:
      return event satisfies never;
  }
}

/** What time or the check brought about, even when it was written while a command was decided. */
function isByItself(event: AlertEvent): boolean {
  return (event.type === 'alert.unacknowledged' && event.reason !== 'command') || event.type === 'alert.closed';
}

/** A repeat that only counts is no moment: the timeline is for what a technician has to have seen. */
function isMoment(before: Alert | undefined, event: AlertEvent): boolean {
  return event.type !== 'alert.updated' || before?.severity !== event.content.severity;
}

/**
 * The alert after one entry about it; `undefined` when it is, or was already, not in the table.
 *
 * An event about an alert that is not known changes nothing: a scoped face need not know every alert.
 */
export function foldAlert(
  alert: Alert | undefined,
  event: AlertEvent,
  entry: Omit<LogEntry, 'event'>,
): Alert | undefined {
  const {at, seq, actor} = entry;
  if (alert === undefined && event.type !== 'alert.opened') return undefined;
  const by = actor === null || isByItself(event) ? null : actorName(actor);
  let next = event.type === 'alert.opened' ? opened(event, at, seq) : alert && changed(alert, event, at);
  if (next === undefined) return undefined;
  if (event.type === 'alert.escalated') next = {...next, escalation: {level: event.level, at, by}};
  if (!isMoment(alert, event)) return {...next, updatedAt: at, version: seq};
  const moment: Moment = {at, seq, what: event.type, by, text: momentText(event), severity: next.severity};
  return {...next, updatedAt: at, version: seq, timeline: [...next.timeline, moment].slice(-TIMELINE_LIMIT)};
}
