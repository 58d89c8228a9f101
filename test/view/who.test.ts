import {expect, test} from 'vitest';
import type {Suppression} from '../../src/domain/alert.ts';
import {occurrenceId} from '../../src/domain/occurrence-id.ts';
import {HOUR} from '../../src/domain/time.ts';
import {acknowledged, calmNight, raised} from '../console/night.ts';
import {openConsole} from '../support/console.tsx';

/** What stands in the last column of the only alert. */
async function whoOf(columns: number, reason: Suppression, by: string | null): Promise<string> {
  const {noc, outside} = calmNight();
  const now = outside.clock.now();
  noc.append('berlin', [
    raised({n: 1, customer: 'mueller', host: 'srv-01', summary: 'Platte voll'}),
    {type: 'alert.suppressed', occurrence: occurrenceId(1), reason, until: now + 4 * HOUR, rootCause: null},
    ...(by === null ? [] : [acknowledged(1, by, now)]),
  ]);
  using console = openConsole({store: noc, outside, columns, rows: 24});
  const row = (await console.frame()).find(line => line.includes('srv-01')) ?? '';
  return /Platte voll +(.*?) *│?$/.exec(row)?.[1] ?? row;
}

test.each([
  [80, 'silenced', null, 'stumm'],
  [80, 'silenced', 'jana', 'jana ✓'],
  [80, 'silenced', 'Katharina B', 'Kathar… ✓'],
  [80, 'downtime', null, 'Wartung'],
  [80, 'flapping', 'jana', 'jana ✓'],
  [160, 'silenced', null, 'stumm 06:47'],
  [160, 'silenced', 'jana', 'jana ✓ stumm'],
  [160, 'silenced', 'Katharina B', 'Katharina B ✓'],
] as const)(
  'at %i columns, %s and acknowledged by %s reads %s: nothing is cut to a letter',
  async (columns, reason, by, who) => {
    expect(await whoOf(columns, reason, by)).toBe(who);
  },
);
