import {expect, test} from 'vitest';
import {type Missed, type OpenClaim, reconcile} from '../../../src/collector/sources/reconcile.ts';
import type {AlertObservation} from '../../../src/domain/observation.ts';
import {safeText} from '../../../src/runtime/safe-text.ts';
import {NIGHT} from '../../support/clock.ts';

const STARTED = NIGHT - 60_000;
const CONFIRM_MS = 60_000;
const address = {customer: 'mueller', site: '', host: 'web-01', service: 'disk'};

function held(key: string, startedAt = STARTED): readonly [string, OpenClaim] {
  const claim = {key, severity: 'critical', summary: safeText(key), startedAt, endedAt: null} as const;
  return [key, {claim, address, source: 'am'}];
}

function told(key: string, startedAt = STARTED): AlertObservation {
  const nothing = {output: null, labels: {}, runbook: null, url: null, endedAt: null};
  const what = {key, severity: 'critical', summary: safeText(key), status: 'firing'} as const;
  return {type: 'alert', address, source: 'am', ...what, ...nothing, startedAt};
}

const ask = (
  open: readonly (readonly [string, OpenClaim])[],
  firing: readonly string[],
  missed: Missed,
  atMs: number,
) =>
  reconcile(new Map(open), {firing: new Set(firing), told: []}, missed, {askedAt: NIGHT + atMs, confirmMs: CONFIRM_MS});

test('what is missing once is waited for, what is missing for long enough is over since it was first missed', () => {
  const first = ask([held('a'), held('b')], ['b'], new Map(), 0);
  expect(first.observations).toEqual([]);
  const soon = ask([held('a'), held('b')], ['b'], first.missed, CONFIRM_MS - 1);
  expect(soon.observations).toEqual([]);
  const later = ask([held('a'), held('b')], ['b'], soon.missed, CONFIRM_MS);
  expect(later.observations).toMatchObject([
    {key: 'a', status: 'resolved', startedAt: STARTED, endedAt: NIGHT, address},
  ]);
  expect(later.missed.size).toBe(0);
});

test('what was there in between, or lives anew, is waited for anew', () => {
  const first = ask([held('a')], [], new Map(), 0);
  const back = ask([held('a')], ['a'], first.missed, CONFIRM_MS);
  expect(ask([held('a')], [], back.missed, 2 * CONFIRM_MS).observations).toEqual([]);
  expect(ask([held('a', NIGHT)], [], first.missed, CONFIRM_MS).observations).toEqual([]);
});

test('an end is never before its beginning, by whichever clock', () => {
  const first = ask([held('a', NIGHT + 500)], [], new Map(), 0);
  const {observations} = ask([held('a', NIGHT + 500)], [], first.missed, CONFIRM_MS);
  expect(observations).toMatchObject([{startedAt: NIGHT + 500, endedAt: NIGHT + 500}]);
});

test('only what is new or lives anew is told', () => {
  const listed = {firing: new Set(['a', 'b', 'c']), told: [told('a'), told('b', STARTED + 1), told('c')]};
  const open = new Map([held('a'), held('b')]);
  const {observations} = reconcile(open, listed, new Map(), {askedAt: NIGHT, confirmMs: CONFIRM_MS});
  expect(observations.map(({key}) => key)).toEqual(['b', 'c']);
});
