import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {apply} from '../../src/domain/apply.ts';
import {digest} from '../../src/domain/digest.ts';
import type {LogEntry} from '../../src/domain/event.ts';
import {fromItems, snapshotItems} from '../../src/domain/snapshot.ts';
import {emptyState} from '../../src/domain/state.ts';
import {night, playNight} from './support/night.ts';
import {plainState} from './support/plain-state.ts';

const everything = () => true;
const onlyMueller = (customer: string | null) => customer === null || customer === 'mueller';

/** A night and a place to cut its log. */
const cutNight = fc.tuple(night, fc.double({min: 0, max: 1, noNaN: true}));

function cut(log: readonly LogEntry[], share: number): [readonly LogEntry[], readonly LogEntry[]] {
  const at = Math.floor(log.length * share);
  return [log.slice(0, at), log.slice(at)];
}

describe('laws of the fold', () => {
  test('replaying the log gives the live state, indexes included', () => {
    fc.assert(
      fc.property(night, steps => {
        const collector = playNight(steps);
        expect(plainState(collector.replay())).toEqual(plainState(collector.state));
      }),
    );
  });

  test('one batch gives the same as one entry after the other', () => {
    fc.assert(
      fc.property(cutNight, ([steps, share]) => {
        const {log, state} = playNight(steps);
        const [first, rest] = cut(log, share);
        const one = log.reduce((before, entry) => apply(before, [entry]), emptyState());
        const two = apply(apply(emptyState(), first), rest);
        expect(plainState(one)).toEqual(plainState(state));
        expect(plainState(two)).toEqual(plainState(state));
      }),
    );
  });

  test('a decision on the open batch writes what one on the state does', () => {
    fc.assert(
      fc.property(night, steps => {
        const [ahead, direct] = [playNight(steps), playNight(steps, true)];
        expect(direct.log).toEqual(ahead.log);
        expect(direct.memories).toEqual(ahead.memories);
        expect(plainState(direct.state)).toEqual(plainState(ahead.state));
      }),
    );
  });

  test('an entry that comes again changes nothing', () => {
    fc.assert(
      fc.property(cutNight, ([steps, share]) => {
        const {log, state} = playNight(steps);
        const [first, rest] = cut(log, share);
        expect(apply(state, log)).toEqual(state);
        expect(plainState(apply(apply(emptyState(), first), [...first, ...rest]))).toEqual(plainState(state));
      }),
    );
  });

  test('a snapshot and the tail give the same as the whole log', () => {
    fc.assert(
      fc.property(cutNight, ([steps, share]) => {
        const {log, state} = playNight(steps);
        const [first, rest] = cut(log, share);
        const then = apply(emptyState(), first);
        const taken = fromItems(then.seq, then.occurrences, snapshotItems(then, everything));
        expect(plainState(taken)).toEqual(plainState(then));
        expect(digest(taken, everything)).toBe(digest(then, everything));
        expect(plainState(apply(taken, rest))).toEqual(plainState(state));
      }),
    );
  });

  test('a snapshot survives JSON, as it goes over the wire', () => {
    fc.assert(
      fc.property(night, steps => {
        const {state} = playNight(steps);
        const wire = JSON.parse(JSON.stringify(snapshotItems(state, everything)));
        expect(plainState(fromItems(state.seq, state.occurrences, wire))).toEqual(plainState(state));
      }),
    );
  });

  test('a face that may see one customer folds to exactly its part, and to its digest (rule 19)', () => {
    fc.assert(
      fc.property(cutNight, ([steps, share]) => {
        const {log, state} = playNight(steps);
        const [first, rest] = cut(log, share);
        const then = apply(emptyState(), first);
        const face = fromItems(then.seq, then.occurrences, snapshotItems(then, onlyMueller));
        const after = apply(
          face,
          rest.filter(entry => onlyMueller(entry.customer)),
        );
        expect(JSON.stringify(snapshotItems(after, everything))).not.toContain('schulze');
        expect(digest(after, everything)).toBe(digest(state, onlyMueller));
      }),
    );
  });

  test('the digest tells two states apart by a single entry', () => {
    fc.assert(
      fc.property(night, steps => {
        const {log, state} = playNight(steps);
        const before = apply(emptyState(), log.slice(0, -1));
        expect(digest(before, everything)).not.toBe(digest(state, everything));
      }),
    );
  });

  test('an event about something that is not there, or of a later release, changes only the number', () => {
    const strange = {type: 'moon.rose', height: 3} as unknown as LogEntry['event'];
    const entries: readonly LogEntry['event'][] = [
      {type: 'alert.unacknowledged', occurrence: 'ZZZZ', reason: 'command'},
      {type: 'downtime.started', id: 'none', end: 1},
      {type: 'source.freshness', name: 'none', freshness: 'live'},
      {type: 'check.removed', fingerprint: 'a|b|c|d', customer: 'a'},
      strange,
    ];
    const log = entries.map((event, index) => ({seq: index + 1, at: 0, customer: 'a', actor: null, cid: null, event}));
    const after = apply(emptyState(), log);
    expect(plainState({...after, seq: 0})).toEqual(plainState(emptyState()));
    expect(after.seq).toBe(entries.length);
  });
});
