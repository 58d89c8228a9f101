import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Alert} from '../../src/domain/alert.ts';
import {unwrittenMarks} from '../../src/domain/incident-sla.ts';
import {night, playNight} from './support/night.ts';

/** A night takes long to play; the laws of the fold play as many again. */
const RUNS = {numRuns: 40};

/** Whether an alert is a matter of its own: it fires, and neither maintenance, a parent nor flapping explains it. */
function counts({condition, suppressed}: Alert): boolean {
  const isExplained = (['downtime', 'unreachable', 'flapping'] as const).some(reason => suppressed.includes(reason));
  return condition === 'firing' && !isExplained;
}

describe('laws of incidents, whatever a night brings', () => {
  test('an alert and its incident belong to one customer, and the index knows both ways (CO-2)', () => {
    fc.assert(
      fc.property(night, steps => {
        const {state} = playNight(steps);
        for (const alert of state.alerts.values()) {
          if (alert.incident === null) continue;
          expect(state.incidents.get(alert.incident)?.customer).toBe(alert.customer);
          expect([...(state.ofIncident.get(alert.incident)?.alerts ?? [])]).toContain(alert.occurrence);
        }
      }),
      RUNS,
    );
  });

  test('what counts has an open incident, and an incident is open as long as one of its alerts fires', () => {
    fc.assert(
      fc.property(night, steps => {
        const {state} = playNight(steps);
        for (const alert of state.alerts.values()) {
          if (!counts(alert)) continue;
          expect(alert.incident).not.toBeNull();
          expect(state.incidents.get(alert.incident ?? '')?.resolvedAt).toBeNull();
        }
        for (const {id, resolvedAt} of state.incidents.values()) {
          const alerts = [...(state.ofIncident.get(id)?.alerts ?? [])].map(it => state.alerts.get(it));
          const isFiring = alerts.some(alert => alert?.condition === 'firing');
          // One that fires only behind a parent that is down keeps open what was open, and opens nothing.
          if (!isFiring) expect(resolvedAt).not.toBeNull();
        }
      }),
      RUNS,
    );
  });

  test('every level that was reached is written once, and none is owed (SL-14)', () => {
    fc.assert(
      fc.property(night, steps => {
        const collector = playNight(steps);
        collector.advanceTo(collector.now);
        for (const incident of collector.state.incidents.values()) {
          expect(unwrittenMarks(collector.state, incident, collector.now).unwritten).toEqual([]);
          const once = incident.marks
            .filter(({clock}) => clock !== 'update')
            .map(({clock, level}) => `${clock} ${level}`);
          expect(once).toEqual([...new Set(once)]);
        }
      }),
      RUNS,
    );
  });

  test('moments stand in the order of time, and pause and end agree with them', () => {
    fc.assert(
      fc.property(night, steps => {
        for (const {moments, resolvedAt, pausedAt} of playNight(steps).state.incidents.values()) {
          expect(moments.map(({at}) => at)).toEqual(moments.map(({at}) => at).toSorted((a, b) => a - b));
          const last = moments.findLast(({type}) => type === 'resolved' || type === 'reopened');
          expect(resolvedAt).toBe(last?.type === 'resolved' ? last.at : null);
          if (pausedAt !== null) expect(resolvedAt).toBeNull();
        }
      }),
      RUNS,
    );
  });
});
