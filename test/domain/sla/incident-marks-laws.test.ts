import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {ClockTerms} from '../../../src/domain/sla/clock-history.ts';
import type {IncidentTerms} from '../../../src/domain/sla/contract.ts';
import {
  type ClockedIncident,
  type IncidentClockEvent,
  type IncidentMark,
  incidentMarks,
} from '../../../src/domain/sla/incident-clocks.ts';
import {DAY, HOUR, MINUTE} from '../../../src/domain/time.ts';
import {berlin, daily, office, roundTheClock} from './calendars.ts';

/** The night of the October change lies in the middle. */
const FIRST = Date.UTC(2026, 9, 22);
/** Whole quarters of an hour, so that events often fall on the very instant of a mark. */
const instants = fc.oneof(
  fc.integer({min: 0, max: 8 * 24 * 4}).map(quarter => FIRST + quarter * 15 * MINUTE),
  fc.integer({min: FIRST, max: FIRST + 8 * DAY}),
);
const target = fc.oneof(
  fc.constantFrom(0, 1, 15 * MINUTE, HOUR, 4 * HOUR, 9 * HOUR),
  fc.integer({min: 0, max: 40 * HOUR}),
);
const clockTerms: fc.Arbitrary<ClockTerms | null> = fc.option(
  fc.record({
    calendar: fc.constantFrom(office, roundTheClock, berlin(daily(['22:00', '06:00']))),
    targetMs: target,
  }),
  {nil: null, freq: 4},
);
const incidentTerms: fc.Arbitrary<IncidentTerms> = fc.record({
  response: clockTerms,
  resolution: clockTerms,
  update: clockTerms,
});
const incidentEvents: fc.Arbitrary<IncidentClockEvent> = fc.oneof(
  fc.record({
    type: fc.constantFrom('responded', 'informed', 'paused', 'resumed', 'resolved', 'reopened'),
    at: instants,
  }),
  fc.record({
    type: fc.constant('terms'),
    at: instants,
    terms: incidentTerms,
    mode: fc.constantFrom('retroactive', 'fromChange'),
  }),
);
/** The log of an incident: its events come after its start, in their order. */
const incidents: fc.Arbitrary<ClockedIncident> = fc
  .record({
    start: instants,
    terms: incidentTerms,
    events: fc.array(incidentEvents, {maxLength: 10}),
  })
  .map(({start, terms, events}) => ({
    start,
    terms,
    events: events.filter(({at}) => at >= start).toSorted((a, b) => a.at - b.at),
  }));

/** The incident as it stood when its first `count` events had happened. */
function upTo(incident: ClockedIncident, count: number): ClockedIncident {
  return {...incident, events: incident.events.slice(0, count)};
}

const textOf = ({clock, level, at}: IncidentMark) => `${clock} ${level} ${at}`;

/** How often each mark stands in `marks`. */
function tally(marks: readonly IncidentMark[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const mark of marks) counts.set(textOf(mark), (counts.get(textOf(mark)) ?? 0) + 1);
  return counts;
}

const RUNS = {numRuns: Number(process.env.NOCTURNE_PROPERTY_RUNS ?? 300)};

describe('laws of the marks of an incident, whatever happens to it (SL-14)', () => {
  test('the mark announced as next is reached at its instant, unless an event comes before', () => {
    fc.assert(
      fc.property(incidents, incident => {
        for (let count = 0; count <= incident.events.length; count++) {
          const known = upTo(incident, count);
          let now = known.events.at(-1)?.at ?? known.start;
          const until = incident.events[count]?.at ?? now + 20 * DAY;
          for (;;) {
            const {next} = incidentMarks(known, now);
            if (next === null || next.at > until) break;
            expect(next.at).toBeGreaterThan(now);
            const reached = incidentMarks(known, next.at).reached;
            expect(reached.map(textOf)).toContain(textOf(next));
            // Nothing was passed over in between.
            expect(incidentMarks(known, next.at - 1).reached).toEqual(incidentMarks(known, now).reached);
            now = next.at;
          }
          expect(incidentMarks(known, until).reached).toEqual(incidentMarks(known, now).reached);
        }
      }),
      RUNS,
    );
  });

  test('an event takes no mark back: what was reached stays, with its instant', () => {
    fc.assert(
      fc.property(incidents, incident => {
        for (const [count, event] of incident.events.entries()) {
          const before = tally(incidentMarks(upTo(incident, count), event.at).reached);
          const now = tally(incidentMarks(upTo(incident, count + 1), event.at).reached);
          for (const [mark, times] of before) expect(now.get(mark) ?? 0).toBeGreaterThanOrEqual(times);
        }
      }),
      RUNS,
    );
  });
});
