import type {CheckRecord} from '../../src/domain/check.ts';
import type {DomainEvent} from '../../src/domain/event.ts';
import type {Severity} from '../../src/domain/severity.ts';
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
