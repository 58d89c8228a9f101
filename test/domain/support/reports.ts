import {type CheckAddress, fingerprint} from '../../../src/domain/address.ts';
import type {Alert} from '../../../src/domain/alert.ts';
import type {CheckPolicy} from '../../../src/domain/check.ts';
import type {LogEntry} from '../../../src/domain/event.ts';
import type {AlertObservation, CheckObservation} from '../../../src/domain/observation.ts';
import {MINUTE, SECOND} from '../../../src/domain/time.ts';
import {PureCollector} from './collector.ts';
import {plain} from './text.ts';

/** When the tests' evening begins. */
export const START = Date.UTC(2026, 1, 2, 22);

/** The check that most tests are about. */
export const DISK: CheckAddress = {customer: 'mueller', site: 'hq', host: 'server', service: 'disk'};

/** Every five minutes, every minute while soft, confirmed by the third bad result. Source: ST-7. */
export const FIVE_MINUTES: CheckPolicy = {
  intervalMs: 5 * MINUTE,
  retryIntervalMs: MINUTE,
  maxAttempts: 3,
  graceMs: null,
  isHeartbeat: false,
};

/** The same, confirmed at once. */
export const AT_ONCE: CheckPolicy = {...FIVE_MINUTES, maxAttempts: 1};

export function service(host: string, name = '', customer = 'mueller', site = 'hq'): CheckAddress {
  return {customer, site, host, service: name};
}

/** A result that was executed and received just now. */
export function result(
  collector: PureCollector,
  address: CheckAddress,
  state: CheckObservation['state'],
  other: Partial<CheckObservation> = {},
): readonly LogEntry[] {
  return collector.observe({
    type: 'check',
    address,
    source: 'check',
    state,
    output: plain(`${address.service || 'host'} is ${state}`),
    longOutput: null,
    executedAt: collector.now,
    receivedAt: collector.now,
    resultId: null,
    policy: AT_ONCE,
    runbook: null,
    ...other,
  });
}

/** An upstream's message; `startedAt` is now unless told. */
export function message(collector: PureCollector, other: Partial<AlertObservation> = {}): readonly LogEntry[] {
  return collector.observe({
    type: 'alert',
    address: DISK,
    source: 'am',
    key: 'am:1',
    status: 'firing',
    severity: 'critical',
    summary: plain('disk full'),
    output: null,
    labels: {},
    runbook: null,
    url: null,
    startedAt: collector.now,
    endedAt: null,
    ...other,
  });
}

/** Lets `seconds` pass; what falls due happens. */
export function pass(collector: PureCollector, seconds: number): readonly LogEntry[] {
  return collector.advanceTo(collector.now + seconds * SECOND);
}

/** The types of these entries, without what incidents make of them: that is for the tests of incidents. */
export function types(entries: readonly LogEntry[]): readonly string[] {
  return entries.map(({event}) => event.type).filter(type => !type.startsWith('incident.'));
}

/** The newest alert of a check. */
export function alertOf(collector: PureCollector, address: CheckAddress = DISK): Alert {
  const key = fingerprint(address);
  const alerts = [...collector.state.alerts.values()].filter(it => it.fingerprint === key);
  const alert = alerts.sort((a, b) => a.openedAt - b.openedAt).at(-1);
  if (alert === undefined) throw new Error(`no alert of ${key}`);
  return alert;
}

/** A collector at `START`; `rules` as in production unless told. */
export function evening(rules: ConstructorParameters<typeof PureCollector>[1] = {}): PureCollector {
  const collector = new PureCollector(START, rules);
  const name = plain('Müller');
  const customer = {id: 'mueller', name, state: 'BY', timezone: 'Europe/Berlin', contract: null};
  collector.draft({customer: 'mueller', event: {type: 'customer.defined', customer}});
  return collector;
}
