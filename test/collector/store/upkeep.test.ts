import {describe, expect, test} from 'vitest';
import type {Picture} from '../../../src/collector/store/snapshot-file.ts';
import {Upkeep} from '../../../src/collector/store/upkeep.ts';
import {apply} from '../../../src/domain/apply.ts';
import {emptyState} from '../../../src/domain/state.ts';
import {emptyTable} from '../../../src/domain/table.ts';
import {createLog} from '../../../src/runtime/log.ts';
import {NIGHT, virtualOutside} from '../../support/clock.ts';

/** A picture of so many hosts. */
function pictureOf(hosts: number): Picture {
  const place = {customer: 'mueller', site: 'hq', parents: [], criticality: 'B'} as const;
  const entries = Array.from({length: hosts}, (_, index) => ({
    seq: index + 1,
    at: NIGHT,
    customer: 'mueller',
    actor: null,
    cid: null,
    event: {type: 'host.defined', host: `h${index}`, ...place} as const,
  }));
  return {state: apply(emptyState(), entries), memory: emptyTable()};
}

/** After how many entries on top of a picture a snapshot is saved. */
async function entriesUntilSaved(picture: Picture): Promise<number> {
  const outside = virtualOutside();
  const log = createLog({clock: outside.clock, sink: {write: () => {}}, level: 'error'});
  const saved: number[] = [];
  let now = picture;
  const store = {
    snapshot: async ({state}: Picture) => void saved.push(state.seq),
    anchor: () => ({seq: 0, mac: ''}),
    alive() {},
  };
  const upkeep = new Upkeep(store, () => now, outside, log);
  for (let more = 0; saved.length === 0; more += 1000) {
    now = {...picture, state: {...picture.state, seq: picture.state.seq + more}};
    upkeep.committed();
  }
  await upkeep.stop();
  return (saved[0] ?? 0) - picture.state.seq;
}

describe('a snapshot is due after', () => {
  test.each([
    [0, 25_000],
    [20_000, 25_000],
    [40_000, 40_000],
  ])('of %i records: %i entries', async (records, entries) => {
    expect(await entriesUntilSaved(pictureOf(records))).toBe(entries);
  });
});
