import fc from 'fast-check';
import {expect, test} from 'vitest';
import {emptyTable, type Table} from '../../src/domain/table.ts';

const key = fc.integer({min: 0, max: 2000}).map(number => `key-${number}`);
const changes = fc.array(fc.tuple(key, fc.option(fc.integer(), {nil: undefined})), {maxLength: 200});

function contents(table: Table<string, number>): Map<string, number> {
  return new Map(table.entries());
}

test('what changed since a table, put onto it, gives the later one', () => {
  fc.assert(
    fc.property(changes, fc.array(changes, {maxLength: 4}), (first, later) => {
      const before = emptyTable<string, number>().with(first);
      const after = later.reduce((table, batch) => table.with(batch), before);
      expect(contents(before.with(after.changesSince(before)))).toEqual(contents(after));
    }),
  );
});

test('only what differs is told, once each', () => {
  fc.assert(
    fc.property(changes, changes, (first, second) => {
      const before = emptyTable<string, number>().with(first);
      const after = before.with(second);
      const told = [...after.changesSince(before)];
      expect(new Set(told.map(([name]) => name)).size).toBe(told.length);
      for (const [name, value] of told) expect(before.get(name)).not.toBe(value);
    }),
  );
});

test('a table has not changed since itself', () => {
  const table = emptyTable<string, number>().with([['a', 1]]);
  expect([...table.changesSince(table)]).toEqual([]);
});
