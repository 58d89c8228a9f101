import fc from 'fast-check';
import type {CheckAddress} from '../../../src/domain/address.ts';
import type {CheckPolicy} from '../../../src/domain/check.ts';
import type {CommandBody} from '../../../src/domain/command.ts';
import type {Draft} from '../../../src/domain/event.ts';
import type {AlertObservation, CheckObservation} from '../../../src/domain/observation.ts';
import {MINUTE, SECOND} from '../../../src/domain/time.ts';
import {PureCollector} from './collector.ts';
import {GOLD} from './contracts.ts';
import {plain} from './text.ts';

/** When every random night begins. */
export const NIGHT_START = Date.UTC(2026, 1, 2, 22);

const CUSTOMERS = ['mueller', 'schulze'] as const;
const SITES = ['hq', ''] as const;
const HOSTS = ['router', 'switch', 'server'] as const;
const SERVICES = ['', 'disk', 'web'] as const;
const PEOPLE = ['anna', 'ben'] as const;

export const POLICY: CheckPolicy = {
  intervalMs: 5 * MINUTE,
  retryIntervalMs: MINUTE,
  maxAttempts: 2,
  graceMs: null,
  isHeartbeat: false,
};

/** One thing that happens in a random night. */
type Step =
  | {readonly kind: 'wait'; readonly seconds: number}
  | {
      readonly kind: 'check';
      readonly address: CheckAddress;
      readonly state: CheckObservation['state'];
      readonly ago: number;
    }
  | {readonly kind: 'alert'; readonly alert: Omit<AlertObservation, 'startedAt' | 'endedAt'>; readonly ago: number}
  | {readonly kind: 'removal'; readonly address: CheckAddress}
  | {
      readonly kind: 'command';
      readonly by: string;
      readonly nth: number;
      readonly make: (occurrence: string, now: number) => CommandBody;
    };

const anyAddress: fc.Arbitrary<CheckAddress> = fc.record({
  customer: fc.constantFrom(...CUSTOMERS),
  site: fc.constantFrom(...SITES),
  host: fc.constantFrom(...HOSTS),
  service: fc.constantFrom(...SERVICES),
});

/** Half of the time one and the same check, so that a night has flapping and long lives too. */
const address = fc.oneof(anyAddress, fc.constant({customer: 'mueller', site: 'hq', host: 'server', service: 'disk'}));

const alert = fc.record({
  type: fc.constant('alert' as const),
  address,
  source: fc.constant('am'),
  key: fc.constantFrom('am:1', 'am:2'),
  status: fc.constantFrom('firing' as const, 'firing' as const, 'resolved' as const),
  severity: fc.constantFrom('warning' as const, 'critical' as const, 'unknown' as const),
  summary: fc.constantFrom(plain('disk full'), plain('web slow')),
  output: fc.constant(null),
  labels: fc.constant({}),
  runbook: fc.constant(null),
  url: fc.constant(null),
});

