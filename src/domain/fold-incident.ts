import {actorName} from './actor.ts';
import type {LogEntry} from './event.ts';
import type {Incident, IncidentMoment} from './incident.ts';
import type {IncidentEvent} from './incident-event.ts';
import type {SafeText} from './text.ts';

/** Moments kept with an incident; a year of hourly updates to a customer fits. */
const MOMENTS_LIMIT = 10_000;

type Opened = Extract<IncidentEvent, {readonly type: 'incident.opened'}>;

function opened(event: Opened, {at, seq, customer}: LogEntry): Incident {
  return {
    id: event.incident,
    customer: customer ?? '',
    site: event.site,
    cause: event.cause,
    openedAt: at,
    firstPriority: event.priority,
    priority: event.priority,
    isPrioritised: false,
    moments: [],
    marks: [],
    resolvedAt: null,
    pausedAt: null,
    version: seq,
  };
}

function withMoment(incident: Incident, moment: IncidentMoment): Incident {
  return {...incident, moments: [...incident.moments, moment].slice(-MOMENTS_LIMIT)};
}

/** What an incident is while `moments` are all that happened to it. */
function stateAfter(moments: readonly IncidentMoment[]): Pick<Incident, 'resolvedAt' | 'pausedAt'> {
  let resolvedAt: number | null = null;
  let pausedAt: number | null = null;
  for (const {type, at} of moments) {
    if (type === 'paused') pausedAt = at;
    else if (type === 'resumed') pausedAt = null;
    else if (type === 'resolved') [resolvedAt, pausedAt] = [at, null];
    else if (type === 'reopened') resolvedAt = null;
  }
  return {resolvedAt, pausedAt};
}

function changed(incident: Incident, event: Exclude<IncidentEvent, Opened>, entry: LogEntry): Incident | undefined {
  const {at, actor} = entry;
  const by = actor === null ? null : actorName(actor);
  const moment = (type: Exclude<IncidentMoment['type'], 'priority'>, text: SafeText | null = null) => {
    const next = withMoment(incident, {type, at, by, text});
    return {...next, ...stateAfter(next.moments)};
  };
  switch (event.type) {
    case 'incident.joined':
      return incident;
    case 'incident.prioritised': {
      const {priority, mode, reason} = event;
      const next = withMoment(incident, {type: 'priority', at, by, text: reason, priority, mode});
      return {...next, priority, isPrioritised: incident.isPrioritised || reason !== null};
    }
    case 'incident.responded':
      return moment('responded');
    case 'incident.informed':
      return moment('informed');
    case 'incident.paused':
      return moment('paused', event.reason);
    case 'incident.resumed':
      return moment('resumed');
    case 'incident.resolved':
      return moment('resolved');
    case 'incident.reopened':
      return moment('reopened');
    case 'incident.merged':
      return {...incident, priority: event.priority, moments: event.moments, ...stateAfter(event.moments)};
    case 'incident.marked': {
      const {clock, level, reachedAt, late} = event;
      return {...incident, marks: [...incident.marks, {clock, level, at: reachedAt, late}]};
    }
    case 'incident.forgotten':
      return undefined;
    default:
      return event satisfies never;
  }
}

/** The incident after one entry about it; `undefined` when it is, or was already, not in the table. */
export function foldIncident(
  incident: Incident | undefined,
  event: IncidentEvent,
  entry: LogEntry,
): Incident | undefined {
  if (event.type === 'incident.opened') return opened(event, entry);
  const next = incident && changed(incident, event, entry);
  return next && {...next, version: entry.seq};
}
