import fc from 'fast-check';
import {expect, test} from 'vitest';
import {SharedList} from '../../src/domain/shared-list.ts';

/** Numbers as keys of one length, so that the order of the keys is that of the numbers. */
const name = (n: number) => String(n).padStart(5, '0');

const changes = fc.array(fc.record({n: fc.nat(400), isRemoval: fc.boolean()}), {maxLength: 900, size: 'max'});

test('a shared list is an array that nobody changes', () => {
  fc.assert(
    fc.property(changes, list => {
      let shared = SharedList.empty<string>();
      let array: readonly string[] = [];
      for (const {n, isRemoval} of list) {
        const item = name(n);
        const [before, was] = [shared, array];
        const at = array.indexOf(item);
        if (isRemoval) {
          shared = shared.without(item);
          if (at >= 0) array = array.toSpliced(at, 1);
        } else {
          shared = shared.with(item);
          array = [...array, item];
        }
        if (n % 50 === 0) expect([...before]).toEqual(was);
      }
      expect([...shared]).toEqual(array);
      expect([...shared.reversed()]).toEqual(array.toReversed());
      expect(shared.length).toBe(array.length);
    }),
    {numRuns: 40},
  );
});

test('items find their place when they come out of order', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(20_000), {maxLength: 600, size: 'max'}), numbers => {
      const sorted = numbers.reduce(
        (list, n) => list.with(name(n), other => other > name(n)),
        SharedList.empty<string>(),
      );
      expect([...sorted]).toEqual(numbers.map(name).toSorted());
    }),
    {numRuns: 40},
  );
});

test('a long list keeps what it has, and is itself when there is nothing to remove', () => {
  let list = SharedList.empty<string>();
  for (let n = 0; n < 50_000; n++) list = list.with(name(n));
  expect(list.length).toBe(50_000);
  expect(list.without(name(99_999))).toBe(list);
});
