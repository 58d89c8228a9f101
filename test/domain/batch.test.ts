import {describe, expect, test} from 'vitest';
import {openBatch} from '../../src/domain/batch.ts';
import {decideObservation} from '../../src/domain/decide-observation.ts';
import type {Draft} from '../../src/domain/event.ts';
import {emptyState} from '../../src/domain/state.ts';
import {MINUTE} from '../../src/domain/time.ts';
import {plainState} from './support/plain-state.ts';
import {alertOf, evening, message, pass, START} from './support/reports.ts';
import {plain} from './support/text.ts';

const host = (name: string): Draft => ({
  customer: 'mueller',
  event: {type: 'host.defined', customer: 'mueller', site: 'hq', host: name, parents: [], criticality: 'B'},
});

describe('a group commit', () => {
  test('numbers its entries on from the state, and says who caused them', () => {
    const batch = openBatch({...emptyState(), seq: 41});
    const actor = {name: plain('anna'), as: null};
    expect(batch.append([host('a'), host('b')], START)).toMatchObject([{seq: 42}, {seq: 43}]);
    expect(batch.append([host('c')], START, {actor, cid: 'c1'})).toMatchObject([
      {seq: 44, actor, cid: 'c1', at: START},
    ]);
    expect(batch.entries.map(({actor: by}) => by)).toEqual([null, null, actor]);
    expect(batch.close().seq).toBe(44);
  });

  test('shows each decision what those before it did', () => {
    const batch = openBatch(emptyState());
    const observe = (key: string) => {
      const {now, rules} = evening();
      const address = {customer: 'mueller', site: 'hq', host: 'server', service: 'disk'};
      const rest = {output: null, labels: {}, runbook: null, url: null, startedAt: START, endedAt: null};
      const words = {severity: 'critical', summary: plain('full'), status: 'firing'} as const;
      const observation = {type: 'alert', source: 'am', address, key, ...words, ...rest} as const;
      batch.append(decideObservation(batch.state, undefined, observation, now, rules).drafts, now);
    };
    for (const key of ['am:1', 'am:2', 'am:1']) observe(key);
    expect(batch.state.alerts.size).toBe(1);
    expect([...batch.close().alerts.values()]).toMatchObject([{count: 2}]);
  });

  test('leaves what it stands on as it was, so that a failed commit is a batch thrown away', () => {
    const collector = evening();
    message(collector);
    const before = plainState(collector.state);
    const batch = openBatch(collector.state);
    batch.append([host('a')], START);
    batch.append(
      [
        {
          customer: 'mueller',
          event: {type: 'alert.closed', occurrence: alertOf(collector).occurrence, reason: 'settled'},
        },
      ],
      START,
    );
    expect(batch.state.live.size).toBe(0);
    expect(plainState(collector.state)).toEqual(before);
  });

  test('of nothing is the state itself', () => {
    const {state} = evening();
    expect(openBatch(state).close()).toBe(state);
  });
});

describe('what an alert keeps of its life', () => {
  test('the timeline holds what a technician has to have seen; repeats only count', () => {
    const collector = evening();
    for (let n = 0; n < 5; n++) message(collector, {startedAt: START + n});
    expect(alertOf(collector).count).toBe(5);
    expect(alertOf(collector).timeline.map(({what}) => what)).toEqual(['alert.opened']);
    message(collector, {startedAt: START + 9, severity: 'warning'});
    expect(alertOf(collector).timeline.at(-1)).toMatchObject({what: 'alert.updated', severity: 'warning'});
  });

  test('timeline and notes are bounded, the newest stay', () => {
    const collector = evening();
    message(collector);
    const {occurrence} = alertOf(collector);
    for (let n = 0; n < 300; n++) {
      collector.command('anna', {kind: 'note', occurrence, text: plain(`note ${n}`), customerVisible: false});
    }
    const {notes, timeline} = alertOf(collector);
    expect([notes.length, timeline.length]).toEqual([200, 50]);
    expect([notes.at(-1)?.text, timeline.at(-1)?.text]).toEqual(['note 299', 'note 299']);
  });

  test('what time does has no author, even when it is found out while somebody commands', () => {
    const collector = evening();
    message(collector);
    const {occurrence} = alertOf(collector);
    const ack = {kind: 'ack', occurrence, note: null, sticky: false} as const;
    collector.command('anna', {...ack, until: START + MINUTE});
    collector.now = START + 2 * MINUTE;
    collector.command('ben', {...ack, until: null});
    const [, , expired, acked] = alertOf(collector).timeline;
    expect(expired).toMatchObject({what: 'alert.unacknowledged', by: null});
    expect(acked).toMatchObject({what: 'alert.acknowledged', by: 'ben'});
    pass(collector, 1);
  });
});
