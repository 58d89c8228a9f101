import type {Incident, IncidentMoment} from './incident.ts';
import type {IncidentEvent} from './incident-event.ts';
import {type MergedIncident, mergeIncidents} from './sla/merge.ts';
import type {Span} from './sla/spans.ts';
import type {Instant} from './time.ts';

/** When an incident waited for its customer; a pause that lasts has no end. */
function pausesOf({moments}: Incident): readonly Span[] {
  const pauses: Span[] = [];
  let from: Instant | null = null;
  for (const {type, at} of moments) {
    if (type === 'paused') from ??= at;
    else if (from !== null && (type === 'resumed' || type === 'resolved')) {
      pauses.push([from, at]);
      from = null;
    }
  }
  return from === null ? pauses : [...pauses, [from, Number.POSITIVE_INFINITY]];
}

function asMerged(incident: Incident): MergedIncident {
  const responded = incident.moments.find(({type}) => type === 'responded');
  const {id, openedAt, priority} = incident;
  return {id, start: openedAt, priority, respondedAt: responded?.at ?? null, pauses: pausesOf(incident)};
}

function isKept(survivor: Incident, incident: Incident, {type}: IncidentMoment): boolean {
  if (type === 'informed') return true;
  return incident === survivor && (type === 'priority' || type === 'resolved' || type === 'reopened');
}

/**
 * Two open incidents of one customer become one: the older survives, with the higher priority, the earlier reaction, every
 * message to the customer, and only those pauses in which both paused. Source: SL-9.
 */
export function merge(
  a: Incident,
  b: Incident,
  now: Instant,
): Extract<IncidentEvent, {readonly type: 'incident.merged'}> {
  const merged = mergeIncidents(asMerged(a), asMerged(b));
  const [survivor, absorbed] = merged.survivor === a.id ? [a, b] : [b, a];
  const plain = {by: null, text: null};
  const moments = [survivor, absorbed].flatMap(incident =>
    incident.moments.filter(moment => isKept(survivor, incident, moment)),
  );
  if (merged.respondedAt !== null) moments.push({...plain, type: 'responded', at: merged.respondedAt});
  for (const [from, until] of merged.pauses) {
    moments.push({...plain, type: 'paused', at: from});
    if (Number.isFinite(until)) moments.push({...plain, type: 'resumed', at: until});
  }
  const {priority} = merged;
  if (priority !== survivor.priority)
    moments.push({...plain, type: 'priority', at: now, priority, mode: 'retroactive'});
  return {
    type: 'incident.merged',
    incident: survivor.id,
    absorbed: absorbed.id,
    priority,
    moments: moments.toSorted((x, y) => x.at - y.at),
  };
}
