import fc from 'fast-check';
import {expect, test} from 'vitest';
import {DueHeap} from '../../../src/collector/pipeline/due-heap.ts';

test('whatever is set, moved and taken out, the soonest comes first, each key once', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const step = fc.oneof(fc.record({key, at: fc.option(fc.nat(50))}), fc.record({now: fc.nat(50)}));
  fc.assert(
    fc.property(fc.array(step, {maxLength: 60}), steps => {
      const heap = new DueHeap();
      const model = new Map<string, number>();
      const soonest = () => [...model].sort((one, other) => one[1] - other[1])[0];
      for (const it of steps) {
        if ('key' in it) {
          heap.set(it.key, it.at);
          if (it.at === null) model.delete(it.key);
          else model.set(it.key, it.at);
        } else {
          const first = soonest();
          const taken = heap.take(it.now);
          if (first === undefined || first[1] > it.now) expect(taken).toBeNull();
          else {
            expect(model.get(taken ?? '')).toBe(first[1]);
            model.delete(taken ?? '');
          }
        }
        expect(heap.next()).toBe(soonest()?.[1] ?? null);
      }
    }),
  );
});
