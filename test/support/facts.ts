import type {Alert} from '../../src/domain/alert.ts';
import type {CheckRecord} from '../../src/domain/check.ts';
import type {AlertContent, DomainEvent} from '../../src/domain/event.ts';
import {occurrenceId} from '../../src/domain/occurrence-id.ts';
import type {AlertSeverity, Severity} from '../../src/domain/severity.ts';
import type {Instant} from '../../src/domain/time.ts';
import {text} from './frames.ts';

export function customerDefined(id: string, name: string): DomainEvent {
  return {
    type: 'customer.defined',
    customer: {id, name: text(name), state: 'BY', timezone: 'Europe/Berlin', contract: null},
  };
}

export function hostDefined(customer: string, host: string, site = ''): DomainEvent {
  return {type: 'host.defined', customer, site, host, parents: [], criticality: 'B'};
}

export function checked(
  customer: string,
  host: string,
  service: string,
  state: Severity,
  over: Partial<Pick<CheckRecord, 'stale' | 'site'>> = {},
): DomainEvent {
  const {stale = false, site = ''} = over;
  return {
    type: 'check.changed',
    address: {customer, site, host, service},
    source: 'checks',
    state,
    stateType: 'hard',
    attempt: 1,
    maxAttempts: 3,
    stale,
    lastState: state,
    flapping: false,
    output: text(state),
  };
}

/** What an alert of these tests is about. */
export interface Trouble {
  /** Which life of an alert this is; the id comes from it. */
  readonly n: number;
  readonly customer: string;
  readonly host: string;
  readonly severity?: AlertSeverity;
  readonly summary: string;
  readonly site?: string;
  readonly service?: string;
  readonly suppressed?: Alert['suppressed'];
  /** The life that is its root cause. */
  readonly under?: number;
  readonly content?: Partial<AlertContent>;
}

export function raised(trouble: Trouble): DomainEvent {
  const {n, customer, host, summary, severity = 'critical', site = '', service = '', suppressed = [], under} = trouble;
  return {
    type: 'alert.opened',
    occurrence: occurrenceId(n),
    address: {customer, site, host, service},
    source: 'alertmanager',
    content: {
      severity,
      summary: text(summary),
      output: null,
      labels: {},
      runbook: null,
      url: null,
      claims: [],
      ...trouble.content,
    },
    suppressed,
    rootCause: under === undefined ? null : occurrenceId(under),
  };
}

export function acknowledged(n: number, by: string, at: Instant, note: string | null = null): DomainEvent {
  const ack = {by: text(by), at, note: note === null ? null : text(note), until: null, sticky: false};
  return {type: 'alert.acknowledged', occurrence: occurrenceId(n), ack};
}

export function resolved(n: number): DomainEvent {
  return {type: 'alert.resolved', occurrence: occurrenceId(n), manually: false, claims: []};
}
