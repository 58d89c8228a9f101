import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {apply} from '../../../src/domain/apply.ts';
import {type Catalogue, decideCatalogue} from '../../../src/domain/catalogue.ts';
import {NO_HOLIDAYS} from '../../../src/domain/contract.ts';
import {digest} from '../../../src/domain/digest.ts';
import {outlookAt} from '../../../src/domain/on-call/outlook.ts';
import {type OnCallPlan, onCallKey} from '../../../src/domain/on-call/plan.ts';
import {onCallAt} from '../../../src/domain/on-call/rotation.ts';
import {fromItems, snapshotItems} from '../../../src/domain/snapshot.ts';
import {emptyState} from '../../../src/domain/state.ts';
import {DAY, HOUR} from '../../../src/domain/time.ts';
import {PureCollector} from '../support/collector.ts';
import {plainState} from '../support/plain-state.ts';
import {types} from '../support/reports.ts';
import {plain} from '../support/text.ts';

/** Friday before the clocks go back in Berlin. */
const START = Date.UTC(2026, 9, 23, 10);

function planOf(id: string, customer: string | null, ...users: readonly string[]): OnCallPlan {
  return {
    customer,
    id,
    name: plain(id),
    people: users.map(user => ({id: user, name: plain(user), contact: null})),
    schedule: {
      layers: [{timeZone: 'Europe/Berlin', startLocal: '2026-10-01T08:00', shiftMs: DAY, participants: users}],
      overrides: [],
    },
  };
}

function catalogue(onCall: readonly OnCallPlan[]): Catalogue {
  const customer = (id: string) => ({id, name: plain(id), state: null, timezone: 'Europe/Berlin', contract: null});
  return {
    customers: ['mueller', 'hofer'].map(customer),
    holidays: NO_HOLIDAYS,
    sources: [],
    hosts: [],
    checks: [],
    backups: [],
    onCall,
    isGone: () => false,
  };
}

function configure(collector: PureCollector, ...onCall: readonly OnCallPlan[]): readonly string[] {
  return types(collector.draft(...decideCatalogue(collector.state, catalogue(onCall), collector.now, collector.rules)));
}

function configured(...onCall: readonly OnCallPlan[]): PureCollector {
  const collector = new PureCollector(START);
  configure(collector, ...onCall);
  return collector;
}

describe('on-call schedules in the log (OC-4, OC-5)', () => {
  test('are written once, again when they change, and go with the configuration', () => {
    const [technik, leitung] = [planOf('technik', 'mueller', 'anna', 'ben'), planOf('leitung', null, 'cem')];
    const collector = configured(technik, leitung);
    expect(collector.log.filter(({event}) => event.type === 'onCall.defined').map(({customer}) => customer)).toEqual([
      'mueller',
      null,
    ]);
    expect(configure(collector, technik, leitung)).toEqual([]);
    const swap = {from: START, to: START + HOUR, user: 'ben'};
    const changed = {...technik, schedule: {...technik.schedule, overrides: [swap]}};
    expect(configure(collector, changed, leitung)).toEqual(['onCall.defined']);
    expect(collector.state.onCall.get(onCallKey(technik))?.schedule.overrides).toEqual([swap]);
    expect(configure(collector, changed)).toEqual(['onCall.removed']);
    expect([...collector.state.onCall.keys()]).toEqual(['mueller|technik']);
  });

  test('a schedule that is known from a snapshot in JSON is not written again', () => {
    const technik = planOf('technik', 'mueller', 'anna', 'ben');
    const collector = configured(technik);
    const items = JSON.parse(JSON.stringify(snapshotItems(collector.state, () => true)));
    collector.state = fromItems(collector.state.seq, collector.state.occurrences, items);
    expect(configure(collector, technik)).toEqual([]);
  });

  test('who may see one customer gets the schedules that serve it, and no word of another (rule 19)', () => {
    const plans = [
      planOf('technik', 'mueller', 'anna'),
      planOf('technik', 'hofer', 'anna'),
      planOf('canary', 'hofer', 'emil'),
      planOf('leitung', null, 'cem'),
    ];
    const collector = configured(...plans);
    const maySee = (customer: string | null) => customer === null || customer === 'mueller';
    const items = snapshotItems(collector.state, maySee);
    const sent = collector.log.filter(({customer}) => maySee(customer));
    expect(JSON.stringify([items, sent])).not.toMatch(/hofer|canary|emil/);
    const folded = apply(emptyState(), sent);
    expect([...folded.onCall.keys()]).toEqual(['mueller|technik', '|leitung']);
    expect(digest(folded, maySee)).toBe(digest(collector.state, maySee));
  });

  test('any course of configurations folds the same from the log, in portions, and from a snapshot in JSON', () => {
    const plan = fc
      .tuple(
        fc.constantFrom('technik', 'leitung'),
        fc.constantFrom('mueller', 'hofer', null),
        fc.uniqueArray(fc.constantFrom('anna', 'ben', 'cem'), {minLength: 1}),
      )
      .map(([id, customer, users]) => planOf(id, customer, ...users));
    const configuration = fc.uniqueArray(plan, {selector: onCallKey, maxLength: 4});
    fc.assert(
      fc.property(fc.array(configuration, {minLength: 1, maxLength: 4}), fc.nat(30), (course, cut) => {
        const collector = new PureCollector(START);
        for (const plans of course) configure(collector, ...plans);
        const {log, state} = collector;
        expect([...state.onCall.values()].map(onCallKey).sort()).toEqual((course.at(-1) ?? []).map(onCallKey).sort());
        const first = apply(emptyState(), log.slice(0, cut));
        const taken = JSON.parse(JSON.stringify(snapshotItems(first, () => true)));
        const resumed = apply(fromItems(first.seq, first.occurrences, taken), log.slice(cut));
        for (const folded of [collector.replay(), apply(first, log.slice(cut)), resumed]) {
          expect(plainState(folded)).toEqual(plainState(state));
          expect(digest(folded, () => true)).toBe(digest(state, () => true));
        }
        for (const [key, record] of resumed.onCall) {
          const own = state.onCall.get(key);
          for (let hour = 0; hour < 72; hour += 5) {
            const instant = START + hour * HOUR;
            expect(outlookAt(record.schedule, instant).user).toBe(own && onCallAt(own.schedule, instant).user);
          }
        }
      }),
      {numRuns: 60},
    );
  });
});