const makeBody: fc.Arbitrary<(occurrence: string, now: number) => CommandBody> = fc.oneof(
  fc.tuple(fc.boolean(), fc.option(fc.nat(900))).map(([sticky, seconds]) => (occurrence: string, now: number) => ({
    kind: 'ack' as const,
    occurrence,
    note: null,
    until: seconds === null ? null : now + seconds * SECOND,
    sticky,
  })),
  fc
    .constantFrom('unack' as const, 'unsnooze' as const, 'resolve' as const, 'reopen' as const)
    .map(kind => (occurrence: string) => ({kind, occurrence})),
  fc.option(fc.nat(12)).map(level => (occurrence: string) => ({kind: 'escalate' as const, occurrence, level})),
  fc.tuple(fc.constantFrom('', 'look'), fc.boolean()).map(([text, customerVisible]) => (occurrence: string) => ({
    kind: 'note' as const,
    occurrence,
    text: plain(text),
    customerVisible,
  })),
  fc.boolean().map(isPause => (occurrence: string) => {
    if (!isPause) return {kind: 'resume' as const, occurrence};
    return {kind: 'pause' as const, occurrence, reason: plain('waits'), question: plain('which one?')};
  }),
  fc
    .record({
      priority: fc.constantFrom('P1' as const, 'P2' as const, 'P3' as const, 'P4' as const),
      mode: fc.constantFrom('retroactive' as const, 'fromChange' as const),
    })
    .map(change => (occurrence: string) => ({
      kind: 'priority' as const,
      occurrence,
      ...change,
      reason: plain('the boss called'),
    })),
  fc.integer({min: -60, max: 900}).map(seconds => (occurrence: string, now: number) => ({
    kind: 'snooze' as const,
    occurrence,
    until: now + seconds * SECOND,
  })),
  fc
    .tuple(address, fc.nat(3), fc.integer({min: -300, max: 900}), fc.integer({min: -10, max: 1800}))
    .map(([at, depth, start, length]) => (_: string, now: number) => ({
      kind: 'downtime' as const,
      customer: at.customer,
      site: depth > 0 ? at.site : null,
      host: depth > 1 ? at.host : null,
      service: depth > 2 ? at.service : null,
      start: now + start * SECOND,
      end: now + (start + length) * SECOND,
      comment: plain('patching'),
    })),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({kind: fc.constant('wait' as const), seconds: fc.oneof(fc.nat(900), fc.nat(100_000))}),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('check' as const),
      address,
      state: fc.constantFrom('ok' as const, 'ok' as const, 'warning' as const, 'critical' as const, 'unknown' as const),
      ago: fc.integer({min: -120, max: 120}),
    }),
  },
  {weight: 5, arbitrary: fc.record({kind: fc.constant('alert' as const), alert, ago: fc.nat(600)})},
  {weight: 1, arbitrary: fc.record({kind: fc.constant('removal' as const), address})},
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('command' as const),
      by: fc.constantFrom(...PEOPLE),
      nth: fc.nat(20),
      make: makeBody,
    }),
  },
);

/** What may happen in a night, in any order. */
export const night: fc.Arbitrary<readonly Step[]> = fc.array(step, {minLength: 1, maxLength: 80, size: 'max'});

/** Both customers, and in each site a switch behind a router and a server behind that. */
function catalogue(): readonly Draft[] {
  const drafts: Draft[] = CUSTOMERS.map(id => ({
    customer: id,
    event: {
      type: 'customer.defined',
      customer: {id, name: plain(id), state: 'BY', timezone: 'Europe/Berlin', contract: id === 'mueller' ? GOLD : null},
    },
  }));
  for (const customer of CUSTOMERS) {
    for (const site of SITES) {
      HOSTS.forEach((host, depth) => {
        const parents = depth === 0 ? [] : [[HOSTS[depth - 1] ?? 'router']];
        drafts.push({customer, event: {type: 'host.defined', customer, site, host, parents, criticality: 'B'}});
      });
    }
  }
  const source = {name: 'am', type: 'alertmanager', capabilities: ['push']};
  return [...drafts, {customer: null, event: {type: 'source.defined', source}}];
}

/** Lets one thing happen. */
export function play(collector: PureCollector, happening: Step): void {
  const {now} = collector;
  switch (happening.kind) {
    case 'wait':
      collector.advanceTo(now + happening.seconds * SECOND);
      break;
    case 'check':
      collector.observe({
        type: 'check',
        address: happening.address,
        source: 'check',
        state: happening.state,
        output: plain(happening.state),
        longOutput: null,
        executedAt: now - happening.ago * SECOND,
        receivedAt: now,
        resultId: null,
        policy: POLICY,
        runbook: null,
      });
      break;
    case 'alert': {
      const startedAt = now - happening.ago * SECOND;
      const endedAt = happening.alert.status === 'resolved' ? now : null;
      collector.observe({...happening.alert, startedAt, endedAt});
      break;
    }
    case 'removal':
      collector.observe({type: 'removal', address: happening.address});
      break;
    case 'command': {
      const occurrences = [...collector.state.alerts.keys()];
      const occurrence = occurrences[happening.nth % Math.max(1, occurrences.length)] ?? 'ZZZZ';
      const expected = happening.nth % 3 === 0 ? (collector.state.alerts.get(occurrence)?.version ?? 1) - 1 : null;
      collector.command(happening.by, happening.make(occurrence, now), expected);
      break;
    }
    default:
      happening satisfies never;
  }
}

/** A collector after a whole night. */
export function playNight(steps: readonly Step[], decidesOnBatch = false): PureCollector {
  const collector = new PureCollector(NIGHT_START, {clearGraceMs: MINUTE});
  collector.decidesOnBatch = decidesOnBatch;
  collector.draft(...catalogue());
  for (const happening of steps) play(collector, happening);
  return collector;
}
