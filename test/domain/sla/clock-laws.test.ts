import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {clockMarks, readClock} from '../../../src/domain/sla/clock.ts';
import type {Clock, ClockEvent, ClockTerms, TermsChange} from '../../../src/domain/sla/clock-history.ts';
import {levelOf} from '../../../src/domain/sla/level.ts';
import {difference, type Span, totalLength} from '../../../src/domain/sla/spans.ts';
import {DAY, HOUR} from '../../../src/domain/time.ts';
import {berlin, daily, office, roundTheClock} from './calendars.ts';

/** The night of the October change lies in the middle. */
const FIRST = Date.UTC(2026, 9, 22);
const instants = fc.integer({min: FIRST, max: FIRST + 8 * DAY});
const calendars = fc.constantFrom(office, roundTheClock, berlin(daily(['22:00', '06:00'])));
const terms: fc.Arbitrary<ClockTerms> = fc.record({
  calendar: calendars,
  targetMs: fc.integer({min: 0, max: 40 * HOUR}),
});

const plainEvents: fc.Arbitrary<ClockEvent> = fc.record({
  type: fc.constantFrom('pause', 'resume', 'stop', 'reopen'),
  at: instants,
});
const changes: fc.Arbitrary<ClockEvent> = fc.record<TermsChange>({
  type: fc.constant('terms'),
  at: instants,
  terms: fc.option(terms, {nil: null}),
  mode: fc.constantFrom('retroactive', 'fromChange'),
});

const plainClocks: fc.Arbitrary<Clock> = fc.record({
  start: instants,
  terms,
  events: fc.array(plainEvents, {maxLength: 6}),
});
const clocks: fc.Arbitrary<Clock> = fc.record({
  start: instants,
  terms,
  events: fc.array(fc.oneof(plainEvents, changes), {maxLength: 6}),
});

describe('laws of clocks', () => {
  test('time only adds: elapsed never falls, and a breach stays with its instant (SL-4)', () => {
    fc.assert(
      fc.property(clocks, instants, instants, (clock, a, b) => {
        const [early, late] = [readClock(clock, Math.min(a, b)), readClock(clock, Math.max(a, b))];
        if (early?.outcome !== 'breached') return;
        expect(late).toMatchObject({outcome: 'breached', level: 'breached', breachedAt: early.breachedAt});
      }),
      {numRuns: 400},
    );
    fc.assert(
      fc.property(plainClocks, instants, instants, (clock, a, b) => {
        const [early, late] = [readClock(clock, Math.min(a, b)), readClock(clock, Math.max(a, b))];
        expect(late?.elapsedMs).toBeGreaterThanOrEqual(early?.elapsedMs ?? Number.NaN);
      }),
    );
  });

  test('elapsed is service time without the pauses (SL-6)', () => {
    fc.assert(
      fc.property(
        terms,
        instants,
        fc.array(instants, {minLength: 4, maxLength: 4}),
        instants,
        (own, start, times, now) => {
          const [p1 = 0, r1 = 0, p2 = 0, r2 = 0] = times.toSorted((x, y) => x - y);
          const pauses: readonly Span[] = [
            [p1, r1],
            [p2, r2],
          ];
          const events = pauses.flatMap(([from, to]): ClockEvent[] => [
            {type: 'pause', at: from},
            {type: 'resume', at: to},
          ]);
          const expected = totalLength(difference([[start, now]], pauses), own.calendar.businessTime);
          expect(readClock({start, terms: own, events}, now)?.elapsedMs).toBe(expected);
        },
      ),
    );
  });

  test('nothing is broken at the due instant, and by a millisecond of service more it is (SL-4, SL-6)', () => {
    fc.assert(
      fc.property(plainClocks, instants, (clock, now) => {
        const state = readClock(clock, now);
        if (state === null || state.dueAt === null || state.clock !== 'running') return;
        const until = {...clock, events: clock.events.filter(event => event.at <= now)};
        const atDue = readClock(until, state.dueAt);
        expect(atDue).toMatchObject({elapsedMs: clock.terms?.targetMs, outcome: 'pending'});
        const broken = clock.terms?.calendar.dueInstant(Math.max(state.dueAt, clock.start), 1) ?? Number.NaN;
        if (state.dueAt < now) return;
        expect(readClock(until, broken)).toMatchObject({outcome: 'breached', breachedAt: broken, remainingMs: -1});
      }),
      {numRuns: 300},
    );
  });

  test('a mark is where its level begins: not a millisecond before (SL-14)', () => {
    fc.assert(
      fc.property(plainClocks, instants, (clock, now) => {
        const order = ['ok', 'notice', 'warning', 'critical', 'breached'];
        const rankAt = (at: number) => order.indexOf(readClock(clock, at)?.level ?? '');
        for (const {level, at} of clockMarks(clock, now).reached) {
          expect(rankAt(at)).toBeGreaterThanOrEqual(order.indexOf(level));
          if (at > clock.start) expect(rankAt(at - 1)).toBeLessThan(order.indexOf(level));
        }
      }),
    );
  });

  test('marks once reached are never other ones later, whatever changes (SL-14)', () => {
    fc.assert(
      fc.property(clocks, instants, instants, (clock, a, b) => {
        const early = clockMarks(clock, Math.min(a, b)).reached;
        expect(clockMarks(clock, Math.max(a, b)).reached.slice(0, early.length)).toEqual(early);
      }),
      {numRuns: 400},
    );
  });

  test('what comes next is what comes, when nothing happens', () => {
    fc.assert(
      fc.property(clocks, instants, (clock, now) => {
        const until = {...clock, events: clock.events.filter(event => event.at <= now)};
        const {next} = clockMarks(until, now);
        if (next === null) return;
        expect(next.at).toBeGreaterThan(now);
        expect(clockMarks(until, next.at).reached).toContainEqual(next);
      }),
    );
  });

  test('the level is that of elapsed and target, unless something was broken earlier (SL-5)', () => {
    fc.assert(
      fc.property(plainClocks, instants, (clock, now) => {
        const state = readClock(clock, now);
        if (state === null || clock.terms === null) return;
        expect(state.level).toBe(levelOf(state.elapsedMs, clock.terms.targetMs));
        expect(state.remainingMs).toBe(clock.terms.targetMs - state.elapsedMs);
        expect(state.percent >= 100).toBe(state.elapsedMs >= clock.terms.targetMs);
      }),
    );
  });
});
