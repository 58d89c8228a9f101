import type {NocView} from '../../client/noc.ts';
import type {Alert, OccurrenceId} from '../../domain/alert.ts';
import {deliverAt} from '../../domain/on-call/quiet-hours.ts';
import {type AlertSeverity, compareSeverity} from '../../domain/severity.ts';
import {defaultPriority, type Priority} from '../../domain/sla/priority.ts';
import type {NocState} from '../../domain/state.ts';
import type {Instant} from '../../domain/time.ts';
import {type AlertEntry, entryKey, isUnhandled} from '../../view/alert-entry.ts';
import {alertSla} from '../../view/alert-sla.ts';
import {originOf} from '../../view/origin.ts';
import type {TellingRules, Way} from './telling-rules.ts';

/** Why an alert is told: it is new, it got worse, or it needs a hand again. */
export type Reason = 'new' | 'worse' | 'again';

/** One alert to tell of now. */
export interface Telling {
  readonly entry: AlertEntry;
  readonly reason: Reason;
  readonly ways: readonly Way[];
}

/** What was told of one alert, or shown without telling. */
interface Told {
  readonly severity: AlertSeverity;
  readonly reopenCount: number;
  /** It needed a hand when it was last looked at. */
  readonly isCalling: boolean;
}

/** What is known of one collector. */
interface Known {
  readonly state: NocState;
  readonly told: ReadonlyMap<OccurrenceId, Told>;
}

/** What somebody was told already; goes in and comes out, and is never changed. */
export interface TellingMemory {
  readonly collectors: ReadonlyMap<string, Known>;
  /** Held back by quiet hours: told at that instant if it still needs a hand. By the alert's key. */
  readonly held: ReadonlyMap<
    string,
    {readonly url: string; readonly occurrence: OccurrenceId; readonly at: Instant; readonly reason: Reason}
  >;
}

/** Nobody was told anything, and nothing was seen. */
export const NOTHING_TOLD: TellingMemory = {collectors: new Map(), held: new Map()};

export interface TellingDecision {
  readonly memory: TellingMemory;
  readonly tellings: readonly Telling[];
}

function reasonOf(alert: Alert, told: Told | undefined): Reason | null {
  if (!isUnhandled(alert)) return null;
  if (told === undefined) return 'new';
  if (compareSeverity(alert.severity, told.severity) > 0) return 'worse';
  if (alert.reopenCount > told.reopenCount) return 'again';
  // Given back by its end or by a worsening; what a human gives back, a human knows.
  return !told.isCalling && alert.timeline.at(-1)?.by == null ? 'again' : null;
}

function toldOf(alert: Alert, told: Told | undefined): Told {
  const isCalling = isUnhandled(alert);
  const isKnownWorse = told !== undefined && !isCalling && compareSeverity(told.severity, alert.severity) > 0;
  return {
    severity: isKnownWorse ? told.severity : alert.severity,
    reopenCount: isCalling || told === undefined ? alert.reopenCount : told.reopenCount,
    isCalling,
  };
}

/**
 * What to tell, now that the picture is this one. The first picture of a collector is only remembered: it shows what was there
 * before; so is the first of another history. Held back alerts are told when their quiet hours are over.
 *
 * Nothing is told twice: what was told is in the memory until it got worse, came back, or was given back by itself.
 */
export function decideTellings(
  memory: TellingMemory,
  view: NocView,
  rules: TellingRules,
  now: Instant,
): TellingDecision {
  const collectors = new Map(memory.collectors);
  const held = new Map(memory.held);
  const tellings: Telling[] = [];
  for (const collector of view.collectors) {
    const {url, state} = collector;
    const before = memory.collectors.get(url);
    if (state === null || before?.state === state) continue;
    const isSameHistory = before !== undefined && state.seq >= before.state.seq;
    const told = new Map(isSameHistory ? before.told : []);
    const news = isSameHistory ? state.alerts.changesSince(before.state.alerts) : state.alerts.entries();
    const origin = originOf(collector, view.collectors.length === 1);
    for (const [occurrence, alert] of news) {
      if (alert === undefined) {
        told.delete(occurrence);
        continue;
      }
      const reason = isSameHistory ? reasonOf(alert, told.get(occurrence)) : null;
      if (reason !== null || told.has(occurrence) || isUnhandled(alert) || !isSameHistory) {
        told.set(occurrence, toldOf(alert, told.get(occurrence)));
      }
      const key = entryKey(origin, alert);
      if (!isUnhandled(alert)) held.delete(key);
      if (reason === null) continue;
      const entry: AlertEntry = {
        key,
        origin,
        alert,
        customer: state.customers.get(alert.customer) ?? null,
        sla: alertSla(state, alert),
        pending: [],
      };
      const at = rules.quiet === null ? now : deliverAt(priorityOf(entry), rules.quiet, now);
      if (at > now) held.set(key, {url, occurrence, at, reason});
      else pushTelling(tellings, entry, reason, rules, now);
    }
    collectors.set(url, {state, told});
  }
  for (const [key, {url, occurrence, at, reason}] of held) {
    if (at > now) continue;
    held.delete(key);
    const collector = view.collectors.find(candidate => candidate.url === url);
    const alert = collector?.state?.alerts.get(occurrence);
    if (collector?.state == null || alert === undefined || !isUnhandled(alert)) continue;
    const {state} = collector;
    const origin = originOf(collector, view.collectors.length === 1);
    const customer = state.customers.get(alert.customer) ?? null;
    const entry = {key, origin, alert, customer, sla: alertSla(state, alert), pending: []};
    pushTelling(tellings, entry, reason, rules, now);
  }
  return {memory: {collectors, held}, tellings};
}

function pushTelling(
  tellings: Telling[],
  entry: AlertEntry,
  reason: Reason,
  {rules}: TellingRules,
  now: Instant,
): void {
  const rule = rules.find(candidate => candidate.matches(entry, now));
  if (rule !== undefined && rule.ways.length > 0) tellings.push({entry, reason, ways: rule.ways});
}

/** That of its incident; without one, what a finding on an ordinary host would have. Source: PR-2. */
function priorityOf({sla, alert}: AlertEntry): Priority {
  return sla?.incident.priority ?? defaultPriority(alert.severity, 'B');
}
