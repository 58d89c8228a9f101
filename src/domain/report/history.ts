import {type CheckAddress, type Fingerprint, fingerprint} from '../address.ts';
import type {OccurrenceId} from '../alert.ts';
import type {Downtime} from '../downtime.ts';
import type {LogEntry} from '../event.ts';
import {foldIncident} from '../fold-incident.ts';
import type {Incident, IncidentId} from '../incident.ts';
import type {Severity} from '../severity.ts';
import type {Span} from '../sla/spans.ts';
import type {Instant} from '../time.ts';
import {type BackupHistory, openBackupHistory} from './backup-month.ts';

/** What a check was found to be from an instant on; null: it was removed. `isUnseen` is what nobody can vouch for. */
interface CheckTurn {
  readonly at: Instant;
  readonly state: Severity | null;
  readonly isHard: boolean;
  readonly isUnseen: boolean;
}

/** One check through the time of the log. */
export interface CheckHistory {
  readonly address: CheckAddress;
  readonly turns: readonly CheckTurn[];
}

/** What a report needs of one customer, from the whole log: the table forgets, the log does not. */
export interface CustomerHistory {
  readonly backups: BackupHistory;
  /** Without those that were merged into others, which leave the statistics. Source: SL-9. */
  readonly incidents: ReadonlyMap<IncidentId, Incident>;
  /** What each alert was about, for the names in a report. */
  readonly subjects: ReadonlyMap<OccurrenceId, CheckAddress>;
  readonly checks: ReadonlyMap<Fingerprint, CheckHistory>;
  readonly downtimes: ReadonlyMap<string, Downtime>;
  /** When the collector itself was not at work, oldest first: nobody saw anything then. Source: AV-1, AV-4. */
  readonly outages: readonly Span[];
  /** Since when the log tells such times; null when it does not: a release of before wrote it. */
  readonly outagesKnownFrom: Instant | null;
}

/** A history while it is being read. */
export interface HistoryReader {
  take(entry: LogEntry): void;
  /**
   * Lets go what no period that begins at `from` or later needs: incidents that began before it, the course of checks but for
   * how they stood then, what ended before. Who follows one month after the other needs no more memory than a month.
   */
  forgetBefore(from: Instant): void;
  readonly history: CustomerHistory;
}

type CheckChanged = Extract<LogEntry['event'], {readonly type: 'check.changed'}>;
type DowntimeEvent = Extract<LogEntry['event'], {readonly type: `downtime.${string}`}>;

function turnOf(event: CheckChanged, at: Instant): CheckTurn {
  const {state, stateType, stale} = event;
  return {at, state, isHard: stateType === 'hard', isUnseen: stale || state === 'unknown' || state === 'pending'};
}

function changeDowntime(downtimes: Map<string, Downtime>, event: DowntimeEvent, {at, seq}: LogEntry): void {
  if (event.type === 'downtime.scheduled') {
    downtimes.set(event.downtime.id, {...event.downtime, state: 'scheduled', version: seq});
    return;
  }
  const known = downtimes.get(event.id);
  if (known === undefined || event.type === 'downtime.forgotten' || event.type === 'downtime.ended') return;
  const isStart = event.type === 'downtime.started';
  const end = isStart ? event.end : Math.min(known.end, at);
  downtimes.set(event.id, {...known, state: isStart ? 'active' : 'cancelled', end, version: seq});
}

/** Reads the entries of one customer and those about the collector itself, oldest first, into its history. What it has been given so far can be looked at any time. */
export function openHistory(): HistoryReader {
  const incidents = new Map<IncidentId, Incident>();
  const subjects = new Map<OccurrenceId, CheckAddress>();
  const checks = new Map<Fingerprint, {readonly address: CheckAddress; readonly turns: CheckTurn[]}>();
  const downtimes = new Map<string, Downtime>();
  const outages: Span[] = [];
  const backups = openBackupHistory();
  let outagesKnownFrom: Instant | null = null;

  const takeIncident = (event: Extract<LogEntry['event'], {readonly incident: IncidentId}>, entry: LogEntry): void => {
    if (event.type === 'incident.forgotten') return;
    const next = foldIncident(incidents.get(event.incident), event, entry);
    if (next !== undefined) incidents.set(event.incident, next);
    if (event.type === 'incident.merged') incidents.delete(event.absorbed);
  };

  const forgetBefore = (from: Instant): void => {
    backups.forgetBefore(from);
    for (const [id, {openedAt}] of incidents) if (openedAt < from) incidents.delete(id);
    for (const id of subjects.keys()) if (!incidents.has(id)) subjects.delete(id);
    for (const [key, {turns}] of checks) {
      const standing = turns.findLastIndex(({at}) => at <= from);
      if (standing > 0) turns.splice(0, standing);
      if (turns.length === 1 && standing >= 0 && turns[0]?.state === null) checks.delete(key);
    }
    for (const [id, {end}] of downtimes) if (end <= from) downtimes.delete(id);
    const first = outages.findIndex(([, end]) => end > from);
    outages.splice(0, first === -1 ? outages.length : first);
  };

  return {
    forgetBefore,
    history: {
      backups: backups.history,
      incidents,
      subjects,
      checks,
      downtimes,
      outages,
      get outagesKnownFrom() {
        return outagesKnownFrom;
      },
    },
    take(entry) {
      const {event, at} = entry;
      backups.take(entry);
      if ('incident' in event) takeIncident(event, entry);
      else if (event.type === 'collector.started') {
        outagesKnownFrom ??= event.downSince ?? at;
        if (event.downSince !== null && event.downSince < at) outages.push([event.downSince, at]);
      } else if (event.type === 'alert.opened') subjects.set(event.occurrence, event.address);
      else if (event.type === 'check.changed') {
        const key = fingerprint(event.address);
        const known = checks.get(key) ?? {address: event.address, turns: []};
        known.turns.push(turnOf(event, at));
        checks.set(key, known);
      } else if (event.type === 'check.removed') {
        checks.get(event.fingerprint)?.turns.push({at, state: null, isHard: true, isUnseen: true});
      } else if (
        event.type === 'downtime.scheduled' ||
        event.type === 'downtime.started' ||
        event.type === 'downtime.ended' ||
        event.type === 'downtime.cancelled' ||
        event.type === 'downtime.forgotten'
      )
        changeDowntime(downtimes, event, entry);
    },
  };
}
