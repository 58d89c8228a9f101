import {fingerprint} from '../../../src/domain/address.ts';
import {type Alert, alertState} from '../../../src/domain/alert.ts';
import type {CommandBody} from '../../../src/domain/command.ts';
import type {LogEntry} from '../../../src/domain/event.ts';
import type {AlertSeverity} from '../../../src/domain/severity.ts';
import {DAY, type Instant, MINUTE} from '../../../src/domain/time.ts';
import {PureCollector} from '../support/collector.ts';
import {plain} from '../support/text.ts';
import type {ExampleRunner} from './example-file.ts';
import {instantOrNull} from './shapes.ts';

interface LifecycleEvent {
  readonly at: string;
  readonly type: string;
  readonly severity?: string;
  readonly user?: string;
  readonly comment?: string;
  readonly sticky?: boolean;
  readonly expiresAt?: string | null;
}

const address = {customer: 'mueller', site: '', host: 'web-01', service: 'https'};
const key = fingerprint(address);
const claimKey = 'example:1';

/** The alert that the example follows: the newest of its check. */
function newest(collector: PureCollector): Alert | undefined {
  const alerts = [...collector.state.alerts.values()].filter(alert => alert.fingerprint === key);
  return alerts.sort((a, b) => a.openedAt - b.openedAt).at(-1);
}

/** When the upstream last said that it began. */
function begun(alert: Alert | undefined): Instant | undefined {
  return alert?.claims.find(({key: claim}) => claim === claimKey)?.startedAt;
}

/** What happened to the alert, in the words of the file. */
function codeOf(entries: readonly LogEntry[]): string | undefined {
  const codes: Readonly<Record<string, string>> = {
    'alert.opened': 'opened',
    'alert.reopened': 'reopened',
    'alert.updated': 'updated',
    'alert.resolved': 'ok',
    'alert.closed': 'ok',
  };
  return entries.map(({event}) => codes[event.type]).findLast(code => code !== undefined);
}

/** The upstream says bad or over: each report is a later one, and the end is that of the life that it knows. */
function report(collector: PureCollector, event: LifecycleEvent, status: 'firing' | 'resolved'): string {
  const severity = (event.severity ?? 'critical').toLowerCase() as AlertSeverity;
  const before = newest(collector);
  const entries = collector.observe({
    type: 'alert',
    address,
    source: 'example',
    key: claimKey,
    status,
    severity,
    summary: plain('example'),
    output: null,
    labels: {},
    runbook: null,
    url: null,
    startedAt:
      status === 'firing' ? Math.max(collector.now, (begun(before) ?? 0) + 1) : (begun(before) ?? collector.now),
    endedAt: status === 'resolved' ? collector.now : null,
  });
  if (status === 'resolved') return before?.condition === 'firing' ? (codeOf(entries) ?? 'noop') : 'noop';
  return codeOf(entries) ?? 'noop';
}

function bodyOf(event: LifecycleEvent, occurrence: string): CommandBody | undefined {
  const text = plain(event.comment ?? 'example');
  switch (event.type) {
    case 'ack': {
      const until = instantOrNull(event.expiresAt);
      return {kind: 'ack', occurrence, note: null, until, sticky: event.sticky ?? false};
    }
    case 'annotate':
    case 'note':
      return {kind: 'note', occurrence, text, customerVisible: false};
    case 'escalate':
      return {kind: 'escalate', occurrence, level: null};
    case 'unack':
    case 'resolve':
    case 'reopen':
      return {kind: event.type, occurrence};
    default:
      return undefined;
  }
}

/** A command in the words of the file; what AL-5 calls an invalid transition on a missing alert is `NOT_FOUND` with us. */
function command(collector: PureCollector, event: LifecycleEvent): string {
  const occurrence = newest(collector)?.occurrence ?? '0000';
  const body = bodyOf(event, occurrence);
  if (body === undefined) throw new Error(`no event of type ${event.type}`);
  const {outcome, code} = collector.command(event.user ?? 'anna', body);
  if (outcome === 'applied') return 'ok';
  if (outcome === 'noop') return 'noop';
  return code === 'NOT_FOUND' ? 'INVALID_TRANSITION' : code;
}

function play(collector: PureCollector, event: LifecycleEvent): string {
  switch (event.type) {
    case 'problem':
      return report(collector, event, 'firing');
    case 'ok':
      return report(collector, event, 'resolved');
    case 'removed':
      return codeOf(collector.observe({type: 'removal', address})) ?? 'INVALID_TRANSITION';
    case 'tick':
      return 'noop';
    default:
      return command(collector, event);
  }
}

/** Plays one life of an alert, AL-1 to AL-6, through the functions that the pipeline calls. */
export const alertLifecycle: ExampleRunner = ({input}) => {
  const {reopenWindowMinutes, events} = input as unknown as {reopenWindowMinutes?: number; events: LifecycleEvent[]};
  const start = Date.parse(events[0]?.at ?? '2026-01-01T00:00:00Z');
  const collector = new PureCollector(start, {
    reopenWindowMs: (reopenWindowMinutes ?? 15) * MINUTE,
    keepClosedMs: 3650 * DAY,
  });
  const steps = events.map(event => {
    collector.advanceTo(Date.parse(event.at));
    const code = play(collector, event);
    const alert = newest(collector);
    const state = alert === undefined ? null : alertState(alert).toUpperCase();
    return {state, code, ackBy: alert?.ack?.by ?? null};
  });
  const alert = newest(collector);
  return {
    steps,
    occurrences: alert?.count ?? 0,
    reopenCount: alert?.reopenCount ?? 0,
    firstAckAt: alert?.firstAckAt ?? null,
  };
};
