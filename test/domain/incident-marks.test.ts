import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {fingerprint} from '../../src/domain/address.ts';
import type {CommandBody} from '../../src/domain/command.ts';
import type {Incident, IncidentMoment} from '../../src/domain/incident.ts';
import {clockedIncident, unwrittenMarks} from '../../src/domain/incident-sla.ts';
import {type IncidentMark, incidentMarks} from '../../src/domain/sla/incident-clocks.ts';
import type {Priority} from '../../src/domain/sla/priority.ts';
import {DAY, HOUR, type Instant, MINUTE} from '../../src/domain/time.ts';
import {HOLIDAYS} from './examples/shapes.ts';
import {at} from './sla/calendars.ts';
import {PureCollector} from './support/collector.ts';
import {GOLD, OFFICE} from './support/contracts.ts';
import {AT_ONCE, DISK, result} from './support/reports.ts';
import {plain} from './support/text.ts';

const MONDAY = at('2026-10-19T09:00:00+02:00');
/** Silence of the check means nothing: only what the test says happens. */
const POLICY = {...AT_ONCE, intervalMs: 0, retryIntervalMs: 0};

function collectorWith(contract: typeof GOLD): PureCollector {
  const collector = new PureCollector(MONDAY, {clearGraceMs: 0});
  collector.draft({customer: null, event: {type: 'holidays.defined', rules: HOLIDAYS}});
  const customer = {id: 'mueller', name: plain('Müller'), state: 'BY', timezone: 'Europe/Berlin', contract};
  collector.draft({customer: 'mueller', event: {type: 'customer.defined', customer}});
  return collector;
}

type Happening =
  | {readonly kind: 'wait'; readonly minutes: number}
  | {readonly kind: 'result'; readonly state: 'ok' | 'warning' | 'critical'}
  /** The collector is down for so long. */
  | {readonly kind: 'down'; readonly minutes: number}
  | {readonly kind: 'command'; readonly make: (occurrence: string) => CommandBody};

const minutes = fc.oneof(fc.constantFrom(1, 15, 30, 60, 120, 240), fc.nat(3000));
const text = plain('…');
const commands: fc.Arbitrary<(occurrence: string) => CommandBody> = fc.oneof(
  fc.constant((occurrence: string) => ({kind: 'note' as const, occurrence, text, customerVisible: true})),
  fc.constant((occurrence: string) => ({kind: 'pause' as const, occurrence, reason: text, question: text})),
  fc
    .constantFrom('resume' as const, 'resolve' as const, 'reopen' as const)
    .map(kind => (occurrence: string) => ({kind, occurrence})),
  fc
    .record({
      priority: fc.constantFrom<Priority>('P1', 'P2', 'P3', 'P4'),
      mode: fc.constantFrom('retroactive' as const, 'fromChange' as const),
    })
    .map(change => (occurrence: string) => ({kind: 'priority' as const, occurrence, ...change, reason: text})),
);
const happenings: fc.Arbitrary<readonly Happening[]> = fc.array(
  fc.oneof(
    fc.record({kind: fc.constant('wait' as const), minutes}),
    fc.record({kind: fc.constant('command' as const), make: commands}),
    fc.record({kind: fc.constant('result' as const), state: fc.constantFrom('ok', 'warning', 'critical')}),
    fc.record({kind: fc.constant('down' as const), minutes}),
  ),
  {minLength: 3, maxLength: 30},
);

/** @returns The collector that goes on. */
function happen(collector: PureCollector, happening: Happening): PureCollector {
  switch (happening.kind) {
    case 'wait':
      collector.advanceTo(collector.now + happening.minutes * MINUTE);
      return collector;
    case 'down': {
      const resumed = PureCollector.resumed(collector, collector.now + happening.minutes * MINUTE);
      resumed.advanceTo(resumed.now);
      return resumed;
    }
    case 'result':
      result(collector, DISK, happening.state, {policy: POLICY});
      return collector;
    case 'command': {
      const occurrence = [...collector.state.alerts.keys()].at(-1);
      if (occurrence !== undefined) collector.command('anna', happening.make(occurrence));
      return collector;
    }
    default:
      return happening satisfies never;
  }
}

const textOf = ({clock, level, at: reachedAt}: IncidentMark) => `${clock} ${level} ${reachedAt}`;

describe('the marks that the collector writes (SL-14)', () => {
  test('are each level reached, once, with its instant, whatever people and the collector do', () => {
    fc.assert(
      fc.property(happenings, fc.constantFrom(GOLD, OFFICE), (night, contract) => {
        let collector = collectorWith(contract);
        result(collector, DISK, 'critical', {policy: POLICY});
        for (const happening of night) {
          collector = happen(collector, happening);
          collector.advanceTo(collector.now);
          for (const incident of collector.state.incidents.values()) {
            const {reached} = incidentMarks(clockedIncident(collector.state, incident), collector.now);
            expect(incident.marks.map(textOf).sort()).toEqual(reached.map(textOf).sort());
          }
        }
        for (const {at: writtenAt, event} of collector.log) {
          if (event.type === 'incident.marked') expect(event.reachedAt).toBeLessThanOrEqual(writtenAt);
        }
        expect(collector.replay().incidents.size).toBe(collector.state.incidents.size);
      }),
      {numRuns: Number(process.env.NOCTURNE_PROPERTY_RUNS ?? 200)},
    );
  });

  test('after a merge each silence has its own: what earlier ones reached stands for none of a later (SL-9, SL-10)', () => {
    const collector = collectorWith(GOLD);
    const moment = (type: IncidentMoment['type'], hours: number) =>
      ({type, at: MONDAY + hours * HOUR, by: null, text: null}) as IncidentMoment;
    const mark = (level: IncidentMark['level'], reachedAt: Instant) =>
      ({clock: 'update', level, at: reachedAt, late: false}) as const;
    // Told at 3 h and 6 h, so two notices of the 4 h were written; the one merged in had told at 1.5 h and 4.5 h.
    const incident: Incident = {
      id: 'K7QM',
      customer: 'mueller',
      site: 'hq',
      cause: fingerprint(DISK),
      openedAt: MONDAY,
      firstPriority: 'P2',
      priority: 'P2',
      isPrioritised: false,
      moments: [1.5, 3, 4.5, 6].map(hours => moment('informed', hours)),
      marks: [mark('notice', MONDAY + 2 * HOUR), mark('notice', MONDAY + 5 * HOUR)],
      resolvedAt: null,
      pausedAt: null,
      version: 1,
    };
    const updates = (now: Instant) =>
      unwrittenMarks(collector.state, incident, now).unwritten.filter(({clock}) => clock === 'update');
    expect(updates(MONDAY + 8 * HOUR - 1)).toEqual([]);
    expect(updates(MONDAY + 8 * HOUR)).toMatchObject([{level: 'notice', at: MONDAY + 8 * HOUR}]);
    const told = {...incident, marks: [...incident.marks, mark('notice', MONDAY + 8 * HOUR)]};
    const later = unwrittenMarks(collector.state, told, MONDAY + DAY).unwritten;
    expect(later.filter(({clock, level}) => clock === 'update' && level === 'notice')).toEqual([]);
  });
});
