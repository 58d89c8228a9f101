import {describe, expect, test} from 'vitest';
import type {CollectorView} from '../../src/client/noc.ts';
import {HOUR, SECOND} from '../../src/domain/time.ts';
import {GRACE_MS, HEARTBEAT_MS, isBlind, vitalOf, withPulse} from '../../src/wall/vitals.ts';
import {NIGHT} from '../support/clock.ts';
import {MemoryStore} from './memory-store.ts';

function collector(over: Partial<CollectorView> = {}): CollectorView {
  const store = new MemoryStore();
  store.addCollector('berlin', NIGHT, over);
  const [view] = store.getSnapshot().collectors;
  if (view === undefined) throw new Error('no collector');
  return view;
}

const LIMIT = HEARTBEAT_MS + GRACE_MS;

describe('the pulse of a collector', () => {
  test('goes by its last word, whatever its link says', () => {
    expect(vitalOf(collector(), NIGHT + LIMIT).pulse).toBe('live');
    expect(vitalOf(collector(), NIGHT + LIMIT + 1).pulse).toBe('silent');
    expect(vitalOf(collector({link: 'down'}), NIGHT + SECOND).pulse).toBe('live');
    expect(vitalOf(collector({link: 'down'}), NIGHT + LIMIT + 1)).toMatchObject({pulse: 'silent', ageMs: LIMIT + 1});
  });

  test('is none before the first picture is whole, and when it refuses us', () => {
    expect(vitalOf(collector({state: null}), NIGHT).pulse).toBe('loading');
    expect(vitalOf(collector({link: 'refused'}), NIGHT).pulse).toBe('refused');
  });

  test('is not believed when our clock was set back behind its last word', () => {
    expect(vitalOf(collector(), NIGHT - HOUR)).toMatchObject({pulse: 'silent', ageMs: null});
    expect(vitalOf(collector(), NIGHT - SECOND)).toMatchObject({pulse: 'live', ageMs: 0});
  });

  test('decides what the selectors call stale', () => {
    const view = {collectors: [collector(), collector({link: 'loading'})], commands: []};
    expect(withPulse(view, NIGHT).collectors.map(({link}) => link)).toEqual(['live', 'live']);
    expect(withPulse(view, NIGHT + LIMIT + 1).collectors.map(({link}) => link)).toEqual(['down', 'loading']);
  });

  test('of nobody, or of no collector at all, is blindness', () => {
    expect(isBlind([])).toBe(true);
    expect(isBlind([vitalOf(collector(), NIGHT), vitalOf(collector({state: null}), NIGHT)])).toBe(false);
    expect(isBlind([vitalOf(collector(), NIGHT + HOUR)])).toBe(true);
  });
});
